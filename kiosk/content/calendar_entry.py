"""A race as a calendar entry a phone can import (RFC 5545)."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

from kiosk.content.model import Race

FOLD_AT = 75
"""Octets a content line may have (RFC 5545, 3.1)."""


def calendar_entry(race: Race, series: str, made_on: date) -> str:
    """The iCalendar text of a race weekend: all-day, first to last day.

    The UID depends on venue and first day alone, so scanning twice updates one entry.
    `made_on` is the day the entry was made (DTSTAMP, at midnight UTC).
    """
    uid = sha256(f"{race.venue}|{race.starts}".encode()).hexdigest()[:16]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Showroom Kiosk//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}@showroom-kiosk",
        f"DTSTAMP:{_day(made_on)}T000000Z",
        f"DTSTART;VALUE=DATE:{_day(race.starts)}",
        # DTEND is exclusive (3.6.1).
        f"DTEND;VALUE=DATE:{_day(race.ends + timedelta(days=1))}",
        f"SUMMARY:{_escape(f'{series}: {race.venue}' if series else race.venue)}",
        f"LOCATION:{_escape(f'{race.venue}, {race.city}, {race.region}')}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_fold(line) + "\r\n" for line in lines)


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
