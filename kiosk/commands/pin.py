"""`kiosk pin`: the PIN that opens the staff area."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import SUCCESS, CommandFailed
from kiosk.operation.folders import create_data_folder, require_owner

MAX_LENGTH = 4096
HOW_TO_OPEN = "hold the top right corner of the screen for three seconds, then enter it"


@dataclass(frozen=True)
class PinOptions:
    data: Path | None
    remove: bool


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument("--remove", action="store_true", help="close the staff area")


def set_pin(options: PinOptions) -> int:
    """Set the PIN, typed twice or read from the standard input; a running kiosk uses it at once."""
    from kiosk.operation import pin

    data = data_folder(options.data)
    require_owner(data)
    if options.remove:
        was_set = pin.remove_pin(data)
        print("The staff area is closed." if was_set else "No PIN is set.")
        return SUCCESS
    create_data_folder(data)
    pin.set_pin(data, _read_pin())
    print(f"The PIN is set. To open the staff area, {HOW_TO_OPEN}.")
    return SUCCESS


def _read_pin() -> str:
    """What was typed without being shown, or the first line of the standard input."""
    try:
        if sys.stdin is None or not sys.stdin.isatty():
            line = "" if sys.stdin is None else sys.stdin.readline(MAX_LENGTH)
            if not line:
                raise CommandFailed(
                    "there is no terminal to type the PIN on; pass it on the standard input"
                )
            return line.rstrip("\r\n")
        typed = getpass("PIN (4 to 12 digits): ")
        if getpass("Repeat the PIN: ") != typed:
            raise CommandFailed("the two PINs differ; nothing was changed, try again")
    except EOFError:
        raise CommandFailed("no PIN was entered; nothing was changed") from None
    except UnicodeDecodeError:
        raise CommandFailed("a PIN consists of digits only; choose 4 to 12 of them") from None
    return typed


COMMAND = Command(
    "set the PIN that opens the staff area",
    PinOptions,
    add_arguments,
    set_pin,
    holds_addresses=True,
)
