"""What time the showroom believes it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MARGIN = timedelta(days=400)
"""A clock must be able to go on for a while, in any zone."""


class BadMoment(ValueError):
    """Not a day or a time; the message says how to write one."""


def parse_moment(text: str, zone: tzinfo | None = None) -> datetime:
    """An ISO day or time, in `zone` where it names none itself; None is the machine's.

    Raises:
        BadMoment: with an example.
    """
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=zone).astimezone(zone) if moment.tzinfo is None else moment
        _ = moment - MARGIN, moment + MARGIN
        return moment
    except (ValueError, OverflowError, OSError):
        raise BadMoment(
            f"'{text}' is not a day or a time; write 2024-05-01 or 2024-05-01T09:30"
        ) from None


@dataclass(frozen=True, slots=True)
class Clock:
    """The system's clock, moved by `offset` when another day is shown."""

    offset: timedelta = timedelta()

    @classmethod
    def showing(cls, moment: datetime | None) -> Clock:
        """A clock that reads `moment` now and goes on from there; the real one for None."""
        return cls() if moment is None else cls(moment - datetime.now(UTC))

    def now(self) -> datetime:
        """Local time with its UTC offset."""
        # The offset is added before the zone, whose summer time may differ between the two days.
        return (datetime.now(UTC) + self.offset).astimezone()

    def today(self) -> date:
        """The day in local time."""
        return self.now().date()


@dataclass(frozen=True, slots=True)
class StoppedClock(Clock):
    """Always the same moment: for pictures that must not depend on when they are taken."""

    moment: datetime = EPOCH

    def now(self) -> datetime:
        return self.moment


RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""This version of the kiosk did not exist before."""
SLACK = timedelta(days=1)
"""File systems of memory sticks keep local time."""
MOST_DRIFT = timedelta(hours=1)


def steady() -> timedelta:
    """Time since the machine started, sleep included; nobody can set it."""
    return timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))


class ClockJudge:
    """Says whether the system's clock is to be believed.

    It is not when it stands before the kiosk or its files were made, nor after it jumped by more
    than an hour between two plausible times, until it has come back or the machine is restarted.
    """

    def __init__(
        self,
        files: Iterable[Path] = (),
        now: Callable[[], datetime] = Clock().now,
        steady: Callable[[], timedelta] = steady,
    ) -> None:
        """`files`: none of them can have been written in the future."""
        self._files = tuple(files)
        self._now = now
        self._steady = steady
        self._started: datetime | None = None
        self.is_trusted()

    def is_trusted(self) -> bool:
        """Whether the clock reads a time that can be right."""
        now = self._now()
        if now < earliest(self._files):
            return False
        started = now - self._steady()
        if self._started is None or abs(started - self._started) <= MOST_DRIFT:
            self._started = started  # small corrections add up over months
            return True
        return False


def earliest(files: Iterable[Path]) -> datetime:
    """The time before which a clock is certainly wrong."""
    written = [RELEASED]
    for file in files:
        try:
            written.append(datetime.fromtimestamp(file.stat().st_mtime, UTC) - SLACK)
        except (OSError, OverflowError, ValueError):
            continue
    return max(written)
