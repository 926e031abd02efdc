"""How the last starts of the kiosk ended: `starts.json` in the data folder.

A start counts as a crash until the kiosk has run for a while or has been closed, since a process
that crashes can no longer write it down.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from threading import Lock

from kiosk.files import read_small_file, write_small_file

RECORD_NAME = "starts.json"
CRASHES_TO_SAFE_MODE = 3


class StartRecord:
    """The record of a start; what the disk refuses is not recorded. Any thread may use it."""

    def __init__(self, folder: Path) -> None:
        """Read what the earlier starts have left; nothing is written before `begin`."""
        self._file = folder / RECORD_NAME
        self._lock = Lock()
        values = _read(self._file)
        self._crashes = values.get("crashes", 0)
        self.good_version = values.get("good_version", 0)
        """The version that last was on screen long enough without a crash; 0 if there is none."""

    @property
    def needs_safe_mode(self) -> bool:
        """Whether the starts before this one have crashed too often in a row."""
        return self._crashes >= CRASHES_TO_SAFE_MODE

    def begin(self) -> None:
        """The start has begun."""
        self._write(self._crashes + 1)

    def withdraw(self) -> None:
        """The start is about to be repeated with other settings, and does not count."""
        self._write(self._crashes)

    def succeed(self, version: int = 0) -> None:
        """The kiosk runs well or is being closed; `version` has been on screen long enough."""
        self.good_version = version or self.good_version
        self._write(0)

    def _write(self, crashes: int) -> None:
        text = json.dumps({"crashes": crashes, "good_version": self.good_version})
        with self._lock, suppress(OSError):
            write_small_file(self._file, text.encode())


def _read(file: Path) -> dict[str, int]:
    try:
        values = json.loads(read_small_file(file))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {k: v for k, v in values.items() if type(v) is int and 0 <= v < 10**9}
