"""`kiosk restore`: a data folder as `kiosk backup` wrote it."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import SUCCESS, CommandFailed
from kiosk.commands.support.signup_report import signup_count, written_minute

if TYPE_CHECKING:
    from kiosk.operation.backup.restoring import RestoreResult


@dataclass(frozen=True)
class RestoreOptions:
    data: Path | None
    file: Path
    replace: bool


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="the .zip file that 'kiosk backup' wrote"
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="even if the folder holds signups that the backup lacks; they are set aside",
    )


def restore_data(options: RestoreOptions) -> int:
    from kiosk.operation.backup.reading import opened_backup
    from kiosk.operation.backup.restoring import restore
    from kiosk.operation.folders import AlreadyRunning, create_data_folder
    from kiosk.operation.locks import command_lock, kiosk_lock
    from kiosk.operation.showroom_clock import showroom_clock
    from kiosk.signups.store.database import remove_leftover_recoveries

    data = data_folder(None) if options.data is None else options.data
    try:
        with opened_backup(options.file) as backup:
            create_data_folder(data)
            with kiosk_lock(data), command_lock(data):
                remove_leftover_recoveries(data)
                now = showroom_clock(data).now()
                result = restore(data, backup, now, replace=options.replace)
    except AlreadyRunning:
        from kiosk.operation.service.plan import HOME, UNIT

        how = f"run 'sudo systemctl stop {UNIT}'" if data.is_relative_to(HOME) else "close it"
        raise CommandFailed(f"a kiosk is running with {data}; {how}, then restore") from None
    _print_result(data, result)
    return SUCCESS


def _print_result(data: Path, result: RestoreResult) -> None:
    from kiosk.signups.store.database import FILE_NAME

    listed = result.listed
    when = written_minute(listed.created_at)
    print(f"{data} is as it was on {when}, with {signup_count(listed.signup_count)}.")
    if result.erased_count:
        was, is_ = ("was", "is") if result.erased_count == 1 else ("were", "are")
        print(
            f"{result.erased_count:,} of them {was} erased here after the backup, and {is_} erased"
            " again."
        )
    if listed.signup_count:
        print(
            "Repeat every erasure that was requested after that time and is not known in this"
            " folder, as on another machine or a disk that was lost."
        )
    if result.is_pin_replaced:
        print("The PIN of the staff area is the backup's again; 'kiosk pin' sets another.")
    if result.aside is None:
        return
    print(f"What was in the folder before is in {result.aside}.")
    if result.missing_count:
        print(
            f"  It holds {signup_count(result.missing_count)} that the backup lacks; to bring"
            f" back what it holds, run 'kiosk recover {result.aside / FILE_NAME}'."
        )
    for name in result.unread:
        print(f"  {name} could not be read; 'kiosk recover {result.aside / name}' may help.")
    print("  It may hold personal data: remove it when you no longer need it.")


COMMAND = Command(
    "restore a data folder from a backup",
    RestoreOptions,
    add_arguments,
    restore_data,
    holds_addresses=True,
)
