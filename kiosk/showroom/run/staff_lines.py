"""What staff read on the screen of a content file that is not in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.content.problems import count_of
from kiosk.showroom.rows import ProblemRow

if TYPE_CHECKING:
    from kiosk.content.model import Content
    from kiosk.content.versions.keeping import Kept

NOT_SHOWN = "The content could not be shown; the log says why. Tell whoever set this up."


def notice_of(kept: Kept) -> tuple[ProblemRow, ...]:
    """The page that stands in for a showroom without any content."""
    from kiosk.showroom.presenter import problem_rows

    return problem_rows(kept.problems) if kept.problems else (ProblemRow("", kept.message),)


def staff_line(kept: Kept, content: Content) -> str:
    """The line on the attract loop, empty where all is well.

    Its figures are in the language of `content`, which is shown meanwhile.
    """
    from kiosk.content.localized import localization_of

    if kept.is_in_order:
        return ""
    if kept.is_silent:
        return "The content file does not answer: check the network or its file server."
    if kept.missing:
        return f"The content file is held back: {kept.missing[0]}. Copy or save it once more."
    count = count_of(kept.problems)
    if count == 0:
        return "The content file cannot be read: run 'kiosk check'."
    errors = f"{localization_of(content).number(count)} {'error' if count == 1 else 'errors'}"
    return f"The content file has {errors}: run 'kiosk check'."
