"""What to do next, wherever a visitor is: on a page, at home, in a quiet week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.places.rows import StepRow
from kiosk.places.steps import step_of_the_day
from kiosk.showroom.screenplay import derive_screenplay

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.showroom.screenplay import Screenplay
    from tests.conftest import Contents

TODAY = date(2024, 5, 1)
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def weekend(days: int) -> tuple[date, date]:
    return TODAY + timedelta(days=days), TODAY + timedelta(days=days + 2)


def name_of(step: StepRow | None) -> str:
    return step.title if step else ""


@pytest.mark.parametrize(
    ("places", "is_clock_trusted", "first"),
    [
        (lambda c: [c.offers(c.offer(TODAY)), c.schedule(weekend(10))], True, "Track 1"),
        (lambda c: [c.schedule(weekend(-1)), c.offers(c.offer(TODAY))], True, "Track 1"),
        (lambda c: [c.schedule(weekend(30)), c.offers(c.offer(TODAY))], True, "Lease a Cooper"),
        (lambda c: [c.schedule(weekend(10)), c.features()], False, "A school"),
        (lambda c: [c.schedule(weekend(30)), c.features()], True, "A school"),
        (lambda c: [c.schedule(weekend(30)), c.signup()], True, "Track 1"),
        (lambda c: [c.schedule(weekend(-30)), c.timeline(), c.signup()], True, "The timeline"),
        (lambda c: [c.schedule(weekend(-30)), c.signup()], True, "The signup"),
        (lambda c: [c.schedule(weekend(-30))], True, ""),
    ],
    ids=[
        "a race soon",
        "a race now",
        "an offer before a race that is far",
        "no race by a clock that may be wrong",
        "something to do before a race that is far",
        "a race that is far before nothing",
        "stories",
        "the form",
        "nothing",
    ],
)
def test_home_invites_to_what_is_on(
    contents: Contents,
    places: Callable[[Contents], list[dict[str, object]]],
    is_clock_trusted: bool,
    first: str,
) -> None:
    loaded = contents.load(*places(contents))
    screenplay = derive_screenplay(loaded, NOON, is_clock_trusted=is_clock_trusted)

    assert name_of(step_of_the_day(screenplay.context)) == first
    assert [step.title for step in screenplay.home.row.steps] == ([first] if first else [])


def quiet(contents: Contents, day: int = 0, *, is_clock_trusted: bool = True) -> Screenplay:
    """A season that is over, no offer, cars and something to do."""
    loaded = contents.load(
        contents.schedule(weekend(-30)), contents.offers(), contents.models(), contents.features()
    )
    moment = NOON + timedelta(days=day)
    return derive_screenplay(loaded, moment, is_clock_trusted=is_clock_trusted)


def test_in_a_quiet_week_each_day_has_a_car_of_its_own(contents: Contents) -> None:
    cars = []
    for day in range(6):
        (step,) = quiet(contents, day).home.row.steps
        assert step.title == f"Car {step.tab}-{step.entry}"
        cars.append(step.title)

    assert sorted(cars) == [f"Car {tab}-{entry}" for tab in range(2) for entry in range(3)]
    (step,) = quiet(contents, 3, is_clock_trusted=False).home.row.steps
    assert step.title == "Car 0-0"


def test_in_a_quiet_week_the_posters_invite_to_drive_and_to_choose(contents: Contents) -> None:
    posters = quiet(contents).attract.posters
    (step,) = quiet(contents).home.row.steps

    assert [poster.headline for poster in posters] == [
        "Number 37",
        "The models",
        "The features",
    ]
    assert posters[1].line == step.title


def test_posters_that_nobody_wants_from_places_stay_away(contents: Contents) -> None:
    none = {"show_next_race": False, "show_offer": False}
    poster = {"headline": "Number 37", "line": "The car that won."}
    loaded = contents.load(contents.models(), attract={"posters": [poster], **none})

    assert len(derive_screenplay(loaded, NOON).attract.posters) == 1


def test_a_loop_with_an_offer_is_not_quiet(contents: Contents) -> None:
    loaded = contents.load(contents.models(), contents.offers(contents.offer(TODAY)))

    assert [poster.figure for poster in derive_screenplay(loaded, NOON).attract.posters] == [
        "",
        "$349",
    ]


@pytest.mark.parametrize(
    ("places", "ranks"),
    [
        (
            lambda c: [c.timeline(), c.features(), c.offers(c.offer(TODAY)), c.models()],
            [0, 3, 2, 1],
        ),
        (lambda c: [c.signup(), c.features()], [0, 1]),
        (lambda c: [c.timeline(), c.dealers()], [0, 0]),
        (lambda c: [c.offers(), c.features()], [0, 1]),
        (lambda c: [c.features(id=f"drive-{n}") for n in range(5)], [1, 2, 3, 0, 0]),
    ],
    ids=["in their order", "one", "none", "no offer", "three at most"],
)
def test_what_visitors_come_for_has_a_large_door(
    contents: Contents, places: Callable[[Contents], list[dict[str, object]]], ranks: list[int]
) -> None:
    loaded = contents.load(*places(contents))

    assert [door.rank for door in derive_screenplay(loaded, NOON).home.doors] == ranks
