"""`kiosk erase`: the signups of an address, or old ones, are removed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import ATTENTION, SUCCESS, CommandFailed
from kiosk.commands.support.signup_report import (
    print_set_aside,
    print_unreadable,
    signup_count,
    written_minute,
)

if TYPE_CHECKING:
    from kiosk.signups.store.erasure import ErasureResult

NO_SUCH_SIGNUP = "No signup has this address; nothing was erased."
NOTHING_TO_ERASE = "There are no signups to erase."


@dataclass(frozen=True)
class EraseOptions:
    data: Path | None
    address: str | None
    before: date | None
    suppress: bool
    yes: bool
    key: Path | None
    passphrase_fd: int | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument(
        "address",
        nargs="?",
        metavar="ADDRESS",
        help="the address to erase; - reads it from standard input",
    )
    parser.add_argument(
        "--before",
        type=arguments.day,
        metavar="DATE",
        help="erase all signups made before this day",
    )
    parser.add_argument(
        "--suppress", action="store_true", help="flag later signups with this address in exports"
    )
    parser.add_argument(
        "--yes", action="store_true", help="do not ask before erasing with --before"
    )
    arguments.add_key(parser)


def erase_signups(options: EraseOptions) -> int:
    """Exits with 1 where something may be left."""
    data = data_folder(options.data)
    if (options.address is None) == (options.before is None):
        raise CommandFailed("pass either an address to erase or --before DATE")
    if options.before is not None and (options.suppress or options.key is not None):
        raise CommandFailed("--suppress and --key go with an address; leave them out")
    if options.before is not None:
        return _erase_before(data, options.before, is_sure=options.yes)
    return _erase_address(options, data, _address(options.address or ""))


def _address(given: str) -> str:
    """What was asked for; whether it has the form of an address matters once it is not found."""
    from kiosk.signups.form import FormInput, cleaned

    try:
        address = cleaned(FormInput(email=_first_line() if given == "-" else given)).email
    except UnicodeDecodeError:
        address = ""
    if not address:
        raise CommandFailed("this is not a complete address; write it like name@example.com")
    return address


def _require_address(address: str) -> None:
    from kiosk.signups.form import is_email_address

    if not is_email_address(address):
        raise CommandFailed(
            "no signup has this address, and it is not a complete address; write it like"
            " name@example.com"
        )


def _first_line() -> str:
    return sys.stdin.readline() if sys.stdin is not None else ""


def _erase_address(options: EraseOptions, data: Path, address: str) -> int:
    from kiosk.commands.support.open_queue import has_signups, load_key, open_queue
    from kiosk.commands.support.progress import progress
    from kiosk.operation.showroom_clock import showroom_clock
    from kiosk.signups.form import is_email_address
    from kiosk.signups.store import erasure
    from kiosk.signups.store.current_key import current_key

    if not has_signups(data):
        _require_address(address)
        if not options.suppress:
            print(NO_SUCH_SIGNUP)
            print_set_aside(data)
            return ATTENTION
    with open_queue(data, create=options.suppress) as queue:
        key = load_key(options.key, options.passphrase_fd)
        queue.select("all")
        sealed = queue.count_selected_sealed()
        if sealed and key is None:
            are = "is" if sealed == 1 else "are"
            raise CommandFailed(
                f"{signup_count(sealed)} {are} sealed; pass the manager's key with --key FILE"
            )
        exports = {facts.number: facts for facts in queue.exports()}
        with progress() as watch:
            receipt = erasure.erase_address(
                queue,
                address,
                showroom_clock(data).now(),
                private_key=key,
                public_key=current_key(data, queue) if options.suppress else None,
                suppress=options.suppress,
                progress=watch,
            )
    if receipt.number is None and not receipt.unreadable:
        _require_address(address)
    _print_receipt(receipt)
    for number in receipt.exports:
        facts = exports.get(number)
        if facts is None:
            print(f"  the address is still in the file of export {number}, whose record is damaged")
            continue
        when = written_minute(facts.created_at)
        print(
            f"  the address is still in {facts.file_name} (export {number}, {when}); erase it there"
            " too"
        )
    if options.suppress and (receipt.number is not None or is_email_address(address)):
        print("The address is on the suppression list; later signups with it will be flagged.")
    print_set_aside(data)
    status = print_unreadable(receipt.unreadable, "may have this address, too")
    is_done = receipt.number is not None or options.suppress
    return status if is_done and not receipt.remaining_copy else ATTENTION


def _erase_before(data: Path, day: date, *, is_sure: bool) -> int:
    from kiosk.commands.support.open_queue import has_signups, open_queue
    from kiosk.operation.showroom_clock import showroom_clock
    from kiosk.signups.store import erasure

    if not has_signups(data):
        print(NOTHING_TO_ERASE)
        return SUCCESS
    with open_queue(data) as queue:
        count, waiting = erasure.count_before(queue, day)
        if count == 0:
            print(f"No signups were made before {day}.")
            return SUCCESS
        never = f", {waiting} of them never exported" if waiting else ""
        if not is_sure:
            _ask(f"{signup_count(count)} made before {day}{never}")
        receipt = erasure.erase_before(queue, day, showroom_clock(data).now())
    _print_receipt(receipt)
    print_set_aside(data)
    status = print_unreadable(receipt.unreadable, "will stay in place")
    return ATTENTION if receipt.remaining_copy else status


def _ask(what: str) -> None:
    if sys.stdin is None or not sys.stdin.isatty():
        raise CommandFailed(f"this permanently erases {what}; pass --yes to confirm")
    try:
        answer = input(f"This permanently erases {what}. Type yes to confirm: ")
    except (EOFError, UnicodeDecodeError):
        answer = ""
    if answer.strip().lower() not in {"y", "yes"}:
        raise CommandFailed("nothing was erased")


def _print_receipt(receipt: ErasureResult) -> None:
    if receipt.number is None:
        print(NO_SUCH_SIGNUP)
    else:
        when = written_minute(receipt.created_at)
        print(f"Receipt {receipt.number}: {signup_count(receipt.count)} erased, {when}.")
    if receipt.remaining_copy:
        print(f"kiosk: copies remain: {receipt.remaining_copy}", file=sys.stderr)


COMMAND = Command(
    "erase the signups of an address, or old ones",
    EraseOptions,
    add_arguments,
    erase_signups,
    holds_addresses=True,
)
