"""Pictures that would look blurry or take too much memory."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.blocks.block import Picture
from kiosk.content.check.photographs import upright_size
from kiosk.content.check.pictures import is_drawing
from kiosk.content.lint.rule import Finding, Subject
from kiosk.content.model import Logo

LEAST_SIDE = 960
"""Half of a 1080p screen's width; shown larger, every pixel of the picture is checked."""
MOST_DECODED = 64_000_000
BYTES_A_PIXEL = 4
LOGO_BOX = 880, 240
"""The pixels that a logo may have on a 4K screen (`BrandMark.qml`)."""


def picture_size(subject: Subject) -> Iterator[Finding]:
    """Photographs too small for the screen, or over 64 MB when decoded: one finding per file."""
    checked: set[str] = set()
    logos = [(path, logo.file) for path, logo in subject.blocks(Logo)]
    for path, name in [*((path, block.file) for path, block in subject.blocks(Picture)), *logos]:
        if name in checked:
            continue
        checked.add(name)
        size = None if is_drawing(name) else upright_size(subject.assets / name)
        if size is None:
            continue
        width, height = size
        decoded = width * height * BYTES_A_PIXEL
        least = _least_of_logo(size) if (path, name) in logos else LEAST_SIDE
        if max(size) < least:
            yield Finding(
                (*path, "file"),
                f"'{name}' has {width} x {height} pixels and looks blurry on the screen; use one"
                f" with at least {least} on the longer side",
            )
        elif decoded > MOST_DECODED:
            yield Finding(
                (*path, "file"),
                f"'{name}' takes {decoded / 1_000_000:.0f} MB of memory while it is loaded; save it"
                " with at most 3840 pixels on the longer side",
            )


def _least_of_logo(size: tuple[int, int]) -> int:
    """Pixels of the longer side with which it fills its box."""
    scale = min(most / side for most, side in zip(LOGO_BOX, size, strict=True))
    return round(scale * max(size))
