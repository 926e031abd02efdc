"""Outside of its hours the screen is dark: black, and off where the system lets the kiosk do it.

A touch lights it. See docs/decisions/0042.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.operation.screen_hours import ScreenHours
from kiosk.showroom.viewmodels.session import seconds_since_boot
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel

LIT_SECONDS = 300
"""After a touch; longer than any pause that a session allows."""
LONGEST_SECONDS = 600
"""Between two looks at the clock, which may be trusted or doubted meanwhile."""

log = logging.getLogger(__name__)


class Night(QObject):
    """Goes dark only while nobody is there, and only by a clock that can be trusted."""

    def __init__(
        self,
        hours: ScreenHours,
        showroom: ShowroomViewModel,
        now: Callable[[], datetime],
        is_trusted: Callable[[], bool],
        switch_panel: Callable[[bool], object],
        parent: QObject | None = None,
        *,
        steady: Callable[[], float] = seconds_since_boot,
    ) -> None:
        """`switch_panel` has the panel itself go on or off, as far as it can."""
        super().__init__(parent)
        self._hours = hours
        self._showroom = showroom
        self._now = now
        self._is_trusted = is_trusted
        self._switch_panel = switch_panel
        self._steady = steady
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        showroom.session.phaseChanged.connect(self.look)
        showroom.staffChanged.connect(self.look)
        showroom.lighting.connect(self._light)
        self.look()

    @Slot()
    def look(self) -> None:
        """Go dark, or light up, if it is time; and look again when that may change."""
        now = self._now()
        is_night = not self._hours.is_on(now) and self._is_trusted()
        wait = self._seconds_until_calm() if is_night else 0.0
        self._set_dark(is_night and wait <= 0)
        if wait <= 0:
            change = self._hours.next_change(now)
            wait = LONGEST_SECONDS if change is None else (change - now).total_seconds()
        self._timer.start(round(1000 * min(max(wait, 1.0), LONGEST_SECONDS)))

    def _seconds_until_calm(self) -> float:
        """How long somebody may still be there."""
        session = self._showroom.session
        if session.phase != "attract" or session.is_pressed or self._showroom.staff is not None:
            return LIT_SECONDS
        return session.last_touch + LIT_SECONDS - self._steady()

    @Slot()
    def _light(self) -> None:
        """Somebody has touched the dark screen."""
        self._set_dark(False)
        self._timer.start(1000 * LIT_SECONDS)

    def _set_dark(self, is_dark: bool) -> None:
        if is_dark == self._showroom.isDark:
            return
        log.info("the screen goes %s", "dark until its hours begin" if is_dark else "on")
        if is_dark:
            self._showroom.set_dark(True)
            self._switch_panel(False)
        else:
            self._switch_panel(True)
            self._showroom.set_dark(False)
