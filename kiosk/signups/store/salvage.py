"""Reads whatever is still readable in a damaged database of signups.

A row is recognized by its shape and its values, not by the file's schema, which may be lost. Ids
derived from content (of a consent text, of a key) verify it, and are matched even if a character or
two are wrong.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from uuid import UUID

from kiosk.signups.crypto.sealed_box import BLOCK_BYTES, BOX_BYTES, KEY_ID, PublicKey
from kiosk.signups.form import Consent
from kiosk.signups.store import migrations
from kiosk.signups.store.pages import (
    INTERIOR_INDEX,
    LEAF_INDEX,
    LEAF_TABLE,
    BTree,
    Pages,
    Row,
    Text,
    Value,
)
from kiosk.signups.store.queue import (
    ABANDONED,
    EXPORT_COLUMNS,
    UNFINISHED,
    ExportRecord,
    Progress,
    parse_export,
)
from kiosk.signups.store.stored_signup import (
    LOST_CONSENT,
    StoredSignup,
    UnreadableSignup,
    id_from_plaintext,
    parse_created_at,
)
from kiosk.signups.store.suppression import HASH_BYTES

SIGNUPS = "signups"
MARKS, MARKS_INDEX = "exported", "exported_by_export"
SIGNUP_COLUMN_COUNT = 9
"""Columns of the `signups` table."""
TABLE_PAGES = (LEAF_TABLE,)
INDEX_PAGES = (LEAF_INDEX, INTERIOR_INDEX)
"""Where SQLite stores the rows of a table without rowids."""
MAX_WRONG_CHARACTERS = 2


@dataclass
class SalvageReader:
    """The readable rows of a file; the fields are read once, the rest by each method."""

    pages: Pages
    consents: dict[str, Consent] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    secrets: dict[int, tuple[bytes, str | None]] = field(default_factory=dict)
    exports: dict[int, tuple[ExportRecord, str | None]] = field(default_factory=dict)
    changed_consents: dict[str, Consent] = field(default_factory=dict)
    _signup_pages: list[tuple[int, int]] = field(default_factory=list)
    _people_pages: dict[int, int] = field(default_factory=dict)
    _people: tuple[int, dict[int | None, Value]] = (0, {})
    _last_key_id: str = ""
    _erased_pages: list[int] = field(default_factory=list)
    _suppressed_pages: list[int] = field(default_factory=list)
    _mark_pages: list[int] = field(default_factory=list)
    _incomplete_exports: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        keys: dict[int, PublicKey] = {}
        for number in range(1, self.pages.count + 1):
            rows = list(self.pages.rows(number, TABLE_PAGES))
            for row in rows:
                self._classify_row(number, row, keys)
            for rowid, is_in_place in _people_on(rows):
                if is_in_place or rowid not in self._people_pages:
                    self._people_pages[rowid] = number
            for row in self.pages.rows(number, INDEX_PAGES):
                self._classify_index_row(number, row)
        self.keys = {keys[rowid].id: keys[rowid].raw for rowid in sorted(keys)}
        self._signup_pages.sort()

    def _classify_row(self, page: int, row: Row, keys: dict[int, PublicKey]) -> None:
        rowid = row.rowid or 0
        if len(row.values) in {SIGNUP_COLUMN_COUNT - 1, SIGNUP_COLUMN_COUNT}:
            if not self._signup_pages or self._signup_pages[-1][1] != page:
                self._signup_pages.append((rowid, page))
            return
        match row.values:
            case (None, Text(), Text(), int()):
                if _parse_erased(row) is not None and self._erased_pages[-1:] != [page]:
                    self._erased_pages.append(page)
            case (Text() as id_, bytes() as public, Text()):
                key = PublicKey(public)
                if key.id == _decode_text(id_):
                    keys[rowid] = key
            case (None, *values) if len(values) == len(EXPORT_COLUMNS):
                self._add_export(rowid, values)
            case (None, bytes() as secret, None | Text() as id_) if not isinstance(secret, Text):
                self.secrets[rowid] = (secret, None if id_ is None else _decode_text(id_))

    def _classify_index_row(self, page: int, row: Row) -> None:
        match row.values:
            case (Text() as id_, Text(), Text(), Text(), Text()):
                consent = Consent(*map(_decode_text, row.values[1:]))
                self.consents[consent.id] = consent
                if consent.id != _decode_text(id_):
                    self.changed_consents[_decode_text(id_)] = consent
            case (int(), int()) if self._mark_pages[-1:] != [page]:
                self._mark_pages.append(page)
            case (bytes(), int(), int()) if self._suppressed_pages[-1:] != [page]:
                self._suppressed_pages.append(page)

    def signups(self, progress: Progress | None = None) -> Iterator[StoredSignup]:
        """The signups, in order of arrival as far as that is known."""
        for page_number, (_, page) in enumerate(self._signup_pages, start=1):
            for row in self.pages.rows(page, TABLE_PAGES):
                with suppress(UnreadableSignup):
                    yield self._record(row)
            if progress is not None:
                progress(page_number, len(self._signup_pages))

    def _record(self, row: Row) -> StoredSignup:
        values = row.values
        if values[0] is None and len(values) == SIGNUP_COLUMN_COUNT - 1:  # two columns became one
            values = (*values, None)
        if len(values) != SIGNUP_COLUMN_COUNT:
            raise UnreadableSignup("it is not a signup")
        _, *export, key_id = values
        return self._record_of(row.rowid or 0, export, self._personal(row.rowid), key_id)

    def _personal(self, number: int | None) -> Value:
        page = self._people_pages.get(number or 0, 0)
        if page != self._people[0]:
            rows = self.pages.rows(page, TABLE_PAGES)
            people = {row.rowid: row.values[1] for row in rows if len(row.values) == 2}
            self._people = (page, people)
        return self._people[1].get(number)

    def _record_of(
        self, number: int, export: Sequence[Value], personal: Value, key_id: Value
    ) -> StoredSignup:
        id_, created_at, clock_trusted, kiosk, version, ticked, words_id = export
        if not isinstance(personal, bytes):
            raise UnreadableSignup("its personal data are damaged")
        open_id = id_from_plaintext(personal)
        key_of_box = self._key_of(personal, key_id) if open_id is None else None
        consent_id = _closest_known(_decode_text(words_id), self.consents)
        consent = (
            self.consents.get(consent_id) or self.changed_consents.get(consent_id) or LOST_CONSENT
        )
        record = StoredSignup(
            number,
            open_id or _decode_text(id_),
            _decode_text(created_at),
            clock_trusted if clock_trusted in {0, 1} and isinstance(clock_trusted, int) else None,
            _decode_text(kiosk),
            _decode_text(version),
            _decode_text(ticked),
            consent,
            bytes(personal),
            key_of_box,
            consent_id=consent_id,
        )
        return _with_time(record)

    def _key_of(self, box: bytes, key_id: Value) -> str:
        """The key id of a box; if that is damaged, a likely one, which may not open it.

        Raises:
            UnreadableSignup: it is not a box.
        """
        known_key = _closest_known(_decode_text(key_id), self.keys)
        if KEY_ID.fullmatch(known_key):
            self._last_key_id = known_key
            return known_key
        fallback = next(reversed(self.keys), self._last_key_id)
        if not fallback or len(box) % BLOCK_BYTES != BOX_BYTES or not any(box):
            raise UnreadableSignup("its personal data are damaged")
        return fallback

    def erased(self) -> Iterator[tuple[str, str]]:
        """The erased ids, with their days."""
        for page in self._erased_pages:
            for row in self.pages.rows(page, TABLE_PAGES):
                erased = _parse_erased(row)
                if erased is not None:
                    yield erased

    def _add_export(self, number: int, values: Sequence[Value]) -> None:
        """`values` are all columns but the number, and `kept_since`."""
        texts = [_decode_strictly(value) if isinstance(value, Text) else value for value in values]
        row, kept_since = (number, *texts[:-1]), texts[-1]
        if row[EXPORT_COLUMNS.index("selection")] in {UNFINISHED, ABANDONED}:
            self._incomplete_exports.add(number)
            return
        export = parse_export(row)
        if export is not None and number > 0:
            self.exports[number] = (export, kept_since if isinstance(kept_since, str) else None)

    def export_marks(self) -> dict[int, tuple[int, ...]]:
        """The numbers of the exports that contain a signup, by its number."""
        export_marks: dict[int, tuple[int, ...]] = {}
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        table_pages = set(self._trees[MARKS].pages) if MARKS in self._trees else set()
        for page in self._mark_pages:
            pairs = list(self._pairs(page))
            if page not in table_pages and not self._are_marks(pairs):
                pairs = [(b, a) for a, b in pairs]  # from the index on `export`
                if not self._are_marks(pairs):
                    continue
            for signup, export in pairs:
                if export not in self._incomplete_exports:
                    exports = tuple(sorted({*export_marks.get(signup, ()), export}))
                    export_marks[signup] = shared.setdefault(exports, exports)
        return export_marks

    def _pairs(self, page: int) -> Iterator[tuple[int, int]]:
        for row in self.pages.rows(page, INDEX_PAGES):
            match row.values:
                case (int() as first, int() as second):
                    yield first, second

    def _are_marks(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """Whether these can only be pairs of signup and export."""
        signups, exports = ({pair[place] for pair in pairs} for place in (0, 1))
        known = self.exports.keys() | self._incomplete_exports
        return exports <= known and (len(signups) > len(exports) or not signups <= known)

    def are_marks_complete(self) -> bool:
        """Whether no mark is lost: the table and its index have the same pairs, all readable."""
        table, index = (self._marks_in(name) for name in (MARKS, MARKS_INDEX))
        return table is not None and table == {(signup, export) for export, signup in index or ()}

    def _marks_in(self, name: str) -> set[tuple[int, int]] | None:
        """The pairs of the table of marks, or of its index; None if they cannot all be read."""
        tree = self._trees.get(name)
        if tree is None or not tree.is_complete:
            return None
        return {pair for page in tree.pages for pair in self._pairs(page)}

    def suppressed(self) -> Iterator[tuple[bytes, int, int]]:
        """The suppression list: hashes, each with the numbers of its secret and of the last export
        before it was added."""
        for page in self._suppressed_pages:
            for row in self.pages.rows(page, INDEX_PAGES):
                match row.values:
                    case (bytes() as keyed_hash, int() as number, int() as after) if len(
                        keyed_hash
                    ) == HASH_BYTES and not isinstance(keyed_hash, Text):
                        yield keyed_hash, number, after

    def is_newer(self) -> bool:
        """Whether a newer version of the kiosk wrote it, with tables unknown to this one."""
        statements = {_decode_text(row.values[4]) for row in self._schema() if len(row.values) == 5}
        is_later = self.pages.user_version > migrations.LATEST_VERSION
        return is_later and not statements - {""} <= migrations.schema_statements()

    def _schema(self) -> Iterator[Row]:
        for page in self.pages.tree(1).pages:
            yield from self.pages.rows(page, TABLE_PAGES)

    @cached_property
    def _trees(self) -> dict[str, BTree]:
        """The tables, and the indexes that were not made by SQLite itself."""
        roots = {}
        for row in self._schema():
            match row.values:
                case (b"table" | b"index", Text() as name, Text(), int() as root, Text()) if (
                    root > 1
                ):
                    roots[_decode_text(name)] = root
        return {name: self.pages.tree(root) for name, root in roots.items()}

    def is_complete(self, table: str) -> bool:
        """Whether every row of a table can be read."""
        tree = self._trees.get(table)
        if tree is None:
            return False
        readable = {"erased": self.erased, "suppressed": self.suppressed}.get(table)
        if readable is not None and _count(readable()) < _count(self.rows(table)):
            return False
        return tree.is_complete

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, as far as its pages can be reached."""
        tree = self._trees.get(table)
        for page in tree.pages if tree is not None else ():
            yield from self.pages.rows(page, (*TABLE_PAGES, *INDEX_PAGES))

    def expected_count(self) -> int | None:
        """How many signups the file says it holds; None if it no longer says."""
        if "days" in self._trees and self.is_complete("days") and self.is_complete("erased"):
            counts = [row.values[-1] for row in self.rows("days")]
            if all(isinstance(count, int) and count >= 0 for count in counts):
                captured = sum(count for count in counts if isinstance(count, int))
                return captured - _count(self.rows("erased"))
        return _count(self.rows(SIGNUPS)) if self.is_complete(SIGNUPS) else None


