"""The typeface, from its package, the one that stands in for it, and which letters they can draw.

Red Hat Display has the letters of western and central Europe. Source Sans Pro stands in where it
has none: for Vietnamese, Greek, Cyrillic and a few signs.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category, normalize

FAMILY = "Red Hat Display"
WEIGHTS = ("Medium", "Bold", "Black")
"""Those that the kiosk uses; all have the same letters."""

STAND_IN = "Source Sans Pro"
STAND_IN_WEIGHTS = ("Semibold", "Black")

UNDRAWN = frozenset({"Cc", "Cf", "Zs"})
"""Categories of what takes room or joins letters at most: spaces, joiners, soft hyphens."""
LOOKS = range(0xFE00, 0xFE10)
"""Variation selectors: they choose a look of the sign before them."""


def font_file(weight: str) -> Path | None:
    """The typeface's file of a weight; None where the package font-rhd is not installed."""
    return _file_of("font_rhd", f"RedHatDisplay-{weight}.ttf")


def stand_in_file(weight: str) -> Path | None:
    """The same of the one that stands in, in the package font-source-sans-pro."""
    return _file_of("font_source_sans_pro", f"SourceSansPro-{weight}.ttf")


@cache
def _file_of(package: str, name: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "files" / name


def undrawable(text: str) -> list[str]:
    """The signs of a text that would come out as boxes or blots, each once, in its order."""
    if text.isascii() or font_file(WEIGHTS[0]) is None or letters().issuperset(text):
        return []
    return [sign for sign in dict.fromkeys(text) if not _is_drawn(sign)]


def _is_drawn(sign: str) -> bool:
    if (
        sign in letters()
        or sign in stand_in_letters()
        or category(sign) in UNDRAWN
        or ord(sign) in LOOKS
    ):
        return True
    # Put together from a letter and an accent that are there; two accents would lie on each other.
    parts = normalize("NFD", sign)
    return len(parts) == 2 and letters().issuperset(parts)


@cache
def letters(weight: str = WEIGHTS[0]) -> frozenset[str]:
    """The letters that the typeface has; none where it is not installed."""
    return _letters_in(font_file(weight))


@cache
def stand_in_letters(weight: str = STAND_IN_WEIGHTS[0]) -> frozenset[str]:
    """The letters of the one that stands in."""
    return _letters_in(stand_in_file(weight))


def _letters_in(file: Path | None) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # 30 ms, and never for plain ASCII

    if file is None:
        return frozenset()
    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
