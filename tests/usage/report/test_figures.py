"""What the counts add up to, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kiosk.usage.report import sentences
from kiosk.usage.report.figures import ALL_OTHERS, EntryUse, Figures, PlaceUse, figures_of
from kiosk.usage.report.sentences import hour_text, length_text, period_text, share_text
from kiosk.usage.store import Counts
from kiosk.usage.visit import WHOLE_DAY
from tests.usage.report.counted import NOW, TODAY, counts_of, usual_rows, visits_on

MONDAY = TODAY - timedelta(days=TODAY.weekday())
Sentence = Callable[[Figures], str]


@pytest.fixture
def usual() -> Figures:
    return figures_of(counts_of(usual_rows(), cars="Cars", news="Stay updated"), NOW)


def test_days_without_visits_are_days_too() -> None:
    figures = figures_of(counts_of([visits_on(TODAY - timedelta(days=2), 4)]), NOW)

    assert list(figures.by_day.values()) == [4, 0, 0]


def test_figures_begin_with_the_first_visit_or_with_the_day_that_is_asked_for() -> None:
    counts = counts_of(usual_rows(28))

    assert figures_of(counts, NOW).first == TODAY - timedelta(days=27)
    assert figures_of(counts, NOW, date(1900, 1, 1)).first == TODAY - timedelta(days=27)
    assert len(figures_of(counts, NOW, TODAY - timedelta(days=2)).by_day) == 3


def test_this_week_is_beside_last_however_short_the_report_is() -> None:
    figures = figures_of(counts_of(usual_rows(28)), NOW, TODAY)

    assert figures.weeks.this_week == (7, 7, 7, 7, 7)
    assert figures.weeks.last_week == (7, 7, 7, 7, 7, 23, 7)


def test_last_week_is_compared_up_to_the_same_hour() -> None:
    friday = TODAY - timedelta(days=7)
    counts = counts_of([visits_on(friday, 2, 16), visits_on(friday, 5, 17), visits_on(MONDAY, 3)])

    figures = figures_of(counts, NOW)

    assert figures.weeks.last_week_until_now == 2
    assert sentences.about_weeks(figures) == (
        "This week so far: 3 visits, 1 more than by this time last week."
    )


def test_the_funnel_is_in_its_order(usual: Figures) -> None:
    assert usual.funnel == (
        ("woke the screen", 28 * 7 + 4 * 16),
        ("opened something", 168),
        ("opened the form", 84),
        ("began to type", 56),
        ("signed up", 4),
    )


def test_places_are_ordered_by_time_and_have_the_name_of_now() -> None:
    rows = [
        (TODAY, WHOLE_DAY, "place", "cars", 5, 100),
        (TODAY, WHOLE_DAY, "place", "team", 1, 400),
        (TODAY, WHOLE_DAY, "place", "gone", 1, 0),
        (TODAY, WHOLE_DAY, "place", "", 1, 0),
    ]
    figures = figures_of(counts_of(rows, cars="Our cars", team="Crew"), NOW)

    assert figures.places == (
        PlaceUse("Crew", 1, 400),
        PlaceUse("Our cars", 5, 100),
        PlaceUse(ALL_OTHERS, 1, 0),
        PlaceUse("gone", 1, 0),
    )


def test_entries_have_their_codes_beside_them() -> None:
    rows = [
        (TODAY, WHOLE_DAY, "entry", "cars/A/B", 5, 0),
        (TODAY, WHOLE_DAY, "code", "cars/A/B", 2, 0),
        (TODAY, WHOLE_DAY, "code", "dealers/", 3, 0),
    ]
    figures = figures_of(counts_of(rows, cars="Cars", dealers="Find us"), NOW)

    assert figures.entries == (
        EntryUse("A/B", "Cars", 5, 2),
        EntryUse("Find us", "Find us", 0, 3),
    )


@pytest.mark.parametrize(
    ("days", "unit", "count"),
    [(62, "day", 62), (63, "week", 10), (400, "week", 58), (760, "month", 26)],
)
def test_a_long_time_is_shown_by_week_or_month(days: int, unit: str, count: int) -> None:
    spans = figures_of(counts_of(usual_rows(days)), NOW).spans

    assert (spans.unit, len(spans.visits)) == (unit, count)
    assert sum(spans.visits.values()) == figures_of(counts_of(usual_rows(days)), NOW).visits


def test_a_day_in_the_future_is_shown_as_well() -> None:
    """A clock was wrong, and believed."""
    figures = figures_of(counts_of([visits_on(TODAY + timedelta(days=3), 1)]), NOW)

    assert (figures.first, figures.last) == (TODAY + timedelta(days=3),) * 2


# Sentences


def test_the_usual_weeks_are_described(usual: Figures) -> None:
    assert sentences.about_hours(usual) == "Saturdays between 11 AM and 1 PM are busiest."
    assert sentences.about_visits(usual) == (
        "9 visits a day; the busiest day was Saturday, Oct 31, 2026, with 23."
    )
    assert sentences.about_funnel(usual) == "One visit in 65 leads to a signup."
    assert sentences.about_giving_up(usual) == (
        "The form is most often given up at the email address (28 of 28)."
    )
    assert sentences.about_places(usual) == "Most time is spent in Cars: 1 h 33 min, 40 s a visit."
    assert sentences.about_entries(usual) == "Cooper is opened most, in 112 visits."
    assert sentences.about_weeks(usual) == (
        "This week so far: 35 visits, as many as by this time last week."
    )


@pytest.mark.parametrize(
    "sentence",
    [
        sentences.about_visits,
        sentences.about_hours,
        sentences.about_funnel,
        sentences.about_giving_up,
        sentences.about_places,
        sentences.about_entries,
        sentences.about_weeks,
        sentences.about_languages,
    ],
)
def test_there_is_a_sentence_for_no_visits_at_all(sentence: Sentence) -> None:
    summary = sentence(figures_of(Counts({}, {}), NOW))

    assert summary[0].isupper()
    assert summary.endswith(".")


def test_few_visits_are_not_made_more_of_than_they_are() -> None:
    figures = figures_of(counts_of([visits_on(TODAY, 4)]), NOW)

    assert sentences.about_hours(figures) == "Too few visits yet to tell the busiest hours."
    assert sentences.about_visits(figures) == "4 visits on Nov 27, 2026."
    assert sentences.about_funnel(figures) == "None of 4 visits has led to a signup yet."
    assert sentences.about_weeks(figures) == "This week so far: 4 visits."


def test_two_days_say_nothing_about_weekdays() -> None:
    rows = [visits_on(TODAY, 20, 14), visits_on(TODAY - timedelta(days=1), 20, 15)]

    summary = sentences.about_hours(figures_of(counts_of(rows), NOW))

    assert summary == "Most visits so far were between 2 PM and 4 PM."


def test_the_last_hour_of_a_day_is_the_end_of_a_window() -> None:
    summary = sentences.about_hours(figures_of(counts_of([visits_on(TODAY, 30, 23)]), NOW))

    assert summary == "Most visits so far were between 10 PM and 12 AM."


def test_rare_visits_are_not_rounded_to_none_a_day() -> None:
    rows = [visits_on(TODAY, 1), visits_on(TODAY - timedelta(days=9), 2)]

    assert sentences.about_visits(figures_of(counts_of(rows), NOW)).startswith(
        "3 visits in 10 days; the busiest day was Wednesday, Nov 18, 2026, with 2."
    )


def test_fields_that_are_given_up_as_often_are_not_told_apart() -> None:
    rows = [(TODAY, WHOLE_DAY, "given up", field, 3, 0) for field in ("email", "name")]

    summary = sentences.about_giving_up(figures_of(counts_of(rows), NOW))

    assert summary == "The form was begun and given up in 6 visits."


def test_languages_have_their_names() -> None:
    rows = [
        visits_on(TODAY, 30),
        (TODAY, WHOLE_DAY, "language", "fr-CA", 20, 0),
        (TODAY, WHOLE_DAY, "language", "en", 9, 0),
        (TODAY, WHOLE_DAY, "language", "??", 1, 0),
    ]
    figures = figures_of(counts_of(rows), NOW)

    assert figures.languages == (("French (Canada)", 20), ("English", 9), ("??", 1))
    assert sentences.about_languages(figures) == (
        "French (Canada) was on the screen in 67% of visits."
    )


def test_a_language_in_a_country_where_the_cldr_does_not_expect_it_is_no_obstacle() -> None:
    """The content may be in any language and name any country."""
    codes = ("de", "de-FR", "fr-DE", "xx", "xx-FR")
    rows = [(TODAY, WHOLE_DAY, "language", code, 9 - n, 0) for n, code in enumerate(codes)]

    figures = figures_of(counts_of([visits_on(TODAY, 30), *rows]), NOW)

    names = ("German", "German (FR)", "French (DE)", "xx", "xx-FR")
    assert figures.languages == tuple(zip(names, range(9, 4, -1), strict=True))


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "0%"),
        (0, 9, "0%"),
        (1, 1000, "<1%"),
        (999, 1000, "99%"),
        (9, 9, "100%"),
        (1, 3, "33%"),
    ],
)
def test_a_share_is_never_all_or_nothing_by_rounding(part: int, whole: int, text: str) -> None:
    assert share_text(part, whole) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "1 h"), (3660, "1 h 1 min"), (7200, "2 h")],
)
def test_lengths_are_short(seconds: int, text: str) -> None:
    assert length_text(seconds) == text


def test_hours_and_periods_are_written_as_people_do() -> None:
    assert [hour_text(hour) for hour in (0, 11, 12, 23, 24)] == [
        *("12 AM", "11 AM", "12 PM", "11 PM", "12 AM")
    ]
    assert period_text(date(2026, 9, 1), date(2026, 11, 2)) == "Sep 1 to Nov 2, 2026"
    assert period_text(date(2025, 9, 1), date(2026, 11, 2)) == "Sep 1, 2025 to Nov 2, 2026"
    assert period_text(TODAY, TODAY) == "Nov 27, 2026"
