"""Counts to report on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.usage.store import Counts, store_counts
from kiosk.usage.visit import MAX_PENDING, WHOLE_DAY, Amount, Key, Measure, Tally

NOW = datetime(2026, 11, 27, 16, 20, tzinfo=ZoneInfo("America/Chicago"))
"""A Friday."""
TODAY = NOW.date()


def tally_of(rows: list[tuple[date, int, Measure, str, int, int]], **names: str) -> Tally:
    tally = Tally()
    for day, hour, measure, subject, visits, seconds in rows:
        tally.add(Key(day, hour, measure, subject), Amount(visits, seconds))
    tally.names = names
    return tally


def counts_of(rows: list[tuple[date, int, Measure, str, int, int]], **names: str) -> Counts:
    amounts = {
        Key(day, hour, measure, subject): Amount(visits, seconds)
        for day, hour, measure, subject, visits, seconds in rows
    }
    assert len(amounts) == len(rows)
    return Counts(amounts, names)


def visits_on(day: date, number: int, hour: int = 12) -> tuple[date, int, Measure, str, int, int]:
    return (day, hour, "visit", "", number, 30 * number)


def usual_rows(days: int = 28) -> list[tuple[date, int, Measure, str, int, int]]:
    """Four weeks with most visitors on Saturdays around noon."""
    rows: list[tuple[date, int, Measure, str, int, int]] = []
    for back in range(days):
        day = TODAY - timedelta(days=back)
        for hour in range(9, 16):
            is_busy = day.weekday() == 5 and hour in {11, 12}
            rows.append(visits_on(day, 9 if is_busy else 1, hour))
        rows += [
            (day, WHOLE_DAY, "step", "opened", 6, 0),
            (day, WHOLE_DAY, "step", "form", 3, 0),
            (day, WHOLE_DAY, "step", "typed", 2, 0),
            (day, WHOLE_DAY, "step", "signed up", 1 if back % 7 == 0 else 0, 0),
            (day, WHOLE_DAY, "place", "cars", 5, 200),
            (day, WHOLE_DAY, "place", "news", 3, 60),
            (day, WHOLE_DAY, "entry", "cars/Cooper", 4, 0),
            (day, WHOLE_DAY, "code", "cars/Cooper", 2, 0),
            (day, WHOLE_DAY, "given up", "email", 1, 0),
            (day, WHOLE_DAY, "language", "en", 7, 0),
        ]
    return [row for row in rows if row[4]]


def store_usual(folder: Path, days: int = 28) -> None:
    """The usual counts in a data folder."""
    rows = usual_rows(days)
    for start in range(0, len(rows), MAX_PENDING):
        part = rows[start : start + MAX_PENDING]
        store_counts(folder, tally_of(part, cars="Cars", news="Stay updated"), date.min, NOW)
