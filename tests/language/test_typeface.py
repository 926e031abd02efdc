"""Which letters the typeface has, against what Qt draws where there is no other font."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.language.typeface import (
    STAND_IN_WEIGHTS,
    WEIGHTS,
    font_file,
    letters,
    stand_in_letters,
    undrawable,
)

EUROPE = "ÄÖÜäöüßẞéèêçñåøæœłżřşșțžĞİıŐŰÆŒðþ€£¥©®™°²½×–—…•„“”‘’«»¿¡"
COMPOSED = "ẽẼǵỸ"
STOOD_IN = "ễẤỖơưΩЖ→✓№₹"
"""Letters of the typeface that stands in."""
MISSING = "🎉한中א‑"
ALONE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>"""
DRAWING = """
import sys
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from kiosk.toolkit.fonts import load_fonts
application = QGuiApplication([])
font = load_fonts()
font.setPixelSize(80)
def drawn(text):
    picture = QImage(160, 160, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setFont(font)
    painter.drawText(20, 110, text)
    painter.end()
    return picture
box = drawn("\\u4e00")
print("".join(sign for sign in sys.argv[1] if drawn(sign) == box))
"""


@pytest.mark.parametrize(
    "text", [EUROPE, COMPOSED, STOOD_IN, "a\u00adb c\u200dd\ufe0f", "A plain text."]
)
def test_what_the_typeface_can_draw_is_not_told(text: str) -> None:
    assert undrawable(text) == []


def test_what_it_lacks_is_told_once_and_in_order() -> None:
    assert undrawable("한 🎉 and 한 again") == ["한", "🎉"]


def test_every_weight_has_the_same_letters() -> None:
    assert len({letters(weight) for weight in WEIGHTS}) == 1
    assert len({stand_in_letters(weight) for weight in STAND_IN_WEIGHTS}) == 1
    assert len(letters()) > 400


def test_qt_draws_boxes_for_the_same_signs_where_no_other_font_is(tmp_path: Path) -> None:
    assert font_file(WEIGHTS[0])
    (tmp_path / "fonts.conf").write_text(ALONE.format(cache=tmp_path), encoding="utf-8")
    signs = EUROPE + COMPOSED + STOOD_IN + MISSING
    result = subprocess.run(
        [sys.executable, "-c", DRAWING, signs],
        env={
            "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": ":".join(sys.path),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert result.stdout.strip() == "".join(undrawable(signs))
