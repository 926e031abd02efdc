"""What a person would see of the difference between two pictures of a screen."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

LEVELS = 10
"""How much a channel may differ, of 255: more than a picture loses with all but 256 colors (8)."""
SMOOTHED = 0.25
"""The same where an edge is smoothed, as a share of the contrast around the pixel.

An edge that has moved by a pixel differs by all of it, by half a pixel by half of it.
"""
GAP = 12
MARK, GROUND = (226, 35, 26), (255, 255, 255)

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Difference:
    """Where two pictures differ: `mask` is as large as they are."""

    mask: Image.Image

    @property
    def share(self) -> float:
        return self.mask.histogram()[255] / (self.mask.width * self.mask.height)

    @property
    def box(self) -> Box:
        box = self.mask.getbbox()
        assert box is not None
        return box

    def __str__(self) -> str:
        left, top, right, bottom = self.box
        return f"{self.share:.2%} differs, between {left},{top} and {right},{bottom}"


def compare(approved: Image.Image, now: Image.Image) -> Difference | None:
    """What differs; nothing where only edges are smoothed otherwise."""
    if approved.size != now.size:
        return Difference(Image.new("L", now.size, 255))
    contrast = ImageChops.difference(
        approved.filter(ImageFilter.MaxFilter(3)), approved.filter(ImageFilter.MinFilter(3))
    )
    allowed = contrast.point(lambda level: round(LEVELS + SMOOTHED * level))
    excess = ImageChops.subtract(ImageChops.difference(approved, now), allowed)
    red, green, blue = excess.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    mask = most.point(lambda level: 255 * (level > 0))
    return Difference(mask) if mask.getbbox() else None


def side_by_side(approved: Image.Image, now: Image.Image, difference: Difference) -> Image.Image:
    """Approved, now, and in grey with what differs in red and framed."""
    marked = now.convert("L").point(lambda level: 128 + level // 2).convert("RGB")
    marked.paste(MARK, mask=difference.mask)
    left, top, right, bottom = difference.box
    frame = (left - GAP, top - GAP, right + GAP, bottom + GAP)
    ImageDraw.Draw(marked).rectangle(frame, outline=MARK, width=2)
    pictures = approved, now, marked
    width, height = sum(p.width + GAP for p in pictures), max(p.height for p in pictures)
    sheet = Image.new("RGB", (width - GAP, height), GROUND)
    for number, picture in enumerate(pictures):
        sheet.paste(picture, (sum(p.width + GAP for p in pictures[:number]), 0))
    return sheet
