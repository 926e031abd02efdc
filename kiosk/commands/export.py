"""`kiosk export`: signups into a file for a manager."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import content_data_folder, data_folder
from kiosk.commands.support.outcome import ATTENTION, SUCCESS, CommandFailed
from kiosk.commands.support.signup_report import print_unreadable, signup_count

if TYPE_CHECKING:
    from kiosk.signups.export.exporter import ExportResult
    from kiosk.signups.store.queue import Selection

NOTHING = "There are no signups to export."


@dataclass(frozen=True)
class ExportOptions:
    data: Path | None
    sources: list[Path] | None
    out: Path
    all: bool
    since: date | None
    again: int | None
    dedupe: bool
    key: Path | None
    passphrase_fd: int | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="the file to write; ends in .csv, .xlsx or .jsonl, or in .sealed to be opened later",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--from",
        type=Path,
        nargs="+",
        metavar="FILE",
        dest="sources",
        help="open .sealed files, from a stick, instead of exporting from a kiosk",
    )
    which.add_argument(
        "--all", action="store_true", help="include signups that were exported before"
    )
    which.add_argument(
        "--since", type=arguments.day, metavar="DATE", help="all signups made on this day or later"
    )
    which.add_argument(
        "--again",
        type=arguments.number((1 << 63) - 1, "an export number; 'kiosk signups' lists them"),
        metavar="ID",
        help="repeat an earlier export exactly",
    )
    parser.add_argument(
        "--dedupe", action="store_true", help="one row per address, with its newest consent"
    )
    arguments.add_key(parser)


def export_signups(options: ExportOptions) -> int:
    """Exits with 1 where some could not be read."""
    from kiosk.commands.support.open_queue import has_signups, load_key, open_queue
    from kiosk.commands.support.progress import progress
    from kiosk.operation.destinations import require_destination
    from kiosk.operation.showroom_clock import is_clock_trusted, showroom_clock
    from kiosk.signups.export.exporter import ExportRequest, export, repeat

    if options.sources is not None:
        return _open_sealed_files(options, options.sources)
    data = data_folder(options.data)
    require_destination(options.out, data)
    if not has_signups(data):
        print(NOTHING)
        return SUCCESS
    if options.again is not None and options.dedupe:
        raise CommandFailed("--again repeats an export exactly; leave --dedupe out")
    now, trusted = showroom_clock(data).now(), is_clock_trusted(data)
    choice: Selection = "all" if options.all else options.since or "new"
    with open_queue(data) as queue:
        key = load_key(options.key, options.passphrase_fd)
        require_destination(options.out, data)  # a stick may be pulled while that is typed
        with progress() as watch:
            if options.again is not None:
                done = repeat(
                    *(queue, options.again, options.out, now, key, watch), is_clock_trusted=trusted
                )
            else:
                order = ExportRequest(options.out, choice, key, options.dedupe)
                done = export(queue, order, now, watch, is_clock_trusted=trusted)
    _print_export(done, options.again)
    return _print_remainder(done, "will stay in place")


def _open_sealed_files(options: ExportOptions, files: list[Path]) -> int:
    """Without a kiosk, so that it works at any desk."""
    from kiosk.commands.support.open_queue import damage_as_sentence, load_key
    from kiosk.commands.support.progress import progress
    from kiosk.operation.destinations import require_destination
    from kiosk.signups.export.exporter import ExportRequest, require_new_file
    from kiosk.signups.export.opening import open_sealed

    data = content_data_folder(options.data)
    if options.key is None:
        raise CommandFailed("sealed files need the manager's key; pass it with --key FILE")
    require_destination(options.out, data)
    with damage_as_sentence(data):
        require_new_file(options.out)
        key = load_key(options.key, options.passphrase_fd)
        assert key is not None
        require_destination(options.out, data)
        with progress() as watch:
            request = ExportRequest(options.out, "all", key, options.dedupe)
            done, erased = open_sealed(files, request, key, watch)
    if done.number is None:
        print("No signups could be opened.")
    else:
        print(f"{signup_count(done.signups)} opened into {done.file}")
    _print_shared(done)
    if erased:
        has = "has since been erased and is" if erased == 1 else "have since been erased and are"
        print(f"{signup_count(erased)} {has} left out")
    return _print_remainder(done, "will stay in the sealed file")


def _print_remainder(done: ExportResult, fate: str) -> int:
    """What is not in the file, or not known; returns the exit status."""
    status = print_unreadable(done.unreadable, fate)
    if done.is_suppression_complete:
        return status
    print(
        "kiosk: part of the suppression list cannot be decrypted, perhaps because it is sealed to"
        " another key; it is not known whether those addresses objected",
        file=sys.stderr,
    )
    return ATTENTION


def _print_export(done: ExportResult, again: int | None) -> None:
    if done.number is None:
        print(NOTHING if not done.unreadable else "No signups could be exported.")
    else:
        print(f"{signup_count(done.signups)} exported to {done.file} (export {done.number})")
    for name in done.interrupted:
        print(
            f"an earlier export was interrupted after {name} was written; its signups may be"
            " exported again"
        )
    _print_shared(done)
    if again is not None and done.erased:
        gone = (
            "has since been erased and is" if done.erased == 1 else "have since been erased and are"
        )
        print(f"{signup_count(done.erased)} of export {again} {gone} left out")
    if done.is_identical:
        print(f"the file is identical to that of export {again}, byte for byte")
    elif done.is_identical is False and not done.erased:
        print(f"the file differs from that of export {again}")


def _print_shared(done: ExportResult) -> None:
    if done.rows < done.signups:
        shared = done.signups - done.rows
        print(
            f"{shared:,} of them {'shares' if shared == 1 else 'share'} an address with a later"
            f" one; the file has {'1 row' if done.rows == 1 else f'{done.rows:,} rows'}, with the"
            " newest consent of each address"
        )


COMMAND = Command(
    "write signups to a file for a manager",
    ExportOptions,
    add_arguments,
    export_signups,
    holds_addresses=True,
)
