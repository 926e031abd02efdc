"""Photographs as dealers have them, drawn when a test needs them; none is kept in the repository.

A file's name says what is on it: `night-pickup-blue.jpg`. Each kind of photograph is awkward in its
own way. A vehicle stands off the middle and has a bright nose and a red tail, so that a bad crop is
seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
ORIENTATION, TURNED_RIGHT = 0x0112, 6
"""Exif 2.32, 4.6.4: how a phone stores what it took upright."""
DRAWN_AT_MOST = 1600
"""Pixels of the longer side; whatever is larger is enlarged, which is quick and stays smooth."""
RUBBER, GLASS, LAMP, TAIL, SKIN = "#16181c", "#8fa3b0", "#ffe9a8", "#d21f1f", "#b98a6b"
PAINTS = {
    "black": "#22252a",
    "blue": "#24508f",
    "green": "#2f6b4f",
    "red": "#a8242c",
    "silver": "#b4b8bd",
    "white": "#f1f1ee",
    "yellow": "#e0b020",
}


@dataclass(frozen=True)
class Kind:
    """How a photograph was taken: its pixels, sky and floor, and where the subject stands on it.

    `left`, `floor` and `width` are shares of the picture.
    """

    size: tuple[int, int]
    sky: tuple[str, str]
    ground: str
    left: float
    floor: float
    width: float
    lamps: Sequence[Rectangle] = ()
    is_turned: bool = False


KINDS = {
    "studio": Kind((1800, 1350), ("#ffffff", "#ffffff"), "#fbfbfa", 0.06, 0.82, 0.6),
    "night": Kind(
        *((1920, 1080), ("#04060c", "#182036"), "#0a0c12", 0.42, 0.88, 0.54),
        lamps=((0.06, 0.1, 0.1, 0.16), (0.3, 0.22, 0.33, 0.27), (0.8, 0.06, 0.86, 0.15)),
    ),
    "phone": Kind((1200, 1600), ("#8fb4d8", "#dfe7ea"), "#8b8985", 0.2, 0.86, 0.76, is_turned=True),
    "small": Kind((640, 427), ("#a9bfd0", "#e6e2d6"), "#77746d", 0.34, 0.9, 0.62),
    "large": Kind((6000, 4000), ("#3b4a6b", "#f0b27a"), "#4a4440", 0.46, 0.8, 0.48),
    "cutout": Kind((1600, 1000), ("", ""), "", 0.02, 0.96, 0.96),
}


@dataclass(frozen=True)
class Shape:
    """A vehicle from its side, its nose on the left, in shares of its length and height."""

    height: float
    body: Sequence[Point]
    glass: Sequence[Point]
    wheels: tuple[float, float]
    wheel: float


SHAPES = {
    "car": Shape(
        height=0.36,
        body=[
            *((0, 0.62), (0.03, 0.46), (0.24, 0.38), (0.38, 0.03), (0.7, 0), (0.92, 0.36)),
            *((1, 0.46), (1, 0.8), (0, 0.82)),
        ],
        glass=[(0.3, 0.37), (0.41, 0.1), (0.68, 0.08), (0.83, 0.36)],
        wheels=(0.2, 0.8),
        wheel=0.24,
    ),
    "pickup": Shape(
        height=0.34,
        body=[
            *((0, 0.7), (0, 0.42), (0.24, 0.36), (0.32, 0), (0.6, 0), (0.64, 0.34), (1, 0.34)),
            *((1, 0.76), (0, 0.8)),
        ],
        glass=[(0.29, 0.34), (0.34, 0.07), (0.58, 0.07), (0.61, 0.34)],
        wheels=(0.17, 0.79),
        wheel=0.26,
    ),
    "motorcycle": Shape(
        height=0.58,
        body=[
            *((0.2, 0.24), (0.3, 0.04), (0.34, 0.2), (0.42, 0.14), (0.56, 0.2), (0.62, 0.32)),
            *((0.94, 0.2), (0.96, 0.28), (0.68, 0.5), (0.66, 0.84), (0.4, 0.86), (0.3, 0.5)),
            *((0.2, 0.72), (0.14, 0.7)),
        ],
        glass=[(0.17, 0.2), (0.23, 0), (0.28, 0.02), (0.24, 0.22)],
        wheels=(0.17, 0.83),
        wheel=0.29,
    ),
}


def photograph(kind: str, subject: str, paint: str) -> Image.Image:
    """A picture as it is stored; one from a phone lies on its side."""
    taken = KINDS[kind]
    scale = min(1.0, DRAWN_AT_MOST / max(taken.size))
    width, height = (round(side * scale) for side in taken.size)
    picture = _ground(taken, width, height)
    draw = ImageDraw.Draw(picture)
    if subject == "person":
        _draw_person(draw, taken, width, height, PAINTS[paint])
    else:
        shape = SHAPES[subject]
        long = taken.width * width
        top = taken.floor * height - shape.height * long
        _draw_vehicle(draw, shape, (taken.left * width, top), long, PAINTS[paint])
    if picture.size != taken.size:
        picture = picture.resize(taken.size, Image.Resampling.BICUBIC)
    return picture.transpose(Image.Transpose.ROTATE_90) if taken.is_turned else picture


def take_photographs(names: Sequence[str], folder: Path) -> None:
    """Save each of the pictures that are named, like `studio-motorcycle-red.jpg`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        kind, subject, paint = Path(name).stem.split("-")
        exif = Image.Exif()
        if KINDS[kind].is_turned:
            exif[ORIENTATION] = TURNED_RIGHT
        photograph(kind, subject, paint).save(folder / name, exif=exif, quality=82)


