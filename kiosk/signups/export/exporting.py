"""Signups into a file for a manager.

The file appears under its name only when it is whole and on the disk; signups are marked exported
after that. A stop in between exports them once more next time, under the same ids.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b, sha256
from io import RawIOBase
from itertools import chain, islice
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING, BinaryIO, cast

from kiosk.files import identity, name_whole, open_private, require_same, sync_folder
from kiosk.signups.crypto.sealing import OpeningKey
from kiosk.signups.export.formats import Entry, Writer, write_csv, write_jsonl
from kiosk.signups.export.workbook import MOST_ROWS, DoesNotFit, write_xlsx
from kiosk.signups.form import Person
from kiosk.signups.outgoing import partial_of, remove_leftovers, unwritten
from kiosk.signups.store.database import ROWS_AT_ONCE, QueueDamaged, QueueUnavailable
from kiosk.signups.store.queue import Choice, ExportFacts, Queue, RepeatOf
from kiosk.signups.store.record import Record, Unreadable, moment_of, person_of, require_sound
from kiosk.signups.store.suppression import SuppressionList, canonical

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

WRITERS: dict[str, Writer] = {"csv": write_csv, "xlsx": write_xlsx, "jsonl": write_jsonl}
"""By the ending of the file's name."""

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


class ExportRefused(Exception):
    """The export cannot be written; the message says why and what to do. Nothing was marked."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: which signups, into which file, opened with which key.

    `is_deduped`: one row an address, the newest consent stands for all.
    """

    out: Path
    choice: Choice = "new"
    key: OpeningKey | None = None
    is_deduped: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did; `number` is None where there was nothing to export.

    `unreadable` pairs the id of each signup that was left in place with the reason. `erased` counts
    those of a repeated export that are gone since; `is_same` tells whether the repeat is the same
    file, byte for byte (None where that is not known). `knows_suppressed` is False where a part of
    the suppression list needs another key. `cut_off` names the files of earlier exports that were
    written and not marked to the end: this one holds their signups again.
    """

    file: Path
    number: int | None = None
    rows: int = 0
    signups: int = 0
    unreadable: tuple[tuple[str, str], ...] = ()
    erased: int = 0
    is_same: bool | None = None
    knows_suppressed: bool = True
    cut_off: tuple[str, ...] = ()


def export(
    queue: Queue,
    order: Order,
    now: datetime,
    progress: Progress | None = None,
    *,
    is_clock_trusted: bool = True,
) -> Exported:
    """Write the signups asked for, and mark them exported once the file is safe.

    The format follows the ending: .csv, .xlsx or .jsonl. With nothing to export no file is made.
    A signup that cannot be read is left out and left in place.

    Raises:
        ExportRefused: unknown ending, the file is there already, a key is needed, or the disk
            refuses.
        QueueUnavailable, QueueDamaged: from the queue.
    """
    return _Export(queue, order, now, is_clock_trusted, progress).run()


def repeat(
    queue: Queue,
    number: int,
    out: Path,
    now: datetime,
    key: OpeningKey | None = None,
    progress: Progress | None = None,
    *,
    is_clock_trusted: bool = True,
) -> Exported:
    """Write exactly what export `number` contained again, in case its file was lost.

    Raises:
        ExportRefused: there was no such export, or `out` ends differently; else as for `export`.
    """
    exports = {facts.number: facts for facts in queue.exports()}
    earlier = exports.get(number)
    if earlier is None:
        raise ExportRefused(f"there is no export {number}; 'kiosk signups' lists the exports")
    if _format(out) != earlier.format:
        raise ExportRefused(
            f"export {number} was a .{earlier.format}; to repeat it exactly, name a"
            f" .{earlier.format} file"
        )
    order = Order(out, RepeatOf(number), key, earlier.is_deduped)
    original = earlier
    while original.repeats is not None and original.repeats < original.number:  # as of the original
        origin = exports.get(original.repeats)
        if origin is None:  # its record is damaged; the later list has at least as many objections
            break
        original = origin
    return _Export(queue, order, now, is_clock_trusted, progress, earlier, original).run()


@dataclass
class _Export:
    """One export, from selecting signups to marking them."""

    queue: Queue
    order: Order
    now: datetime
    is_clock_trusted: bool
    progress: Progress | None = None
    earlier: ExportFacts | None = None
    first: ExportFacts | None = None
    unreadable: dict[int, tuple[str, str]] = field(default_factory=dict)
    rows: int = 0

    def run(self) -> Exported:
        out, queue = self.order.out, self.queue
        folder = identity(out.parent)
        ending = _format(out)
        _refuse_to_overwrite(out)
        total = queue.select(self.order.choice)
        if total == 0:
            return Exported(out, erased=self._erased_since(total))
        if ending == "xlsx" and total >= MOST_ROWS:
            raise ExportRefused(f"{out.name} cannot hold {total:,} signups; name a .csv file")
        self._refuse_without_key()
        if self.order.is_deduped:
            self._merge()
        suppressed = SuppressionList(
            queue, self.order.key, as_of_export=self.first.number if self.first else None
        )
        entries = self._entries(suppressed, total)
        first = next(entries, None)
        if first is None:
            return Exported(
                out,
                unreadable=tuple(self.unreadable.values()),
                erased=self._erased_since(total),
            )
        dated = self.first.created_at if self.first else self.now
        digest, size = _write_whole(out, WRITERS[ending], chain([first], entries), dated, folder)
        queue.unselect(list(self.unreadable))
        signups = total - len(self.unreadable)
        facts = ExportFacts(
            created_at=self.now,
            file_name=os.fsencode(out.name).decode(errors="backslashreplace"),
            format=ending,
            size=size,
            sha256=digest,
            selection=_selection(self.order.choice),
            is_deduped=self.order.is_deduped,
            row_count=self.rows,
            signup_count=signups,
            repeats=self.earlier.number if self.earlier else None,
            clock_trusted=self.is_clock_trusted,
        )
        cut_off = queue.cut_off_exports()
        try:
            number = queue.mark_exported(facts)
        except (QueueUnavailable, QueueDamaged) as error:
            raise ExportRefused(
                f"{out} was written, but that could not be recorded ({error}); the next export will"
                " contain the same signups again"
            ) from error
        earlier_digest = self.earlier.sha256 if self.earlier else None
        return Exported(
            out,
            number,
            self.rows,
            signups,
            tuple(self.unreadable.values()),
            self._erased_since(total),
            None if earlier_digest is None else earlier_digest == digest,
            suppressed.is_whole,
            tuple(cut_off),
        )

    def _erased_since(self, total: int) -> int:
        return self.earlier.signup_count - total if self.earlier else 0

    def _refuse_without_key(self) -> None:
        count = self.queue.count_selected_sealed() if self.order.key is None else 0
        if count:
            subject = "1 signup is" if count == 1 else f"{count} signups are"
            raise ExportRefused(f"{subject} sealed; pass the manager's key with --key FILE")

    def _read(self, record: Record) -> tuple[Person, datetime]:
        """The person of a record, and when it was made.

        Raises:
            Unreadable: part of it is damaged, or it is sealed to another key.
        """
        require_sound(record)
        return person_of(record, self.order.key), moment_of(record)

    def _entries(self, suppressed: SuppressionList, total: int) -> Iterator[Entry]:
        processed = 0
        for record in self.queue.selected():
            processed += record.stands_for
            try:
                person, moment = self._read(record)
            except Unreadable as reason:
                self.unreadable[record.number] = (record.id, str(reason))
            else:
                self.rows += 1
                if self.order.is_deduped:
                    person = self._completed(record, person)
                yield Entry(record, person, moment, suppressed.holds(person.email))
            if self.progress is not None:
                self.progress(processed, total)

    def _merge(self) -> None:
        """Let the newest signup of an address stand for all of them; of two at once, the later one.

        What it lacks of name and postal code comes from the newest that has it. Addresses are
        compared by hashes whose key is gone afterwards: they may lie on the disk.
        """
        queue = self.queue
        for table in ("addresses", "givers"):
            queue.change(f"DROP TABLE IF EXISTS temp.{table}")
        queue.change(
            "CREATE TEMP TABLE addresses (hash BLOB PRIMARY KEY, count INTEGER NOT NULL,"
            " newest INTEGER NOT NULL, at REAL NOT NULL, named INTEGER, named_at REAL NOT NULL,"
            " coded INTEGER, coded_at REAL NOT NULL) WITHOUT ROWID"
        )
        hashes = self._address_hashes(token_bytes(32))
        while some := list(islice(hashes, ROWS_AT_ONCE)):
            queue.change_many(_COUNT_ADDRESS, some)
        queue.unselect(list(self.unreadable))
        queue.change("UPDATE selected SET stands_for = 0")
        queue.change(
            "UPDATE selected SET stands_for = addresses.count FROM addresses"
            " WHERE addresses.newest = selected.number"
        )
        queue.change(
            "CREATE TEMP TABLE givers (number INTEGER PRIMARY KEY, named INTEGER, coded INTEGER)"
        )
        queue.change(
            "INSERT INTO givers SELECT newest, named, coded FROM addresses"
            " WHERE named <> newest OR coded <> newest"
        )
        queue.change("DROP TABLE addresses")

    def _address_hashes(self, secret: bytes) -> Iterator[tuple[object, ...]]:
        """Each signup as parameters for `_COUNT_ADDRESS`."""
        for record in self.queue.selected():
            try:
                person, moment = self._read(record)
            except Unreadable as reason:
                self.unreadable[record.number] = (record.id, str(reason))
                continue
            address = canonical(person.email).encode(errors="surrogatepass")
            digest = blake2b(address, key=secret, digest_size=16).digest()
            this_signup = (record.number, moment.timestamp())
            name_source, code_source = (
                this_signup if text else _NEVER for text in (person.name, person.postal_code)
            )
            yield digest, *this_signup, *name_source, *code_source

    def _completed(self, record: Record, person: Person) -> Person:
        """The person with a missing name or postal code taken from the address's other signups."""
        if record.stands_for == 1 or (person.name and person.postal_code):
            return person
        for name_source, code_source in self.queue.query(
            "SELECT named, coded FROM givers WHERE number = ?", (record.number,)
        ):
            name = person.name or self._person(name_source).name
            code = person.postal_code or self._person(code_source).postal_code
            return Person(person.email, name, code)
        return person

    def _person(self, number: int | None) -> Person:
        """The person of a signup; an empty one if it was erased meanwhile."""
        record = None if number is None else self.queue.record(number)
        if record is not None:
            with suppress(Unreadable):
                return person_of(record, self.order.key)
        return Person("", "", "")


