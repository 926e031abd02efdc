"""Sizes of screens as people write them: `1920x1080`."""

from __future__ import annotations

import re

Size = tuple[int, int]
"""Width and height in pixels."""
WRITTEN = re.compile(r"([0-9]{3,5})x([0-9]{3,5})")
LEAST, MOST = 320, 8192
"""Pixels of a side."""


def parse_size(text: str) -> Size:
    """Width and height in pixels.

    Raises:
        ValueError: with an example.
    """
    found = WRITTEN.fullmatch(text)
    if found is None or not all(LEAST <= int(side) <= MOST for side in found.groups()):
        raise ValueError(
            f"'{text}' is not a size from {LEAST}x{LEAST} to {MOST}x{MOST}; write it like 1920x1080"
        )
    return int(found[1]), int(found[2])


def written_size(size: Size) -> str:
    """`1920x1080`."""
    return f"{size[0]}x{size[1]}"
