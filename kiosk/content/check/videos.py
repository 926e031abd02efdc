"""Checks without Qt that a video is complete; only a kiosk's decoder can tell whether it plays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path

from kiosk.blocks.refusal import PictureProblem
from kiosk.files import opened_regular_file

MOST_BYTES = 100_000_000
"""A minute at 13 Mbit/s; every version that was shown keeps its own."""
MOST_INDEX = 16_000_000
"""Bytes of a `moov` box that are searched."""
MOST_BOXES = 20_000
"""A video in fragments has one for each."""
EBML, SEGMENT, WEBM = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67", b"webm"
"""RFC 8794, section 11.2.1; RFC 9559, section 5.1."""
HEAD = 4096


def inspect_video(file: Path, name: str) -> str:
    """The SHA-256 of a video that may be played.

    Raises:
        PictureProblem: says what is wrong and what to do.
        OSError: it cannot be read.
    """
    with opened_regular_file(file) as opened:
        size = os.fstat(opened.fileno()).st_size
        if size > MOST_BYTES:
            raise PictureProblem(
                "video-too-large",
                f"the video '{name}' is over {MOST_BYTES // 1_000_000} MB; make it shorter, or save"
                " it at 1080p",
            )
        head = opened.read(HEAD)
        is_webm = head.startswith(EBML)
        if not (_is_whole_webm(head, size) if is_webm else _is_whole_mp4(opened, size, name)):
            raise PictureProblem(
                "not-a-video",
                f"'{name}' is not a complete video; copy it again, or save it again as .mp4",
            )
        opened.seek(0)
        return file_digest(opened, "sha256").hexdigest()


def _is_whole_mp4(file: BufferedReader, size: int, name: str) -> bool:
    """Whether its boxes end where the file does, its index is there, and pictures are in it."""
    kinds: set[bytes] = set()
    for kind, begin, end in _boxes(file, size):
        kinds.add(kind)
        if end > size:
            return False
        if kind == b"moov":
            file.seek(begin)
            if b"vide" not in file.read(min(end - begin, MOST_INDEX)):
                raise PictureProblem("not-a-video", f"'{name}' has only sound; use a video")
    return {b"moov", b"mdat"} <= kinds


def _boxes(file: BufferedReader, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Each box with where it begins and ends (ISO/IEC 14496-12, 4.2)."""
    begin = 0
    for _ in range(MOST_BOXES):
        if begin + 8 > size:
            return
        file.seek(begin)
        header = file.read(16)
        length = int.from_bytes(header[:4])
        if length == 1:
            length = int.from_bytes(header[8:])
        elif length == 0:
            length = size - begin
        yield header[4:8], begin, begin + max(length, 8)
        begin += max(length, 8)


def _is_whole_webm(head: bytes, size: int) -> bool:
    before, segment, after = head.partition(SEGMENT)
    if not segment or WEBM not in before or after[:1] in {b"", b"\0"}:
        return False
    length, begin = _vint(head, len(before) + len(SEGMENT))
    return length is None or begin + length <= size


def _vint(raw: bytes, at: int) -> tuple[int | None, int]:
    """A length of RFC 8794, section 4, None for one that is not known; and where it ends."""
    first = raw[at]
    width = 9 - first.bit_length()
    value = int.from_bytes(raw[at : at + width]) & ((1 << 7 * width) - 1)
    return (None if value == (1 << 7 * width) - 1 else value), at + width
