"""Drawings that stand in for cars without a picture, by body style."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kiosk.places.models.model import BodyStyle, Model

FOLDER = Path(__file__).resolve().parent / "drawings"
DRAWN_PAINT = "#C8102E"
"""The color in the files that becomes the paint."""
PLAIN_PAINT = "#B9BDC4"
"""Of a car that names no color."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A file of the folder `drawings`, and how long the car on it is, in millimeters."""

    name: str
    length: int


TWO_DOORS = Drawing("hatch-2-door", 3860)
FOUR_DOORS = Drawing("hatch-4-door", 4040)
CROSSOVER = Drawing("crossover", 4440)
ESTATE = Drawing("estate", 4650)
SALOON = Drawing("saloon", 4720)
PICKUP = Drawing("pickup", 5890)
DRAWINGS: Mapping[BodyStyle, Drawing] = {
    "2-door hatch": TWO_DOORS,
    "4-door hatch": FOUR_DOORS,
    "hatchback": FOUR_DOORS,
    "convertible": Drawing("convertible", 3880),
    "crossover": CROSSOVER,
    "suv": CROSSOVER,
    "estate": ESTATE,
    "wagon": ESTATE,
    "saloon": SALOON,
    "sedan": SALOON,
    "pickup": PICKUP,
    "truck": PICKUP,
    "van": Drawing("van", 4970),
    "motorcycle": Drawing("motorcycle", 2130),
}


def drawing_url(car: Model, paint: str = "") -> str:
    """The car drawn in a color, as a URL that holds it; empty without a body style.

    So Qt reads and draws it off the thread that draws the screen, and without Python's lock.
    """
    if car.body_style is None:
        return ""
    if not paint:
        paint = car.colors[0].color if car.colors else PLAIN_PAINT
    return _painted(DRAWINGS[car.body_style].name, paint)


@lru_cache(maxsize=64)
def _painted(name: str, paint: str) -> str:
    drawing = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace(DRAWN_PAINT, paint)
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"


def drawn_length(car: Model) -> int:
    """How long the car on the drawing is, in millimeters; 0 without a body style."""
    if car.body_style is None:
        return 0
    return car.length or DRAWINGS[car.body_style].length
