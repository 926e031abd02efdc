"""The start screens: the attract loop and home, saved for the next start.

Validating the content takes longer than drawing the first poster. If the file has not changed since
it was last validated, the saved screens are shown, and the content is read in the background.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from kiosk import __version__
from kiosk.content.file import HISTORY_NAME, HOLD_NAME
from kiosk.files import read_small_file, write_small_file
from kiosk.operation.folders import START_SCREENS_NAME
from kiosk.places.rows import PictureRow, PosterRow, StepRow
from kiosk.showroom.rows import BrandRow, DoorRow, HomeRow, InterfaceWords

FILE_NAME = START_SCREENS_NAME


class AttractLoop(NamedTuple):
    """The attract loop as plain values, valid between two timestamps (ISO 8601)."""

    asphalt: str
    paper: str
    accent: str
    brand: BrandRow
    touch_to_begin: str
    example: str
    language: str
    seconds_each: int
    posters: tuple[PosterRow, ...]
    since: str
    until: str


DEFAULT_ATTRACT_LOOP = AttractLoop(
    asphalt="#101114",
    paper="#f5f2eb",
    accent="#e2231a",
    brand=BrandRow(),
    touch_to_begin="",
    example="",
    language="en",
    seconds_each=9,
    posters=(),
    since="",
    until="",
)
"""Shown before anything is known: default colors and no text."""


class HomeScreen(NamedTuple):
    """Home and the doors to the places as plain values, valid as long as the attract loop."""

    row: HomeRow
    words: InterfaceWords
    doors: tuple[DoorRow, ...]


class StartScreens(NamedTuple):
    """Everything shown before a place is opened; if `home` is None, it waits for the content."""

    attract: AttractLoop
    home: HomeScreen | None


def content_key(digest: str, folder: Path) -> str:
    """Identifies what is shown: the content file, or a version held instead of it.

    `digest` is the file's SHA-256, empty if it cannot be read.
    """
    hold = folder / HISTORY_NAME / HOLD_NAME
    try:
        return f"{digest} {sha256(read_small_file(hold)).hexdigest()}"
    except OSError:
        return digest


def save_start_screens(folder: Path, digest: str, assets: Path, screens: StartScreens) -> None:
    """Save the start screens; if that fails, the next start is only slower."""
    saved = {"key": _key(digest, assets), **to_plain(screens)}
    with suppress(OSError):
        write_small_file(folder / FILE_NAME, json.dumps(saved).encode())


def load_start_screens(
    folder: Path, digest: str, now: datetime, assets: Path
) -> StartScreens | None:
    """Load the saved start screens, if they belong to this content and this version of the kiosk.

    After their validity has ended, posters with dates are left out, and so is home, whose doors may
    show the next race or the number of offers. `now` must be timezone-aware.
    """
    try:
        saved = json.loads(read_small_file(folder / FILE_NAME))
        return _at_time(now, saved) if saved["key"] == _key(digest, assets) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def load_without_content(folder: Path, now: datetime) -> StartScreens | None:
    """Load the saved start screens whatever the content file is now, if their pictures exist.

    Accesses no folder but the data folder and the kiosk's own.
    """
    history, hold = folder.absolute() / HISTORY_NAME, content_key("", folder)
    try:
        saved = json.loads(read_small_file(folder / FILE_NAME))
        version, digest, _ = saved["key"]
        if version != __version__ or not str(digest).endswith(hold):
            return None
        screens = _at_time(now, saved)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if screens is None or not all(file.is_relative_to(history) for file in picture_files(screens)):
        return None
    return screens if files_exist(screens) else None


def _at_time(now: datetime, saved: Any) -> StartScreens | None:
    screens = parse_start_screens(saved)
    since, until = map(datetime.fromisoformat, (screens.attract.since, screens.attract.until))
    if since <= now < until:
        return screens
    lasting = tuple(row for row in screens.attract.posters if not row.dated)
    return StartScreens(screens.attract._replace(posters=lasting), None) if lasting else None


def files_exist(screens: StartScreens) -> bool:
    """Whether all pictures and fonts of the start screens still exist."""
    fonts: set[str] = set()
    if screens.home is not None:
        fonts = {screens.home.row.glyph_font, *(door.glyph_font for door in screens.home.doors)}
    return all(file.is_file() for file in (*picture_files(screens), *_files(fonts)))


def picture_files(screens: StartScreens) -> tuple[Path, ...]:
    sources = [screens.attract.brand.logo, *(row.source for row in screens.attract.posters)]
    if (home := screens.home) is not None:
        sources.append(home.row.picture.source)
        sources += [door.source for door in home.doors]
        sources += [step.source for step in home.row.steps]
    return tuple(_files(sources))


def _files(sources: Iterable[str]) -> Iterator[Path]:
    yield from (Path(unquote(urlsplit(source).path)) for source in sources if source)


def to_plain(value: Any) -> Any:
    """Start screens, or a part of them, as values that JSON can encode."""
    if hasattr(value, "_asdict"):
        return {name: to_plain(part) for name, part in value._asdict().items()}
    return [to_plain(part) for part in value] if isinstance(value, tuple) else value


def parse_start_screens(saved: Any) -> StartScreens:
    """Parse the result of `to_plain`.

    Raises:
        ValueError, KeyError, TypeError: it is invalid.
    """
    posters = tuple(PosterRow(**row) for row in saved["attract"]["posters"])
    if not posters:
        raise ValueError("an attract loop without posters")
    brand = BrandRow(**saved["attract"]["brand"])
    values = {**saved["attract"], "brand": brand, "posters": posters}
    return StartScreens(
        AttractLoop(**values), None if saved["home"] is None else _parse_home(saved["home"])
    )


def _parse_home(saved: dict[str, Any]) -> HomeScreen:
    row = dict(saved["row"])
    picture = PictureRow(**row.pop("picture"))
    steps = tuple(StepRow(**step) for step in row.pop("steps"))
    doors = tuple(DoorRow(**door) for door in saved["doors"])
    home_row = HomeRow(**row, picture=picture, steps=steps)
    return HomeScreen(home_row, InterfaceWords(**saved["words"]), doors)


def _key(digest: str, assets: Path) -> list[str]:
    return [__version__, digest, str(assets)]
