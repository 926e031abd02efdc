"""`kiosk schema`: what editors know of a content file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass

from kiosk.commands.support.command import Command
from kiosk.commands.support.outcome import SUCCESS


@dataclass(frozen=True)
class SchemaOptions:
    """None."""


def add_arguments(_: ArgumentParser) -> None:
    """None."""


def print_schema(_: SchemaOptions) -> int:
    from kiosk.content.schema import schema_text

    sys.stdout.write(schema_text())
    return SUCCESS


COMMAND = Command(
    "print the content file's JSON Schema, for editors", SchemaOptions, add_arguments, print_schema
)
