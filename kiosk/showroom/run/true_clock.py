"""The true time, and whether it can be trusted, whatever day is shown."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.operation.clock import SYSTEM_CLOCK
from kiosk.operation.clock_judge import Anchors, ClockJudge, times_of
from kiosk.operation.status import DOUBTED, TRUSTED, hour_of
from kiosk.showroom.run.status_reporter import StatusReporter

if TYPE_CHECKING:
    from kiosk.content.model import Content


class TrueClock:
    """Dates signups; reports whether the clock is trusted to `kiosk health`."""

    def __init__(
        self,
        content: Path,
        saved_at: datetime | None,
        anchors: Anchors,
        status_reporter: StatusReporter,
    ) -> None:
        """`saved_at`: when the content file was saved; `anchors`: what was believed before."""
        self._content = content
        self._status_reporter = status_reporter
        self._clock = SYSTEM_CLOCK
        self._judge = ClockJudge([saved_at] if saved_at else [], anchors)

    def follow(self, content: Content) -> None:
        """Use the time zone of a content."""
        from kiosk.operation.showroom_clock import clock_of

        self._clock = clock_of(content)

    def now(self) -> datetime:
        """The time in the showroom's time zone."""
        return self._clock.now()

    def is_trusted(self) -> bool:
        is_trusted, anchors = self._judge.is_trusted(), self._judge.anchors
        self._status_reporter.update(
            clock=TRUSTED if is_trusted else DOUBTED,
            synchronised_at=hour_of(anchors.synchronised_at),
            trusted_at=hour_of(anchors.trusted_at),
        )
        return is_trusted

    def is_trusted_beside_file(self, *, is_silent: bool) -> bool:
        """The same, given when the content file was saved, if it responds; on any thread."""
        if not is_silent:
            self._judge.record_write_times(times_of([self._content]))
        return self.is_trusted()
