"""A visitor's session: asleep on the attract loop, awake, warned before it ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.toolkit.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

Phase = Literal["attract", "active", "warning"]

IDLE_SECONDS = 60
FORM_IDLE_SECONDS = 90
WARNING_SECONDS = 20
"""WCAG 2.2.1: a warning of at least 20 seconds before a session is taken away."""
SLACK_SECONDS = 5
"""A timer is late on a busy machine; only sleep makes it later than this."""
LOST_TOUCH_MS = 60_000
"""A finger that neither moves nor leaves: its screen was unplugged, or something lies on it."""


@QmlElement
@QmlUncreatable("one for the showroom")
class SessionViewModel(QObject):
    """Times the visitor's pauses; `ended` tells everyone to forget."""

    phaseChanged = Signal()
    secondsLeftChanged = Signal()
    ended = Signal()
    waking = Signal()
    """Just before the attract loop is left, for what must be right by then."""
    released = Signal()

    def __init__(
        self, parent: QObject | None = None, *, steady: Callable[[], float] | None = None
    ) -> None:
        """`steady`: seconds on a clock that goes on while the machine sleeps, as timers do not."""
        super().__init__(parent)
        self._steady = steady or seconds_since_boot
        self._since = self._steady()
        self.last_touch = self._since
        """When a touch, a key or a scroll came last, on the same clock."""
        self._phase: Phase = "attract"
        self._on_form = False
        self.is_pressed = False
        """Whether a finger is on the screen."""
        self._stays = False
        self._seconds_left = WARNING_SECONDS
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.warn)
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._count_down)
        self._lost_touch = QTimer(self, singleShot=True, interval=LOST_TOUCH_MS)
        self._lost_touch.timeout.connect(self.release)

    @Property(str, notify=phaseChanged)
    def phase(self) -> str:
        return self._phase

    @Property(int, notify=secondsLeftChanged)
    def secondsLeft(self) -> int:
        return self._seconds_left

    @Slot()
    def wake(self) -> None:
        """The waking touch: leaves the attract loop and does nothing else."""
        if self._phase == "attract":
            self.last_touch = self._steady()
            self.waking.emit()
            self._set_phase("active")
            self._restart()

    @Slot()
    def carryOn(self) -> None:
        """The visitor is still there."""
        if self._phase == "warning":
            self._countdown.stop()
            self._set_phase("active")
            self._restart()

    def stay(self) -> None:
        """No pause ends the session: at a desk, not on the floor."""
        self._stays = True

    def touched(self) -> None:
        """Any touch, key or scroll; during the warning only `carryOn` counts.

        One that comes after the session should have ended is another visitor's.
        """
        self.count_pause()
        self.last_touch = self._steady()
        if self._phase == "active":
            self._restart()
        if self.is_pressed:
            self._lost_touch.start()

    def count_pause(self) -> None:
        """End the session, or warn, where the machine has slept through the moment to do so."""
        if self._stays or self._phase == "attract":
            return
        paused = self._steady() - self._since
        allowed = self._idle_seconds() if self._phase == "active" else 0
        if paused >= allowed + WARNING_SECONDS + SLACK_SECONDS:
            self.end()
        elif self._phase == "active" and paused >= allowed + SLACK_SECONDS:
            self.warn()

    def press(self) -> None:
        """A finger is on the screen."""
        self.is_pressed = True
        self._lost_touch.start()

    @Slot()
    def release(self) -> None:
        """The last finger is off the screen, or has not been heard of for so long."""
        self.is_pressed = False
        self._lost_touch.stop()
        self.released.emit()

    def be_on_form(self, on_form: bool) -> None:
        """The form is given more time than the other places."""
        self._on_form = on_form
        if self._phase == "active":
            self._restart()

    def end(self) -> None:
        """Back to the attract loop; everything of the visitor is forgotten."""
        if self._phase == "attract":
            return
        self._idle.stop()
        self._countdown.stop()
        self._set_phase("attract")
        self.ended.emit()
        if self.is_pressed:
            self.release()  # a finger that was there is gone, and its end was lost

    @Slot()
    def warn(self) -> None:
        """Ask whether someone is still there, and begin to count down."""
        self._since = self._steady()
        self._set_seconds_left(WARNING_SECONDS)
        self._set_phase("warning")
        self._countdown.start()

    @Slot()
    def _count_down(self) -> None:
        self._set_seconds_left(self._seconds_left - 1)
        if self._seconds_left <= 0:
            self.end()

    def _restart(self) -> None:
        self._since = self._steady()
        if not self._stays:
            self._idle.start(1000 * self._idle_seconds())

    def _idle_seconds(self) -> int:
        return FORM_IDLE_SECONDS if self._on_form else IDLE_SECONDS

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self.phaseChanged.emit()

    def _set_seconds_left(self, seconds: int) -> None:
        self._seconds_left = seconds
        self.secondsLeftChanged.emit()


def seconds_since_boot() -> float:
    """A clock that goes on while the machine sleeps, and that nobody can set."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
