"""A line of what appears or disappears by its dates, for the terminal and the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.content.dates import Change


def change_line(change: Change, when: str) -> str:
    """`2024-05-01 00:00  goes   offer 'Lease' (Offers), leaving 'Offers' with nothing to show`.

    What goes at the end of a day goes at 00:00 of the next.
    """
    place = f" ({change.place})" if change.place else ""
    then = _then(change) if change.then_empty else ""
    return f"{when}  {change.kind:<5}  {change.what}{place}{then}"


def _then(change: Change) -> str:
    from kiosk.content.model import Attract

    if change.place == Attract.noun:
        return ", leaving home's headline in its place"
    return f", leaving '{change.place}' with nothing to show"
