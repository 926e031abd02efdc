"""Pictures that would look blurry or take too much memory."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.blocks.block import Picture
from kiosk.content.check.photographs import upright_size
from kiosk.content.check.pictures import is_drawing
from kiosk.content.lint.rule import Finding, Subject

LEAST_SIDE = 960
"""Half of a 1080p screen's width; shown larger, every pixel of the picture is checked."""
MOST_DECODED = 64_000_000
BYTES_A_PIXEL = 4


def picture_size(subject: Subject) -> Iterator[Finding]:
    """Photographs too small for the screen, or over 64 MB when decoded: one finding per file."""
    checked: set[str] = set()
    for path, picture in subject.blocks(Picture):
        name = picture.file
        if name in checked:
            continue
        checked.add(name)
        size = None if is_drawing(name) else upright_size(subject.assets / name)
        if size is None:
            continue
        width, height = size
        decoded = width * height * BYTES_A_PIXEL
        if max(size) < LEAST_SIDE:
            yield Finding(
                (*path, "file"),
                f"'{name}' has {width} x {height} pixels and looks blurry on the screen; use one"
                f" with at least {LEAST_SIDE} on the longer side",
            )
        elif decoded > MOST_DECODED:
            yield Finding(
                (*path, "file"),
                f"'{name}' takes {decoded / 1_000_000:.0f} MB of memory while it is loaded; save it"
                " with at most 3840 pixels on the longer side",
            )
