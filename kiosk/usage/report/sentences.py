"""What the figures say, in a sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from kiosk.usage.report.figures import Figures

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FEWEST_VISITS = 20
"""Fewer say nothing about when or how people come."""
FEWEST_GIVEN_UP = 5
FEWEST_DAYS = 14
"""Each weekday has come twice."""


def counted(number: int, noun: str) -> str:
    """`1 visit`, `1,204 visits`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day_text(day: date) -> str:
    """`Nov 28, 2026`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def period_text(first: date, last: date) -> str:
    """`Sep 29 to Nov 28, 2026`."""
    if first == last:
        return day_text(first)
    begins = day_text(first)
    if first.year == last.year:
        begins = begins.rpartition(",")[0]
    return f"{begins} to {day_text(last)}"


def hour_text(hour: int) -> str:
    """`11 AM`; midnight and noon are 12."""
    return f"{hour % 12 or 12} {'AM' if hour % 24 < 12 else 'PM'}"


def hours_text(hour: int, count: int) -> str:
    """`11 AM and 1 PM`: some hours from one on."""
    return f"{hour_text(hour)} and {hour_text(hour + count)}"


def length_text(seconds: float) -> str:
    """`45 s`, `12 min`, `3 h 5 min`."""
    if seconds < 60:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes} min" if minutes else f"{hours:,} h"


def share_text(part: int, whole: int) -> str:
    """`34%`; what is less than one in a hundred is not 0%."""
    if not whole or not part:
        return "0%"
    percent = 100 * part / whole
    return "<1%" if percent < 1 else f"{min(round(percent), 99 if part < whole else 100)}%"


def about_visits(figures: Figures) -> str:
    days = len(figures.by_day)
    if not figures.visits:
        return "Nobody has touched the screen yet."
    if days == 1:
        return f"{counted(figures.visits, 'visit')} on {day_text(figures.first)}."
    spans = figures.spans
    peak = max(spans.visits, key=lambda day: spans.visits[day])
    match spans.unit:
        case "day":
            name = f"{DAY_NAMES[peak.weekday()]}, {day_text(peak)}"
        case "week":
            name = f"that of {day_text(peak)}"
        case "month":
            name = f"{MONTHS[peak.month - 1]} {peak.year}"
    most = f"the busiest {spans.unit} was {name}, with {spans.visits[peak]:,}"
    if figures.visits < days:
        return f"{counted(figures.visits, 'visit')} in {days:,} days; {most}."
    return f"{counted(round(figures.visits / days), 'visit')} a day; {most}."


def about_hours(figures: Figures) -> str:
    if figures.visits < FEWEST_VISITS:
        return "Too few visits yet to tell the busiest hours."
    if len(figures.by_day) < FEWEST_DAYS:
        by_hour: Counter[int] = Counter()
        for (_, hour), number in figures.by_hour.items():
            by_hour[hour] += number
        hour = _busiest_window(by_hour)
        return f"Most visits so far were between {hours_text(hour, 2)}."
    weekdays = Counter(day.weekday() for day in figures.by_day)
    averages = {
        (weekday, hour): number / weekdays[weekday]
        for (weekday, hour), number in figures.by_hour.items()
    }
    of_day = {
        weekday: {hour: n for (w, hour), n in averages.items() if w == weekday}
        for weekday in {w for w, _ in averages}
    }
    weekday, hour = max(
        ((weekday, _busiest_window(hours)) for weekday, hours in of_day.items()),
        key=lambda found: _in_window(of_day[found[0]], found[1]),
    )
    return f"{DAY_NAMES[weekday]}s between {hours_text(hour, 2)} are busiest."


def _busiest_window(by_hour: Mapping[int, float]) -> int:
    """The first of two hours; late in the evening, the window ends at midnight."""
    return max(range(23), key=lambda hour: _in_window(by_hour, hour))


def _in_window(by_hour: Mapping[int, float], hour: int) -> float:
    """The busier hour settles it where a window shares its only visits with its neighbor."""
    both = by_hour.get(hour, 0), by_hour.get(hour + 1, 0)
    return sum(both) + both[0] / 1000


def about_funnel(figures: Figures) -> str:
    visits, signups = figures.visits, figures.signups
    if not visits:
        return "Nobody has touched the screen yet."
    if not signups:
        return f"None of {counted(visits, 'visit')} has led to a signup yet."
    if signups == visits:
        return "Every visit led to a signup."
    if visits < FEWEST_VISITS or 2 * signups > visits:
        return f"{signups:,} of {counted(visits, 'visit')} led to a signup."
    return f"One visit in {round(visits / signups):,} leads to a signup."


def about_giving_up(figures: Figures) -> str:
    total = sum(number for _, number in figures.given_up)
    if not total:
        return "Whoever began to type signed up."
    field, most = figures.given_up[0]
    if total < FEWEST_GIVEN_UP or (figures.given_up[1:2] and figures.given_up[1][1] == most):
        return f"The form was begun and given up in {counted(total, 'visit')}."
    at = field[0].lower() + field[1:]
    if at.startswith("while"):
        return f"The form is most often left {at} ({most:,} of {total:,})."
    return f"The form is most often given up at the {at} ({most:,} of {total:,})."


def about_places(figures: Figures) -> str:
    if not figures.places:
        return "No visitor has opened a place yet."
    top = figures.places[0]
    each = length_text(top.seconds / top.visits)
    return f"Most time is spent in {top.name}: {length_text(top.seconds)}, {each} a visit."


def about_entries(figures: Figures) -> str:
    top = next(iter(figures.entries), None)
    if top is None or not top.visits:
        return "No visitor has opened an entry yet."
    return f"{top.title} is opened most, in {counted(top.visits, 'visit')}."


def about_languages(figures: Figures) -> str:
    name, number = figures.languages[0] if figures.languages else ("No language", 0)
    return f"{name} was on the screen in {share_text(number, figures.visits)} of visits."


def about_weeks(figures: Figures) -> str:
    weeks = figures.weeks
    this, last = sum(weeks.this_week), weeks.last_week_until_now
    if not this:
        return f"No visits yet this week; {last:,} by this time last week."
    text = f"This week so far: {counted(this, 'visit')}"
    if not sum(weeks.last_week):
        return f"{text}."
    if this == last:
        return f"{text}, as many as by this time last week."
    more = "more" if this > last else "fewer"
    return f"{text}, {abs(this - last):,} {more} than by this time last week."
