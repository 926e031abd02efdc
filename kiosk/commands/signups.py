"""`kiosk signups`, `export`, `keys` and `erase`: what a manager does with the signups."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.outcome import ATTENTION, FINE, CannotDo
from kiosk.commands.passphrase import read_passphrase
from kiosk.commands.progress import progress
from kiosk.operation.destinations import require_destination
from kiosk.operation.folders import make_data_folder, one_at_a_time, require_owner
from kiosk.operation.showroom_clock import is_clock_trusted, showroom_clock
from kiosk.signups.crypto.keys import KeyRefused, create, install, installed, unlock
from kiosk.signups.export.exporting import Exported, ExportRefused, Order, export, repeat
from kiosk.signups.store import erasing
from kiosk.signups.store.database import (
    FILE_NAME,
    QueueDamaged,
    QueueUnavailable,
    journal_of,
    lone_journals,
    remove_unfinished,
    set_aside_damaged,
    set_aside_files,
    set_aside_journals,
    unfinished,
)
from kiosk.signups.store.last_key import earlier_key, key_in_use
from kiosk.signups.store.ledger import Ledger, read_ledger
from kiosk.signups.store.queue import Choice, Queue
from kiosk.signups.store.soundness import Damage, find_damaged_facts

if TYPE_CHECKING:
    from kiosk.signups.crypto.sealing import OpeningKey, SealingKey
    from kiosk.signups.store.recovering import Recovered

MOST_LISTED = 20
PATIENCE_SECONDS = 60.0
"""Visitors come first, however many there are."""
NOTHING = "There are no signups to export."
NO_SUCH_SIGNUP = "No signup of this address is here; nothing was erased."
NOTHING_TO_ERASE = "There are no signups to erase."


def export_signups(options: Namespace, data: Path) -> int:
    """Write signups into a file; exits with 1 where some could not be read."""
    require_destination(options.out, data)
    if not _has_signups(data):
        print(NOTHING)
        return FINE
    if options.again is not None and options.dedupe:
        raise CannotDo("an export is repeated as it was; leave --dedupe away")
    now, trusted = showroom_clock(data).now(), is_clock_trusted(data)
    choice: Choice = "all" if options.all else options.since or "new"
    with _at_work(data) as queue:
        key = _opening_key(options)
        require_destination(options.out, data)  # a stick may be pulled while that is typed
        with progress() as watch:
            if options.again is not None:
                done = repeat(
                    *(queue, options.again, options.out, now, key, watch), is_clock_trusted=trusted
                )
            else:
                order = Order(options.out, choice, key, options.dedupe)
                done = export(queue, order, now, watch, is_clock_trusted=trusted)
    _tell_export(done, options.again)
    status = _tell_unreadable(done.unreadable, "stay where they are")
    if done.knows_suppressed:
        return status
    print(
        "kiosk: a part of the suppression list cannot be opened, with another key perhaps; whether"
        " those addresses objected is unknown",
        file=sys.stderr,
    )
    return ATTENTION


def _tell_export(done: Exported, again: int | None) -> None:
    if done.number is None:
        print(NOTHING if not done.unreadable else "No signup could be exported.")
    else:
        print(f"{_signups(done.signups)} exported to {done.file} (export {done.number})")
    for name in done.cut_off:
        print(f"an earlier export was cut off after {name} was written; its signups may come again")
    if done.rows < done.signups:
        print(
            f"{done.signups - done.rows} of them share an address with a later one; the file has"
            f" {done.rows} rows, the newest consent of each address"
        )
    if again is not None and done.erased:
        gone = "was erased since and is" if done.erased == 1 else "were erased since and are"
        print(f"{_signups(done.erased)} of export {again} {gone} left out")
    if done.is_same:
        print(f"the file is the same as that of export {again}, byte for byte")
    elif done.is_same is False and not done.erased:
        print(f"the file differs from that of export {again}")


def show_signups(options: Namespace, data: Path) -> int:
    """The ledger; exits with 1 where it does not add up."""
    damages: list[Damage] = []
    if not _has_signups(data):
        ledger = Ledger((), (), ())
    else:
        with _said_plainly(data), Queue.look(data) as queue:
            ledger = read_ledger(queue)
            damages = list(find_damaged_facts(queue))
    if options.json:
        record = _ledger_record(ledger)
        if damages:
            record["damaged"] = [{"row": row.row, "reason": row.reason} for row in damages]
        print(json.dumps(record, indent=2, ensure_ascii=False))
    elif not ledger.days:
        print("There are no signups yet.")
    else:
        _print_ledger(ledger)
    rows = "1 row" if len(damages) == 1 else f"{len(damages):,} rows"
    listed = [(damage.row, damage.reason) for damage in damages]
    status = _tell_unread(
        f"{rows} of the ledger cannot be read, and nothing else is affected", listed
    )
    return status if ledger.adds_up else ATTENTION


def _print_ledger(ledger: Ledger) -> None:
    rows = [
        (day.day, *_counts(day.balance), _minute(day.last_export) if day.last_export else "-")
        for day in ledger.days
    ]
    last = _minute(ledger.last_export) if ledger.last_export else "-"
    heading = ("day", "captured", "waiting", "exported", "erased", "last export")
    _print_table(heading, [*rows, ("all", *_counts(ledger.total), last)], numbers=range(1, 5))
    if ledger.adds_up:
        print("\ncaptured = waiting + exported + erased, on every day")
    for day in ledger.days:
        if day.balance.missing > 0:
            print(f"\n{day.day}: {_signups(day.balance.missing)} missing; look for a copy")
        elif day.balance.missing < 0:
            print(f"\n{day.day}: {_signups(-day.balance.missing)} more than were captured")
    if ledger.exports:
        print()
        facts = [
            (
                str(export.number),
                _minute(export.created_at),
                str(export.signup_count),
                str(export.row_count),
                f"again {export.repeats}" if export.repeats else export.selection,
                export.file_name,
                (export.sha256 or "-")[:16],
            )
            for export in ledger.exports
        ]
        heading_ = ("export", "when", "signups", "rows", "which", "file", "SHA-256")
        _print_table(heading_, facts, numbers=(0, 2, 3))
    if ledger.erasures:
        print()
        receipts = [
            (str(e.number), _minute(e.created_at), str(e.signup_count), e.reason)
            for e in ledger.erasures
        ]
        _print_table(("erasure", "when", "signups", "why"), receipts, numbers=(0, 2))


def _counts(balance: object) -> tuple[str, ...]:
    names = ("captured", "waiting", "exported", "erased")
    return tuple(str(getattr(balance, name)) for name in names)


def _print_table(
    heading: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]
) -> None:
    widths = [max(map(len, column)) for column in zip(heading, *rows, strict=True)]
    for row in (heading, *rows):
        cells = [
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def _ledger_record(ledger: Ledger) -> dict[str, object]:
    return {
        "adds_up": ledger.adds_up,
        "total": _balance_record(ledger.total),
        "days": [
            {
                "day": day.day,
                **_balance_record(day.balance),
                "last_export": day.last_export.isoformat() if day.last_export else None,
            }
            for day in ledger.days
        ],
        "exports": [
            {
                "number": export.number,
                "created_at": export.created_at.isoformat(),
                "file_name": export.file_name,
                "format": export.format,
                "size": export.size,
                "sha256": export.sha256,
                "selection": export.selection,
                "deduped": export.is_deduped,
                "rows": export.row_count,
                "signups": export.signup_count,
                "repeats": export.repeats,
            }
            for export in ledger.exports
        ],
        "erasures": [
            {
                "number": erasure.number,
                "created_at": erasure.created_at.isoformat(),
                "reason": erasure.reason,
                "signups": erasure.signup_count,
            }
            for erasure in ledger.erasures
        ],
        "unsealed": ledger.unsealed,
    }


def _balance_record(balance: object) -> dict[str, int]:
    names = ("captured", "waiting", "exported", "erased", "missing")
    return {name: getattr(balance, name) for name in names}


def create_key(options: Namespace, data: Path) -> int:
    """Make the manager's key, install its public half, seal what lies open."""
    require_owner(data)
    make_data_folder(data)
    out: Path = options.out
    if not out.name:
        raise CannotDo(f"{out} is a folder; name a file in it, like {out / 'manager.key'}")
    require_destination(out, data)
    if not options.replace:
        _refuse_to_replace(data)
    passphrase = read_passphrase(options.passphrase_fd, os.environ, twice=True)
    now = showroom_clock(data).now()
    with _at_work(data, create=True) as queue:
        if not options.replace and (before := earlier_key(data, queue)) is not None:
            raise CannotDo(
                f"signups are sealed to the key {before.id} already, which the settings have lost;"
                " 'kiosk keys seal' puts it back, --replace seals later ones to the new key"
            )
        require_destination(out, data)  # a stick may be pulled while the passphrase is typed
        key = create(out, passphrase, now)
        install(data, key.sealing, now)
        try:
            sealed = _seal(queue, key.sealing, now)
        finally:  # said afterwards: there may be nobody left to read it
            print(
                f"{out} holds the private key {key.id}; that it opens what is sealed was just"
                " tried."
            )
            print("Signups of this kiosk are sealed to it from now on.")
    status = _tell_sealed(*sealed)
    _tell_set_aside(data)
    print(
        f"Take {out} off this machine and keep a second copy. Without the file and its passphrase"
        " nobody can read these signups again, not even its makers."
    )
    return status


