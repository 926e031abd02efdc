"""Exports signups to a file for a manager.

The file gets its name once it is complete and on disk, and only then are its signups marked as
exported. After an interruption in between, the next export contains them again, with the same ids.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b, sha256
from io import RawIOBase
from itertools import chain, islice
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING, BinaryIO, cast

from kiosk.files import file_identity
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export.formats import ExportRow, Writer, write_csv, write_jsonl
from kiosk.signups.export.xlsx import MAX_ROWS, TooLargeForSheet, write_xlsx
from kiosk.signups.form import Person
from kiosk.signups.output_files import OutputRefused, new_file, refuse_to_overwrite
from kiosk.signups.store.database import BATCH_SIZE, QueueDamaged, QueueUnavailable
from kiosk.signups.store.queue import ExportRecord, Queue, RepeatOf, Selection
from kiosk.signups.store.stored_signup import (
    StoredSignup,
    UnreadableSignup,
    decode_person,
    parse_created_at,
    require_intact,
)
from kiosk.signups.store.suppression import SuppressionList, canonical_address

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

WRITERS: dict[str, Writer] = {"csv": write_csv, "xlsx": write_xlsx, "jsonl": write_jsonl}
"""By file name extension."""

Progress = Callable[[int, int], None]
"""Called with the number done and the total."""


class ExportRefused(Exception):
    """The export failed; the message says why and what to do. No signup was marked."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Which signups to export, to which file, decrypted with which key.

    `is_deduped`: one row per address, with its newest consent.
    """

    out: Path
    selection: Selection = "new"
    key: PrivateKey | None = None
    is_deduped: bool = False


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export did; `number` is None if there was nothing to export.

    `unreadable` pairs the id of each skipped signup with the reason. `erased` counts signups of a
    repeated export that have been erased since; `is_identical` tells whether the repeated file is
    the same, byte for byte (None if that is not known). `is_suppression_complete` is False if part
    of the suppression list needs another key. `interrupted` names the files of earlier exports that
    were written but not marked completely: this one contains their signups again.
    """

    file: Path
    number: int | None = None
    rows: int = 0
    signups: int = 0
    unreadable: tuple[tuple[str, str], ...] = ()
    erased: int = 0
    is_identical: bool | None = None
    is_suppression_complete: bool = True
    interrupted: tuple[str, ...] = ()


def export(
    queue: Queue,
    request: ExportRequest,
    now: datetime,
    progress: Progress | None = None,
    *,
    is_clock_trusted: bool = True,
) -> ExportResult:
    """Write the requested signups to a file, then mark them as exported.

    The extension decides the format: .csv, .xlsx or .jsonl. Without signups to export, no file is
    written. Unreadable signups are skipped and stay unmarked.

    Raises:
        ExportRefused: the extension is unknown, the file already exists, a key is needed, or
            writing fails.
        QueueUnavailable, QueueDamaged: from the queue.
    """
    return _Export(queue, request, now, is_clock_trusted, progress).run()


def repeat(
    queue: Queue,
    number: int,
    out: Path,
    now: datetime,
    key: PrivateKey | None = None,
    progress: Progress | None = None,
    *,
    is_clock_trusted: bool = True,
) -> ExportResult:
    """Repeat export `number` exactly, in case its file was lost.

    Raises:
        ExportRefused: there is no such export, or its format differs; also as for `export`.
    """
    exports = {record.number: record for record in queue.exports()}
    earlier = exports.get(number)
    if earlier is None:
        raise ExportRefused(f"there is no export {number}; 'kiosk signups' lists the exports")
    if _parse_format(out) != earlier.format:
        raise ExportRefused(
            f"export {number} was a .{earlier.format}; to repeat it exactly, choose a"
            f" .{earlier.format} file"
        )
    request = ExportRequest(out, RepeatOf(number), key, earlier.is_deduped)
    original = earlier
    while original.repeats is not None and original.repeats < original.number:  # as of the original
        origin = exports.get(original.repeats)
        if origin is None:  # its record is damaged; the later list has at least as many objections
            break
        original = origin
    return _Export(queue, request, now, is_clock_trusted, progress, earlier, original).run()


