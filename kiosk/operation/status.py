"""What a running kiosk tells of itself: `status.json` in the data folder, which outlives it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from kiosk.files import read_small, write_small
from kiosk.operation.clock_judge import Anchors

STATUS_NAME = "status.json"
TRUSTED, DOUBTED = "trusted", "doubted"


@dataclass(frozen=True, slots=True)
class Status:
    """Texts alone, empty for what is not known; moments in ISO 8601.

    `version` is the number of the content on screen, empty while the showroom is closed or shows
    what could not be kept. `refused` says why the last signup could not be stored; it is empty
    once one was stored again. `clock` is `trusted` or `doubted`. `silent_since` is when the content
    file was asked for something that it has not answered yet, as on a file share that hangs.
    """

    content: str = ""
    started: str = ""
    version: str = ""
    time_zone: str = ""
    clock: str = ""
    refused: str = ""
    refused_at: str = ""
    silent_since: str = ""
    synchronised_at: str = ""
    trusted_at: str = ""

    @property
    def anchors(self) -> Anchors:
        """The moments that the clock was believed in."""
        return Anchors(_moment(self.synchronised_at), _moment(self.trusted_at))


def read_status(folder: Path) -> Status:
    """The status in a data folder; whatever in it cannot be read is left empty."""
    try:
        return parse_status(read_small(folder / STATUS_NAME))
    except OSError:
        return Status()


def parse_status(text: bytes) -> Status:
    """The status in its JSON form, with whatever cannot be read left empty."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return Status()
    if not isinstance(found, dict):
        return Status()
    known = {field.name for field in fields(Status)}
    return Status(
        **{
            key: value
            for key, value in found.items()
            if key in known and isinstance(value, str) and "\0" not in value
        }
    )


class StatusFile:
    """The one writer of the status; any thread may change it.

    The file is renamed into place, so that a reader finds all of it. A disk that refuses leaves the
    older one: `health` names that disk itself.
    """

    def __init__(self, folder: Path, status: Status) -> None:
        self._folder = folder
        self.status = status
        """As it is now, written or not."""
        self._lock = Lock()

    def change(self, **values: str) -> bool:
        """Take other values; returns whether anything differs and should be written."""
        with self._lock:
            before, self.status = self.status, replace(self.status, **values)
            return before != self.status

    def write(self) -> None:
        """Put it on the disk; not for the GUI thread."""
        with self._lock:
            text = json.dumps(asdict(self.status))
            with suppress(OSError):
                write_small(self._folder / STATUS_NAME, text.encode())


def content_of(folder: Path) -> Path | None:
    """The content file of the kiosk that runs, or ran last, on a data folder."""
    name = read_status(folder).content
    return Path(name) if name else None


def text_of(moment: datetime | None) -> str:
    """A moment as the status has it."""
    return "" if moment is None else moment.isoformat(timespec="seconds")


def hour_of(moment: datetime | None) -> str:
    """The hour of a moment, so that what is noted all day is written 24 times."""
    return text_of(moment and moment.replace(minute=0, second=0, microsecond=0))


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo is not None else None
    except ValueError:
        return None
