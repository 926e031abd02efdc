"""The sketch of other locations keeps distances and directions, and discs apart."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.blocks.block import Position
from kiosk.places.dealers.distance import distance_km
from kiosk.places.dealers.sketch import APART, MOST_DRAWN, WIDE, bearing, sketch_of, spot_of


def _at(latitude: float, longitude: float) -> Position:
    return Position.model_validate({"latitude": str(latitude), "longitude": str(longitude)})


MUNICH = _at(48.137, 11.575)


@pytest.mark.parametrize(
    ("there", "degrees"),
    [
        pytest.param(_at(49.454, 11.077), 346, id="Nuremberg, north by west"),
        pytest.param(_at(47.809, 13.055), 108, id="Salzburg, east"),
        pytest.param(_at(47.269, 11.404), 188, id="Innsbruck, south"),
        pytest.param(_at(48.401, 9.988), 284, id="Ulm, west"),
    ],
)
def test_a_direction_is_the_one_on_the_globe(there: Position, degrees: float) -> None:
    assert bearing(MUNICH, there) == pytest.approx(degrees, abs=2)


def test_it_points_the_short_way_across_the_date_line() -> None:
    assert bearing(_at(0, 179.5), _at(0, -179.5)) == pytest.approx(90)


def test_a_spot_is_as_far_away_as_the_place() -> None:
    there = _at(47.809, 13.055)
    assert hypot(*spot_of(MUNICH, there)) == pytest.approx(distance_km(MUNICH, there))


places = st.builds(_at, st.integers(-89, 89), st.integers(-180, 180))


@given(st.lists(places, max_size=20))
def test_everything_is_inside_the_frame(others: list[Position]) -> None:
    sketch = sketch_of(MUNICH, others, 1.0)
    assert len(sketch.spots) == min(len(others), MOST_DRAWN)
    assert sketch.west <= 0 <= sketch.east
    assert sketch.south <= 0 <= sketch.north
    for spot in sketch.spots:
        assert sketch.west <= spot.east <= sketch.east
        assert sketch.south <= spot.north <= sketch.north


@pytest.mark.parametrize("near", [MUNICH, _at(48.1371, 11.5751)])
def test_near_ones_stand_apart(near: Position) -> None:
    far = _at(48.4, 10.0)
    sketch = sketch_of(MUNICH, [near, near, far], 1.0)
    spots, high = sketch.spots, max(sketch.north - sketch.south, (sketch.east - sketch.west) / WIDE)
    least = 0.9 * APART * high  # which has grown meanwhile
    pairs = [(a, b) for n, a in enumerate(spots) for b in [(0, 0), *spots[:n]]]
    assert all(hypot(a[0] - b[0], a[1] - b[1]) >= least for a, b in pairs)


def test_rings_are_at_round_distances_in_the_unit() -> None:
    km = sketch_of(MUNICH, [_at(48.4, 10.0)], 1.0).rings
    miles = sketch_of(MUNICH, [_at(48.4, 10.0)], 1.609344).rings
    assert [ring.distance for ring in km] == [20, 50, 100]
    assert [ring.distance for ring in miles] == [20, 50, 100][: len(miles)]


@pytest.mark.parametrize("others", [[], [MUNICH], [_at(48.13701, 11.575)], [_at(-48, -168)]])
def test_no_ring_is_much_larger_than_the_sketch(others: list[Position]) -> None:
    """A ring is drawn as a picture of its own: 7 GB for one of 44,000 pixels."""
    sketch = sketch_of(MUNICH, others, 1.0)
    high = max(sketch.north - sketch.south, (sketch.east - sketch.west) / WIDE)
    assert all(ring.distance <= 2 * WIDE * high for ring in sketch.rings)


def test_the_name_of_a_ring_is_clear_of_the_discs() -> None:
    """North and south of here, where the sketch is as high as it may be."""
    sketch = sketch_of(_at(33.58, -101.86), [_at(35.21, -101.84), _at(32.0, -102.08)], 1.609344)
    least = APART * (sketch.north - sketch.south)
    names = [ring.label for ring in sketch.rings if ring.label is not None]
    assert names
    for name in names:
        for disc in [(0, 0), *sketch.spots]:
            assert hypot(name[0] - disc[0], name[1] - disc[1]) >= least
