"""What a command is: its options, how they are parsed, what runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NoReturn, TypeVar

from kiosk.commands.support.outcome import FAILED

Options = TypeVar("Options")


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and exits with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(FAILED, f"kiosk: {message}; see '{self.prog} --help'\n")


@dataclass(frozen=True)
class Command(Generic[Options]):
    """Each module of `kiosk.commands` has one, named `COMMAND`.

    `options` takes every argument that `add_arguments` adds, by its name. `run` returns the exit
    status and imports what is slow to import, so that `--help` need not wait for it.
    """

    summary: str
    options: Callable[..., Options]
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Options], int]
    holds_addresses: bool = False
    """In memory, or in files that are not complete yet."""

    def parse(self, name: str, words: Sequence[str]) -> Options:
        """What was asked for after the command's name; exits where it cannot be understood."""
        description = f"{self.summary[0].upper()}{self.summary[1:]}."
        parser = Parser(prog=f"kiosk {name}", description=description)
        self.add_arguments(parser)
        return self.options(**vars(parser.parse_args(words)))
