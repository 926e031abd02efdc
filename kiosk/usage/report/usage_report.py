"""What `kiosk report` and the staff area show: plain texts and numbers, and pictures as SVG."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kiosk.usage.report import sentences
from kiosk.usage.report.charts import PAPER, Charts, Look
from kiosk.usage.report.figures import Figures, figures_of
from kiosk.usage.report.sentences import DAY_NAMES, hour_text, length_text, share_text
from kiosk.usage.store import read_counts

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a picture, as they are read."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, what it shows in a few words, and what it says in a sentence.

    `is_wide` is one that takes two columns.
    """

    name: str
    title: str
    sentence: str
    svg: str
    table: Table
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class UsageReport:
    """`highlights` are the few figures that matter most, each with what it counts."""

    period: str
    highlights: tuple[tuple[str, str], ...]
    pictures: tuple[Picture, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not self.pictures


def usage_report(
    folder: Path,
    now: datetime,
    since: date | None = None,
    look: Look = PAPER,
    *,
    is_one_column: bool = False,
) -> UsageReport:
    """The report of a data folder's kiosk, with its pictures; takes about two seconds.

    `now` is the showroom's time; `look` the colors; `is_one_column` leaves no picture
    wide. Not for the drawing thread, nor for a process that must stay small: the charting library
    takes 50 MB.

    Raises:
        UsageUnavailable, UsageDamaged: the counts cannot be read.
    """
    figures = figures_of(read_counts(folder), now, since)
    charts = Charts(figures, look, is_one_column=is_one_column)
    pictures = _pictures(figures, charts, is_one_column=is_one_column) if figures.visits else ()
    return UsageReport(
        sentences.period_text(figures.first, figures.last), highlights_of(figures), pictures
    )


def highlights_of(figures: Figures) -> tuple[tuple[str, str], ...]:
    """How many came, how long they stayed, how many signed up."""
    visits = figures.visits
    each = length_text(figures.seconds / visits) if visits else "-"
    return (
        (f"{visits:,}", "visit" if visits == 1 else "visits"),
        (each, "a visit, on average"),
        (share_text(figures.steps["opened"], visits), "opened something"),
        (
            f"{figures.signups:,}",
            "visit led to a signup" if figures.signups == 1 else "led to a signup",
        ),
    )


def _pictures(figures: Figures, charts: Charts, *, is_one_column: bool) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            *(part.name, part.title.format(unit=figures.spans.unit)),
            *(part.sentence(figures), part.draw(charts)),
            *(part.table(figures), part.is_wide and not is_one_column),
        )
        for part in _PARTS
        if part.table(figures).rows
    )


def days_table(figures: Figures) -> Table:
    """Days, weeks or months, as the picture has them."""
    spans = figures.spans
    heading = "day" if spans.unit == "day" else f"{spans.unit} from"
    rows = [(day.isoformat(), f"{number:,}") for day, number in spans.visits.items()]
    return Table((heading, "visits"), tuple(rows))


def hours_table(figures: Figures) -> Table:
    """A row for each hour, a column for each weekday."""
    hours = sorted({hour for _, hour in figures.by_hour})
    rows = [
        (
            hour_text(hour),
            *(f"{figures.by_hour.get((day, hour), 0):,}" for day in range(len(DAY_NAMES))),
        )
        for hour in hours
    ]
    return Table(("hour", *(name[:3] for name in DAY_NAMES)), tuple(rows))


def weeks_table(figures: Figures) -> Table:
    weeks = figures.weeks
    this = [f"{number:,}" for number in weeks.this_week]
    this += [""] * (len(DAY_NAMES) - len(this))
    last = [f"{number:,}" for number in weeks.last_week]
    return Table(
        ("weekday", "last week", "this week"), tuple(zip(DAY_NAMES, last, this, strict=True))
    )


def funnel_table(figures: Figures) -> Table:
    rows = [(name, f"{n:,}", share_text(n, figures.visits)) for name, n in figures.funnel]
    return Table(("step", "visits", "of all"), tuple(rows))


def giving_up_table(figures: Figures) -> Table:
    return Table(("given up at", "visits"), tuple((name, f"{n:,}") for name, n in figures.given_up))


def places_table(figures: Figures) -> Table:
    rows = [
        (
            place.name,
            f"{place.visits:,}",
            share_text(place.visits, figures.visits),
            length_text(place.seconds),
            length_text(place.seconds / place.visits),
        )
        for place in figures.places
    ]
    return Table(("place", "visits", "of all", "time", "a visit"), tuple(rows))


def entries_table(figures: Figures) -> Table:
    rows = [
        (entry.title, entry.place, f"{entry.visits:,}", f"{entry.codes:,}")
        for entry in figures.entries[:MOST_LISTED]
    ]
    return Table(("entry", "place", "visits", "code shown"), tuple(rows))


def languages_table(figures: Figures) -> Table:
    """Of a single language there is nothing to tell."""
    if len(figures.languages) < 2:
        return Table((), ())
    return Table(("language", "visits"), tuple((name, f"{n:,}") for name, n in figures.languages))


@dataclass(frozen=True, slots=True)
class _Part:
    """How a picture is made; one without numbers is left out.

    `{unit}` in the title is a day, a week or a month.
    """

    name: str
    title: str
    sentence: Callable[[Figures], str]
    draw: Callable[[Charts], str]
    table: Callable[[Figures], Table]
    is_wide: bool = False


_PARTS = (
    _Part("weeks", "This week beside last", sentences.about_weeks, Charts.weeks, weeks_table),
    _Part("hours", "By hour", sentences.about_hours, Charts.hours, hours_table),
    _Part("days", "By {unit}", sentences.about_visits, Charts.days, days_table, is_wide=True),
    _Part("funnel", "From touch to signup", sentences.about_funnel, Charts.funnel, funnel_table),
    _Part(
        *("given-up", "Where the form is given up", sentences.about_giving_up),
        *(Charts.given_up, giving_up_table),
    ),
    _Part("places", "Places by time", sentences.about_places, Charts.places, places_table),
    _Part("entries", "What is opened", sentences.about_entries, Charts.entries, entries_table),
    _Part(
        *("languages", "By language", sentences.about_languages),
        *(Charts.languages, languages_table),
    ),
)
"""The pictures in their order."""
