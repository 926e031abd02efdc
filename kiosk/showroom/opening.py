"""What a visitor sees before a place is opened, remembered from the last start.

Validating the content costs more than drawing the first poster. Where the file has not changed
since it was last found in order, the attract loop and home open from this note and the content is
read behind them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from kiosk import __version__
from kiosk.content.file import HISTORY_NAME, HOLD_NAME
from kiosk.files import read_small, write_small
from kiosk.places.rows import PictureRow, PosterRow
from kiosk.showroom.rows import BrandRow, DoorRow, HomeRow, InterfaceWords

FILE_NAME = "opening.json"


@dataclass(frozen=True, slots=True)
class Opening:
    """The attract loop as plain values, right from one moment to another (both ISO 8601)."""

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


NO_OPENING = Opening(
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
"""What the window starts with: default colours and no words."""


@dataclass(frozen=True, slots=True)
class Lobby:
    """Home and the doors to the places as plain values, right for as long as the opening."""

    home: HomeRow
    words: InterfaceWords
    doors: tuple[DoorRow, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """All that is seen before a place is opened; home waits for the content where it is None."""

    opening: Opening
    lobby: Lobby | None


def shown_digest(digest: str, folder: Path) -> str:
    """What decides on the front: the content file, or a version held instead of it.

    `digest` is the file's SHA-256, empty where it cannot be read.
    """
    hold = folder / HISTORY_NAME / HOLD_NAME
    try:
        return f"{digest} {sha256(read_small(hold)).hexdigest()}"
    except OSError:
        return digest


def remember(folder: Path, digest: str, assets: Path, front: Front) -> None:
    """Note the front for the next start; a disk that refuses only makes that start slower."""
    note = {"key": _key(digest, assets), **note_of(front)}
    with suppress(OSError):
        write_small(folder / FILE_NAME, json.dumps(note).encode())


def recall(folder: Path, digest: str, now: datetime, assets: Path) -> Front | None:
    """The remembered front, if it is of this very content and version.

    Once something has changed by itself, the sheets that have dates are left out, and so is home,
    whose doors may say the next race or how many offers there are. `now` is aware.
    """
    try:
        note = json.loads(read_small(folder / FILE_NAME))
        return _front_at(now, note) if note["key"] == _key(digest, assets) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def recall_kept(folder: Path, now: datetime) -> Front | None:
    """The remembered front whatever the content file is by now, if all it shows is still there.

    Nothing is asked of any folder but the data folder and the kiosk's own.
    """
    kept, hold = folder.absolute() / HISTORY_NAME, shown_digest("", folder)
    try:
        note = json.loads(read_small(folder / FILE_NAME))
        version, digest, _ = note["key"]
        if version != __version__ or not str(digest).endswith(hold):
            return None
        front = _front_at(now, note)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if front is None or not all(file.is_relative_to(kept) for file in pictures_of(front)):
        return None
    return front if is_complete(front) else None


def _front_at(now: datetime, note: Any) -> Front | None:
    front = parse_front(note)
    since, until = map(datetime.fromisoformat, (front.opening.since, front.opening.until))
    if since <= now < until:
        return front
    lasting = tuple(row for row in front.opening.posters if not row.dated)
    return Front(replace(front.opening, posters=lasting), None) if lasting else None


def is_complete(front: Front) -> bool:
    """Whether every picture and every font that a front shows is still there."""
    fonts: set[str] = set()
    if front.lobby is not None:
        fonts = {front.lobby.home.glyph_font, *(door.glyph_font for door in front.lobby.doors)}
    return all(file.is_file() for file in (*pictures_of(front), *_files(fonts)))


def pictures_of(front: Front) -> tuple[Path, ...]:
    """The files of the pictures that a front shows."""
    sources = [front.opening.brand.logo, *(row.source for row in front.opening.posters)]
    if front.lobby is not None:
        sources.append(front.lobby.home.picture.source)
    return tuple(_files(sources))


def _files(sources: Iterable[str]) -> Iterator[Path]:
    yield from (Path(unquote(urlsplit(source).path)) for source in sources if source)


def note_of(front: Front) -> dict[str, Any]:
    """A front as plain values, to be written as JSON."""
    return asdict(front)


def parse_front(note: Any) -> Front:
    """The front that became such a note.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    posters = tuple(PosterRow(**row) for row in note["opening"]["posters"])
    if not posters:
        raise ValueError("an attract loop without posters")
    values = {**note["opening"], "brand": BrandRow(**note["opening"]["brand"]), "posters": posters}
    return Front(Opening(**values), None if note["lobby"] is None else _lobby(note["lobby"]))


def _lobby(note: dict[str, Any]) -> Lobby:
    home = dict(note["home"])
    picture = PictureRow(**home.pop("picture"))
    doors = tuple(DoorRow(**row) for row in note["doors"])
    return Lobby(HomeRow(**home, picture=picture), InterfaceWords(**note["words"]), doors)


def _key(digest: str, assets: Path) -> list[str]:
    return [__version__, digest, str(assets)]
