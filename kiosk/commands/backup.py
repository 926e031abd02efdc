"""`kiosk backup`: the data folder in one file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import SUCCESS, CommandFailed
from kiosk.commands.support.signup_report import signup_count

if TYPE_CHECKING:
    from kiosk.operation.backup.writing import BackupResult


@dataclass(frozen=True)
class BackupOptions:
    data: Path | None
    out: Path


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    arguments.add_zip(parser)


def back_up_data(options: BackupOptions) -> int:
    from kiosk.commands.support.open_queue import has_signups, open_queue
    from kiosk.operation.backup.writing import back_up
    from kiosk.operation.destinations import require_destination
    from kiosk.operation.locks import command_lock
    from kiosk.operation.showroom_clock import showroom_clock

    data = data_folder(options.data)
    if not data.is_dir():
        raise CommandFailed(
            f"{data} does not exist; run the command as the kiosk's user, or pass the kiosk's data"
            " folder with --data"
        )
    require_destination(options.out, data)
    now = showroom_clock(data).now()
    if has_signups(data):
        with open_queue(data) as queue:
            result = back_up(data, queue, options.out, now)
    else:
        with command_lock(data):
            result = back_up(data, None, options.out, now)
    _print_result(options.out, result)
    return SUCCESS


def _print_result(out: Path, result: BackupResult) -> None:
    from kiosk.operation.backup.archive import is_restorable_name

    count = result.listed.signup_count
    print(f"{out} holds the data folder, with {signup_count(count)}.")
    for name in result.left_out:
        reason = "it is not a file"
        if not is_restorable_name(name):
            reason = "its name has a backslash or is not UTF-8; rename it, then make another backup"
        print(f"kiosk: {name} was left out, since {reason}", file=sys.stderr)
    if count:
        print(
            "Keep it where only those who may read signups can, and remove it once you have a newer"
            " one: what is erased on the kiosk stays in the file."
        )


COMMAND = Command(
    "write the data folder into one file, while the kiosk runs",
    BackupOptions,
    add_arguments,
    back_up_data,
    holds_addresses=True,
)
