"""Who is measured: the kiosk, Chromium with an equal page, an empty window."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from tests.benchmarks.processes import HERE, ROOT
from tests.benchmarks.screen import Point

CONTENT = ROOT / "content.yaml"
DRAWN = [ROOT / "assets" / "art" / f"{name}.svg" for name in ("road", "mountain-night", "dunes")]
"""The default content's posters, and its home's picture."""
SHOWN_DAY = "2024-05-01T10:00:00-05:00"
"""In season, so that the schedule has a next race."""

BAR = {
    name: (240 * place + 120, 1015)
    for place, name in enumerate(
        ("home", "heritage", "team", "schedule", "offers", "models", "more", "signup")
    )
}
"""The middle of each item of the kiosk's bar."""
DOORS: dict[str, Point] = {"drive": (1200, 470), "dealers": (1200, 660)}
"""Doors on the home screen of places that have no item in the bar."""
EMAIL_FIELD: Point = (1300, 172)


class Contender(Protocol):
    """A program to start; `home` is its user's folder, fresh or used."""

    name: str
    wake: Point | None

    def command(self, home: Path) -> list[str]:
        """The words that start it."""
        ...


class Kiosk:
    """This project's kiosk."""

    wake: Point | None = (960, 500)

    def __init__(self, content: Path = CONTENT, name: str = "kiosk") -> None:
        self.name = name
        self._content = content

    def command(self, home: Path) -> list[str]:
        return [
            *(sys.executable, str(ROOT / "main.py"), "run"),
            *("--content", str(self._content)),
            *("--data", str(home / "data")),
            *("--at", SHOWN_DAY),
        ]


class EmptyWindow:
    """The least that Qt Quick with its keyboard can be."""

    name = "empty window"
    wake: Point | None = None

    def command(self, home: Path) -> list[str]:
        return [sys.executable, str(HERE / "empty_window.py")]


class Chromium:
    """Debian's Chromium in kiosk mode with a page that shows what the kiosk does."""

    name = "Chromium"
    wake: Point | None = (300, 955)

    def __init__(
        self, folder: Path, page: str = "page.html", pictures: Iterable[Path] = DRAWN
    ) -> None:
        self._page = _page_in(folder, page, pictures)

    @staticmethod
    def is_here() -> bool:
        """Whether it is installed."""
        return shutil.which("chromium") is not None

    def command(self, home: Path) -> list[str]:
        return [
            *("chromium", "--kiosk", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update"),
            *("--disable-sync", "--disable-quic", "--window-position=0,0"),
            *("--window-size=1920,1080", f"--user-data-dir={home / 'profile'}"),
            self._page.as_uri(),
        ]


def _page_in(folder: Path, page: str, pictures: Iterable[Path]) -> Path:
    """The page with its pictures and its typeface beside it."""
    folder.mkdir(parents=True)
    for picture in pictures:
        (folder / picture.name).symlink_to(picture)
    spec = find_spec("font_rhd")
    if spec is not None and spec.submodule_search_locations:
        fonts = Path(spec.submodule_search_locations[0]) / "files"
        for weight in ("Medium", "Black"):
            shutil.copy(fonts / f"RedHatDisplay-{weight}.ttf", folder)
    return Path(shutil.copy(HERE / page, folder))
