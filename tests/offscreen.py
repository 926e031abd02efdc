"""An offscreen kiosk that is brought to a screen by its name, and what is where on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage
    from PySide6.QtQuick import QQuickItem

    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk

LANDSCAPE, PORTRAIT = (1920, 1080), (1080, 1920)
SIZES = pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
TOUCH = 72
"""Pixels that are 20 mm on a 24-inch 1080p screen."""


def show_screen(kiosk: OffscreenKiosk, name: str) -> QImage:
    """The picture of a screen, which is shown from then on."""
    return kiosk.picture(next(screen for screen in kiosk.screens() if screen.name == name))


def as_pillow(drawn: QImage) -> Image.Image:
    image = drawn.convertToFormat(drawn.Format.Format_RGB888)
    size, line = (image.width(), image.height()), image.bytesPerLine()
    return Image.frombuffer("RGB", size, bytes(image.constBits()), "raw", "RGB", line, 1)


def parents(item: QQuickItem) -> Iterator[QQuickItem]:
    while (item := item.parentItem()) is not None:
        yield item


def on_window(item: QQuickItem) -> QRectF:
    """Where an item stands, whether or not it is in view there."""
    return item.mapRectToScene(item.boundingRect())


def in_view(item: QQuickItem) -> QRectF:
    """The part of an item that its scrolling parents and the window leave in view."""
    rect = on_window(item)
    for parent in parents(item):
        if parent.clip() or parent.parentItem() is None:
            rect = rect.intersected(on_window(parent))
    return rect
