"""What must stand beside a car, and offers for cars that are not there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kiosk.content.check.loading import load
from tests.content.linting import lint

if TYPE_CHECKING:
    from tests.conftest import Block, Contents

DAY = date(2024, 5, 1)
CONSUMPTION = {"line": "15.9 kWh/100 km, 0 g CO₂/km", "co2_class": "A"}


def cars(contents: Contents, *models: Block) -> Block:
    return {**contents.models(), "line_ups": [{"name": "2025", "models": list(models)}]}


def found(contents: Contents, rule: str, *places: Block, **head: object) -> list[str]:
    problems = lint(load(contents.write(*places, **head)), DAY)
    return [problem.message for problem in problems if problem.code == rule]


@pytest.mark.parametrize(
    ("region", "car", "is_found"),
    [
        ("eu", {}, True),
        ("uk", {"body_style": "estate"}, True),
        ("eu", {"consumption": CONSUMPTION}, False),
        ("eu", {"body_style": "motorcycle"}, False),
        ("uk", {"body_style": "van"}, False),
        ("us", {}, False),
        ("other", {}, False),
    ],
)
def test_a_new_passenger_car_says_what_it_consumes_where_it_must(
    contents: Contents, region: str, car: Block, is_found: bool
) -> None:
    place = cars(contents, {"name": "Wagon", **car})

    messages = found(contents, "consumption", place, region=region)

    assert [message.split("'")[1] for message in messages] == ["Wagon"] * is_found


@pytest.mark.parametrize(
    ("car", "hint"),
    [
        ("Wagon", None),
        ("Wagoon", "did you mean 'Wagon'?"),
        ("Spaceship", "write its name as it stands among the models"),
    ],
)
def test_an_offer_names_a_car_that_is_there(contents: Contents, car: str, hint: str | None) -> None:
    offers = contents.offers(contents.offer(DAY, car=car))

    messages = found(contents, "unknown-car", cars(contents, {"name": "Wagon"}), offers)

    assert len(messages) == (hint is not None)
    assert all(hint is not None and hint in message for message in messages)
