"""Whether the thread that stores signups still works."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.timeout import BackgroundCall, CallTimedOut
from kiosk.toolkit.runner import Runner

STUCK_SECONDS = 300.0
"""Its longest job takes seconds: erasing what is overdue among a million signups."""
PROBE_NAME = ".probe-worker"


class WorkerCheck:
    """Gives the thread an empty job from time to time, and waits for none."""

    def __init__(
        self, runner: Runner, data: Path, steady: Callable[[], float] = time.monotonic
    ) -> None:
        """`data` is on the disk that the thread uses; `steady` counts seconds."""
        self._runner = runner
        self._data = data
        self._steady = steady
        self._asked_at: float | None = None
        self._probe: BackgroundCall[None] | None = None

    def is_well(self) -> bool:
        """Whether it responds, or does not because its disk does not either; never blocks."""
        if self._asked_at is None:
            self._asked_at = self._steady()
            self._runner.run(_do_nothing, self._answer, self._answer)
        elif self._steady() - self._asked_at >= STUCK_SECONDS:
            return not self._does_disk_respond()
        return True

    def _does_disk_respond(self) -> bool:
        if self._probe is None:
            self._probe = BackgroundCall(lambda: _write(self._data / PROBE_NAME))
        try:
            self._probe.result(0)
        except CallTimedOut:
            return False
        except OSError:  # full, or gone
            return False
        return True

    def _answer(self, _: object) -> None:
        self._asked_at = self._probe = None


def _do_nothing() -> None:
    pass


def _write(file: Path) -> None:
    try:
        with file.open("wb") as opened:
            opened.write(b"probe")
            opened.flush()
            os.fsync(opened.fileno())
    finally:
        with suppress(OSError):
            file.unlink()
