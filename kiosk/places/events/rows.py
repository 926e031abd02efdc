"""What QML is given of events."""

from __future__ import annotations

from typing import NamedTuple


class EventRow(NamedTuple):
    """An event as a card; `spoken` is its days as they are read out."""

    days: str
    month: str
    time: str
    spoken: str
    title: str
    where: str
    summary: str
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5
