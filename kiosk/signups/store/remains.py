"""What a damaged database of signups still holds.

A row is told by its shape and by what must be true of it, not by the file's schema, which may be
lost. Ids that were made from what they name (of a wording, of a key) prove it, and are found again
when a sign or two of them is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from uuid import UUID

from kiosk.signups.crypto.sealing import BLOCK_BYTES, BOX_BYTES, KEY_ID, SealingKey
from kiosk.signups.form import Consent
from kiosk.signups.store import migrations
from kiosk.signups.store.pages import (
    INNER_INDEX,
    LEAF_INDEX,
    LEAF_TABLE,
    Pages,
    Row,
    Text,
    Tree,
    Value,
)
from kiosk.signups.store.queue import ABANDONED, FACTS, UNFINISHED, ExportFacts, export_facts
from kiosk.signups.store.record import (
    NO_CONSENT,
    Record,
    Unreadable,
    id_in,
    moment_of,
)
from kiosk.signups.store.suppression import HASH_BYTES

SIGNUPS = "signups"
COLUMNS = 9
"""Of a signup."""
EXPORT_NAMES = (
    *("created_at", "file_name", "format", "size", "sha256", "selection", "is_deduped"),
    *("row_count", "signup_count", "repeats", "clock_trusted", "kept_since"),
)
ROWS = (LEAF_TABLE,)
KEYED_ROWS = (LEAF_INDEX, INNER_INDEX)
"""Where SQLite keeps the rows of a table without rowids."""
MOST_WRONG_SIGNS = 2
Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


@dataclass
class Remains:
    """The readable rows of a file; `words` and `keys` are of all of it, the rest is read anew."""

    pages: Pages
    words: dict[str, Consent] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    secrets: dict[int, tuple[bytes, str | None]] = field(default_factory=dict)
    exports: dict[int, tuple[ExportFacts, str | None]] = field(default_factory=dict)
    changed_words: dict[str, Consent] = field(default_factory=dict)
    _signup_pages: list[tuple[int, int]] = field(default_factory=list)
    _people_pages: dict[int, int] = field(default_factory=dict)
    _people: tuple[int, dict[int | None, Value]] = (0, {})
    _last_named: str = ""
    _erased_pages: list[int] = field(default_factory=list)
    _suppressed_pages: list[int] = field(default_factory=list)
    _mark_pages: list[int] = field(default_factory=list)
    _void_exports: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        keys: dict[int, SealingKey] = {}
        for number in range(1, self.pages.count + 1):
            rows = list(self.pages.rows(number, ROWS))
            for row in rows:
                self._note(number, row, keys)
            for rowid, is_in_place in _people_on(rows):
                if is_in_place or rowid not in self._people_pages:
                    self._people_pages[rowid] = number
            for row in self.pages.rows(number, KEYED_ROWS):
                self._note_keyed(number, row)
        self.keys = {keys[rowid].id: keys[rowid].public for rowid in sorted(keys)}
        self._signup_pages.sort()

    def _note(self, page: int, row: Row, keys: dict[int, SealingKey]) -> None:
        rowid = row.rowid or 0
        if len(row.values) in {COLUMNS - 1, COLUMNS}:
            if not self._signup_pages or self._signup_pages[-1][1] != page:
                self._signup_pages.append((rowid, page))
            return
        match row.values:
            case (None, Text(), Text(), int()):
                if _erased(row) is not None and self._erased_pages[-1:] != [page]:
                    self._erased_pages.append(page)
            case (Text() as id_, bytes() as public, Text()):
                key = SealingKey(public)
                if key.id == _text(id_):
                    keys[rowid] = key
            case (None, *values) if len(values) == len(EXPORT_NAMES):
                self._note_export(rowid, values)
            case (None, bytes() as secret, None | Text() as id_) if not isinstance(secret, Text):
                self.secrets[rowid] = (secret, None if id_ is None else _text(id_))

    def _note_keyed(self, page: int, row: Row) -> None:
        match row.values:
            case (Text() as id_, Text(), Text(), Text(), Text()):
                words = Consent(*map(_text, row.values[1:]))
                self.words[words.id] = words
                if words.id != _text(id_):
                    self.changed_words[_text(id_)] = words
            case (int(), int()) if self._mark_pages[-1:] != [page]:
                self._mark_pages.append(page)
            case (bytes(), int(), int()) if self._suppressed_pages[-1:] != [page]:
                self._suppressed_pages.append(page)

    def signups(self, progress: Progress | None = None) -> Iterator[Record]:
        """The signups in the order of their arrival, as far as that can be told."""
        for page_number, (_, page) in enumerate(self._signup_pages, start=1):
            for row in self.pages.rows(page, ROWS):
                with suppress(Unreadable):
                    yield self._record(row)
            if progress is not None:
                progress(page_number, len(self._signup_pages))

    def _record(self, row: Row) -> Record:
        values = row.values
        if values[0] is None and len(values) == COLUMNS - 1:  # two columns became one
            values = (*values, None)
        if len(values) != COLUMNS:
            raise Unreadable("it is not a signup")
        _, *facts, key_id = values
        return self._record_of(row.rowid or 0, facts, self._personal(row.rowid), key_id)

    def _personal(self, number: int | None) -> Value:
        page = self._people_pages.get(number or 0, 0)
        if page != self._people[0]:
            rows = self.pages.rows(page, ROWS)
            people = {row.rowid: row.values[1] for row in rows if len(row.values) == 2}
            self._people = (page, people)
        return self._people[1].get(number)

    def _record_of(
        self, number: int, facts: Sequence[Value], personal: Value, key_id: Value
    ) -> Record:
        id_, created_at, clock_trusted, kiosk, version, ticked, words_id = facts
        if not isinstance(personal, bytes):
            raise Unreadable("its personal data are damaged")
        open_id = id_in(personal)
        key_of_box = self._key_of(personal, key_id) if open_id is None else None
        consent_id = _nearest(_text(words_id), self.words)
        consent = self.words.get(consent_id) or self.changed_words.get(consent_id) or NO_CONSENT
        record = Record(
            number,
            open_id or _text(id_),
            _text(created_at),
            clock_trusted if clock_trusted in {0, 1} and isinstance(clock_trusted, int) else None,
            _text(kiosk),
            _text(version),
            _text(ticked),
            consent,
            bytes(personal),
            key_of_box,
            consent_id=consent_id,
        )
        return _dated(record)

    def _key_of(self, box: bytes, key_id: Value) -> str:
        """The key a box names; where that is damaged, a likely one, which may not open it.

        Raises:
            Unreadable: it is no box.
        """
        known_key = _nearest(_text(key_id), self.keys)
        if KEY_ID.fullmatch(known_key):
            self._last_named = known_key
            return known_key
        fallback = next(reversed(self.keys), self._last_named)
        if not fallback or len(box) % BLOCK_BYTES != BOX_BYTES or not any(box):
            raise Unreadable("its personal data are damaged")
        return fallback

    def erased(self) -> Iterator[tuple[str, str]]:
        """The ids that were erased, with their days."""
        for page in self._erased_pages:
            for row in self.pages.rows(page, ROWS):
                erased = _erased(row)
                if erased is not None:
                    yield erased

    def _note_export(self, number: int, values: Sequence[Value]) -> None:
        texts = [_strict_text(value) if isinstance(value, Text) else value for value in values]
        columns: dict[str, object] = dict(zip(EXPORT_NAMES, texts, strict=True))
        kept_since = columns["kept_since"]
        if columns["selection"] in {UNFINISHED, ABANDONED}:
            self._void_exports.add(number)
            return
        facts = export_facts(tuple({**columns, "number": number}.get(name) for name in FACTS))
        if facts is not None and number > 0:
            self.exports[number] = (facts, kept_since if isinstance(kept_since, str) else None)

    def marks(self) -> dict[int, tuple[int, ...]]:
        """By the number of a signup: the numbers of the exports that brought it."""
        marks: dict[int, tuple[int, ...]] = {}
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        of_table = set(self._tables["exported"].pages) if "exported" in self._tables else set()
        for page in self._mark_pages:
            pairs = list(self._pairs(page))
            if page not in of_table and not self._are_marks(pairs):
                pairs = [(b, a) for a, b in pairs]  # of the index by exports
                if not self._are_marks(pairs):
                    continue
            for signup, export in pairs:
                if export not in self._void_exports:
                    exports = tuple(sorted({*marks.get(signup, ()), export}))
                    marks[signup] = shared.setdefault(exports, exports)
        return marks

    def _pairs(self, page: int) -> Iterator[tuple[int, int]]:
        for row in self.pages.rows(page, KEYED_ROWS):
            match row.values:
                case (int() as first, int() as second):
                    yield first, second

    def _are_marks(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """Whether these can only be signups with the exports that brought them."""
        signups, exports = ({pair[place] for pair in pairs} for place in (0, 1))
        known = self.exports.keys() | self._void_exports
        return exports <= known and (len(signups) > len(exports) or not signups <= known)

    def suppressed(self) -> Iterator[tuple[bytes, int, int]]:
        """The hashes of the suppression list, with the numbers of their secret and of the last
        export before them."""
        for page in self._suppressed_pages:
            for row in self.pages.rows(page, KEYED_ROWS):
                match row.values:
                    case (bytes() as keyed_hash, int() as number, int() as after) if len(
                        keyed_hash
                    ) == HASH_BYTES and not isinstance(keyed_hash, Text):
                        yield keyed_hash, number, after

    def is_newer(self) -> bool:
        """Whether a newer version of the kiosk wrote it, with tables that are unknown here."""
        statements = {_text(row.values[4]) for row in self._schema() if len(row.values) == 5}
        is_later = self.pages.user_version > migrations.LATEST
        return is_later and not statements - {""} <= migrations.known_statements()

    def _schema(self) -> Iterator[Row]:
        for page in self.pages.tree(1).pages:
            yield from self.pages.rows(page, ROWS)

    @cached_property
    def _tables(self) -> dict[str, Tree]:
        roots = {}
        for row in self._schema():
            match row.values:
                case (b"table", Text() as name, Text(), int() as root, Text()) if root > 1:
                    roots[_text(name)] = root
        return {name: self.pages.tree(root) for name, root in roots.items()}

    def is_whole(self, table: str) -> bool:
        """Whether every row of a table can be read."""
        tree = self._tables.get(table)
        if tree is None:
            return False
        readable = {"erased": self.erased, "suppressed": self.suppressed}.get(table)
        if readable is not None and _count(readable()) < _count(self.rows(table)):
            return False
        return tree.is_whole

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, as far as its pages can be reached."""
        tree = self._tables.get(table)
        for page in tree.pages if tree is not None else ():
            yield from self.pages.rows(page, (*ROWS, *KEYED_ROWS))

    def held(self) -> int | None:
        """How many signups the file says it holds; None where it no longer says."""
        if "days" in self._tables and self.is_whole("days") and self.is_whole("erased"):
            counts = [row.values[-1] for row in self.rows("days")]
            if all(isinstance(count, int) and count >= 0 for count in counts):
                captured = sum(count for count in counts if isinstance(count, int))
                return captured - _count(self.rows("erased"))
        return _count(self.rows(SIGNUPS)) if self.is_whole(SIGNUPS) else None


