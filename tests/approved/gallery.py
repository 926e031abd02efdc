"""The approved pictures of the screens, what has changed since, and a page that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image

from tests.approved.comparing import compare, side_by_side

FOLDER = Path(__file__).parent / "pictures"
STYLE = """
body { margin: 2rem; background: #101114; color: #f5f2eb; font: 500 16px sans-serif }
img { max-width: 100%; display: block } h2 { margin: 3rem 0 .5rem }
"""


@dataclass(frozen=True)
class Change:
    """A screen that does not look as approved: what to say of it, and what to look at."""

    name: str
    line: str
    sheet: Image.Image
    now: Image.Image | None
    """None where the screen is gone."""


class Approved:
    """The pictures of one size, by the names of their screens."""

    def __init__(self, size: str, folder: Path = FOLDER) -> None:
        self._folder = folder / size

    def changes(self, screens: Iterable[tuple[str, Image.Image]]) -> Iterator[Change]:
        """What of the screens differs, is new or is gone."""
        gone = {file.stem for file in self._folder.glob("*.webp")}
        for name, now in screens:
            if name not in gone:
                yield Change(name, f"{name}: is new", now, now)
                continue
            gone.remove(name)
            approved = self._load(name)
            if difference := compare(approved, now):
                sheet = side_by_side(approved, now, difference)
                yield Change(name, f"{name}: {difference}", sheet, now)
        for name in sorted(gone):
            yield Change(name, f"{name}: is gone", self._load(name), None)

    def approve(self, change: Change) -> None:
        file = self._file(change.name)
        if change.now is None:
            file.unlink()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        few = change.now.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        small = few.convert("RGB")
        smaller = change.now if compare(small, change.now) else small
        smaller.save(file, lossless=True, quality=80, method=5)

    def _load(self, name: str) -> Image.Image:
        with Image.open(self._file(name)) as picture:
            return picture.convert("RGB")

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.webp"


def write_page(folder: Path, title: str, changes: Sequence[Change]) -> Path:
    """A page with every change, to look at before somebody approves."""
    parts = []
    for number, change in enumerate(changes, 1):
        file = f"{number}.png"
        change.sheet.save(folder / file)
        parts.append(f'<h2>{escape(change.line)}</h2><a href="{file}"><img src="{file}"></a>')
    head = f'<!doctype html><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    page = folder / "index.html"
    page.write_text(f"{head}<h1>{title}: approved, now, difference</h1>{''.join(parts)}", "utf-8")
    return page
