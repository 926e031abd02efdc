"""What a visitor sees before a place is opened, remembered from the last start.

Validating the content costs more than drawing the first poster. Where the file has not changed
since it was last found in order, the attract loop and home open from this note and the content is
read behind them.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk import __version__
from kiosk.files import read_small, write_small
from kiosk.showroom.rows import DoorRow, HomeView, PictureView, PosterRow

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


def remember(folder: Path, digest: str, assets: Path, front: Front) -> None:
    """Note the front for the next start; a disk that refuses only makes that start slower."""
    note = {"key": _key(digest, assets), **asdict(front)}
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
        values = note["opening"]
        since, until = (datetime.fromisoformat(values[name]) for name in ("since", "until"))
        is_right = since <= now < until
        rows = (PosterRow(**row) for row in values["posters"])
        values["posters"] = tuple(row for row in rows if is_right or not row.dated)
        lobby = _lobby(note["lobby"]) if is_right else None
        return Front(Opening(**values), lobby) if values["posters"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lobby(note: dict[str, Any]) -> Lobby:
    home = dict(note["home"])
    picture = PictureView(**home.pop("picture"))
    doors = tuple(DoorRow(**row) for row in note["doors"])
    return Lobby(HomeView(**home, picture=picture), dict(note["words"]), doors)


def _key(digest: str, assets: Path) -> list[str]:
    return [__version__, digest, str(assets)]