def _count(rows: Iterable[object]) -> int:
    """How many there are."""
    return sum(1 for _ in rows)


def _dated(record: Record) -> Record:
    """With the time at which its form was opened, where its own is damaged: the id tells it."""
    try:
        moment_of(record)
    except Unreadable:
        at = _moment_in(record.id)
        return record._replace(created_at=at.isoformat(), clock_trusted=0)
    return record


def _moment_in(id_: str) -> datetime:
    try:
        return datetime.fromtimestamp((UUID(id_).int >> 80) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise Unreadable("its time is damaged") from None


def _people_on(rows: Sequence[Row]) -> Iterator[tuple[int, bool]]:
    """The numbers of the people on a page, and whether each lies between those beside it.

    Numbers ascend on a page: one that does not is damaged, and may be that of somebody else.
    """
    numbers = [row.rowid or 0 for row in rows if _is_person(row)]
    around = zip([-1, *numbers], numbers, [*numbers[1:], math.inf], strict=False)
    return ((number, before < number < behind) for before, number, behind in around)


def _is_person(row: Row) -> bool:
    match row.values:
        case (None | int(), bytes() as personal):
            return not isinstance(personal, Text)
    return False


def _erased(row: Row) -> tuple[str, str] | None:
    match row.values:
        case (None, Text() as id_, Text() as day, int()):
            with suppress(ValueError):
                return str(UUID(_text(id_))), date.fromisoformat(_text(day)).isoformat()
    return None


def _text(value: Value) -> str:
    """A text, with a mark in the place of what is none."""
    return value.decode(errors="replace") if isinstance(value, Text) else ""


def _strict_text(value: Text) -> str | None:
    """None where it is no text."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


def _nearest(id_: str, known: Collection[str]) -> str:
    """The known id that was meant, where a sign or two are wrong."""
    if id_ in known:
        return id_
    near = [other for other in known if _is_near(id_, other)]
    return near[0] if len(near) == 1 else id_


def _is_near(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(map(str.__ne__, a, b)) <= MOST_WRONG_SIGNS
