"""Counts what visitors do, without knowing who: see `kiosk.usage`.

Nothing is written while somebody is there, and nothing about a single visitor ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from kiosk.showroom.run.true_clock import TrueClock
from kiosk.showroom.viewmodels.session import seconds_since_boot
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import Runner
from kiosk.usage.visit import Tally, Visit

FAILURE = "usage.sqlite3 could not be written"

log = logging.getLogger(__name__)


class UsageRecorder(QObject):
    """Follows the visitor through the showroom, and adds the visit to the counts once it is over.

    `runner` is for the counts alone: a disk that hangs stops nothing else, and what is counted
    meanwhile waits in memory. `report` is told why visits cannot be counted, and with an empty text
    that they can be again.
    """

    def __init__(
        self,
        data: Path,
        showroom: ShowroomViewModel,
        clock: TrueClock,
        runner: Runner,
        report: Callable[[str], None],
        parent: QObject | None = None,
        *,
        steady: Callable[[], float] = seconds_since_boot,
    ) -> None:
        super().__init__(parent)
        self._data = data
        self._session = showroom.session
        self._navigation = showroom.navigation
        self._clock = clock
        self._runner = runner
        self._report = report
        self._steady = steady
        self._is_on = False
        self._months = 0
        self._language = ""
        self._visit: Visit | None = None
        self._place: QObject | None = None
        self._pending = Tally()
        self._is_writing = False
        self._reason = ""
        self._is_doubt_logged = False
        self._session.waking.connect(self._begin)
        self._navigation.changed.connect(self._follow_visitor)
        self._session.ended.connect(self._end)
        showroom.staffCalled.connect(self._forget_staff)  # before the staff area ends the session
        if self._session.phase != "attract":  # somebody was faster
            self._begin()
            self._follow_visitor()

    def follow(self, language: str, *, is_on: bool, months: int) -> None:
        """Count as the settings say, in a content's language."""
        self._is_on, self._months, self._language = is_on, months, language

    @Slot()
    def _begin(self) -> None:
        self._visit = Visit(self._session.last_touch)

    @Slot()
    def _follow_visitor(self) -> None:
        visit, navigation = self._visit, self._navigation
        place = navigation.place
        moment = self._session.last_touch
        if place is not self._place:
            if visit is not None and self._place is not None:
                visit.leave_form(getattr(self._place, "stage", "untouched"))
                visit.leave_place(moment)
            self._place = place
            if visit is not None and place is not None:
                visit.open_place(navigation.placeId, navigation.placeName, moment)
                if navigation.onForm:
                    visit.see("step", "form")
        if visit is None or place is None:
            return
        title = navigation.entry_title or getattr(navigation.within, "title", "")
        subject = f"{navigation.placeId}/{title}"
        if title:
            visit.see("entry", subject)
        if navigation.is_code_shown:
            visit.see("code", subject)

    @Slot()
    def _forget_staff(self) -> None:
        """Whoever woke the screen only to hold the corner is no visitor."""
        if self._visit is not None and not self._visit.has_opened:
            self._visit = None

    @Slot()
    def _end(self) -> None:
        """The navigation has gone home before, and with that the place was left."""
        visit, self._visit = self._visit, None
        if visit is None or not self._is_on:
            return
        if not self._clock.is_trusted():
            if not self._is_doubt_logged:
                log.info("visits are not counted while the clock is not trusted")
            self._is_doubt_logged = True
            return
        self._is_doubt_logged = False
        if self._language:
            visit.see("language", self._language)
        tally = visit.tally(self._steady(), self._session.last_touch, self._clock.now())
        tally.add_all(self._pending)
        self._pending = tally
        self._write()

    def _write(self) -> None:
        """Hand what has been counted to the disk, unless it is still busy with the last."""
        if self._is_writing:
            return
        tally, self._pending = self._pending, Tally()
        data, now, months = self._data, self._clock.now(), self._months
        self._is_writing = True
        self._runner.run(
            lambda: _store(data, tally, months, now),
            self._on_written,
            lambda error: self._on_failure(tally, error),
        )

    def _on_written(self, aside: Path | None) -> None:
        self._is_writing = False
        if aside is not None:
            log.error("the counts of visits were damaged; the file was renamed to %s", aside.name)
        self._set_reason("")
        if self._pending.amounts:  # another visit has ended meanwhile
            self._write()

    def _on_failure(self, tally: Tally, error: Exception) -> None:
        """The counts wait for the end of the next visit."""
        from kiosk.usage.store import UsageUnavailable

        self._is_writing = False
        self._pending.add_all(tally)
        is_known = isinstance(error, UsageUnavailable)
        self._set_reason(str(error) if is_known else f"{FAILURE} ({type(error).__name__})")

    def _set_reason(self, reason: str) -> None:
        """Said once, not with every visitor."""
        if reason and not self._reason:
            log.error("visits are not counted: %s", reason)
        if reason != self._reason:
            self._reason = reason
            self._report(reason)


def _store(data: Path, tally: Tally, months: int, now: datetime) -> Path | None:
    """On the runner's thread. Returns the new name of a damaged file."""
    from kiosk.usage.store import store_counts

    return store_counts(data, tally, months_before(now.date(), months), now)


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies some months before a day's."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