_NEVER = (None, -math.inf)
_COUNT_ADDRESS = (
    "INSERT INTO addresses (hash, count, newest, at, named, named_at, coded, coded_at)"
    " VALUES (?, 1, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET count = count + 1,"
    + ",".join(
        f" {number} = CASE WHEN excluded.{at} >= {at} THEN excluded.{number} ELSE {number} END,"
        f" {at} = max({at}, excluded.{at})"
        for number, at in (("newest", "at"), ("named", "named_at"), ("coded", "coded_at"))
    )
)


def _format(out: Path) -> str:
    ending = out.suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        raise ExportRefused(
            f"{out.name} must end in .csv, .xlsx or .jsonl, which decides the format"
        )
    return ending


def _selection(choice: Choice) -> str:
    match choice:
        case RepeatOf():
            return "again"
        case date():
            return f"since {choice.isoformat()}"
        case _:
            return choice


def _refuse_to_overwrite(out: Path) -> None:
    if os.path.lexists(out):
        raise _taken(out)


def _taken(out: Path) -> ExportRefused:
    return ExportRefused(f"{out} already exists and is not overwritten; name another file")


class _Digesting(RawIOBase):
    """Passes bytes on to a file, counting them on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self.digest.update(data)
        count = self._file.write(data)
        self.size += count
        return count


def _write_whole(
    out: Path,
    write: Writer,
    entries: Iterable[Entry],
    dated: datetime,
    folder: tuple[int, int] | None,
) -> tuple[str, int]:
    """Bring the file onto the disk under another name, then give it its own.

    Not into another folder than that of this identity, which was there when the export began.

    Returns its SHA-256 and its size in bytes.
    """
    remove_leftovers(out.parent)
    partial = partial_of(out)
    try:
        with open(partial, "xb", opener=open_private) as file:
            require_same(out.parent, folder)
            counted = _Digesting(file)
            write(cast(BinaryIO, counted), entries, dated)
            file.flush()
            os.fsync(file.fileno())
        try:
            name_whole(partial, out)
        except FileExistsError:
            raise _taken(out) from None
        partial.unlink(missing_ok=True)
        sync_folder(out.parent)
    except DoesNotFit as error:
        raise ExportRefused(f"{error}, more than {out.name} can hold; name a .csv file") from error
    except OSError as error:
        raise ExportRefused(unwritten(out, error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return counted.digest.hexdigest(), counted.size