def _count(rows: Iterable[object]) -> int:
    return sum(1 for _ in rows)


def _with_time(record: StoredSignup) -> StoredSignup:
    """The signup with its time; if that is damaged, with the time in its id."""
    try:
        parse_created_at(record)
    except UnreadableSignup:
        at = _time_from_id(record.id)
        return record._replace(created_at=at.isoformat(), clock_trusted=0)
    return record


def _time_from_id(id_: str) -> datetime:
    try:
        return datetime.fromtimestamp((UUID(id_).int >> 80) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise UnreadableSignup("its time is damaged") from None


def _people_on(rows: Sequence[Row]) -> Iterator[tuple[int, bool]]:
    """The rowids of `people` on a page, and whether each is between its neighbors.

    Rowids ascend on a page: one that does not is damaged, and may be that of another person.
    """
    numbers = [row.rowid or 0 for row in rows if _is_person(row)]
    around = zip([-1, *numbers], numbers, [*numbers[1:], math.inf], strict=False)
    return ((number, before < number < behind) for before, number, behind in around)


def _is_person(row: Row) -> bool:
    match row.values:
        case (None | int(), bytes() as personal):
            return not isinstance(personal, Text)
    return False


def _parse_erased(row: Row) -> tuple[str, str] | None:
    match row.values:
        case (None, Text() as id_, Text() as day, int()):
            with suppress(ValueError):
                return str(UUID(_decode_text(id_))), date.fromisoformat(
                    _decode_text(day)
                ).isoformat()
    return None


def _decode_text(value: Value) -> str:
    """A text, with replacement characters for invalid bytes; empty for other values."""
    return value.decode(errors="replace") if isinstance(value, Text) else ""


def _decode_strictly(value: Text) -> str | None:
    """A text; None if it is not UTF-8."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


def _closest_known(id_: str, known: Collection[str]) -> str:
    """The only known id that differs by a character or two; else the id itself."""
    if id_ in known:
        return id_
    near = [other for other in known if _is_near(id_, other)]
    return near[0] if len(near) == 1 else id_


def _is_near(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(map(str.__ne__, a, b)) <= MAX_WRONG_CHARACTERS
