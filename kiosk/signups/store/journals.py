"""The pages in a rollback journal whose database is gone.

A journal holds pages as they were before a write that never came to its end. The format is that of
sqlite.org/fileformat2.html, 3; nothing in the file is believed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from mmap import mmap
from pathlib import Path

from kiosk.files import read_plain
from kiosk.signups.store.pages import USUAL_PAGE_BYTES, Pages

ENDING = "-journal"
MAGIC = bytes.fromhex("d9d505f920a163d7")
HEADER = struct.Struct(">8sIIIII")
USUAL_SECTOR_BYTES = 512
SECTOR_BYTES = {1 << power for power in range(5, 17)}
PAGE_BYTES = {1 << power for power in range(9, 17)}
MOST_PAGES = 1 << 21
UNCOUNTED = 0xFFFFFFFF


def pages_in(journal: Path) -> Pages:
    """The pages that a journal holds, at their places; all others are empty.

    Raises:
        OSError: it cannot be read.
    """
    raw = read_plain(journal)
    sizes = {USUAL_PAGE_BYTES, *([HEADER.unpack_from(raw)[-1]] if len(raw) >= HEADER.size else [])}
    found: dict[int, bytes] = {}
    for size in sizes & PAGE_BYTES:
        pages: dict[int, bytes] = {}
        for number, page in _records(raw, size):
            pages.setdefault(number, page)  # the first one is the original
        found = max(found, pages, key=len)
    if not found:
        return Pages(b"")
    size = len(next(iter(found.values())))
    image = mmap(-1, max(found) * size)  # takes memory only where something is written
    for number, page in found.items():
        image[(number - 1) * size : number * size] = page
    return Pages(image)


def _records(raw: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """The pages with their numbers, header after header."""
    if not any(raw[: HEADER.size]):  # SQLite clears it when a write has come to its end
        return
    at = 0
    while at + HEADER.size <= len(raw):
        magic, count, nonce, _, sector, _ = HEADER.unpack_from(
            raw, at
        )  # no magic until it is synced
        sector = sector if sector in SECTOR_BYTES else USUAL_SECTOR_BYTES
        at += sector
        counted = count if magic == MAGIC and count != UNCOUNTED else 0
        while at + size + 8 <= len(raw):
            (number,) = struct.unpack_from(">I", raw, at)
            page = raw[at + 4 : at + 4 + size]
            (checksum,) = struct.unpack_from(">I", raw, at + 4 + size)
            is_page = 1 <= number <= MOST_PAGES
            if counted <= 0 and not (is_page and checksum == _checksum(page, nonce)):
                break
            if is_page:
                yield number, page
            at, counted = at + size + 8, counted - 1
        at = -(-at // sector) * sector  # where the next header may be


def _checksum(page: bytes, nonce: int) -> int:
    return (nonce + sum(page[len(page) - 200 : 0 : -200])) & 0xFFFFFFFF
