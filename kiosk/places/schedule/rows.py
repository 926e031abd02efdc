"""What QML is given of a season."""

from __future__ import annotations

from typing import NamedTuple


class RaceRow(NamedTuple):
    """A race weekend in the list; `spoken` is all of it as it is read out."""

    days: str
    month: str
    when: str
    venue: str
    where: str
    standing: str
    spoken: str


class DotRow(NamedTuple):
    """A venue on the map; `map_x` and `map_y` are fractions of its width and height."""

    standing: str
    map_x: float
    map_y: float
