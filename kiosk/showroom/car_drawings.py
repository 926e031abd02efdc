"""Drawn cars for QML: `image://car/<drawing>/<paint as rrggbb>`, and `image://car/shadow`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QBrush, QColor, QGradient, QImage, QPainter, QRadialGradient
from PySide6.QtQuick import QQuickImageProvider

from kiosk import places

FOLDER = Path(places.__file__).resolve().parent / "models" / "drawings"
DRAWN_PAINT = "#C8102E"
"""The color in the files that becomes the paint."""

TRANSPARENT = 0
SHADOW = ((0, 150), (0.55, 110), (0.8, 40), (1, 0))
"""How far from its middle a shadow is how dark, of 255."""


@cache
def _drawn(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def car_image(name: str, paint: str, size: QSize) -> QImage:
    """A car in a paint (`rrggbb`), as wide as `size` says, in pixels, and as high as it is then."""
    from PySide6.QtSvg import QSvgRenderer  # not for the first frame

    renderer = QSvgRenderer(QByteArray(_drawn(name).replace(DRAWN_PAINT, f"#{paint}").encode()))
    drawn = renderer.defaultSize()
    width = size.width() if size.width() > 0 else drawn.width()
    image = QImage(
        width,
        max(1, round(width * drawn.height() / drawn.width())),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(TRANSPARENT)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def shadow_image(size: QSize) -> QImage:
    """The shadow below what stands on the floor, darkest in its middle."""
    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(TRANSPARENT)
    gradient = QRadialGradient(0.5, 0.5, 0.5)
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    for at, strength in SHADOW:
        gradient.setColorAt(at, QColor(0, 0, 0, strength))
    painter = QPainter(image)
    painter.fillRect(image.rect(), QBrush(gradient))
    painter.end()
    return image


class CarDrawings(QQuickImageProvider):
    """Draws cars as QML asks for them."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        if id == "shadow":
            return shadow_image(requestedSize)
        name, _, paint = id.partition("/")
        return car_image(name, paint, requestedSize)
