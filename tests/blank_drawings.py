"""The pictures of the content that comes with the kiosk, with nothing on them.

For tests of its texts: looking through the real drawings is most of the time that loading takes.
"""

from __future__ import annotations

from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "assets"
BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>'


def write_blank_drawings(folder: Path) -> None:
    """A drawing for each one in the assets of the kiosk, in a folder of another name."""
    for drawing in ASSETS.rglob("*.svg"):
        file = folder / drawing.relative_to(ASSETS)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(BLANK, encoding="utf-8")
