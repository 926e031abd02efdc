"""Sizes of screens as people write them: `1920x1080`."""

from __future__ import annotations

from kiosk.blocks.refusal import ValueRefusal
from kiosk.blocks.written import SCREEN

Size = tuple[int, int]
"""Width and height in pixels."""
LEAST, MOST = 320, 8192
"""Pixels of a side."""


def parse_size(text: str) -> Size:
    """Width and height in pixels.

    Raises:
        ValueRefusal: with an example.
    """
    sides = [int(side) for side in text.split("x")] if SCREEN.fits(text) else []
    if not sides or not all(LEAST <= side <= MOST for side in sides):
        raise ValueRefusal(
            "not-a-size",
            f"'{text}' is not a size from {LEAST}x{LEAST} to {MOST}x{MOST};"
            " write it like 1920x1080",
        )
    width, height = sides
    return width, height


def written_size(size: Size) -> str:
    """`1920x1080`."""
    return f"{size[0]}x{size[1]}"
