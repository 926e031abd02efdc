"""The showroom's local time, whatever zone its machine is set to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.blocks.zones import is_zone, zone_named
from kiosk.operation.clock import SYSTEM_CLOCK, Clock
from kiosk.operation.clock_judge import ClockJudge, times_of
from kiosk.operation.locks import is_in_use
from kiosk.operation.status import DOUBTED, Status, read_status
from kiosk.timeout import CallTimedOut, call_within

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.content.model import Content

TIMEOUT_SECONDS = 3.0
"""How long a content file may take to respond; on a hanging share it never does."""


def clock_of(content: Content) -> Clock:
    """A clock in the time zone that a content names."""
    return Clock(zone=zone_named(content.time_zone))


def showroom_clock(folder: Path) -> Clock:
    """A clock in the time zone of a data folder's showroom.

    Until a kiosk has shown content with a time zone there, it uses the machine's.
    """
    name = read_status(folder).time_zone
    return Clock(zone=zone_named(name)) if is_zone(name) else SYSTEM_CLOCK


def is_clock_trusted(folder: Path) -> bool:
    """Whether the system clock is trusted, as far as a data folder's kiosk knows."""
    status = read_status(folder)
    if status.clock == DOUBTED and is_in_use(folder):
        return False  # it has seen the clock jump
    return ClockJudge(times_of_content(status), status.anchors).is_trusted()


def times_of_content(status: Status) -> list[datetime]:
    """When the content file was written; empty if it does not respond."""
    if not status.content or status.silent_since:
        return []
    try:
        return call_within(TIMEOUT_SECONDS, lambda: times_of([Path(status.content)]))
    except CallTimedOut:
        return []