@dataclass
class _Export:
    """One export, from selecting signups to marking them."""

    queue: Queue
    request: ExportRequest
    now: datetime
    is_clock_trusted: bool
    progress: Progress | None = None
    repeated: ExportRecord | None = None
    original: ExportRecord | None = None
    unreadable: dict[int, tuple[str, str]] = field(default_factory=dict)
    rows: int = 0

    def run(self) -> ExportResult:
        out, queue = self.request.out, self.queue
        folder = file_identity(out.parent)
        ending = _parse_format(out)
        with _refusals_of_the_file():
            refuse_to_overwrite(out)
        total = queue.select(self.request.selection)
        if total == 0:
            return ExportResult(out, erased=self._erased_since(total))
        if ending == "xlsx" and total >= MAX_ROWS:
            raise ExportRefused(f"{out.name} cannot hold {total:,} signups; choose a .csv file")
        self._require_key()
        if self.request.is_deduped:
            self._merge()
        suppressed = SuppressionList(
            queue, self.request.key, as_of_export=self.original.number if self.original else None
        )
        entries = self._entries(suppressed, total)
        first = next(entries, None)
        if first is None:
            return ExportResult(
                out,
                unreadable=tuple(self.unreadable.values()),
                erased=self._erased_since(total),
            )
        timestamp = self.original.created_at if self.original else self.now
        digest, size = _write_atomically(
            out, WRITERS[ending], chain([first], entries), timestamp, folder
        )
        queue.deselect(list(self.unreadable))
        signups = total - len(self.unreadable)
        record = ExportRecord(
            created_at=self.now,
            file_name=os.fsencode(out.name).decode(errors="backslashreplace"),
            format=ending,
            size=size,
            sha256=digest,
            selection=_selection_text(self.request.selection),
            is_deduped=self.request.is_deduped,
            row_count=self.rows,
            signup_count=signups,
            repeats=self.repeated.number if self.repeated else None,
            clock_trusted=self.is_clock_trusted,
        )
        interrupted = queue.interrupted_exports()
        try:
            number = queue.mark_exported(record)
        except (QueueUnavailable, QueueDamaged) as error:
            raise ExportRefused(
                f"{out} was written, but that could not be recorded ({error}); the next export will"
                " contain the same signups again"
            ) from error
        earlier_digest = self.repeated.sha256 if self.repeated else None
        return ExportResult(
            out,
            number,
            self.rows,
            signups,
            tuple(self.unreadable.values()),
            self._erased_since(total),
            None if earlier_digest is None else earlier_digest == digest,
            suppressed.is_complete,
            tuple(interrupted),
        )

    def _erased_since(self, total: int) -> int:
        return self.repeated.signup_count - total if self.repeated else 0

    def _require_key(self) -> None:
        count = self.queue.count_selected_sealed() if self.request.key is None else 0
        if count:
            subject = "1 signup is" if count == 1 else f"{count} signups are"
            raise ExportRefused(f"{subject} sealed; pass the manager's key with --key FILE")

    def _read(self, record: StoredSignup) -> tuple[Person, datetime]:
        """The personal data of a signup, and when it was made.

        Raises:
            UnreadableSignup: it is damaged, or sealed to another key.
        """
        require_intact(record)
        return decode_person(record, self.request.key), parse_created_at(record)

    def _entries(self, suppressed: SuppressionList, total: int) -> Iterator[ExportRow]:
        processed = 0
        for record in self.queue.selected():
            processed += record.stands_for
            try:
                person, moment = self._read(record)
            except UnreadableSignup as reason:
                self.unreadable[record.number] = (record.id, str(reason))
            else:
                self.rows += 1
                if self.request.is_deduped:
                    person = self._with_missing_fields(record, person)
                yield ExportRow(record, person, moment, suppressed.contains(person.email))
            if self.progress is not None:
                self.progress(processed, total)

    def _merge(self) -> None:
        """Merge the signups of each address into the newest; of two at one time, the later one.

        A missing name or postal code comes from the newest signup that has one. Addresses are
        compared by hashes, which may be written to disk, with a key that is then discarded.
        """
        queue = self.queue
        for table in ("addresses", "givers"):
            queue.execute(f"DROP TABLE IF EXISTS temp.{table}")
        queue.execute(
            "CREATE TEMP TABLE addresses (hash BLOB PRIMARY KEY, count INTEGER NOT NULL,"
            " newest INTEGER NOT NULL, at REAL NOT NULL, named INTEGER, named_at REAL NOT NULL,"
            " coded INTEGER, coded_at REAL NOT NULL) WITHOUT ROWID"
        )
        hashes = self._address_hashes(token_bytes(32))
        while batch := list(islice(hashes, BATCH_SIZE)):
            queue.execute_many(_UPSERT_ADDRESS, batch)
        queue.deselect(list(self.unreadable))
        queue.execute("UPDATE selected SET stands_for = 0")
        queue.execute(
            "UPDATE selected SET stands_for = addresses.count FROM addresses"
            " WHERE addresses.newest = selected.number"
        )
        queue.execute(
            "CREATE TEMP TABLE givers (number INTEGER PRIMARY KEY, named INTEGER, coded INTEGER)"
        )
        queue.execute(
            "INSERT INTO givers SELECT newest, named, coded FROM addresses"
            " WHERE named <> newest OR coded <> newest"
        )
        queue.execute("DROP TABLE addresses")

    def _address_hashes(self, secret: bytes) -> Iterator[tuple[object, ...]]:
        """Each signup as parameters for `_UPSERT_ADDRESS`."""
        for record in self.queue.selected():
            try:
                person, moment = self._read(record)
            except UnreadableSignup as reason:
                self.unreadable[record.number] = (record.id, str(reason))
                continue
            address = canonical_address(person.email).encode(errors="surrogatepass")
            digest = blake2b(address, key=secret, digest_size=16).digest()
            this_signup = (record.number, moment.timestamp())
            name_source, code_source = (
                this_signup if text else _NEVER for text in (person.name, person.postal_code)
            )
            yield digest, *this_signup, *name_source, *code_source

    def _with_missing_fields(self, record: StoredSignup, person: Person) -> Person:
        """The personal data, with missing fields from other signups of the address."""
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
        """The personal data of a signup; empty if it was erased meanwhile."""
        record = None if number is None else self.queue.signup(number)
        if record is not None:
            with suppress(UnreadableSignup):
                return decode_person(record, self.request.key)
        return Person("", "", "")