def _refuse_to_replace(data: Path) -> None:
    try:
        before = installed(data)
    except KeyRefused as error:
        raise CannotDo(
            f"{error}, or let 'kiosk keys seal' put back the key that was used last; --replace"
            " installs the new one instead"
        ) from None
    if before is not None:
        raise CannotDo(
            f"signups are sealed to the key {before.id} already; with --replace, later ones are"
            " sealed to the new key and earlier ones still need the old one"
        )


def seal_signups(data: Path) -> int:
    """Seal what lies open to the installed key."""
    now = showroom_clock(data).now()
    with _at_work(data, create=True) as queue:
        key = _installed_or_restored(data, queue, now)
        sealed = _seal(queue, key, now)
    status = _tell_sealed(*sealed)
    _tell_set_aside(data)
    return status


def _installed_or_restored(data: Path, queue: Queue, now: datetime) -> SealingKey:
    """The key of the settings; where they have lost it, the one that was used last."""
    try:
        key = key_in_use(data, queue)
    except KeyRefused as error:
        raise CannotDo(str(error)) from None
    if key is None:
        raise CannotDo("there is no key to seal to; make one with 'kiosk keys create'")
    with suppress(KeyRefused):
        if installed(data) == key:
            return key
    install(data, key, now)
    print(f"The key {key.id} is back in the settings.")
    return key


