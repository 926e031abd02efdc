"""What the sections of the staff area work with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kiosk.operation.status import Status
from kiosk.showroom.staff.words import StaffWords
from kiosk.showroom.staff.work import Work


class StaffServices(NamedTuple):
    """The same for all, but for the `work`, which ends with a section."""

    data: Path
    work: Work
    words: StaffWords
    read_status: Callable[[], Status]
    """What the kiosk shows, also where the disk could not take it down."""
    can_leave: bool
    """Not where a service manager would start the kiosk again at once."""
