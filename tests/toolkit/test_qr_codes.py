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

from kiosk.toolkit.images import QUIET_ZONE, QrImageProvider, qr_image


def scan(image: QImage) -> zxingcpp.Barcode:
    """What a phone scans, at four pixels a module."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    size = grey.width()
    rows = (bytes(grey.constBits()), "raw", "L", grey.bytesPerLine(), 1)
    picture = Image.frombuffer("L", (size, size), *rows)
    (code,) = zxingcpp.read_barcodes(picture.resize((4 * size, 4 * size), Image.Resampling.NEAREST))
    return code


def read(image: QImage) -> str:
    """The text that is scanned."""
    return scan(image).text


@pytest.mark.parametrize(
    "text",
    [
        "https://www.miniusa.com",
        "geo:39.7990,-89.6440",
        "https://example.com/a%20b?c=d&e=f#g",
        "https://example.com/ü",
        "Nürburgring",
        "鈴鹿サーキット",
        "Автодром Сочи",
        "Zażółć gęślą jaźń",
        "BEGIN:VEVENT\r\nSUMMARY:Nürburgring\r\nLOCATION:鈴鹿\r\nEND:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    ],
)
def test_a_code_carries_its_text_through_the_url_that_qml_asks_for(
    qapp: QGuiApplication, text: str
) -> None:
    asked = quote(text, safe="!'()*-._~")  # as encodeURIComponent writes it
    assert read(QrImageProvider().requestImage(asked, QSize(), QSize())) == text


@pytest.mark.parametrize(
    "text", ["Nürburgring", "鈴鹿", "Автодром", "ｶﾀｶﾅ", "Kraków", "naïve café"]
)
def test_a_code_holds_utf_8_and_no_header_that_phones_may_not_know(text: str) -> None:
    code = scan(qr_image(text))
    assert (code.text, code.bytes) == (text, text.encode())
    assert code.symbology_identifier == "]Q1"  # ]Q2 would be with an ECI header


@given(st.text(min_size=1, max_size=120).filter(str.isprintable))
def test_any_text_is_scanned_as_it_was_written(text: str) -> None:
    assert scan(qr_image(text)).bytes == text.encode()


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
