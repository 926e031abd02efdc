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
from kiosk.commands.support.outcome import ATTENTION, FINE
from kiosk.commands.support.signup_report import signup_count
from kiosk.operation.folders import one_at_a_time, require_owner

if TYPE_CHECKING:
    from kiosk.signups.store.recovering import Recovered


@dataclass(frozen=True)
class RecoverOptions:
    data: Path | None
    file: Path | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="a damaged database; default: all that were set aside",
    )


def recover_signups(options: RecoverOptions) -> int:
    """Exits with 1 where something is lost."""
    from kiosk.commands.support.progress import progress
    from kiosk.commands.support.signup_store import queue_at_work
    from kiosk.operation.showroom_clock import showroom_clock
    from kiosk.signups.store.database import lone_journals, set_aside_files
    from kiosk.signups.store.last_key import key_in_use
    from kiosk.signups.store.recovering import recover, restore_erased

    data = data_folder(options.data)
    now = showroom_clock(data).now()
    if options.file is None:
        _set_damaged_aside(data, now)
    aside = [*set_aside_files(data), *lone_journals(data)]
    files = [options.file] if options.file is not None else aside
    if not files:
        print("There is no damaged database to recover.")
        return FINE
    status = FINE
    with queue_at_work(data, create=True) as queue:
        sealing = key_in_use(data, queue)
        for file in {*aside, *files}:  # what one of them knows as erased, another may still hold
            restore_erased(queue, file, now)
        for file in files:
            with progress() as watch:
                recovered = recover(queue, file, now, watch, sealing=sealing)
            _print_recovered(file, recovered)
            status = status if _is_complete(recovered) else ATTENTION
    return status


def _set_damaged_aside(data: Path, now: datetime) -> None:
    from kiosk.commands.support.signup_store import has_signups, plain_refusals
    from kiosk.signups.store.database import (
        FILE_NAME,
        remove_unfinished,
        set_aside_damaged,
        unfinished,
    )

    if not has_signups(data) and not unfinished(data):
        return
    require_owner(data)
    with plain_refusals(data), one_at_a_time(data):
        remove_unfinished(data)
        kept = set_aside_damaged(data, now)
    if kept is not None:
        print(f"{data / FILE_NAME} is damaged; it is kept as {kept}, and a new one was started.")


def _is_complete(done: Recovered) -> bool:
    return done.lost == done.wordless == done.unmarked == 0 and done.is_whole


def _print_recovered(file: Path, done: Recovered) -> None:
    print(f"{file}: {signup_count(done.found)} read, {done.new:,} of them new here")
    if done.wordless:
        print(
            f"  {done.wordless:,} of them {'lacks' if done.wordless == 1 else 'lack'} the wording"
            " of the consent and can be exported once a visitor signs up under the same wording"
        )
    if done.exports:
        print(f"  {_exports(done.exports)}")
    if done.unmarked != 0:
        print(f"  {_unmarked(done.unmarked)}")
    print(f"  {_whether_all(done)}")


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


def _whether_all(done: Recovered) -> str:
    if done.lost is None:
        return "it is not known whether that is all; keep the file for an expert"
    if done.lost:
        return f"{done.lost:,} more could not be read; keep the file for an expert"
    all_ = "that is all the signups it held"
    if not done.is_whole:
        return (
            f"{all_}, but its erasures or its suppression list could not be read completely; keep"
            " the file for an expert"
        )
    if done.has_history:
        return f"{all_}; its receipts for erasures are in this file alone"
    return f"{all_}; the file can be removed"


COMMAND = Command(
    "recover signups from damaged databases",
    RecoverOptions,
    add_arguments,
    recover_signups,
    holds_addresses=True,
)
