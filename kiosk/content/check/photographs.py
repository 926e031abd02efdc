"""Checks without Qt that Qt decodes a photograph; and its size as shown."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.blocks.refusal import PictureProblem
from kiosk.files import read_regular_file

if TYPE_CHECKING:
    from PIL import Image as Pillow

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 50_000_000
"""200 MB at four bytes per pixel: more than a kiosk should spend on one picture."""
MOST_ALLOCATED_MIB = 256
"""`QImageReader.allocationLimit` of Qt 6; larger pictures are not decoded."""
DEEP_BYTES = 8
"""Per pixel at 16 bits per channel, which Qt reads as QImage::Format_RGBA64."""
MOST_DRAWN_OUT = 10
"""Ratio of length to width: scaled to cover a screen, a longer one takes over 256 MiB."""
SMALL = 160
"""Pixels on the longer side: enough to tell colors."""
ORIENTATION = 0x0112
"""Exif 2.32, 4.6.4; from 5 on, width and height are swapped."""
DEPTH_AT = 24
"""Offset of a PNG's bit depth (ISO/IEC 15948, 11.2.2)."""
BROKEN = "'{name}' is not a complete picture; open it in an image editor and save it again"
OTHER_KINDS = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"8BPS": "Photoshop",
    b"%PDF": "PDF",
    b"\x1f\x8b": "compressed",
    b"<svg": "SVG",
    b"<?xml": "SVG",
}
BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF"}
"""Brands after `ftyp`, which is at the fifth byte (ISO/IEC 14496-12)."""


def inspect_photograph(raw: bytes, name: str) -> float:
    """Check that Qt decodes these bytes, and shows them upright.

    Returns its width by its height, as shown.

    Raises:
        PictureProblem: says what is wrong and what to do.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with _quiet(), Image.open(BytesIO(raw), formats=FORMATS) as picture:
            _refuse_size(picture, raw, name)
            picture.load()
            _refuse_rotated(picture, name)
            width, height = _upright(picture)
            return width / height
    except PictureProblem:
        raise
    except Image.DecompressionBombError:
        raise PictureProblem(
            "picture-too-large", f"the picture '{name}' has far too many pixels; save it smaller"
        ) from None
    except UnidentifiedImageError:
        raise PictureProblem("not-a-picture", _describe_unknown(raw, name)) from None
    except (OSError, SyntaxError, ValueError):
        raise PictureProblem("not-a-picture", BROKEN.format(name=name)) from None


def upright_size(file: Path) -> tuple[int, int] | None:
    """Width and height in pixels as shown; None if the file is gone since it was checked."""
    from PIL import Image

    try:
        with _quiet(), Image.open(BytesIO(read_regular_file(file)), formats=FORMATS) as picture:
            return _upright(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def visible_colors(file: Path) -> dict[tuple[float, float, float], float]:
    """What share of a photograph's pixels each color has, as far as they are not transparent.

    Of a small copy; empty if the file is gone since it was checked.
    """
    from PIL import Image

    try:
        with _quiet(), Image.open(BytesIO(read_regular_file(file)), formats=FORMATS) as picture:
            small = picture.convert("RGBA")
            small.thumbnail((SMALL, SMALL))
            raw = small.tobytes()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return {}
    shares: dict[tuple[float, float, float], float] = {}
    pixels = Counter(zip(*(raw[channel::4] for channel in range(4)), strict=True))
    for (red, green, blue, alpha), count in pixels.items():
        if alpha:
            color = red / 255, green / 255, blue / 255
            share = count * alpha / 255 / pixels.total()
            shares[color] = shares.get(color, 0.0) + share
    return shares


def _upright(picture: Pillow.Image) -> tuple[int, int]:
    width, height = picture.size
    return (height, width) if orientation(picture) >= 5 else (width, height)


def orientation(picture: Pillow.Image) -> int:
    """The camera's orientation value, from 1 (upright) to 8."""
    value = picture.getexif().get(ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _refuse_size(picture: Pillow.Image, raw: bytes, name: str) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise PictureProblem(
            "picture-too-large",
            f"the picture '{name}' has {width} x {height} pixels; save it with at most 3840 on the"
            " longer side",
        )
    is_deep = picture.format == "PNG" and raw[DEPTH_AT] == 16
    if is_deep and width * height * DEEP_BYTES >> 20 > MOST_ALLOCATED_MIB:
        raise PictureProblem(
            "picture-too-large",
            f"the picture '{name}' has {width} x {height} pixels of 16 bits per channel, which"
            f" take more than {MOST_ALLOCATED_MIB} MB of memory and are not drawn; save it with 8"
            " bits per channel, or with at most 3840 pixels on the longer side",
        )
    if max(width, height) > MOST_DRAWN_OUT * min(width, height):
        raise PictureProblem(
            "picture-shape",
            f"the picture '{name}' has {width} x {height} pixels and is too long to fill a screen;"
            " crop it to the part that you want to show",
        )


def _refuse_rotated(picture: Pillow.Image, name: str) -> None:
    """Qt rotates a JPEG upright, but not a PNG or a WebP."""
    if picture.format in {"PNG", "WEBP"} and orientation(picture) != 1:
        raise PictureProblem(
            "picture-turned",
            f"the picture '{name}' is stored rotated and would be shown rotated; open it in an"
            " image editor and save it again as .jpg",
        )


def _describe_unknown(raw: bytes, name: str) -> str:
    kind = BRANDS.get(raw[8:12]) if raw[4:8] == b"ftyp" else None
    head = raw.lstrip()
    kind = kind or next((k for start, k in OTHER_KINDS.items() if head.startswith(start)), None)
    if kind is None:
        return BROKEN.format(name=name)
    return f"'{name}' holds {kind} data under another name; save it as .jpg or .png"


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence Pillow's warning about many pixels; our own message is enough."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
