"""Something that takes place, as an entry a phone's calendar can import (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

FOLD_AT = 75
"""Octets a content line may have (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day or days, or from one time of day to another where both are times.

    Times are those on the clocks of the place where it is; a phone takes them as its own. `ends` is
    the last day, or the time at which it is over, None for a time that is not known. `known_by` is
    what makes it the same entry when it is scanned again, `address` a page on the web about it.
    """

    title: str
    where: str
    starts: date
    ends: date | None
    known_by: str
    address: str = ""

    def text(self, created_on: date) -> str:
        """The iCalendar text; `created_on` is the day it was made (DTSTAMP, at midnight UTC)."""
        uid = sha256(self.known_by.encode()).hexdigest()[:16]
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Showroom Kiosk//EN",
            "BEGIN:VEVENT",
            f"UID:{uid}@showroom-kiosk",
            f"DTSTAMP:{_day(created_on)}T000000Z",
            *self._when(),
            f"SUMMARY:{_escape(self.title)}",
            *([f"LOCATION:{_escape(self.where)}"] if self.where else []),
            *([f"URL:{self.address}"] if self.address else []),
            "END:VEVENT",
            "END:VCALENDAR",
        ]
        return "".join(_fold(line) + "\r\n" for line in lines)

    def _when(self) -> tuple[str, ...]:
        if isinstance(self.starts, datetime):
            over = [f"DTEND:{_time(self.ends)}"] if isinstance(self.ends, datetime) else []
            return f"DTSTART:{_time(self.starts)}", *over
        first, last = self.starts, self.ends or self.starts
        # DTEND is exclusive (3.6.1).
        return (
            f"DTSTART;VALUE=DATE:{_day(first)}",
            f"DTEND;VALUE=DATE:{_day(last + timedelta(days=1))}",
        )


def _time(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _escape(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _fold(line: str) -> str:
    """Break after at most 75 octets, never inside a letter."""
    parts, width = [""], 0
    for character in line:
        octets = len(character.encode())
        if width + octets > FOLD_AT:
            parts.append("")
            width = 1  # the space that opens a folded line
        parts[-1] += character
        width += octets
    return "\r\n ".join(parts)
