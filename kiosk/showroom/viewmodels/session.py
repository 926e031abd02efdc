"""A visitor's session: asleep on the attract loop, awake, warned before it ends."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.showroom.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

Phase = Literal["attract", "active", "warning"]

IDLE_SECONDS = 60
FORM_IDLE_SECONDS = 90
WARNING_SECONDS = 20
"""WCAG 2.2.1: a warning of at least 20 seconds before a session is taken away."""


@QmlElement
@QmlUncreatable("one for the showroom")
class SessionViewModel(QObject):
    """Times the visitor's pauses; `ended` tells everyone to forget."""

    phaseChanged = Signal()
    secondsLeftChanged = Signal()
    ended = Signal()
    released = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._phase: Phase = "attract"
        self._on_form = False
        self._pressed = False
        self._stays = False
        self._seconds_left = WARNING_SECONDS
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.warn)
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._count_down)

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
        """Any touch, key or scroll; during the warning only `carryOn` counts."""
        if self._phase == "active":
            self._restart()

    def press(self) -> None:
        """A finger is on the screen."""
        self._pressed = True

    def release(self) -> None:
        """The last finger is off the screen."""
        self._pressed = False
        self.released.emit()

    @property
    def is_pressed(self) -> bool:
        """Whether a finger is on the screen."""
        return self._pressed

    def be_on_form(self, on_form: bool) -> None:
        """The form is given more time than the other places."""
        self._on_form = on_form
        self.touched()

    def end(self) -> None:
        """Back to the attract loop; everything of the visitor is forgotten."""
        if self._phase == "attract":
            return
        self._idle.stop()
        self._countdown.stop()
        self._set_phase("attract")
        self.ended.emit()

    @Slot()
    def warn(self) -> None:
        """Ask whether someone is still there, and begin to count down."""
        self._set_seconds_left(WARNING_SECONDS)
        self._set_phase("warning")
        self._countdown.start()

    @Slot()
    def _count_down(self) -> None:
        self._set_seconds_left(self._seconds_left - 1)
        if self._seconds_left <= 0:
            self.end()

    def _restart(self) -> None:
        if self._stays:
            return
        self._idle.start(1000 * (FORM_IDLE_SECONDS if self._on_form else IDLE_SECONDS))

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self.phaseChanged.emit()

    def _set_seconds_left(self, seconds: int) -> None:
        self._seconds_left = seconds
        self.secondsLeftChanged.emit()
