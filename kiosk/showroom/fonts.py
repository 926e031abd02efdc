"""The typeface in the three weights the kiosk uses, made known to Qt."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from kiosk.content.typeface import FAMILY, WEIGHTS, font_file
from kiosk.showroom.faults import CannotShow


class FontsMissing(CannotShow):
    """The font package is not installed or not whole."""


def load_fonts() -> QFont:
    """Make the typeface known to Qt and return its reading weight.

    Raises:
        FontsMissing: says what to install.
    """
    for weight in WEIGHTS:
        file = font_file(weight)
        if file is None:
            raise FontsMissing("the typeface is missing; install the package font-rhd")
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FontsMissing("the typeface cannot be read; install the package font-rhd again")
    font = QFont(FAMILY)
    font.setWeight(QFont.Weight.Medium)
    return font