_NEVER = (None, -math.inf)
_UPSERT_ADDRESS = (
    "INSERT INTO addresses (hash, count, newest, at, named, named_at, coded, coded_at)"
    " VALUES (?, 1, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET count = count + 1,"
    + ",".join(
        f" {number} = CASE WHEN excluded.{at} >= {at} THEN excluded.{number} ELSE {number} END,"
        f" {at} = max({at}, excluded.{at})"
        for number, at in (("newest", "at"), ("named", "named_at"), ("coded", "coded_at"))
    )
)


def _parse_format(out: Path) -> str:
    ending = out.suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        raise ExportRefused(
            f"{out.name} must end in .csv, .xlsx or .jsonl, which decides the format"
        )
    return ending


def _selection_text(selection: Selection) -> str:
    match selection:
        case RepeatOf():
            return "again"
        case date():
            return f"since {selection.isoformat()}"
        case _:
            return selection


@contextmanager
def _refusals_of_the_file() -> Iterator[None]:
    try:
        yield
    except OutputRefused as error:
        raise ExportRefused(str(error)) from error


class _HashingFile(RawIOBase):
    """Writes to a file and computes its size and SHA-256."""

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


def _write_atomically(
    out: Path,
    write: Writer,
    entries: Iterable[ExportRow],
    timestamp: datetime,
    folder: tuple[int, int] | None,
) -> tuple[str, int]:
    """Write the file under a temporary name, sync it and rename it.

    Refuses a folder other than the one with this identity, which was there when the export began.
    Returns the file's SHA-256 and its size in bytes.
    """
    try:
        with _refusals_of_the_file(), new_file(out, folder) as file:
            hashing = _HashingFile(file)
            write(cast(BinaryIO, hashing), entries, timestamp)
    except TooLargeForSheet as error:
        sentence = f"{error}, more than {out.name} can hold; choose a .csv file"
        raise ExportRefused(sentence) from error
    return hashing.digest.hexdigest(), hashing.size
