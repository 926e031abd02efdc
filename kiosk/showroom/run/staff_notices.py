"""Notices on screen about a content file that is not valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.content.problems import count_of
from kiosk.showroom.rows import ProblemRow

if TYPE_CHECKING:
    from kiosk.content.model import Content
    from kiosk.content.versions.current_content import CurrentContent

NOT_SHOWN = "The content could not be shown; the log says why. Tell whoever set up the kiosk."

SAFE_MODE = "Safe mode after several crashes: run 'kiosk health'."


def problem_notice(current: CurrentContent) -> tuple[ProblemRow, ...]:
    """The page shown instead of a showroom without any content."""
    from kiosk.showroom.presenter import problem_rows

    return (
        problem_rows(current.problems) if current.problems else (ProblemRow("", current.message),)
    )


def staff_notice(current: CurrentContent, content: Content) -> str:
    """The line on the attract loop; empty if the file is valid.

    Its numbers are formatted in the language of `content`, which is shown meanwhile.
    """
    from kiosk.content.localized import localization_of

    if current.is_valid:
        return ""
    if current.is_silent:
        return "The content file does not respond: check the network or the file server."
    if current.missing:
        return f"The content file is held back: {current.missing[0]}. Copy or save it again."
    count = count_of(current.problems)
    if count == 0:
        return "The content file cannot be read: run 'kiosk check'."
    errors = f"{localization_of(content).number(count)} {'error' if count == 1 else 'errors'}"
    return f"The content file has {errors}: run 'kiosk check'."
