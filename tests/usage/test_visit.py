"""What a visit adds to the counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.usage.visit import (
    MAX_PENDING,
    MAX_SUBJECT_LENGTH,
    MAX_SUBJECTS,
    OTHERS,
    STEPS,
    WHOLE_DAY,
    Amount,
    Key,
    Tally,
    Visit,
    cleaned,
)

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 11, 28, 12, 30, tzinfo=CHICAGO)
DAY = NOON.date()
FIELDS = ("email", "name", "postal_code", "consent", "storing")


def counted(tally: Tally, measure: str) -> dict[str, int]:
    """How many visits, by subject."""
    return {k.subject: a.visits for k, a in tally.amounts.items() if k.measure == measure}


def the_visit(tally: Tally) -> tuple[date, int, int]:
    """The day, the hour and the length of the only visit."""
    ((key, amount),) = ((k, a) for k, a in tally.amounts.items() if k.measure == "visit")
    assert amount.visits == 1
    return key.day, key.hour, amount.seconds


def test_a_visit_that_opens_nothing_counts_as_a_visit_alone() -> None:
    tally = Visit(100.0).tally(180.0, 100.0, NOON)

    assert tally.amounts == {Key(DAY, 12, "visit", ""): Amount(1, 0)}


def test_time_in_a_place_ends_with_the_last_touch_and_not_with_the_idle_reset() -> None:
    visit = Visit(100.0)
    visit.open_place("cars", "Cars", 110.0)
    visit.leave_place(141.6)

    tally = visit.tally(221.6, 141.6, NOON)

    assert tally.amounts[Key(DAY, WHOLE_DAY, "place", "cars")] == Amount(1, 32)
    assert the_visit(tally) == (DAY, 12, 42)
    assert tally.names == {"cars": "Cars"}


def test_a_place_that_is_opened_again_counts_once_with_the_time_of_both() -> None:
    visit = Visit(0.0)
    visit.open_place("cars", "Cars", 0.0)
    visit.leave_place(10.0)
    visit.open_place("offers", "Offers", 10.0)
    visit.leave_place(13.0)
    visit.open_place("cars", "Cars", 13.0)
    visit.leave_place(18.0)

    tally = visit.tally(100.0, 18.0, NOON)

    assert tally.amounts[Key(DAY, WHOLE_DAY, "place", "cars")] == Amount(1, 15)
    assert tally.amounts[Key(DAY, WHOLE_DAY, "place", "offers")] == Amount(1, 3)


def test_only_visits_have_an_hour() -> None:
    """Else what the only visitor of an hour did could be told from its signup."""
    visit = Visit(0.0)
    visit.open_place("cars", "Cars", 0.0)
    for measure in ("entry", "code", "language"):
        visit.see(measure, "cars/A car")
    visit.leave_form("name")

    tally = visit.tally(90.0, 10.0, NOON)

    assert {key.measure for key in tally.amounts if key.hour != WHOLE_DAY} == {"visit"}


@pytest.mark.parametrize("field", FIELDS)
def test_a_form_is_given_up_at_a_field(field: str) -> None:
    visit = Visit(0.0)
    visit.open_place("news", "News", 0.0)
    visit.see("step", "form")
    visit.leave_form(field)

    tally = visit.tally(90.0, 10.0, NOON)

    assert counted(tally, "given up") == {field: 1}
    assert counted(tally, "step") == {"opened": 1, "form": 1, "typed": 1}


def test_whoever_typed_nothing_has_given_up_nothing() -> None:
    visit = Visit(0.0)
    visit.see("step", "form")
    visit.leave_form("untouched")

    tally = visit.tally(90.0, 10.0, NOON)

    assert counted(tally, "given up") == {}
    assert counted(tally, "step") == {"form": 1}


def test_whoever_signs_up_at_the_second_try_has_not_given_up() -> None:
    visit = Visit(0.0)
    visit.leave_form("email")
    visit.leave_form("sent")
    visit.leave_form("name")

    tally = visit.tally(90.0, 10.0, NOON)

    assert counted(tally, "given up") == {}
    assert counted(tally, "step") == {"typed": 1, "signed up": 1}


def test_a_visit_counts_for_the_day_on_which_it_began() -> None:
    just_after_midnight = datetime(2026, 11, 29, 0, 0, 30, tzinfo=CHICAGO)
    visit = Visit(1000.0)

    assert the_visit(visit.tally(1120.0, 1040.0, just_after_midnight)) == (DAY, 23, 40)


def test_when_summer_time_ends_the_hour_is_the_one_that_the_clock_showed() -> None:
    """At 2:00 clocks went back to 1:00: ninety minutes before 1:20 it was 0:50."""
    after = datetime(2026, 11, 1, 1, 20, tzinfo=CHICAGO, fold=1)

    assert the_visit(Visit(0.0).tally(90 * 60.0, 1.0, after)) == (date(2026, 11, 1), 0, 1)


def test_when_summer_time_begins_the_hour_that_is_skipped_has_no_visits() -> None:
    after = datetime(2026, 3, 8, 3, 10, tzinfo=CHICAGO)

    assert the_visit(Visit(0.0).tally(20 * 60.0, 1.0, after)) == (date(2026, 3, 8), 1, 1)


def test_a_clock_that_was_set_during_the_visit_does_not_change_how_long_it_was() -> None:
    """Lengths are of the steady clock, the date is what the clock says in the end."""
    corrected = datetime(2026, 11, 28, 15, 0, 50, tzinfo=UTC)

    assert the_visit(Visit(10.0).tally(100.0, 30.0, corrected)) == (DAY, 14, 20)


ACTIONS = st.one_of(
    st.tuples(st.just("open"), st.sampled_from(["cars", "news", "team"])),
    st.tuples(st.just("leave form"), st.sampled_from(["untouched", "sent", *FIELDS])),
)


@given(st.lists(st.lists(ACTIONS, max_size=8), min_size=1, max_size=12))
def test_the_funnel_never_grows_along_its_steps(visits: list[list[tuple[str, str]]]) -> None:
    """As the recorder drives it: a form is opened before it is left, in a place."""
    total = Tally()
    for actions in visits:
        visit, is_on_form = Visit(0.0), False
        for action, argument in actions:
            if action == "open":
                visit.open_place(argument, argument, 1.0)
                is_on_form = argument == "news"
                if is_on_form:
                    visit.see("step", "form")
            elif is_on_form:
                visit.leave_form(argument)
                visit.leave_place(2.0)
                is_on_form = False
        total.add_all(visit.tally(60.0, 2.0, NOON))

    steps = counted(total, "step")
    numbers = [counted(total, "visit")[""], *(steps.get(step, 0) for step in STEPS)]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == len(visits)
    assert numbers[-2] - numbers[-1] == sum(counted(total, "given up").values())


def test_a_tally_of_tallies_is_their_sum_and_takes_the_newest_names() -> None:
    tallies = []
    for name in ("Cars", "Our cars"):
        visit = Visit(0.0)
        visit.open_place("cars", name, 0.0)
        visit.leave_place(7.0)
        tallies.append(visit.tally(60.0, 7.0, NOON))
    older, newer = tallies

    newer.add_all(older)

    assert newer.amounts[Key(DAY, WHOLE_DAY, "place", "cars")] == Amount(2, 14)
    assert newer.names == {"cars": "Our cars"}


def test_what_waits_for_a_disk_is_bounded_and_what_is_known_goes_on() -> None:
    tally = Tally()
    for number in range(MAX_PENDING + 10):
        tally.add(Key(DAY, WHOLE_DAY, "entry", str(number)), Amount(1))
    tally.add(Key(DAY, WHOLE_DAY, "entry", "0"), Amount(1))

    assert len(tally.amounts) == MAX_PENDING
    assert tally.amounts[Key(DAY, WHOLE_DAY, "entry", "0")] == Amount(2)


def test_the_subjects_of_a_visit_are_bounded() -> None:
    visit = Visit(0.0)
    for number in range(MAX_SUBJECTS + 10):
        visit.see("entry", f"cars/{number}")

    subjects = counted(visit.tally(60.0, 1.0, NOON), "entry")

    assert len(subjects) == MAX_SUBJECTS + 1
    assert OTHERS in subjects


@given(st.text())
def test_a_subject_is_a_line_of_bounded_length(text: str) -> None:
    subject = cleaned(text)

    assert len(subject) <= MAX_SUBJECT_LENGTH
    assert subject.isprintable()
    assert cleaned(subject) == subject