def _tell_sealed(count: int, damaged: int) -> int:
    print(f"{_signups(count)} that lay open {'is' if count == 1 else 'are'} sealed now.")
    if not damaged:
        return FINE
    lie = "lies" if damaged == 1 else "lie"
    print(
        f"kiosk: {_signups(damaged)} still {lie} in the open, damaged; 'kiosk health' names what"
        " is damaged, 'kiosk erase --before' can remove it",
        file=sys.stderr,
    )
    return ATTENTION


def _seal(queue: Queue, key: SealingKey, now: datetime) -> tuple[int, int]:
    """How many are sealed now, and how many cannot be."""
    try:
        with progress() as watch:
            count = erasing.seal_in_place(queue, key, now, watch)
    except QueueUnavailable as error:
        raise CannotDo(
            f"not all signups could be sealed ({error}); run 'kiosk keys seal'"
        ) from None
    return count, queue.count_unsealed()


def recover_signups(options: Namespace, data: Path) -> int:
    """Bring back what damaged databases still hold; exits with 1 where something is lost."""
    from kiosk.signups.store.recovering import recover, restore_erased

    now = showroom_clock(data).now()
    if options.file is None and (_has_signups(data) or unfinished(data)):
        require_owner(data)
        with _said_plainly(data), one_at_a_time(data):
            remove_unfinished(data)
            fresh = set_aside_damaged(data, now)
        if fresh is not None:
            print(f"{data / FILE_NAME} is damaged and kept as {fresh}; a fresh one is begun.")
    aside = [*set_aside_files(data), *lone_journals(data)]
    files = [options.file] if options.file is not None else aside
    if not files:
        print("No damaged database was set aside.")
        return FINE
    status = FINE
    with _at_work(data, create=True) as queue:
        sealing = key_in_use(data, queue)
        for file in {*aside, *files}:  # what one of them knows as erased, another may still hold
            restore_erased(queue, file, now)
        for file in files:
            with progress() as watch:
                done = recover(queue, file, now, watch, sealing=sealing)
            print(f"{file}: {_signups(done.found)} read, {done.new:,} of them new here")
            if done.wordless:
                print(
                    f"  {done.wordless:,} of them lack the words that were agreed to: they are"
                    " exported once a visitor signs up under the same words"
                )
            if done.exports:
                print(f"  {_exports(done.exports)}")
            if done.unmarked != 0:
                print(f"  {_unmarked(done.unmarked)}")
            print(f"  {_whether_all(done)}")
            is_all = done.lost == done.wordless == done.unmarked == 0 and done.is_whole
            status = status if is_all else ATTENTION
    return status


