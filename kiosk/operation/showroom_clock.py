"""The clock on the showroom's wall, whatever zone its machine is set to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.blocks.zones import is_zone, zone_named
from kiosk.operation.clock import SYSTEM_CLOCK, Clock
from kiosk.operation.clock_judge import ClockJudge, times_of
from kiosk.operation.folders import is_in_use
from kiosk.operation.status import DOUBTED, Status, read_status
from kiosk.patience import Unanswered, ask_within

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.content.model import Content

LONGEST_SECONDS = 3.0
"""For a content file to answer; one on a share that hangs never does."""


def clock_of(content: Content) -> Clock:
    """A clock in the time zone that a content names."""
    return Clock(zone=zone_named(content.time_zone))


def showroom_clock(folder: Path) -> Clock:
    """A clock in the time zone of the showroom that a data folder belongs to.

    Until a kiosk has shown a content with a time zone there, it is in the machine's own.
    """
    name = read_status(folder).time_zone
    return Clock(zone=zone_named(name)) if is_zone(name) else SYSTEM_CLOCK


def is_clock_trusted(folder: Path) -> bool:
    """Whether the system's clock is to be believed, as far as the kiosk of a data folder knows."""
    status = read_status(folder)
    if status.clock == DOUBTED and is_in_use(folder):
        return False  # it has seen the clock jump
    return ClockJudge(times_of_content(status), status.anchors).is_trusted()


def times_of_content(status: Status) -> list[datetime]:
    """When the content file was written; nothing where it does not answer."""
    if not status.content or status.silent_since:
        return []
    try:
        return ask_within(LONGEST_SECONDS, lambda: times_of([Path(status.content)]))
    except Unanswered:
        return []
