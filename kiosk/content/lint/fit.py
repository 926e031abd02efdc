"""Texts that do not fit their place, as measured on the actual screens."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.blocks.listing import shortened
from kiosk.blocks.paths import Path
from kiosk.content.lint.misfits import Misfit
from kiosk.content.lint.rule import Finding, Subject

LONGEST_QUOTE = 40


def text_fit(subject: Subject) -> Iterator[Finding]:
    """One finding per text, for the screen with the least room."""
    worst: dict[tuple[Path, str], Misfit] = {}
    for misfit in subject.misfits:
        previous = worst.setdefault((misfit.path, misfit.text), misfit)
        if misfit.room is not None and (previous.room is None or misfit.room < previous.room):
            worst[misfit.path, misfit.text] = misfit
    for misfit in worst.values():
        yield Finding(misfit.path, _sentence(misfit))


def _sentence(misfit: Misfit) -> str:
    text = misfit.text
    quote = shortened(text, LONGEST_QUOTE)
    match misfit.fault:
        case "small":
            return (
                f"'{quote}' is shrunk so far that it is hard to read on {misfit.where}; use shorter"
                " words"
            )
        case "outside":
            return f"'{quote}' does not fit on {misfit.where}; write less there"
    if misfit.room is None:
        return f"'{quote}' is cut off on {misfit.where}; shorten it"
    return (
        f"'{quote}' has {len(text)} letters and is cut off on {misfit.where}; shorten it to about"
        f" {misfit.room}"
    )
