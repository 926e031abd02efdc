"""Whether the system's clock is to be believed.

What is dated comes and goes by it, signups are proven by it and erased by it, so a clock that may
be wrong is better not followed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from kiosk.operation.clock import SYSTEM_CLOCK

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""This version of the kiosk did not exist before."""
RETIRED = datetime(2046, 11, 1, tzinfo=UTC)
"""Nor is it likely to be in use after that, whatever the kernel says."""
LONGEST_PAUSE = timedelta(days=3 * 365)
"""So long a showroom may be closed, without network and without a change to its content."""
SLACK = timedelta(days=1)
"""File systems of memory sticks keep local time."""
MOST_DRIFT = timedelta(hours=1)

STA_UNSYNC = 0x0040
TIME_ERROR = 5
"""Of `adjtimex(2)`."""
TIMEX_BYTES = 208
STATUS_OFFSET = 40
"""Of `struct timex` where `long` has 64 bits: mode, padding, four longs, then the status."""


def read_steady_clock() -> timedelta:
    """Time since the machine started, sleep included; nobody can set it."""
    return timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))


def is_synchronised() -> bool:
    """Whether the kernel's clock follows a time server; False where that cannot be told.

    The kernel itself takes it back some hours after the last word from a server, and whenever
    somebody sets the clock by hand (`adjtimex(2)`).
    """
    if not sys.platform.startswith("linux") or sys.maxsize < 1 << 32:
        return False
    import ctypes  # not for the first frame

    timex = ctypes.create_string_buffer(TIMEX_BYTES)  # all zero: read and change nothing
    try:
        state = _find_adjtimex()(timex)
    except (OSError, AttributeError):
        return False
    status = int.from_bytes(timex.raw[STATUS_OFFSET : STATUS_OFFSET + 4], sys.byteorder)
    return 0 <= state < TIME_ERROR and not status & STA_UNSYNC


@cache
def _find_adjtimex() -> Callable[..., int]:
    """Opened once: each `CDLL` leaves 8 KiB behind, and this is asked with each saved content."""
    import ctypes

    function: Callable[..., int] = ctypes.CDLL(None).adjtimex
    return function


@dataclass(frozen=True, slots=True)
class Anchors:
    """Moments that were believed in earlier, to be remembered over a restart.

    `synchronised_at` is certain: no clock can be right that stands before it. `trusted_at` is only
    likely: a clock far behind it is not wrong for that.
    """

    synchronised_at: datetime | None = None
    trusted_at: datetime | None = None


NO_ANCHORS = Anchors()


class ClockJudge:
    """Says whether the system's clock is to be believed; used from any thread.

    Where the kernel says that its clock is synchronised, it is. Elsewhere it is not when it stands
    before the kiosk or its content were made or years after anything known, nor after it jumped by
    more than an hour since it was first asked, until it has come back, is synchronised or the
    machine is restarted.
    """

    def __init__(
        self,
        written: Iterable[datetime] = (),
        anchors: Anchors = NO_ANCHORS,
        *,
        now: Callable[[], datetime] = SYSTEM_CLOCK.now,
        steady: Callable[[], timedelta] = read_steady_clock,
        synchronised: Callable[[], bool] = is_synchronised,
    ) -> None:
        """`written`: when files were written, none of which can have been in the future."""
        self._written = tuple(written)
        self.anchors = anchors
        """What is to be remembered for the next start."""
        self._now = now
        self._steady = steady
        self._synchronised = synchronised
        self._started: datetime | None = None

    def note_written(self, written: Iterable[datetime]) -> None:
        """Go by these times of files from now on."""
        self._written = tuple(written)

    def is_trusted(self) -> bool:
        """Whether the clock reads a time that can be right."""
        now = self._now()
        started = now - self._steady()
        if not RELEASED <= now <= RETIRED:
            return False
        if self._synchronised():
            self.anchors = Anchors(synchronised_at=now, trusted_at=now)
        elif self._is_likely(now, started):
            self.anchors = replace(self.anchors, trusted_at=now)
        else:
            return False
        self._started = started  # small corrections add up over months
        return True

    def _is_likely(self, now: datetime, started: datetime) -> bool:
        if not earliest(self._written, self.anchors) <= now <= latest(self._written, self.anchors):
            return False
        return self._started is None or abs(started - self._started) <= MOST_DRIFT


def earliest(written: Iterable[datetime], anchors: Anchors = NO_ANCHORS) -> datetime:
    """The time before which an unsynchronised clock is certainly wrong."""
    known = [moment - SLACK for moment in written]
    if anchors.synchronised_at is not None:
        known.append(anchors.synchronised_at - MOST_DRIFT)
    return max([RELEASED, *known])


def latest(written: Iterable[datetime], anchors: Anchors = NO_ANCHORS) -> datetime:
    """The time after which an unsynchronised clock is hardly right."""
    known = [moment for moment in (anchors.synchronised_at, anchors.trusted_at) if moment]
    return min(max([RELEASED, *written, *known]) + LONGEST_PAUSE, RETIRED)


def times_of(files: Iterable[Path]) -> list[datetime]:
    """When the files were written, as far as that can be read and can be true.

    Takes for ever on a file share that hangs.
    """
    moments = []
    for file in files:
        try:
            moments.append(datetime.fromtimestamp(file.stat().st_mtime, UTC))
        except (OSError, OverflowError, ValueError):
            continue
    return [moment for moment in moments if moment <= RETIRED]
