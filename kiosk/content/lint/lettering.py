"""Characters that the typeface lacks, and door figures without a caption."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import name

from kiosk.blocks.block import Place
from kiosk.blocks.listing import shortened
from kiosk.content.lint.rule import Finding, Subject
from kiosk.language.typeface import undrawable

LONGEST_QUOTE = 40


def missing_sign(subject: Subject) -> Iterator[Finding]:
    """Every text that would show a box."""
    for path, text in subject.texts():
        if characters := undrawable(text):
            quote = shortened(text, LONGEST_QUOTE)
            descriptions = ", ".join(f"'{char}' ({_name(char)})" for char in characters)
            verb = "is" if len(characters) == 1 else "are"
            yield Finding(
                path,
                f"{descriptions} {verb} not in the typeface and cannot be drawn in '{quote}'; write"
                " it without",
            )


def _name(char: str) -> str:
    return name(char, f"U+{ord(char):04X}").lower()


def door_figure(subject: Subject) -> Iterator[Finding]:
    """Door figures without a line that says what they count."""
    for path, place in subject.blocks(Place):
        if place.door_figure is not None and place.door is None:
            yield Finding(
                (*path, "door_figure"),
                f"'{place.door_figure}' is on the door of '{place.name}', but nothing says"
                " what it counts; add a line below door:, such as door: stories",
            )
