"""What QML is given of other dealerships."""

from __future__ import annotations

from typing import NamedTuple


class DealerRow(NamedTuple):
    """A dealership in the list."""

    number: str
    name: str
    city: str
    distance: str
    opening: str
    example: bool


class SpotRow(NamedTuple):
    """A dealership in the sketch, in kilometres from this one: to the east and to the north."""

    number: str
    map_x: float
    map_y: float


class RingRow(NamedTuple):
    """A circle at a round distance in the sketch, and where its name stands."""

    name: str
    distance: float
    map_x: float
    map_y: float
