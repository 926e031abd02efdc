"""A sketch of where other dealerships lie: east and north of this one, in kilometres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, pi, radians, sin
from typing import NamedTuple

from kiosk.blocks.block import Position
from kiosk.places.dealers.distance import distance_km

MOST_DRAWN = 12
"""More discs would cover each other."""
WIDE = 2.7
"""How much wider than high the sketch is drawn."""
APART = 0.3
"""Of the sketch's height: as close as discs and names may stand above each other."""
LONG_NAME = 0.55
"""How much of that counts beside each other, since a name is wider than high."""
ROUNDS = 40
ROUND_DISTANCES = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
ANGLES = 24


class Spot(NamedTuple):
    """East and north of this dealership."""

    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle at a round distance, and where its name stands; None where there is no room."""

    distance: float
    label: Spot | None


@dataclass(frozen=True, slots=True)
class Sketch:
    """Spots in the order of the positions, and the frame around them and this dealership."""

    spots: Sequence[Spot]
    rings: Sequence[Ring]
    west: float
    east: float
    south: float
    north: float


def bearing(a: Position, b: Position) -> float:
    """The direction in which the shortest way from a to b begins, in degrees from north."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    lon = radians(b.longitude - a.longitude)
    east = sin(lon) * cos(lat_b)
    north = cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(lon)
    return degrees(atan2(east, north)) % 360


def spot_of(here: Position, there: Position) -> Spot:
    """A position by its distance and direction."""
    away, angle = distance_km(here, there), radians(bearing(here, there))
    return Spot(away * sin(angle), away * cos(angle))


def sketch_of(here: Position, others: Sequence[Position], unit_km: float) -> Sketch:
    """The sketch; its rings are at round distances in a unit of so many kilometres.

    Without others it is a point, on which any ring would be millions of pixels wide.
    """
    if not others:
        return Sketch((), (), 0.0, 0.0, 0.0, 0.0)
    spots = [spot_of(here, there) for there in others[:MOST_DRAWN]]
    span = max(0.01, *(hypot(*spot) for spot in spots))
    for _ in range(3):  # it grows with what is moved
        high = _height(spots)
        spots = _apart(spots, APART * high)
    (west, east), (south, north) = _extent(spots)
    middle, edge = (west + east) / 2, 0.1 * high
    frame = (middle - WIDE * high / 2, middle + WIDE * high / 2, south - edge, north + edge)
    least = APART * high
    near = [value for value in ROUND_DISTANCES if least < value * unit_km <= 1.35 * span]
    rings: list[Ring] = []
    taken = [Spot(0, 0), *spots]
    for value in near[-3:]:
        label = _free(value * unit_km, taken, frame, least)
        rings.append(Ring(value, label))
        taken += [label] if label else []
    return Sketch(spots, rings, west, east, south, north)


def _extent(spots: Sequence[Spot]) -> tuple[tuple[float, float], tuple[float, float]]:
    """From west to east and from south to north, this dealership included."""
    (west, east), (south, north) = (
        (min(ways), max(ways)) for ways in zip(Spot(0, 0), *spots, strict=True)
    )
    return (west, east), (south, north)


def _height(spots: Sequence[Spot]) -> float:
    """How high the sketch is that holds some spots, in kilometres."""
    (west, east), (south, north) = _extent(spots)
    return max(north - south, (east - west) / WIDE, 0.01)


def _apart(spots: Sequence[Spot], least: float) -> list[Spot]:
    """Spots moved as little as it takes to stand apart, from this dealership too."""
    moved = list(spots)
    for _ in range(ROUNDS):
        for index in range(len(moved)):
            for other in [Spot(0, 0), *moved[:index]]:
                moved[index] = _away(moved[index], other, least, index * pi / 4)
    return moved


def _away(spot: Spot, other: Spot, least: float, otherwise: float) -> Spot:
    """A spot, or where it stands apart from another; in a direction of its own if both are one."""
    east, north = spot.east - other.east, spot.north - other.north
    gap = hypot(east, north)
    if gap >= least:
        return spot
    angle = atan2(north, east) if gap > 0 else otherwise
    return Spot(other.east + least * cos(angle), other.north + least * sin(angle))


def _free(
    radius: float, taken: Sequence[Spot], frame: tuple[float, float, float, float], least: float
) -> Spot | None:
    """Where on a ring its name is clear of all else; None where nowhere."""
    west, east, south, north = frame
    around = (
        Spot(radius * sin(2 * pi * n / ANGLES), radius * cos(2 * pi * n / ANGLES))
        for n in range(ANGLES)
    )
    inside = [s for s in around if west <= s.east <= east and south <= s.north <= north]

    def room(spot: Spot) -> float:
        return min(hypot(LONG_NAME * (spot.east - t.east), spot.north - t.north) for t in taken)

    best = max(inside, key=room, default=None)
    return best if best is not None and room(best) >= least else None
