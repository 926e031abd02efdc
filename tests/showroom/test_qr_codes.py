"""QR codes as QML is given them: any reader must find in them what was put in."""

from __future__ import annotations

from urllib.parse import quote

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage

from kiosk.showroom.images import QUIET_ZONE, QrImageProvider, qr_image


def read(image: QImage) -> str:
    """What a phone reads, at four pixels a module."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    size = grey.width()
    picture = Image.new("L", (size, size))
    picture.putdata([grey.pixelColor(x, y).red() for y in range(size) for x in range(size)])
    (code,) = zxingcpp.read_barcodes(picture.resize((4 * size, 4 * size), Image.Resampling.NEAREST))
    return code.text


@pytest.mark.parametrize(
    "text",
    [
        "https://www.miniusa.com",
        "geo:39.7990,-89.6440",
        "https://example.com/a%20b?c=d&e=f#g",
        "https://example.com/ü",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    ],
)
def test_a_code_carries_its_text_through_the_url_that_qml_asks_for(
    qapp: QGuiApplication, text: str
) -> None:
    asked = quote(text, safe="!'()*-._~")  # as encodeURIComponent writes it
    assert read(QrImageProvider().requestImage(asked, QSize(), QSize())) == text


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=400))
def test_any_address_can_be_taken_home(text: str) -> None:
    assert read(qr_image(text)) == text


def test_a_code_stands_in_its_quiet_zone(qapp: QGuiApplication) -> None:
    image = qr_image("https://www.miniusa.com")
    edge = [image.pixelColor(x, y).red() for x in range(image.width()) for y in range(QUIET_ZONE)]
    assert set(edge) == {255}
    assert image.pixelColor(QUIET_ZONE, QUIET_ZONE).red() == 0


def test_no_text_is_an_empty_picture(qapp: QGuiApplication) -> None:
    assert qr_image("").size() == QSize(1, 1)
