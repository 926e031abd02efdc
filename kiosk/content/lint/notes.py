"""Texts that end at a note which was most likely meant to be read."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.lint.rule import Finding, Subject


def note_in_text(subject: Subject) -> Iterator[Finding]:
    """A note that begins one space behind a text."""
    for spot in subject.notes:
        yield Finding(
            (),
            "text after # is a note and not shown; put the text in 'quotes', or leave two spaces"
            " before a note",
            spot,
        )
