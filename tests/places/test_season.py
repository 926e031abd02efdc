"""The season turns by itself, day by day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.places.schedule.model import Race
from kiosk.places.schedule.season import season_on


def _race(venue: str, starts: str, ends: str) -> Race:
    return Race.model_validate(
        {"venue": venue, "city": "C", "region": "R", "starts": starts, "ends": ends}
    )


SONOMA = _race("Sonoma", "2024-04-05", "2024-04-07")
SEBRING = _race("Sebring", "2024-05-03", "2024-05-05")
AUSTIN = _race("Austin", "2024-05-17", "2024-05-19")
RACES = (AUSTIN, SONOMA, SEBRING)


@pytest.mark.parametrize(
    ("today", "states", "coming", "days_to_go"),
    [
        (date(2024, 1, 1), ["next", "later", "later"], SONOMA, 95),
        (date(2024, 4, 4), ["next", "later", "later"], SONOMA, 1),
        (date(2024, 4, 5), ["now", "later", "later"], SONOMA, 0),
        (date(2024, 4, 7), ["now", "later", "later"], SONOMA, 0),
        (date(2024, 4, 8), ["done", "next", "later"], SEBRING, 25),
        (date(2024, 5, 19), ["done", "done", "now"], AUSTIN, 0),
        (date(2024, 5, 20), ["done", "done", "done"], None, 0),
    ],
)
def test_a_race_is_next_then_now_until_its_last_day_then_done(
    today: date, states: list[str], coming: Race | None, days_to_go: int
) -> None:
    season = season_on(RACES, today)

    assert [race for race, _ in season.races] == [SONOMA, SEBRING, AUSTIN]
    assert [state for _, state in season.races] == states
    assert season.coming == coming
    assert season.days_to_go == days_to_go
    assert season.is_over == (coming is None)


def test_a_season_without_races_is_over() -> None:
    season = season_on((), date(2024, 4, 5))

    assert season.is_over
    assert season.races == ()


def test_two_races_on_one_weekend_are_both_now() -> None:
    other = _race("Elsewhere", "2024-04-06", "2024-04-06")

    season = season_on((other, SONOMA), date(2024, 4, 6))

    assert [state for _, state in season.races] == ["now", "now"]
    assert season.coming == SONOMA


def test_of_two_races_that_start_together_only_one_is_next() -> None:
    other = _race("Elsewhere", "2024-04-05", "2024-04-07")

    season = season_on((SONOMA, other), date(2024, 4, 1))

    assert [state for _, state in season.races] == ["next", "later"]


@given(today=st.dates(date(2024, 3, 1), date(2024, 7, 1)))
def test_there_is_a_race_to_wait_for_exactly_until_the_season_is_over(today: date) -> None:
    season = season_on(RACES, today)
    states = [state for _, state in season.races]

    assert season.is_over == (states == ["done"] * 3)
    assert states.count("next") + states.count("now") == (0 if season.is_over else 1)