def _exports(count: int) -> str:
    if count == 1:
        return "1 export of it is in the ledger, with what it brought"
    return f"{count:,} exports of it are in the ledger, with what they brought"


def _unmarked(count: int | None) -> str:
    if count is None:
        return (
            "its list of exports could not be read whole: some signups may be exported again, under"
            " the same ids"
        )
    return (
        f"{_signups(count)} that had been exported cannot be told any more: those still here are"
        " exported again, under the same ids"
    )


def _whether_all(done: Recovered) -> str:
    if done.lost is None:
        return "whether that is all cannot be told; keep the file for an expert"
    if done.lost:
        return f"{done.lost:,} more could not be read; keep the file for an expert"
    all_ = "that is all the signups it held"
    if not done.is_whole:
        return (
            f"{all_}, but its erasures or its suppression list could not be read whole; keep the"
            " file for an expert"
        )
    if done.has_history:
        return f"{all_}; its receipts of erasures stay in the file alone"
    return f"{all_}; it can be removed"


def erase_signups(options: Namespace, data: Path) -> int:
    """Erase an address, or what was made before a day."""
    if (options.address is None) == (options.before is None):
        raise CannotDo("name either an address to erase, or --before DATE")
    if options.before is not None and (options.suppress or options.key is not None):
        raise CannotDo("--suppress and --key go with an address; leave them away")
    if options.address is None:
        return _erase_before(data, options.before, is_sure=options.yes)
    return _erase_address(options, data, _address(options.address))


def _address(given: str) -> str:
    """What was asked for; whether it has the form of an address matters once it is not found."""
    from kiosk.signups.form import Typed, clean

    try:
        address = clean(Typed(email=_first_line() if given == "-" else given)).email
    except UnicodeDecodeError:
        address = ""
    if not address:
        raise CannotDo("this is not a complete address; write it like name@example.com")
    return address


def _require_address(address: str) -> None:
    from kiosk.signups.form import is_address

    if not is_address(address):
        raise CannotDo(
            "no signup of this address is here, and it is not a complete address; write it like"
            " name@example.com"
        )


def _first_line() -> str:
    return sys.stdin.readline() if sys.stdin is not None else ""


def _erase_address(options: Namespace, data: Path, address: str) -> int:
    from kiosk.signups.form import is_address

    if not _has_signups(data):
        _require_address(address)
        if not options.suppress:
            print(NO_SUCH_SIGNUP)
            _tell_set_aside(data)
            return ATTENTION
    with _at_work(data, create=options.suppress) as queue:
        key = _opening_key(options)
        queue.select("all")
        sealed = queue.count_selected_sealed()
        if sealed and key is None:
            are = "is" if sealed == 1 else "are"
            raise CannotDo(
                f"{_signups(sealed)} {are} sealed; name the manager's key with --key FILE"
            )
        exports = {facts.number: facts for facts in queue.exports()}
        with progress() as watch:
            receipt = erasing.erase_address(
                queue,
                address,
                showroom_clock(data).now(),
                opening=key,
                sealing=key_in_use(data, queue) if options.suppress else None,
                suppress=options.suppress,
                progress=watch,
            )
    if receipt.number is None and not receipt.unreadable:
        _require_address(address)
    _tell_receipt(receipt)
    for number in receipt.exports:
        facts = exports.get(number)
        if facts is None:
            print(f"  it is still in the file of export {number}, whose record is damaged")
            continue
        when = _minute(facts.created_at)
        print(f"  it is still in {facts.file_name} (export {number}, {when}); erase it there too")
    if options.suppress and (receipt.number is not None or is_address(address)):
        print("The address is on the suppression list; a later signup of it will be flagged.")
    _tell_set_aside(data)
    status = _tell_unreadable(receipt.unreadable, "may be of this address as well")
    is_done = receipt.number is not None or options.suppress
    return status if is_done and not receipt.remains else ATTENTION


