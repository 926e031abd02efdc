"""When the screen is on: `Mo-Fr 07:30-20:00, Sa 09:00-18:00`, by the showroom's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTES_A_DAY = 24 * 60
PART = re.compile(
    r"(?:(?P<first>[a-z]{2,9})(?:\s*-\s*(?P<last>[a-z]{2,9}))?\s+)?"
    r"(?P<on>[0-9]{1,2}:[0-9]{2})\s*-\s*(?P<off>[0-9]{1,2}:[0-9]{2})"
)
LIKE = 'write them like "Mo-Fr 07:30-20:00, Sa 09:00-18:00"'


class ScreenHoursRefused(ValueError):
    """The text does not say when; the message says what to write."""


@dataclass(frozen=True, slots=True)
class ScreenHours:
    """`spans` has for each weekday, Monday first, from when to when, in minutes after midnight.

    A span that ends at 24 hours or later goes on into the next day.
    """

    text: str
    spans: tuple[tuple[tuple[int, int], ...], ...]

    def is_on(self, moment: datetime) -> bool:
        """Whether the screen is on at a local time."""
        minute = 60 * moment.hour + moment.minute
        today, yesterday = moment.weekday(), (moment.weekday() - 1) % 7
        return any(on <= minute < off for on, off in self.spans[today]) or any(
            minute < off - MINUTES_A_DAY for _, off in self.spans[yesterday]
        )

    def next_change(self, moment: datetime) -> datetime | None:
        """When it goes on or off next; None if it always stays as it is."""
        is_on = self.is_on(moment)
        for change in sorted(self._ends(moment)):
            if change > moment and self.is_on(change) != is_on:
                return change
        return None

    def _ends(self, moment: datetime) -> list[datetime]:
        """Each moment at which a span begins or ends, from yesterday to the same day next week."""
        ends = []
        for back in range(-1, 9):
            day = moment.date() + timedelta(days=back)
            midnight = datetime.combine(day, time(), moment.tzinfo)
            for span in self.spans[day.weekday()]:
                ends += [midnight + timedelta(minutes=minutes) for minutes in span]
        return ends


def parse_screen_hours(text: str) -> ScreenHours:
    """The hours that a text names; days that it does not name are off, all day.

    Raises:
        ScreenHoursRefused: it is not written as hours.
    """
    spans: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for part in text.lower().split(","):
        found = PART.fullmatch(part.strip())
        if found is None:
            raise ScreenHoursRefused(f"'{part.strip()}' is not understood; {LIKE}")
        on, off = (_minutes(found[name]) for name in ("on", "off"))
        if on % MINUTES_A_DAY == off % MINUTES_A_DAY and off <= on:  # 00:00-24:00 is a day
            raise ScreenHoursRefused(f"'{part.strip()}' ends when it begins; {LIKE}")
        for day in _days(found["first"], found["last"]):
            spans[day].append((on, off if off > on else off + MINUTES_A_DAY))
    return ScreenHours(text.strip(), tuple(map(tuple, spans)))


def _days(first: str | None, last: str | None) -> list[int]:
    """Every day where none is named; from Saturday to Monday goes over Sunday."""
    if first is None:
        return list(range(len(DAYS)))
    begin = _day(first)
    count = 1 if last is None else (_day(last) - begin) % 7 + 1
    return [(begin + step) % 7 for step in range(count)]


def _day(name: str) -> int:
    found = [number for number, day in enumerate(DAYS) if day.startswith(name)]
    if not found:
        raise ScreenHoursRefused(f"'{name}' is not a day; {LIKE}")
    return found[0]


def _minutes(text: str) -> int:
    hour, minute = map(int, text.split(":"))
    if minute > 59 or 60 * hour + minute > MINUTES_A_DAY:
        raise ScreenHoursRefused(f"'{text}' is not a time of day; {LIKE}")
    return 60 * hour + minute
