"""The showroom's time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MARGIN = timedelta(days=400)
"""Room for a clock to run on for a while, in any zone."""


class InvalidMoment(ValueError):
    """Not a day or a time; the message says how to write one."""


def parse_moment(text: str, zone: tzinfo | None = None) -> datetime:
    """An ISO day or time, in `zone` if it names none itself; None means the machine's.

    Raises:
        InvalidMoment: with an example.
    """
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=zone).astimezone(zone) if moment.tzinfo is None else moment
        _ = moment - MARGIN, moment + MARGIN
        return moment
    except (ValueError, OverflowError, OSError):
        raise InvalidMoment(
            f"'{text}' is not a date or time; write it like 2024-05-01 or 2024-05-01T09:30"
        ) from None


@dataclass(frozen=True, slots=True)
class Clock:
    """The system clock, shifted by `offset` when another day is shown.

    `zone` is the showroom's; None is the machine's own.
    """

    offset: timedelta = timedelta()
    zone: tzinfo | None = None

    @classmethod
    def starting_at(cls, moment: datetime | None) -> Clock:
        """A clock that reads `moment` now and runs on from there; the real one for None."""
        return cls() if moment is None else cls(moment - datetime.now(UTC))

    def now(self) -> datetime:
        """The showroom's time with its UTC offset."""
        # Add the offset before the zone: summer time may differ between the two days.
        return (datetime.now(UTC) + self.offset).astimezone(self.zone)

    def today(self) -> date:
        return self.now().date()


SYSTEM_CLOCK = Clock()


@dataclass(frozen=True, slots=True)
class StoppedClock(Clock):
    """Always the same moment, for pictures that must not depend on when they are drawn."""

    moment: datetime = EPOCH

    def now(self) -> datetime:
        return self.moment
