"""How a picture's file begins: all that must be known of it before Qt decodes it."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.files import open_plain

JPEG, START_OF_SCAN = b"\xff\xd8", 0xDA
"""ISO/IEC 10918-1, table B.1. Qt turns no other kind of picture."""
HEAD_BYTES = 64 * 1024


def read_head(file: str) -> bytes | None:
    """The beginning of a picture, of a JPEG at least all before its pixels.

    None where there is no such file, nothing where it cannot be read now: Qt will find the same and
    it is tried again. Takes for ever on a file share that hangs.
    """
    path = Path(file)
    try:
        if not path.is_file():
            return None
        with os.fdopen(open_plain(path, os.O_RDONLY), "rb") as opened:
            head = opened.read(HEAD_BYTES)
            if head.startswith(JPEG) and not _reaches_the_scan(head):
                head += opened.read()
            return head
    except OSError:
        return b""


def _reaches_the_scan(jpeg: bytes) -> bool:
    at = len(JPEG)
    while at + 4 <= len(jpeg):
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] == START_OF_SCAN:
            return end <= len(jpeg)
        at = end
    return False
