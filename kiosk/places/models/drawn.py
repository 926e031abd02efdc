"""Drawings that stand in for cars without a picture, by body style."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from kiosk.files import write_small_file
from kiosk.places.models.model import BodyStyle, Model

FOLDER = Path(__file__).resolve().parent / "drawings"
PLAIN_PAINT = "#B9BDC4"
"""Of a car that names no color, and of the files, where another takes its place."""


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
    """The file of the car drawn in a color, as a URL; empty without a body style.

    Qt reads and draws it off the thread that draws the screen, and without Python's lock.
    """
    if car.body_style is None:
        return ""
    if not paint:
        paint = car.colors[0].color if car.colors else PLAIN_PAINT
    return _painted(DRAWINGS[car.body_style].name, paint)


@lru_cache(maxsize=256)
def _painted(name: str, paint: str) -> str:
    """As it comes where no other color can be written down."""
    plain = FOLDER / f"{name}.svg"
    if paint == PLAIN_PAINT:
        return plain.as_uri()
    try:
        drawing = plain.read_text(encoding="utf-8").replace(PLAIN_PAINT, paint).encode()
        digest = sha256(drawing).hexdigest()[:12]
        painted = _painted_folder() / f"{name}-{paint.removeprefix('#')}-{digest}.svg"
        if not painted.is_file() or painted.stat().st_size != len(drawing):
            with suppress(FileExistsError):  # another process is about to have written the same
                write_small_file(painted, drawing)
    except OSError:
        return plain.as_uri()
    return painted.as_uri()


def _painted_folder() -> Path:
    """In the user's cache: the start screens that are saved name files that the next start needs.

    Raises:
        OSError: it cannot be created.
    """
    from platformdirs import user_cache_path

    folder = user_cache_path("showroom-kiosk", appauthor=False) / "cars"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def drawn_length(car: Model) -> int:
    """How long the car on the drawing is, in millimeters; 0 without a body style."""
    if car.body_style is None:
        return 0
    return car.length or DRAWINGS[car.body_style].length
