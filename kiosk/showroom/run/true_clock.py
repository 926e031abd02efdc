"""The true time on the floor and whether it can be believed, whatever day is shown."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.operation.clock import SYSTEM_CLOCK
from kiosk.operation.clock_judge import Anchors, ClockJudge, times_of
from kiosk.operation.status import DOUBTED, TRUSTED, hour_of
from kiosk.showroom.run.vitals import Vitals

if TYPE_CHECKING:
    from kiosk.content.model import Content


class TrueClock:
    """Signups are dated by it; `kiosk health` reads from `vitals` what it came to."""

    def __init__(
        self, content: Path, saved_at: datetime | None, anchors: Anchors, vitals: Vitals
    ) -> None:
        """`saved_at`: when the content file was saved; `anchors`: what was believed before."""
        self._content = content
        self._vitals = vitals
        self._clock = SYSTEM_CLOCK
        self._judge = ClockJudge([saved_at] if saved_at else [], anchors)

    def follow(self, content: Content) -> None:
        """Go by the time zone of a content."""
        from kiosk.operation.showroom_clock import clock_of

        self._clock = clock_of(content)

    def now(self) -> datetime:
        """In the showroom's time zone."""
        return self._clock.now()

    def is_trusted(self) -> bool:
        """Whether the system's clock is to be believed."""
        is_trusted, anchors = self._judge.is_trusted(), self._judge.anchors
        self._vitals.change(
            clock=TRUSTED if is_trusted else DOUBTED,
            synchronised_at=hour_of(anchors.synchronised_at),
            trusted_at=hour_of(anchors.trusted_at),
        )
        return is_trusted

    def is_trusted_beside_file(self, *, is_silent: bool) -> bool:
        """The same, given when the content file was saved; where it answers, on any thread."""
        if not is_silent:
            self._judge.note_written(times_of([self._content]))
        return self.is_trusted()
