"""The typeface in the three weights the kiosk uses, and its stand-in, made known to Qt."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from kiosk.language.typeface import (
    FAMILY,
    STAND_IN,
    STAND_IN_WEIGHTS,
    WEIGHTS,
    font_file,
    stand_in_file,
)
from kiosk.toolkit.errors import CannotShow


class FontsMissing(CannotShow):
    """The font package is not installed or not whole."""


def load_fonts() -> QFont:
    """Make the typeface known to Qt and return its reading weight.

    Raises:
        FontsMissing: says what to install.
    """
    for weight in WEIGHTS:
        _load(font_file(weight), "font-rhd")
    for weight in STAND_IN_WEIGHTS:
        _load(stand_in_file(weight), "font-source-sans-pro")
    QFont.insertSubstitution(FAMILY, STAND_IN)  # before any that the system has
    font = QFont(FAMILY)
    font.setWeight(QFont.Weight.Medium)
    return font


def _load(file: Path | None, package: str) -> None:
    if file is None:
        raise FontsMissing(f"the typeface is missing; install the package {package}")
    if QFontDatabase.addApplicationFont(str(file)) < 0:
        raise FontsMissing(f"the typeface cannot be read; install the package {package} again")
