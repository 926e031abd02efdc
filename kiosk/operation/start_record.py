"""How the last starts of the kiosk ended: `starts.json` in the data folder.

A start counts as a crash until the kiosk has run for a while or has been closed, since a process
that crashes can no longer write it down. Nor can a machine that loses its power, so starts count
only as long as the machine has not been started again since.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from kiosk.files import read_small_file, write_small_file
from kiosk.operation.boot import read_boot_id

RECORD_NAME = "starts.json"
CRASHES_TO_SAFE_MODE = 3


class StartRecord:
    """The record of a start; what the disk refuses is not recorded. Any thread may use it."""

    def __init__(self, folder: Path) -> None:
        """Read what the earlier starts have left; nothing is written before `begin`."""
        self._file = folder / RECORD_NAME
        self._lock = Lock()
        self._boot = read_boot_id()
        stored = _read(self._file)
        self._crashes = stored.crashes if stored.boot == self._boot else 0
        self._needs_safe_mode = self._crashes >= CRASHES_TO_SAFE_MODE
        self.good_version = stored.good_version
        """The version that last was on screen long enough without a crash; 0 if there is none."""

    @property
    def needs_safe_mode(self) -> bool:
        """Whether the starts before this one have crashed too often in a row."""
        return self._needs_safe_mode

    def begin(self) -> None:
        self._write(self._crashes + 1)

    def withdraw(self) -> None:
        """The start, which is about to be repeated or has lost its screen, does not count."""
        self._write(self._crashes)

    def succeed(self, version: int = 0) -> None:
        """The kiosk runs well or is being closed; `version` has been on screen long enough."""
        self.good_version = version or self.good_version
        self._crashes = 0
        self._write(0)

    def _write(self, crashes: int) -> None:
        text = json.dumps(Starts(crashes, self.good_version, self._boot)._asdict())
        with self._lock, suppress(OSError):
            try:
                write_small_file(self._file, text.encode())
            except OSError:
                if not crashes:  # on a full disk, or safe mode would never end
                    self._file.unlink()


class Starts(NamedTuple):
    """What is stored: `crashes` in a row since the start of the machine that `boot` names."""

    crashes: int = 0
    good_version: int = 0
    boot: str = ""


def _read(file: Path) -> Starts:
    try:
        values = json.loads(read_small_file(file))
    except (OSError, ValueError, RecursionError):
        return Starts()
    if not isinstance(values, dict):
        return Starts()
    boot = values.get("boot")
    return Starts(
        _count(values.get("crashes")),
        _count(values.get("good_version")),
        boot if isinstance(boot, str) else "",
    )


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value < 10**9 else 0
