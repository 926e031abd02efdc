"""Texts that do not fit their place or do not stand out, as measured on the actual screens."""

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
        if misfit.fault in {"faint", "pale"}:
            continue
        previous = worst.setdefault((misfit.path, misfit.text), misfit)
        if misfit.room is not None and (previous.room is None or misfit.room < previous.room):
            worst[misfit.path, misfit.text] = misfit
    for misfit in worst.values():
        yield Finding(misfit.path, _sentence(misfit))


def text_contrast(subject: Subject) -> Iterator[Finding]:
    """One finding per text, for the screen on which it stands out least."""
    faint = [(misfit.contrast or 0.0, misfit) for misfit in subject.misfits]
    reported: set[tuple[Path, str]] = set()
    for contrast, misfit in sorted(faint, key=lambda pair: pair[0]):
        if misfit.fault == "faint" and (misfit.path, misfit.text) not in reported:
            reported.add((misfit.path, misfit.text))
            yield Finding(
                misfit.path,
                f"'{shortened(misfit.text, LONGEST_QUOTE)}' is hard to read on {misfit.where}: its"
                f" contrast with what is behind it is {contrast:.1f} to 1; use a calmer or darker"
                " picture there, move its focus_x and focus_y, or change the colors of theme:",
            )


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