def _ground(taken: Kind, width: int, height: int) -> Image.Image:
    """The sky, its lamps and the floor; nothing behind a cut-out."""
    if not taken.ground:
        return Image.new("RGBA", (width, height))
    sky = Image.linear_gradient("L").resize((width, height))
    picture = ImageOps.colorize(sky, *taken.sky)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, (taken.floor - 0.06) * height, width, height), fill=taken.ground)
    for left, top, right, foot in taken.lamps:
        draw.ellipse((left * width, top * height, right * width, foot * height), fill="#fff6dc")
    return picture


def _draw_vehicle(
    draw: ImageDraw.ImageDraw, shape: Shape, corner: Point, long: float, paint: str
) -> None:
    left, top = corner
    high = shape.height * long

    def at(points: Sequence[Point]) -> list[Point]:
        return [(left + x * long, top + y * high) for x, y in points]

    draw.polygon(at(shape.body), fill=paint, outline=RUBBER)
    draw.polygon(at(shape.glass), fill=GLASS)
    for x in shape.wheels:
        ((middle, _),) = at([(x, 0)])
        radius = shape.wheel * high
        for share, color in ((1.0, RUBBER), (0.55, "#c9ccd0"), (0.12, RUBBER)):
            spread = share * radius
            box = (middle - spread, top + high - radius - spread)
            draw.ellipse((*box, middle + spread, top + high - radius + spread), fill=color)
    front, rear = shape.body[0], max(shape.body)
    for (x, y), color in ((front, LAMP), (rear, TAIL)):
        ((middle, across),) = at([(x, y)])
        size = 0.05 * long * shape.height / 0.36
        inside = middle + (size / 2 if color == LAMP else -size / 2)
        box = (inside - size / 2, across - size / 3, inside + size / 2, across + size / 3)
        draw.ellipse(box, fill=color)


def _draw_person(
    draw: ImageDraw.ImageDraw, taken: Kind, width: int, height: int, paint: str
) -> None:
    """A head and shoulders, as if somebody had held the phone not quite straight."""
    middle, size = (taken.left + 0.25) * width, 0.15 * width
    chin = 0.4 * height
    draw.rounded_rectangle(
        (middle - 2.1 * size, chin + 0.3 * size, middle + 2.1 * size, 1.2 * height),
        radius=1.5 * size,
        fill=paint,
    )
    draw.rectangle((middle - 0.4 * size, chin, middle + 0.4 * size, chin + 0.8 * size), fill=SKIN)
    draw.ellipse((middle - size, chin - 2.4 * size, middle + size, chin + 0.2 * size), fill=SKIN)
    draw.pieslice(
        (middle - 1.1 * size, chin - 2.6 * size, middle + 1.1 * size, chin - 0.3 * size),
        *(180, 360),
        fill="#3a2e26",
    )
    for side in (-0.4, 0.4):
        eye = middle + side * size
        draw.ellipse((eye - 8, chin - 1.25 * size, eye + 8, chin - 1.25 * size + 16), fill=RUBBER)
