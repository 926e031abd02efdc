"""What QML is given of a season."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RaceRow:
    """A race weekend in the list; `spoken` is all of it as it is read out."""

    days: str
    month: str
    when: str
    venue: str
    where: str
    standing: str
    spoken: str


@dataclass(frozen=True, slots=True)
class DotRow:
    """A venue on the map; `map_x` and `map_y` are fractions of its width and height."""

    standing: str
    map_x: float
    map_y: float
