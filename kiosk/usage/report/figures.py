"""The figures of a report, from the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from kiosk.usage.store import Counts
from kiosk.usage.visit import OTHERS, STEPS, Measure, Step

STEP_NAMES: Mapping[Step, str] = {
    "opened": "opened something",
    "form": "opened the form",
    "typed": "began to type",
    "signed up": "signed up",
}
FIELD_NAMES = {
    "email": "Email address",
    "name": "Name",
    "postal_code": "Postal code",
    "consent": "Consent",
    "storing": "While it was being stored",
}
ALL_OTHERS = "All others"
DAYS_ONE_BY_ONE, DAYS_BY_WEEK = 62, 400
"""Up to so many days are shown one by one, then by week, then by month."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class PlaceUse:
    """In how many visits a place was opened, and the time spent there."""

    name: str
    visits: int
    seconds: int


@dataclass(frozen=True, slots=True)
class EntryUse:
    """In how many visits an entry was opened, and its code shown."""

    title: str
    place: str
    visits: int
    codes: int


@dataclass(frozen=True, slots=True)
class Weeks:
    """Visits of each day of this week, from Monday to now, and of the whole week before."""

    this_week: tuple[int, ...]
    last_week: tuple[int, ...]
    last_week_until_now: int
    """Those until the same hour of the same weekday."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Visits of days, weeks or months, by their first days; weeks begin on Mondays."""

    unit: Literal["day", "week", "month"]
    visits: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a report shows. Lists begin with the largest."""

    first: date
    last: date
    visits: int
    seconds: int
    by_day: Mapping[date, int]
    """Every day from the first to the last."""
    by_hour: Mapping[tuple[int, int], int]
    """By weekday, from 0 for Monday, and hour; where there are any."""
    steps: Mapping[Step, int]
    given_up: tuple[tuple[str, int], ...]
    places: tuple[PlaceUse, ...]
    entries: tuple[EntryUse, ...]
    languages: tuple[tuple[str, int], ...]
    weeks: Weeks

    @property
    def signups(self) -> int:
        """Visits that led to one."""
        return self.steps["signed up"]

    @property
    def spans(self) -> Spans:
        """As many as can be told apart in a picture."""
        days = len(self.by_day)
        if days <= DAYS_ONE_BY_ONE:
            return Spans("day", self.by_day)
        is_weekly = days <= DAYS_BY_WEEK
        visits: Counter[date] = Counter()
        for day, number in self.by_day.items():
            monday = day - timedelta(days=day.weekday())
            visits[monday if is_weekly else day.replace(day=1)] += number
        return Spans("week" if is_weekly else "month", visits)

    @property
    def funnel(self) -> tuple[tuple[str, int], ...]:
        """From the waking touch to the signup: how many visits came so far."""
        return (
            ("woke the screen", self.visits),
            *((STEP_NAMES[step], self.steps[step]) for step in STEPS),
        )


def figures_of(counts: Counts, now: datetime, since: date | None = None) -> Figures:
    """The figures of all days, or of those since one; the last is today.

    They never begin before the first visit: what was not counted is not nothing.
    """
    days = [key.day for key in counts.amounts]
    last = max([now.date(), *days])
    first = max(min([last, *days]), min(since or date.min, last))
    amounts = {key: amount for key, amount in counts.amounts.items() if key.day >= first}
    by_day: Counter[date] = Counter()
    by_hour: Counter[tuple[int, int]] = Counter()
    visits: Counter[tuple[Measure, str]] = Counter()
    seconds: Counter[tuple[Measure, str]] = Counter()
    for key, amount in amounts.items():
        visits[key.measure, key.subject] += amount.visits
        seconds[key.measure, key.subject] += amount.seconds
        if key.measure == "visit":
            by_day[key.day] += amount.visits
            by_hour[key.day.weekday(), key.hour] += amount.visits
    of = {
        measure: {subject: n for (m, subject), n in visits.items() if m == measure}
        for measure in ("step", "given up", "place", "entry", "code", "language")
    }
    places = [
        PlaceUse(_place_name(id_, counts), n, seconds["place", id_])
        for id_, n in of["place"].items()
    ]
    return Figures(
        first=first,
        last=last,
        visits=visits["visit", ""],
        seconds=seconds["visit", ""],
        by_day={day: by_day[day] for day in _days(first, last)},
        by_hour=by_hour,
        steps={step: of["step"].get(step, 0) for step in STEPS},
        given_up=_largest_first({FIELD_NAMES.get(f, f): n for f, n in of["given up"].items()}),
        places=tuple(sorted(places, key=lambda p: (-p.seconds, -p.visits, p.name))),
        entries=_entries(of["entry"], of["code"], counts),
        languages=_largest_first({_language_name(c): n for c, n in of["language"].items()}),
        weeks=_weeks(counts, now),
    )


def _entries(
    opened: Mapping[str, int], codes: Mapping[str, int], counts: Counts
) -> tuple[EntryUse, ...]:
    subjects = dict.fromkeys([*opened, *codes])
    found = []
    for subject in subjects:
        place, _, title = subject.partition("/")
        name = _place_name(place, counts)
        found.append(EntryUse(title or name, name, opened.get(subject, 0), codes.get(subject, 0)))
    return tuple(sorted(found, key=lambda e: (-e.visits, -e.codes, e.title)))


def _place_name(place_id: str, counts: Counts) -> str:
    """The name that it had last; its id where that is not known."""
    return ALL_OTHERS if place_id == OTHERS else counts.names.get(place_id) or place_id


def _language_name(code: str) -> str:
    """In English; the code itself where it is none that is known."""
    from babel import Locale, UnknownLocaleError

    language, _, country = code.partition("-")
    for name, place in ((code, ""), (language, f" ({country})")):
        with suppress(ValueError, UnknownLocaleError):
            if english := Locale.parse(name, sep="-").english_name:
                return f"{english}{place}"
    return code


def _largest_first(numbers: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))


def _weeks(counts: Counts, now: datetime) -> Weeks:
    """Of all counts, however short the report's time is."""
    monday = now.date() - timedelta(days=now.weekday())
    by_hour: Counter[tuple[date, int]] = Counter()
    for key, amount in counts.amounts.items():
        if key.measure == "visit":
            by_hour[key.day, key.hour] += amount.visits

    def on(day: date, before: int = 24) -> int:
        return sum(by_hour[day, hour] for hour in range(before))

    before = monday - timedelta(days=WEEK)
    last_week = tuple(on(before + timedelta(days=n)) for n in range(WEEK))
    today = now.weekday()
    until_now = sum(last_week[:today]) + on(before + timedelta(days=today), now.hour + 1)
    this_week = tuple(on(monday + timedelta(days=n)) for n in range(today + 1))
    return Weeks(this_week, last_week, until_now)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
