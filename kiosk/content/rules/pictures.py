"""Pictures that would look coarse, or take too much memory."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from kiosk.content.model import Picture
from kiosk.content.pictures import RASTER
from kiosk.content.rules.rule import Finding, Subject

LEAST_SIDE = 960
"""Half of a 1080p screen's width; shown larger, every pixel of the picture is seen."""
MOST_DECODED = 64_000_000
BYTES_A_PIXEL = 4


def picture_size(subject: Subject) -> Iterator[Finding]:
    """Photographs too small for the screen, or over 64 MB when decoded: once a file."""
    seen: set[str] = set()
    for path, picture in subject.blocks(Picture):
        name = picture.file
        if name in seen:
            continue
        seen.add(name)
        size = _size(subject.assets / name)
        if size is None:
            continue
        width, height = size
        decoded = width * height * BYTES_A_PIXEL
        if max(size) < LEAST_SIDE:
            yield Finding(
                (*path, "file"),
                f"'{name}' has {width} x {height} pixels and looks coarse on the screen; use one"
                f" with at least {LEAST_SIDE} on the longer side",
            )
        elif decoded > MOST_DECODED:
            yield Finding(
                (*path, "file"),
                f"'{name}' takes {decoded / 1_000_000:.0f} MB of memory when it is shown; save it"
                " with at most 3840 pixels on the longer side",
            )


def _size(file: Path) -> tuple[int, int] | None:
    """Width and height in pixels; None for a drawing, or what has gone since it was checked."""
    if file.suffix.lower() not in RASTER:
        return None
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=("PNG", "JPEG", "WEBP")) as picture:
                return picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
