"""Measures how far each text, and a drawn logo, stands out from what is drawn behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import product

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageReader
from PySide6.QtQuick import QQuickItem

from kiosk.blocks.screen_sizes import Size, written_size
from kiosk.content.check.loading import Loaded
from kiosk.content.check.pictures import is_drawing
from kiosk.content.lint.contrast import SIGN, Color, median_ratio, mix, ratio
from kiosk.content.lint.logo import PATH as LOGO
from kiosk.content.lint.logo import ground_of_logo
from kiosk.content.lint.misfits import Misfit
from kiosk.showroom.offscreen.content_paths import ContentPaths
from kiosk.showroom.offscreen.offscreen_kiosk import open_offscreen, visible_items, written_text

NORMAL, LARGE = 4.5, 3.0
"""Minimum contrast of texts, and of large ones (WCAG 2.2, 1.4.3)."""
LARGE_LETTERS = 1.5
"""What counts as large, beside the smallest letters that the screens use."""
ACROSS, DOWN = 48, 12
"""Points of a text at which its ground is looked at."""
FADE = 2.4
"""How far from the edge of what scrolls a text fades (`Theme.fade`), in smallest letters."""
SMALL = 160
"""Pixels of a logo that are looked at, along its longer side."""
KEPT_SHAPE = Qt.AspectRatioMode.KeepAspectRatio
OVERLOOKED = 0.05
"""The share of those points that may be worse: a lamp, a reflection."""


def faint_texts(loaded: Loaded, size: Size, moment: datetime) -> Iterator[Misfit]:
    """Texts that do not stand out on a screen of `size` pixels; needs an `offscreen_application`.

    What a visitor must scroll to is not looked at.
    """
    assert loaded.content is not None
    paths = ContentPaths(loaded.content)
    with open_offscreen(loaded, moment, size) as kiosk:
        for screen in kiosk.screens():
            picture = kiosk.picture(screen)
            texts = [item for item in visible_items(kiosk.window.contentItem()) if _is_text(item)]
            ground = _without(texts, kiosk.draw)
            for item in texts:
                least = LARGE if _size(item) >= LARGE_LETTERS * kiosk.label_size else NORMAL
                contrast = _contrast(item, picture, ground, FADE * kiosk.label_size)
                if contrast is not None and contrast < least:
                    where = f"screen '{screen.name}' at {written_size(size)}"
                    text = written_text(item)
                    path = paths.find(text, kiosk.showroom.navigation.placeId)
                    yield Misfit(path, text, "faint", where, contrast=contrast)


def pale_logo(loaded: Loaded) -> Iterator[Misfit]:
    """A drawn logo of which half hardly stands out from what it stands on; of another, the linter
    finds that.
    """
    assert loaded.content is not None
    logo = loaded.content.brand.logo
    if logo is None or not is_drawing(logo.file):
        return
    reader = QImageReader(str(loaded.assets / logo.file))
    reader.setScaledSize(reader.size().scaled(SMALL, SMALL, KEPT_SHAPE))
    shares: dict[Color, float] = {}
    image = reader.read()
    for x, y in product(range(image.width()), range(image.height())):
        color = image.pixelColor(x, y)
        shares.setdefault(_rgb(color.rgb()), 0)
        shares[_rgb(color.rgb())] += color.alphaF()
    contrast = median_ratio(shares, ground_of_logo(loaded.content))
    if contrast is not None and contrast < SIGN:
        yield Misfit(LOGO, logo.file, "pale", "", contrast=contrast)


def _is_text(item: QQuickItem) -> bool:
    return item.inherits("QQuickText") and len(item.property("text")) > 1


def _size(item: QQuickItem) -> float:
    return float(item.property("font").pixelSize())


def _without(texts: Sequence[QQuickItem], draw: Callable[[], QImage]) -> QImage:
    """The screen with nothing written on it."""
    opacities = [item.opacity() for item in texts]
    for item in texts:
        item.setOpacity(0)
    ground = draw()
    for item, opacity in zip(texts, opacities, strict=True):
        item.setOpacity(opacity)
    return ground


def _contrast(item: QQuickItem, picture: QImage, ground: QImage, fade: float) -> float | None:
    """Of a text and what is behind it; None where none of it is seen, or where it fades."""
    # A headline's letters stand in its box; its lines are higher.
    written = item.boundingRect() & QRectF(0, 0, item.width(), item.height())
    box = item.mapRectToScene(written).toAlignedRect()
    seen = _seen(item, ground.rect(), fade)
    if not seen.contains(box):
        return None
    color: QColor = item.property("color")
    ink, strength = color.rgb(), color.alphaF() * _opacity(item)
    ratios = []
    for x in range(box.left(), box.right() + 1, max(1, box.width() // ACROSS)):
        for y in range(box.top(), box.bottom() + 1, max(1, box.height() // DOWN)):
            ratios.append(_stands_out(ink, strength, ground.pixel(x, y)))
    if picture.copy(box) == ground.copy(box):  # something lies over it
        return None
    return sorted(ratios)[int(OVERLOOKED * len(ratios))]


@lru_cache(maxsize=1 << 16)
def _stands_out(ink: int, strength: float, behind: int) -> float:
    """The contrast of a color (0xAARRGGBB) as it is drawn, at a strength up to 1, on another."""
    ground = _rgb(behind)
    return ratio(mix(ground, _rgb(ink), strength), ground)


def _rgb(color: int) -> Color:
    red, green, blue = ((color >> shift & 0xFF) / 255 for shift in (16, 8, 0))
    return red, green, blue


def _seen(item: QQuickItem, screen: QRect, fade: float) -> QRect:
    """The part of the screen that what scrolls or clips leaves of an item."""
    seen, parent = screen, item.parentItem()
    while parent is not None:
        if parent.clip():
            edge = QRectF(0, 0, parent.width(), parent.height())
            if parent.property("interactive"):
                edge.adjust(0, 0, *(-fade if more else 0 for more in _goes_on(parent)))
            seen &= parent.mapRectToScene(edge).toAlignedRect()
        parent = parent.parentItem()
    return seen


def _goes_on(view: QQuickItem) -> tuple[bool, bool]:
    """Whether what scrolls goes on to the right, and below."""
    wide, high = view.property("contentWidth"), view.property("contentHeight")
    return wide > view.width() + 1, high > view.height() + 1


def _opacity(item: QQuickItem | None) -> float:
    return 1.0 if item is None else item.opacity() * _opacity(item.parentItem())
