"""What a visitor sees before a place is opened, remembered from the last start.

Validating the content costs more than drawing the first poster. Where the file has not changed
since it was last found in order, the attract loop and home open from this note and the content is
read behind them.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from kiosk import __version__
from kiosk.content.file import (
    HISTORY_NAME,
    HOLD_NAME,
    ContentUnreadable,
    assets_of,
    read_bytes,
)
from kiosk.files import read_small, write_small
from kiosk.places.rows import PictureView, PosterRow
from kiosk.showroom.rows import DoorRow, HomeView

FILE_NAME = "opening.json"


@dataclass(frozen=True, slots=True)
class Opening:
    """The attract loop as plain values, right from one moment to another (both ISO 8601)."""

    asphalt: str
    paper: str
    accent: str
    brand: str
    brand_line: str
    roundel: str
    touch_to_begin: str
    example: str
    language: str
    seconds_each: int
    posters: tuple[PosterRow, ...]
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Lobby:
    """Home and the doors to the places as plain values, right for as long as the opening."""

    home: HomeView
    words: dict[str, str]
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


def digest_now(content: Path, folder: Path) -> str:
    """The same of a content file as it is now."""
    try:
        return shown_digest(sha256(read_bytes(content)).hexdigest(), folder)
    except ContentUnreadable:
        return shown_digest("", folder)


def is_noted(content: Path, folder: Path) -> bool:
    """Whether the note in the data folder is of what the content file is now."""
    try:
        key: object = json.loads(read_small(folder / FILE_NAME))["key"]
        return key == _key(digest_now(content, folder), assets_of(content))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


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
        if note["key"] != _key(digest, assets):
            return None
        front = parse_front(note)
        since, until = map(datetime.fromisoformat, (front.opening.since, front.opening.until))
        if since <= now < until:
            return front
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    lasting = tuple(row for row in front.opening.posters if not row.dated)
    return Front(replace(front.opening, posters=lasting), None) if lasting else None


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
    values = {**note["opening"], "posters": posters}
    return Front(Opening(**values), None if note["lobby"] is None else _lobby(note["lobby"]))


def _lobby(note: dict[str, Any]) -> Lobby:
    home = dict(note["home"])
    picture = PictureView(**home.pop("picture"))
    doors = tuple(DoorRow(**row) for row in note["doors"])
    return Lobby(HomeView(**home, picture=picture), dict(note["words"]), doors)


def _key(digest: str, assets: Path) -> list[str]:
    return [__version__, digest, str(assets)]
