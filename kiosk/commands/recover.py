"""`kiosk recover`: what damaged databases still hold is brought back."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import ATTENTION, SUCCESS, CommandFailed
from kiosk.commands.support.signup_report import signup_count
from kiosk.operation.folders import require_owner
from kiosk.operation.locks import command_lock

if TYPE_CHECKING:
    from kiosk.signups.store.recovery import RecoveryResult


@dataclass(frozen=True)
class RecoverOptions:
    data: Path | None
    set_newer_aside: bool
    file: Path | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument(
        "--set-newer-aside",
        action="store_true",
        help="where a newer kiosk has migrated the signups: set them aside until it is back, and go"
        " on with the copy from before",
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="a damaged or an older database; default: all that were set aside",
    )


def recover_signups(options: RecoverOptions) -> int:
    """Exits with 1 where something is lost."""
    from kiosk.commands.support.open_queue import open_queue
    from kiosk.commands.support.progress import progress
    from kiosk.operation.backup.restoring import adopt_from_earlier_restores
    from kiosk.operation.showroom_clock import showroom_clock
    from kiosk.signups.store.current_key import current_key
    from kiosk.signups.store.database import damaged_files, orphaned_journals
    from kiosk.signups.store.recovery import recover, restore_erased

    if options.set_newer_aside and options.file is not None:
        raise CommandFailed(
            "--set-newer-aside cannot be used with a FILE: it sets aside the signups of the data"
            " folder; leave out one of the two"
        )
    data = data_folder(options.data)
    now = showroom_clock(data).now()
    if options.set_newer_aside:
        return _set_newer_aside(data, now)
    if options.file is None:
        _set_damaged_aside(data, now)
    aside = [*damaged_files(data), *orphaned_journals(data), *_readable_newer_files(data)]
    files = [options.file] if options.file is not None else aside
    if not files:
        print("There is no damaged database to recover.")
        return SUCCESS
    status = SUCCESS
    with open_queue(data, create=True) as queue:
        public_key = current_key(data, queue)
        for file in {*aside, *files}:  # what one of them knows as erased, another may still hold
            restore_erased(queue, file, now)
        for file in files:
            with progress() as watch:
                result = recover(queue, file, now, watch, public_key=public_key)
            _print_result(file, result)
            status = status if _is_complete(result) else ATTENTION
        adopt_from_earlier_restores(data, queue, now, public_key=public_key)
    return status


def _set_damaged_aside(data: Path, now: datetime) -> None:
    from kiosk.commands.support.open_queue import damage_as_sentence, has_signups
    from kiosk.signups.store.database import (
        FILE_NAME,
        leftover_recoveries,
        remove_leftover_recoveries,
        set_aside_if_damaged,
    )

    if not has_signups(data) and not leftover_recoveries(data):
        return
    require_owner(data)
    with damage_as_sentence(data), command_lock(data):
        remove_leftover_recoveries(data)
        aside = set_aside_if_damaged(data, now)
    if aside is not None:
        print(
            f"{data / FILE_NAME} is damaged; it was renamed to {aside}, and a new one was started."
        )


def _readable_newer_files(data: Path) -> list[Path]:
    """Those set aside for an older version that this version can read."""
    from kiosk.commands.support.open_queue import damage_as_sentence
    from kiosk.signups.store.newer import is_newer, newer_files

    with damage_as_sentence(data):
        return [file for file in newer_files(data) if not is_newer(file)]


def _set_newer_aside(data: Path, now: datetime) -> int:
    from kiosk.commands.support.open_queue import damage_as_sentence
    from kiosk.operation.locks import kiosk_lock
    from kiosk.signups.store.database import FILE_NAME
    from kiosk.signups.store.newer import set_newer_aside

    file = data / FILE_NAME
    with damage_as_sentence(data), kiosk_lock(data), command_lock(data):
        aside = set_newer_aside(data, now)
        has_copy = file.exists()
    if aside is None:
        print("Nothing to set aside: no newer version of the kiosk has written signups here.")
        return SUCCESS
    goes_on = "the copy from before is in use again" if has_copy else "new ones start from nothing"
    print(
        f"{file} was written by a newer version of the kiosk. It was renamed to {aside}, and"
        f" {goes_on}.\nOnce the newer version is installed again, 'kiosk recover' brings back what"
        " it holds. Until then, its exports and erasures are not known here."
    )
    return SUCCESS


def _is_complete(result: RecoveryResult) -> bool:
    return (
        result.lost_count == result.without_consent_count == result.unmarked_count == 0
        and result.is_complete
    )


def _print_result(file: Path, result: RecoveryResult) -> None:
    new_count = f"{result.restored_count:,} of them new"
    print(f"{file}: {signup_count(result.readable_count)} read, {new_count}")
    if result.without_consent_count:
        lack = "lacks" if result.without_consent_count == 1 else "lack"
        print(
            f"  {result.without_consent_count:,} of them {lack} their consent text and can be"
            " exported once a visitor signs up with the same text"
        )
    if result.export_count:
        print(f"  {_exports(result.export_count)}")
    if result.unmarked_count != 0:
        print(f"  {_unmarked(result.unmarked_count)}")
    print(f"  {_whether_all(result)}")


def _exports(count: int) -> str:
    if count == 1:
        return "1 of its exports is in the ledger again, with its signups"
    return f"{count:,} of its exports are in the ledger again, with their signups"


def _unmarked(count: int | None) -> str:
    if count is None:
        return (
            "its list of exports could not be read completely; some signups may be exported again,"
            " with the same ids"
        )
    return (
        f"{signup_count(count)} had been exported, but it is no longer known which; those still"
        " here will be exported again, with the same ids"
    )


def _whether_all(result: RecoveryResult) -> str:
    if result.lost_count is None:
        return "it is not known whether that is all; keep the file for an expert"
    if result.lost_count:
        return f"{result.lost_count:,} more could not be read; keep the file for an expert"
    all_ = "that is all the signups it held"
    if not result.is_complete:
        return (
            f"{all_}, but its erasures or its suppression list could not be read completely; keep"
            " the file for an expert"
        )
    if result.has_erasures:
        return f"{all_}; its receipts for erasures exist only in this file"
    return f"{all_}; the file can be removed"


COMMAND = Command(
    "recover signups from damaged databases",
    RecoverOptions,
    add_arguments,
    recover_signups,
    holds_addresses=True,
)
