"""Distances and places on the map are the real ones."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.blocks.block import Position
from kiosk.places.dealers.distance import distance_km
from kiosk.places.schedule.model import CountryMap
from kiosk.places.schedule.presentation import on_map


def _at(latitude: str, longitude: str) -> Position:
    return Position.model_validate({"latitude": latitude, "longitude": longitude})


NEW_YORK = _at("40.7128", "-74.0060")
LOS_ANGELES = _at("34.0522", "-118.2437")
LONDON = _at("51.5074", "-0.1278")
SYDNEY = _at("-33.8688", "151.2093")
USA = CountryMap.model_construct(
    file="map.svg", west=Decimal(-125), east=Decimal(-65), south=Decimal(25), north=Decimal(50)
)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        pytest.param(NEW_YORK, LOS_ANGELES, 3936, id="New York to Los Angeles"),
        pytest.param(LONDON, SYDNEY, 16994, id="London to Sydney"),
        pytest.param(_at("0", "179.5"), _at("0", "-179.5"), 111.2, id="across the date line"),
        pytest.param(_at("90", "0"), _at("-90", "0"), 20015.1, id="pole to pole"),
        pytest.param(_at("0", "0"), _at("0", "180"), 20015.1, id="to the other side"),
        pytest.param(NEW_YORK, NEW_YORK, 0, id="nowhere"),
    ],
)
def test_a_distance_is_the_one_on_the_globe(a: Position, b: Position, km: float) -> None:
    assert distance_km(a, b) == pytest.approx(km, rel=0.001)
    assert distance_km(b, a) == pytest.approx(km, rel=0.001)


places = st.builds(
    lambda lat, lon: _at(str(lat), str(lon)),
    st.decimals(-90, 90, places=4),
    st.decimals(-180, 180, places=4),
)


@given(a=places, b=places)
def test_no_two_places_are_farther_apart_than_half_around_the_globe(
    a: Position, b: Position
) -> None:
    assert 0 <= distance_km(a, b) <= 20015.2


@pytest.mark.parametrize(
    ("position", "spot"),
    [
        (_at("50", "-125"), (0, 0)),
        (_at("25", "-65"), (1, 1)),
        (_at("37.5", "-95"), (0.5, 0.5)),
        (_at("50.1", "-95"), None),
        (_at("37.5", "-64.9"), None),
        (SYDNEY, None),
    ],
)
def test_a_place_is_on_the_map_or_outside(
    position: Position, spot: tuple[float, float] | None
) -> None:
    assert on_map(USA, position) == spot