def _erase_before(data: Path, day: date, *, is_sure: bool) -> int:
    if not _has_signups(data):
        print(NOTHING_TO_ERASE)
        return FINE
    with _at_work(data) as queue:
        count, waiting = erasing.made_before(queue, day)
        if count == 0:
            print(f"No signup was made before {day}.")
            return FINE
        never = f", {waiting} of them never exported" if waiting else ""
        if not is_sure:
            _ask(f"This erases {_signups(count)} made before {day}{never}, for good.")
        receipt = erasing.erase_before(queue, day, showroom_clock(data).now())
    _tell_receipt(receipt)
    _tell_set_aside(data)
    status = _tell_unreadable(receipt.unreadable, "stay where they are")
    return ATTENTION if receipt.remains else status


def _ask(question: str) -> None:
    if sys.stdin is None or not sys.stdin.isatty():
        raise CannotDo(f"{question} There is no terminal to ask on; say --yes if that is meant")
    try:
        answer = input(f"{question} Type yes to go on: ")
    except (EOFError, UnicodeDecodeError):
        answer = ""
    if answer.strip().lower() not in {"y", "yes"}:
        raise CannotDo("nothing was erased")


def _tell_receipt(receipt: erasing.Receipt) -> None:
    if receipt.number is None:
        print(NO_SUCH_SIGNUP)
    else:
        when = _minute(receipt.created_at)
        print(f"Receipt {receipt.number}: {_signups(receipt.count)} erased, {when}.")
    if receipt.remains:
        print(f"kiosk: traces may be left: {receipt.remains}", file=sys.stderr)


def _tell_set_aside(data: Path) -> None:
    for file in [*set_aside_files(data), *set_aside_journals(data)]:
        print(f"  {file} was set aside damaged and may still hold signups; remove it when read")


def _tell_unreadable(unreadable: Sequence[tuple[str, str]], fate: str) -> int:
    return _tell_unread(f"{_signups(len(unreadable))} could not be read and {fate}", unreadable)


def _tell_unread(text: str, rows: Sequence[tuple[str, str]]) -> int:
    if not rows:
        return FINE
    print(f"kiosk: {text}:", file=sys.stderr)
    for name, reason in rows[:MOST_LISTED]:
        print(f"  {name}: {reason}", file=sys.stderr)
    if len(rows) > MOST_LISTED:
        print(f"  and {len(rows) - MOST_LISTED} more", file=sys.stderr)
    return ATTENTION


def _opening_key(options: Namespace) -> OpeningKey | None:
    if options.key is None:
        return None
    passphrase = read_passphrase(options.passphrase_fd, os.environ)
    return unlock(options.key, passphrase)


def _has_signups(data: Path) -> bool:
    file = data / FILE_NAME
    try:
        file.stat()
    except FileNotFoundError:
        return journal_of(file).exists()
    except NotADirectoryError:
        return False
    except OSError as error:
        raise CannotDo(
            f"{file} cannot be read ({error.strerror}); give the command as the user who runs the"
            " kiosk"
        ) from None
    return True


@contextmanager
def _at_work(data: Path, *, create: bool = False) -> Iterator[Queue]:
    """The queue, for one command at a time; what stands in the way becomes a sentence."""
    require_owner(data)
    with _said_plainly(data), one_at_a_time(data):
        remove_unfinished(data)
        with Queue.open(data, create=create, patience=PATIENCE_SECONDS) as queue:
            yield queue


@contextmanager
def _said_plainly(data: Path) -> Iterator[None]:
    try:
        yield
    except (ExportRefused, KeyRefused, QueueUnavailable) as error:
        raise CannotDo(str(error)) from None
    except QueueDamaged:
        raise CannotDo(
            f"{data / FILE_NAME} is damaged; run 'kiosk recover', which keeps it whole, begins a"
            " fresh one and brings back what can be read"
        ) from None


def _signups(count: int) -> str:
    return "1 signup" if count == 1 else f"{count:,} signups"


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
