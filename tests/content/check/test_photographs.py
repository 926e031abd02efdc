"""What `check` takes Qt decodes, and what Qt does not decode is refused with its reason."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImageReader

from kiosk.blocks.refusal import PictureProblem
from kiosk.content.check.photographs import MOST_ALLOCATED_MIB
from kiosk.content.check.pictures import Pictures

Make = Callable[[Path], None]


def _turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def _noise(mode: str = "RGB") -> Image.Image:
    return Image.effect_noise((400, 300), 60).convert("RGB").convert(mode)


def _write_half(file: Path) -> None:
    _noise().save(file)
    os.truncate(file, file.stat().st_size // 2)


TAKEN: dict[str, Make] = {
    "rgb.jpg": lambda file: _noise().save(file),
    "gray.jpg": lambda file: _noise("L").save(file),
    "cmyk.jpg": lambda file: _noise("CMYK").save(file),
    "progressive.jpg": lambda file: _noise().save(file, progressive=True),
    "turned.jpg": lambda file: _noise().save(file, exif=_turned()),
    "several.jpg": lambda file: _noise().save(file, "MPO", save_all=True, append_images=[_noise()]),
    "gray-and-alpha.png": lambda file: _noise("LA").save(file),
    "palette.png": lambda file: _noise("P").save(file),
    "black-and-white.png": lambda file: _noise("1").save(file),
    "sixteen-bits.png": lambda file: Image.new("I;16", (400, 300), 40_000).save(file),
    "moving.png": lambda file: _noise().save(file, save_all=True, append_images=[_noise()]),
    "alpha.webp": lambda file: _noise("RGBA").save(file),
    "moving.webp": lambda file: _noise().save(file, save_all=True, append_images=[_noise()]),
    "a-png.jpg": lambda file: _noise().save(file, "PNG"),
    "a-jpeg.png": lambda file: _noise().save(file, "JPEG"),
    "seven-thousand.png": lambda file: Image.new("L", (7000, 7000)).save(file),
}
REFUSED: dict[str, tuple[Make, str]] = {
    "deep.png": (
        lambda file: Image.new("I;16", (6000, 6000)).save(file),
        "6000 x 6000 pixels of 16 bits per channel, which take more than 256 MB",
    ),
    "turned.webp": (lambda file: _noise().save(file, exif=_turned()), "is stored rotated"),
    "turned.png": (lambda file: _noise().save(file, exif=_turned()), "is stored rotated"),
    "long.png": (lambda file: Image.new("L", (5000, 400)).save(file), "is too long to fill"),
    "avif.jpg": (lambda file: _noise().save(file, "AVIF"), "holds AVIF data under another name"),
    "tiff.jpg": (lambda file: _noise().save(file, "TIFF"), "holds TIFF data under another name"),
    "gif.png": (lambda file: _noise().save(file, "GIF"), "holds GIF data under another name"),
    "bmp.jpg": (lambda file: _noise().save(file, "BMP"), "holds BMP data under another name"),
    "heic.jpg": (
        lambda file: file.write_bytes(b"\0\0\0\x18ftypheic" + bytes(400)) and None,
        "holds HEIC data under another name",
    ),
    "empty.webp": (lambda file: file.touch(), "is not a complete picture"),
    "cut.jpg": (_write_half, "is not a complete picture"),
    "cut.png": (_write_half, "is not a complete picture"),
    "cut.webp": (_write_half, "is not a complete picture"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_is_decoded_by_qt(tmp_path: Path, name: str) -> None:
    TAKEN[name](tmp_path / name)
    Pictures(tmp_path).inspect(name)

    reader = QImageReader(str(tmp_path / name))
    reader.setDecideFormatFromContent(True)
    assert not reader.read().isNull(), reader.errorString()


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_drawn_wrong_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    make, expected = REFUSED[name]
    make(tmp_path / name)
    with pytest.raises(PictureProblem) as caught:
        Pictures(tmp_path).inspect(name)
    assert expected in str(caught.value)
    assert "save it" in str(caught.value) or "crop it" in str(caught.value)


def test_the_limit_is_the_one_of_qt() -> None:
    assert QImageReader.allocationLimit() == MOST_ALLOCATED_MIB
