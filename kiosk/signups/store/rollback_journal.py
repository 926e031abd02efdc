"""Reads the pages in a rollback journal whose database is missing.

A journal holds pages as they were before a write that was not completed. For the format see
sqlite.org/fileformat2.html, section 3; nothing in the file is trusted.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from mmap import mmap
from pathlib import Path

from kiosk.files import read_regular_file
from kiosk.signups.store.pages import DEFAULT_PAGE_SIZE, Pages

JOURNAL_SUFFIX = "-journal"
MAGIC = bytes.fromhex("d9d505f920a163d7")
HEADER = struct.Struct(">8sIIIII")
DEFAULT_SECTOR_SIZE = 512
SECTOR_SIZES = {1 << power for power in range(5, 17)}
PAGE_SIZES = {1 << power for power in range(9, 17)}
MAX_PAGES = 1 << 21
UNKNOWN_COUNT = 0xFFFFFFFF


def read_journal(journal: Path) -> Pages:
    """The pages in a journal, at their offsets in the database; all others are empty.

    Raises:
        OSError: it cannot be read.
    """
    raw = read_regular_file(journal)
    sizes = {DEFAULT_PAGE_SIZE, *([HEADER.unpack_from(raw)[-1]] if len(raw) >= HEADER.size else [])}
    best: dict[int, bytes] = {}
    for size in sizes & PAGE_SIZES:
        pages: dict[int, bytes] = {}
        for number, page in _records(raw, size):
            pages.setdefault(number, page)  # the first one is the original
        best = max(best, pages, key=len)
    if not best:
        return Pages(b"")
    size = len(next(iter(best.values())))
    image = mmap(-1, max(best) * size)  # uses memory only where it is written to
    for number, page in best.items():
        image[(number - 1) * size : number * size] = page
    return Pages(image)


def _records(raw: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """The page records with their numbers, segment by segment."""
    if not any(raw[: HEADER.size]):  # SQLite clears it when the write is complete
        return
    at = 0
    while at + HEADER.size <= len(raw):
        # There is no magic number until the journal is synced.
        magic, count, nonce, _, sector, _ = HEADER.unpack_from(raw, at)
        sector = sector if sector in SECTOR_SIZES else DEFAULT_SECTOR_SIZE
        at += sector
        remaining = count if magic == MAGIC and count != UNKNOWN_COUNT else 0
        while at + size + 8 <= len(raw):
            (number,) = struct.unpack_from(">I", raw, at)
            page = raw[at + 4 : at + 4 + size]
            (checksum,) = struct.unpack_from(">I", raw, at + 4 + size)
            is_page = 1 <= number <= MAX_PAGES
            if remaining <= 0 and not (is_page and checksum == _checksum(page, nonce)):
                break
            if is_page:
                yield number, page
            at, remaining = at + size + 8, remaining - 1
        at = -(-at // sector) * sector  # where the next header may be


def _checksum(page: bytes, nonce: int) -> int:
    return (nonce + sum(page[len(page) - 200 : 0 : -200])) & 0xFFFFFFFF
