"""Decides whether to trust the system clock.

Dated content, the proof of consent and the retention of signups depend on it, so a clock that may
be wrong must not be followed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kiosk.operation.clock import SYSTEM_CLOCK

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""This version of the kiosk did not exist before."""
RETIRED = datetime(2046, 11, 1, tzinfo=UTC)
"""It is unlikely to be in use after that, whatever the kernel says."""
MAX_PAUSE = timedelta(days=3 * 365)
"""How long a showroom may be closed, without network or a change to its content."""
SLACK = timedelta(days=1)
"""File systems of memory sticks keep local time."""
MAX_DRIFT = timedelta(hours=1)

STA_UNSYNC = 0x0040
TIME_ERROR = 5
"""See `adjtimex(2)`."""
TIMEX_BYTES = 208
STATUS_OFFSET = 40
"""In `struct timex` with 64-bit `long`: after mode, padding and four longs."""


def read_steady_clock() -> timedelta:
    """Time since the machine started, sleep included; nobody can set it."""
    return timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))


def is_synchronized() -> bool:
    """Whether the kernel's clock follows a time server; False if that is unknown.

    The kernel withdraws this some hours after the last response from a server, and whenever
    somebody sets the clock by hand (`adjtimex(2)`).
    """
    if not sys.platform.startswith("linux") or sys.maxsize < 1 << 32:
        return False
    import ctypes  # not for the first frame

    timex = ctypes.create_string_buffer(TIMEX_BYTES)  # all zeros: only read
    try:
        state = _find_adjtimex()(timex)
    except (OSError, AttributeError):
        return False
    status = int.from_bytes(timex.raw[STATUS_OFFSET : STATUS_OFFSET + 4], sys.byteorder)
    return 0 <= state < TIME_ERROR and not status & STA_UNSYNC


@cache
def _find_adjtimex() -> Callable[..., int]:
    """Cached: each `CDLL` leaks 8 KiB, and this is called for each saved content."""
    import ctypes

    function: Callable[..., int] = ctypes.CDLL(None).adjtimex
    return function


class Anchors(NamedTuple):
    """Moments that were trusted earlier, remembered across restarts.

    `synchronised_at` is certain: a clock that reads an earlier time is wrong. `trusted_at` is only
    likely: a clock far behind it may still be right.
    """

    synchronised_at: datetime | None = None
    trusted_at: datetime | None = None


NO_ANCHORS = Anchors()


class ClockJudge:
    """Decides whether to trust the system clock; usable from any thread.

    A clock that the kernel reports as synchronized is trusted. Otherwise it is not trusted if it is
    before the kiosk or its content was made or years after anything known, or once it has jumped by
    more than an hour since the first check, until it is back, is synchronized or the machine is
    restarted.
    """

    def __init__(
        self,
        written: Iterable[datetime] = (),
        anchors: Anchors = NO_ANCHORS,
        *,
        now: Callable[[], datetime] = SYSTEM_CLOCK.now,
        steady: Callable[[], timedelta] = read_steady_clock,
        synchronized: Callable[[], bool] = is_synchronized,
    ) -> None:
        """`written`: modification times of files, none of which can be in the future."""
        self._written = tuple(written)
        self.anchors = anchors
        """What to remember for the next start."""
        self._now = now
        self._steady = steady
        self._synchronized = synchronized
        self._boot_time: datetime | None = None

    def record_write_times(self, written: Iterable[datetime]) -> None:
        self._written = tuple(written)

    def is_trusted(self) -> bool:
        """Whether the clock's time can be right."""
        now = self._now()
        boot_time = now - self._steady()
        if not RELEASED <= now <= RETIRED:
            return False
        if self._synchronized():
            self.anchors = Anchors(synchronised_at=now, trusted_at=now)
        elif self._is_plausible(now, boot_time):
            self.anchors = self.anchors._replace(trusted_at=now)
        else:
            return False
        self._boot_time = boot_time  # small corrections add up over months
        return True

    def _is_plausible(self, now: datetime, boot_time: datetime) -> bool:
        if not earliest(self._written, self.anchors) <= now <= latest(self._written, self.anchors):
            return False
        return self._boot_time is None or abs(boot_time - self._boot_time) <= MAX_DRIFT


def earliest(written: Iterable[datetime], anchors: Anchors = NO_ANCHORS) -> datetime:
    """The time before which an unsynchronized clock is certainly wrong."""
    bounds = [moment - SLACK for moment in written]
    if anchors.synchronised_at is not None:
        bounds.append(anchors.synchronised_at - MAX_DRIFT)
    return max([RELEASED, *bounds])


def latest(written: Iterable[datetime], anchors: Anchors = NO_ANCHORS) -> datetime:
    """The time after which an unsynchronized clock is unlikely to be right."""
    anchored = [moment for moment in (anchors.synchronised_at, anchors.trusted_at) if moment]
    return min(max([RELEASED, *written, *anchored]) + MAX_PAUSE, RETIRED)


def times_of(files: Iterable[Path]) -> list[datetime]:
    """The modification times of the files, if readable and plausible.

    Blocks while a file share hangs.
    """
    moments = []
    for file in files:
        try:
            moments.append(datetime.fromtimestamp(file.stat().st_mtime, UTC))
        except (OSError, OverflowError, ValueError):
            continue
    return [moment for moment in moments if moment <= RETIRED]
