"""Signs that the typeface lacks, and figures that stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import name

from kiosk.blocks.block import Place
from kiosk.blocks.listing import shortened
from kiosk.content.lint.rule import Finding, Subject
from kiosk.language.typeface import undrawable

LONGEST_QUOTE = 40


def missing_sign(subject: Subject) -> Iterator[Finding]:
    """Every text that a visitor would see a box in."""
    for path, text in subject.texts():
        if signs := undrawable(text):
            quote = shortened(text, LONGEST_QUOTE)
            named = ", ".join(f"'{sign}' ({_name(sign)})" for sign in signs)
            verb = "is" if len(signs) == 1 else "are"
            yield Finding(
                path,
                f"{named} {verb} not in the typeface and cannot be drawn in '{quote}'; write it"
                " without",
            )


def _name(sign: str) -> str:
    return name(sign, f"U+{ord(sign):04X}").lower()


def door_figure(subject: Subject) -> Iterator[Finding]:
    """Figures on a door without the line that says what they count."""
    for path, place in subject.blocks(Place):
        if place.door_figure is not None and place.door is None:
            yield Finding(
                (*path, "door_figure"),
                f"'{place.door_figure}' is on the door of '{place.name}', but nothing says"
                " what it counts; add a line below door:, such as door: stories",
            )
