"""Exports signups to a file for a manager.

The file gets its name once it is complete and on disk, and only then are its signups marked as
exported. After an interruption in between, the next export contains them again, with the same ids.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
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
from kiosk.refused import Refused
from kiosk.signups.crypto.keys import KeyRefused
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export.formats import ExportRow, Writer, write_csv, write_jsonl
from kiosk.signups.export.sealed_file import (
    ENDING,
    ErasedId,
    Fact,
    Objection,
    SealedHeader,
    SuppressionSecret,
    require_sealable,
    write_sealed,
)
from kiosk.signups.export.xlsx import MAX_ROWS, TooLargeForSheet, write_xlsx
from kiosk.signups.form import Person
from kiosk.signups.output_files import (
    OutputRefused,
    digest_on_disk,
    new_file,
    refuse_to_overwrite,
)
from kiosk.signups.store.current_key import current_key
from kiosk.signups.store.database import BATCH_SIZE, QueueDamaged, QueueUnavailable
from kiosk.signups.store.erasure import erased_on_request, seal_in_place
from kiosk.signups.store.queue import ExportRecord, Progress, Queue, RepeatOf, Selection
from kiosk.signups.store.stored_signup import (
    StoredSignup,
    UnreadableSignup,
    decode_person,
    parse_created_at,
    require_intact,
)
from kiosk.signups.store.suppression import (
    HASH_BYTES,
    SuppressionList,
    canonical_address,
    hashes_under,
    sealed_secrets,
)

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

WRITERS: dict[str, Writer] = {"csv": write_csv, "xlsx": write_xlsx, "jsonl": write_jsonl}
"""By file name extension."""
FORMATS = (*WRITERS, ENDING)

Write = Callable[[BinaryIO], None]


class ExportRefused(Refused):
    """The export failed; the message says why and what to do. No signup was marked."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Which signups to export, to which file, decrypted with which key.

    `is_deduped`: one row per address, with its newest consent. `is_read_back`: the file is compared
    with what was written before any signup is marked; a sealed one always is.
    """

    out: Path
    selection: Selection = "new"
    key: PrivateKey | None = None
    is_deduped: bool = False
    is_read_back: bool = False


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

    The extension decides the format: .csv, .xlsx or .jsonl, or .sealed for what only the manager's
    key opens. Without signups to export, no file is written. Unreadable signups are skipped and
    stay unmarked.

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
        suppressed = None
        if ending == ENDING:
            write = self._writer_of_boxes(total)
        else:
            self._require_key()
            if self.request.is_deduped:
                self._merge()
            suppressed = SuppressionList(
                queue, self.request.key, as_of_export=self._original_number
            )
            write = self._writer_of_rows(WRITERS[ending], suppressed, total)
        if write is None:
            return ExportResult(
                out,
                unreadable=tuple(self.unreadable.values()),
                erased=self._erased_since(total),
            )
        is_read_back = self.request.is_read_back or ending == ENDING
        digest, size = _write_atomically(out, write, folder, is_read_back=is_read_back)
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
            suppressed is None or suppressed.is_complete,
            tuple(interrupted),
        )

    @property
    def _original_number(self) -> int | None:
        return self.original.number if self.original else None

    @property
    def _timestamp(self) -> datetime:
        return self.original.created_at if self.original else self.now

    def _writer_of_rows(
        self, write: Writer, suppressed: SuppressionList, total: int
    ) -> Write | None:
        """What writes the rows of people; None if there are none."""
        entries = self._entries(suppressed, total)
        first = next(entries, None)
        if first is None:
            return None
        return lambda file: write(file, chain([first], entries), self._timestamp)

    def _writer_of_boxes(self, total: int) -> Write | None:
        """What writes the sealed signups, unopened; None if there are none."""
        if self.request.is_deduped:
            raise ExportRefused("sealed addresses cannot be compared; deduplicate on opening them")
        self._seal_first()
        boxes = self._boxes(total)
        first = next(boxes, None)
        if first is None:
            return None
        secrets = sealed_secrets(self.queue, self._original_number)
        known_keys = self.queue.keys()
        keys = {key.id: key.raw for key in known_keys}
        used = {*self.queue.selected_key_ids(), *(key_id for _, _, key_id in secrets)}
        header = SealedHeader(self._timestamp, {key_id: keys.get(key_id, b"") for key_id in used})
        others = self._objections_and_erasures(secrets)
        return lambda file: write_sealed(file, header, chain([first], boxes, others))

    def _seal_first(self) -> None:
        """Whatever an interrupted sealing has left."""
        try:
            key = current_key(self.queue.file.parent, self.queue)
        except KeyRefused as error:
            raise ExportRefused(str(error)) from None
        if key is None:
            raise ExportRefused(
                "signups are not sealed on this kiosk; choose a .csv, .xlsx or .jsonl file, or"
                " create a key with 'kiosk keys create'"
            )
        seal_in_place(self.queue, key, self.now)

    def _boxes(self, total: int) -> Iterator[Fact]:
        for processed, record in enumerate(self.queue.selected(), start=1):
            try:
                require_intact(record)
                parse_created_at(record)
                if record.key_id is None or not isinstance(record.personal, bytes):
                    raise UnreadableSignup("its personal data are damaged")
                require_sealable(record)
            except UnreadableSignup as reason:
                self.unreadable[record.number] = (record.id, str(reason))
            else:
                self.rows += 1
                yield record
            if self.progress is not None:
                self.progress(processed, total)

    def _objections_and_erasures(self, secrets: list[tuple[int, bytes, str]]) -> Iterator[Fact]:
        for secret in secrets:
            yield SuppressionSecret(*secret)
            for hash_ in hashes_under(self.queue, secret[0], self._original_number):
                if len(hash_) == HASH_BYTES:  # no address has another
                    yield Objection(hash_, secret[0])
        until = self.original.created_at if self.original else None
        yield from map(ErasedId, erased_on_request(self.queue, until))

    def _erased_since(self, total: int) -> int:
        return self.repeated.signup_count - total if self.repeated else 0

    def _require_key(self) -> None:
        count = self.queue.count_selected_sealed() if self.request.key is None else 0
        if count:
            subject = "1 signup is" if count == 1 else f"{count} signups are"
            raise ExportRefused(f"{subject} sealed; pass the manager's key with --key FILE")

    def _read(self, record: StoredSignup) -> tuple[Person, datetime] | None:
        """The personal data of a signup, and when it was made; None, and noted, if unreadable."""
        try:
            require_intact(record)
            return decode_person(record, self.request.key), parse_created_at(record)
        except UnreadableSignup as reason:
            self.unreadable[record.number] = (record.id, str(reason))
            return None

    def _entries(self, suppressed: SuppressionList, total: int) -> Iterator[ExportRow]:
        processed = 0
        for record in self.queue.selected():
            processed += record.stands_for
            if facts := self._read(record):
                person, moment = facts
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
            if (facts := self._read(record)) is None:
                continue
            person, moment = facts
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


def require_new_file(out: Path) -> None:
    """Refuse a file that an export would not write.

    Raises:
        ExportRefused: its extension is unknown, or something has its name already.
    """
    _parse_format(out)
    with _refusals_of_the_file():
        refuse_to_overwrite(out)


def _parse_format(out: Path) -> str:
    ending = out.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise ExportRefused(
            f"{out.name} must end in .csv, .xlsx, .jsonl or .{ENDING}, which decides the format"
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
    out: Path, write: Write, folder: tuple[int, int] | None, *, is_read_back: bool
) -> tuple[str, int]:
    """Write the file under a temporary name, sync it and rename it.

    Refuses a folder other than the one with this identity, which was there when the export began,
    and a disk that returns something else than was written.
    Returns the file's SHA-256 and its size in bytes.
    """
    try:
        with _refusals_of_the_file(), new_file(out, folder) as file:
            hashing = _HashingFile(file)
            write(cast(BinaryIO, hashing))
            digest = hashing.digest.hexdigest()
            if is_read_back and digest_on_disk(file, out) != digest:
                raise ExportRefused(
                    f"{out.name} cannot be read back as it was written; choose another stick or"
                    " disk"
                )
    except TooLargeForSheet as error:
        sentence = f"{error}, more than {out.name} can hold; choose a .csv file"
        raise ExportRefused(sentence) from error
    return digest, hashing.size
