"""How a picture's file begins: all that must be known of it before Qt decodes it."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.files import open_regular_file

JPEG, START_OF_SCAN = b"\xff\xd8", 0xDA
"""ISO/IEC 10918-1, table B.1. Qt turns no other kind of picture."""
HEAD_BYTES = 64 * 1024
PNG, PNG_COLOR_TYPE, PNG_WITH_ALPHA = b"\x89PNG\r\n\x1a\n", 25, (4, 6)
"""PNG (Third Edition), 11.2.1; a palette has its transparency in a chunk of its own, `tRNS`."""


def read_head(file: str) -> bytes | None:
    """The beginning of a picture, of a JPEG at least all before its pixels.

    None where there is no such file, nothing where it cannot be read now: Qt will find the same and
    it is tried again. Takes forever on a file share that hangs.
    """
    path = Path(file)
    try:
        if not path.is_file():
            return None
        with os.fdopen(open_regular_file(path, os.O_RDONLY), "rb") as opened:
            head = opened.read(HEAD_BYTES)
            if head.startswith(JPEG) and not _reaches_the_scan(head):
                head += opened.read()
            return head
    except OSError:
        return b""


def has_transparency(head: bytes) -> bool:
    """Whether a picture may have a transparent background, by how it begins."""
    if head.startswith(PNG):
        color_type = _byte(head, PNG_COLOR_TYPE)
        return color_type in PNG_WITH_ALPHA or b"tRNS" in head.partition(b"IDAT")[0]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        # RFC 9649, sections 2.7.1.1 and 3.4
        extended = head[12:16] == b"VP8X" and bool(_byte(head, 20) & 0x10)
        lossless = head[12:16] == b"VP8L" and bool(_byte(head, 24) & 0x10)
        return extended or lossless
    return False


def _byte(head: bytes, at: int) -> int:
    """The byte at a position; 0 where a picture that is being written has not got so far."""
    return head[at] if at < len(head) else 0


def _reaches_the_scan(jpeg: bytes) -> bool:
    at = len(JPEG)
    while at + 4 <= len(jpeg):
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] == START_OF_SCAN:
            return end <= len(jpeg)
        at = end
    return False
