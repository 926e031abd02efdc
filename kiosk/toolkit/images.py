"""QR codes for QML: `image://qr/<the text, percent-encoded>`."""

from __future__ import annotations

from urllib.parse import unquote

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004, 5.3.8)."""


def qr_image(text: str) -> QImage:
    """A QR code with one pixel a module, quiet zone included; empty for no text."""
    import segno  # 40 ms, and not for the first frame

    if not text:
        return QImage(1, 1, QImage.Format.Format_Mono)
    # Unless told, segno writes ISO 8859-1 or Shift_JIS where a text fits in. Readers expect UTF-8;
    # an ECI header that says so is not understood by all.
    code = segno.make_qr(text, error="m", encoding="utf-8")
    rows = code.matrix_iter(border=QUIET_ZONE)
    modules = [bytes(0 if dark else 255 for dark in row) for row in rows]
    size = len(modules)
    # The copy owns its pixels; the bytes go when this returns.
    return QImage(b"".join(modules), size, size, size, QImage.Format.Format_Grayscale8).copy()


class QrImageProvider(QQuickImageProvider):
    """Draws codes as QML asks for them."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        return qr_image(unquote(id))
