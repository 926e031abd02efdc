"""The status of a running kiosk: `status.json` in the data folder, which outlives it."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from kiosk.files import read_small_file, write_small_file
from kiosk.operation.clock_judge import Anchors

STATUS_NAME = "status.json"
TRUSTED, DOUBTED = "trusted", "doubted"


class Status(NamedTuple):
    """All values are texts, empty if unknown; moments are in ISO 8601.

    `version` is the number of the content on screen, empty while the showroom is closed or shows
    content that could not be stored. `refused` says why the last signup could not be stored; it is
    empty again once one was stored. `clock` is `trusted` or `doubted`. `silent_since` is when the
    content file stopped responding, as on a hanging file share. `unplayed` says of the last video
    that did not play which and why. `uncounted` says why visits cannot be counted. `safe_since` is
    when safe mode started; it is empty otherwise. `boot` to `unexpected_ends` belong to
    `run_record.py`: `end` is how this run ended, `last_end` how the one before it did.
    """

    content: str = ""
    started: str = ""
    version: str = ""
    time_zone: str = ""
    clock: str = ""
    refused: str = ""
    refused_at: str = ""
    silent_since: str = ""
    unplayed: str = ""
    uncounted: str = ""
    safe_since: str = ""
    boot: str = ""
    end: str = ""
    ended: str = ""
    last_end: str = ""
    last_ended: str = ""
    starts: str = ""
    unexpected_ends: str = ""
    synchronised_at: str = ""
    trusted_at: str = ""

    @property
    def is_safe_mode(self) -> bool:
        """Whether the kiosk is in safe mode, or would be again after what ended it."""
        return bool(self.safe_since and not self.end)

    @property
    def anchors(self) -> Anchors:
        """The moments at which the clock was trusted."""
        return Anchors(parse_timestamp(self.synchronised_at), parse_timestamp(self.trusted_at))


def read_status(folder: Path) -> Status:
    """The status in a data folder; unreadable parts are left empty."""
    try:
        return parse_status(read_small_file(folder / STATUS_NAME))
    except OSError:
        return Status()


def parse_status(text: bytes) -> Status:
    """The status from its JSON form; unreadable parts are left empty."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return Status()
    if not isinstance(values, dict):
        return Status()
    return Status(
        **{
            key: value
            for key, value in values.items()
            if key in Status._fields and isinstance(value, str) and "\0" not in value
        }
    )


class StatusFile:
    """The only writer of the status; any thread may change it.

    The file is renamed into place, so readers never see half of it. If the disk refuses, the older
    one stays; `health` reports the disk itself.
    """

    def __init__(self, folder: Path, status: Status) -> None:
        self._folder = folder
        self.status = status
        """The current status, written or not."""
        self._lock = Lock()

    def change(self, **values: str) -> bool:
        """Change values; returns whether anything differs and should be written."""
        with self._lock:
            previous, self.status = self.status, self.status._replace(**values)
            return previous != self.status

    def write(self) -> None:
        """Write it to disk; not for the GUI thread."""
        with self._lock:
            text = json.dumps(self.status._asdict())
            with suppress(OSError):
                write_small_file(self._folder / STATUS_NAME, text.encode())


def content_of(folder: Path) -> Path | None:
    """The content file of the kiosk that runs, or ran last, on a data folder."""
    name = read_status(folder).content
    return Path(name) if name else None


def format_timestamp(moment: datetime | None) -> str:
    """A moment in the status's format."""
    return "" if moment is None else moment.isoformat(timespec="seconds")


def hour_of(moment: datetime | None) -> str:
    """A moment rounded down to the hour, to be written only 24 times a day."""
    return format_timestamp(moment and moment.replace(minute=0, second=0, microsecond=0))


def parse_timestamp(text: str) -> datetime | None:
    """The moment of a timestamp; None for what is none, or in no time zone."""
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo is not None else None
    except ValueError:
        return None
