"""Reads the rows of a damaged SQLite file, page by page.

For the format see sqlite.org/fileformat2.html. Nothing in the file is trusted: whatever does not
decode is skipped, and every traversal is bounded by the number of pages.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE = 2, 5, 10, 13
DEFAULT_PAGE_SIZE = 4096
FILE_HEADER_BYTES = 100
MAX_COLUMNS = 64
MAX_ROW_BYTES = 1 << 22
_INTEGER_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Text(bytes):
    """An undecoded text, which may not be UTF-8; plain `bytes` are a blob."""


Value = int | float | bytes | None


class Row(NamedTuple):
    """`rowid` is None in a table without one, and in an index."""

    rowid: int | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class BTree:
    """The pages of one table; `is_complete` if every one exists and decodes."""

    pages: tuple[int, ...]
    is_complete: bool


class Undecodable(Exception):
    """A cell or a page does not have the expected format."""


class Pages:
    """The pages of a file, numbered from 1; the last one may be incomplete."""

    def __init__(self, data: bytes | mmap) -> None:
        self._data = data
        self._size = self._page_size()
        self.count = -(-len(data) // self._size)

    @classmethod
    def open(cls, file: Path) -> Pages:
        """The pages of a file.

        Raises:
            OSError: it cannot be read.
        """
        with file.open("rb") as handle:
            if file.stat().st_size == 0:
                return cls(b"")
            return cls(mmap(handle.fileno(), 0, access=ACCESS_READ))

    @property
    def user_version(self) -> int:
        """The schema version in the file's header."""
        return struct.unpack_from(">i", self[1], 60)[0] if self.count else 0

    def __getitem__(self, number: int) -> bytes:
        """A page.

        Raises:
            Undecodable: there is no page with this number.
        """
        if not 1 <= number <= self.count:
            raise Undecodable
        return self._data[(number - 1) * self._size : number * self._size].ljust(self._size, b"\0")

    def rows(self, number: int, kinds: Sequence[int]) -> Iterator[Row]:
        """The rows on a page if it is of one of these kinds; skips cells that do not decode."""
        try:
            page = self[number]
            kind, pointers = _cells(page, number)
        except Undecodable:
            return
        if kind in kinds and kind != INTERIOR_TABLE:
            for pointer in pointers:
                try:
                    yield self._row(page, kind, pointer)
                except Undecodable:
                    continue

    def tree(self, root: int) -> BTree:
        """The reachable pages of the table with this root."""
        kinds: set[int] = set()
        pages_found: list[int] = []
        discovered, pending, is_complete = {root}, [root], True
        while pending:
            number = pending.pop()
            try:
                page = self[number]
                kind, pointers = _cells(page, number)
                children = _children(page, number, kind, pointers)
                if kind != INTERIOR_TABLE:
                    for pointer in pointers:
                        self._row(page, kind, pointer)
            except Undecodable:
                is_complete = False
                if not 1 <= number <= self.count:
                    continue
                children = []
            else:
                kinds.add(kind)
            pages_found.append(number)
            is_complete = is_complete and discovered.isdisjoint(children)
            pending += [child for child in children if child not in discovered]
            discovered.update(children)
        is_one_table = kinds <= {INTERIOR_TABLE, LEAF_TABLE} or kinds <= {
            INTERIOR_INDEX,
            LEAF_INDEX,
        }
        return BTree(tuple(pages_found), is_complete and is_one_table)

    def _row(self, page: bytes, kind: int, at: int) -> Row:
        if kind == INTERIOR_INDEX:
            at += 4
        length, at = _varint(page, at)
        rowid = None
        if kind == LEAF_TABLE:
            rowid, at = _varint(page, at)
            rowid = rowid - (1 << 64) if rowid >> 63 else rowid
        return Row(rowid, _values(self._payload(page, at, length, is_table=kind == LEAF_TABLE)))

    def _payload(self, page: bytes, at: int, length: int, *, is_table: bool) -> bytes:
        """A cell's payload, including its overflow pages."""
        size = self._size
        if length > min(len(self._data), MAX_ROW_BYTES):
            raise Undecodable
        max_local = size - 35 if is_table else (size - 12) * 64 // 255 - 23
        if length <= max_local:
            return page[at : at + length]
        min_local = (size - 12) * 32 // 255 - 23
        local = min_local + (length - min_local) % (size - 4)
        local = local if local <= max_local else min_local
        pieces, remaining = [page[at : at + local]], length - local
        (overflow_page,) = _unpack(">I", page, at + local)
        while remaining > 0:
            page = self[overflow_page]
            pieces.append(page[4 : 4 + remaining])
            remaining -= size - 4
            (overflow_page,) = struct.unpack_from(">I", page)
        return b"".join(pieces)

    def _page_size(self) -> int:
        """The header's page size, if it makes more pages plausible than the default."""
        (stored,) = struct.unpack_from(">H", self._data, 16) if len(self._data) >= 18 else (0,)
        stored = 65536 if stored == 1 else stored
        if stored == DEFAULT_PAGE_SIZE or not (
            512 <= stored <= 65536 and stored & (stored - 1) == 0
        ):
            return DEFAULT_PAGE_SIZE
        return max((DEFAULT_PAGE_SIZE, stored), key=self._plausible_bytes)

    def _plausible_bytes(self, size: int) -> int:
        """Bytes in plausible pages: cells fill a page from its end, one is in its last half."""
        filled = 0
        for number in range(1, len(self._data) // size + 1):
            try:
                _, pointers = _cells(self._data[(number - 1) * size : number * size], number)
            except Undecodable:
                continue
            if pointers and size // 2 <= max(pointers) < size:
                filled += size
        return filled


def _cells(page: bytes, number: int) -> tuple[int, list[int]]:
    """The kind of a page and the offsets of its cells, modulo the page size as in SQLite."""
    header = FILE_HEADER_BYTES if number == 1 else 0
    kind = page[header]
    if kind not in {INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE}:
        raise Undecodable
    (count,) = _unpack(">H", page, header + 3)
    first = header + (12 if kind in {INTERIOR_INDEX, INTERIOR_TABLE} else 8)
    count = min(count, (len(page) - first) // 2)
    return kind, [at % len(page) for at in _unpack(f">{count}H", page, first)]


def _children(page: bytes, number: int, kind: int, pointers: list[int]) -> list[int]:
    if kind not in {INTERIOR_INDEX, INTERIOR_TABLE}:
        return []
    header = FILE_HEADER_BYTES if number == 1 else 0
    return [_unpack(">I", page, at)[0] for at in (*pointers, header + 8)]


def _values(payload: bytes) -> tuple[Value, ...]:
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
        if len(kinds) > MAX_COLUMNS:
            raise Undecodable
    if at != end or not kinds:
        raise Undecodable
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in {8, 9}:
        return kind - 8, at
    length = 8 if kind == 7 else _INTEGER_SIZES.get(kind) or max(0, kind - 12) // 2
    raw = payload[at : at + length]
    if kind in {10, 11} or (kind < 12 and len(raw) != length):
        return None, at + length
    if kind < 7:
        return int.from_bytes(raw, "big", signed=True), at + length
    if kind == 7:
        return float(struct.unpack(">d", raw)[0]), at + length
    return Text(raw) if kind % 2 else raw, at + length  # may be truncated


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place, byte in enumerate(data[at : at + 9]):
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise Undecodable


def _unpack(form: str, data: bytes, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(form, data, at)
    except struct.error:
        raise Undecodable from None
