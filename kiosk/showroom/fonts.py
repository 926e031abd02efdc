"""The typeface: Red Hat Display, from its package, in the three weights the kiosk uses."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from kiosk.showroom.faults import CannotShow

FAMILY = "Red Hat Display"
WEIGHTS = ("Medium", "Bold", "Black")


class FontsMissing(CannotShow):
    """The font package is not installed or not whole."""


def load_fonts() -> QFont:
    """Make the typeface known to Qt and return its reading weight.

    Raises:
        FontsMissing: says what to install.
    """
    spec = find_spec("font_rhd")
    if spec is None or not spec.submodule_search_locations:
        raise FontsMissing("the typeface is missing; install the package font-rhd")
    folder = Path(spec.submodule_search_locations[0]) / "files"
    for weight in WEIGHTS:
        if QFontDatabase.addApplicationFont(str(folder / f"RedHatDisplay-{weight}.ttf")) < 0:
            raise FontsMissing("the typeface cannot be read; install the package font-rhd again")
    font = QFont(FAMILY)
    font.setWeight(QFont.Weight.Medium)
    return font
