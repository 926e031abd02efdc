"""What the first frame needs, remembered from the last start.

Validating the content costs more than drawing the first poster. Where the file has not changed
since it was last found in order, the attract loop opens from this note and the content is read
behind it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from kiosk import __version__
from kiosk.showroom.rows import PosterRow

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


def remember(folder: Path, digest: str, assets: Path, opening: Opening) -> None:
    """Note the opening for the next start; a disk that refuses only makes that start slower."""
    note = {"key": _key(digest, assets), "opening": asdict(opening)}
    partial = folder / f"{FILE_NAME}.part"
    with suppress(OSError):
        partial.write_text(json.dumps(note), encoding="utf-8")
        partial.rename(folder / FILE_NAME)


def recall(folder: Path, digest: str, now: datetime, assets: Path) -> Opening | None:
    """The remembered opening, if it is of this very content and version.

    Once something has changed by itself, the sheets that have dates are left out. `now` is aware.
    """
    try:
        note = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        if note["key"] != _key(digest, assets):
            return None
        values = note["opening"]
        since, until = (datetime.fromisoformat(values[name]) for name in ("since", "until"))
        is_right = since <= now < until
        rows = (PosterRow(**row) for row in values["posters"])
        values["posters"] = tuple(row for row in rows if is_right or not row.dated)
        return Opening(**values) if values["posters"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _key(digest: str, assets: Path) -> list[str]:
    return [__version__, digest, str(assets)]
