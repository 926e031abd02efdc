"""Warnings for content that is valid and would look wrong on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kiosk.content.linting import lint, stands
from kiosk.content.loading import Loaded, load
from kiosk.content.model import Offers

Write = Callable[[str | bytes], Path]


@pytest.fixture
def loaded(content_file: Write, minimal: str) -> Loaded:
    """Its last race ends on April 7, 2024, its offer stands from January 1 to December 31."""
    return load(content_file(minimal))


def _said(loaded: Loaded, today: date) -> list[str]:
    return [problem.in_file("content.yaml") for problem in lint(loaded, today)]


def test_content_in_its_dates_has_no_warning(loaded: Loaded) -> None:
    assert _said(loaded, date(2024, 4, 7)) == []


def test_a_season_without_a_race_ahead_is_warned_of(loaded: Loaded) -> None:
    assert _said(loaded, date(2024, 4, 8)) == [
        "content.yaml:39:7: warning: no race of 'Schedule' lies ahead; the screen shows"
        " season_over, add the next dates when they are known"
    ]


def test_an_offer_that_ended_is_warned_of_behind_the_season(loaded: Loaded) -> None:
    season, offer = _said(loaded, date(2025, 1, 1))

    assert "no race of 'Schedule' lies ahead" in season
    assert offer == (
        "content.yaml:56:22: warning: 'Lease a Cooper' ended on 2024-12-31 and is not shown;"
        " extend or remove it"
    )


def test_broken_content_has_problems_and_no_warnings(content_file: Write) -> None:
    assert lint(load(content_file("x")), date(2030, 1, 1)) == []


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), False),
    ],
)
def test_an_offer_stands_from_its_first_day_through_its_last(
    loaded: Loaded, today: date, shown: bool
) -> None:
    assert loaded.content is not None
    (offers,) = (place for place in loaded.content.places if isinstance(place, Offers))

    assert stands(offers.offers[0], today) == shown


def test_an_offer_without_a_first_day_stands_until_its_last(loaded: Loaded) -> None:
    assert loaded.content is not None
    (offers,) = (place for place in loaded.content.places if isinstance(place, Offers))
    offer = offers.offers[0].model_copy(update={"valid_from": None})

    assert stands(offer, date(1999, 1, 1))
    assert not stands(offer, date(2025, 1, 1))
