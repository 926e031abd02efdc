"""When a press was made, which on a busy machine is long before Qt hands it over.

X servers and Wayland compositors stamp their events by CLOCK_MONOTONIC, in milliseconds of 32 bits.
Where a stamp is of no such clock (another machine's X server, a test), a press was made after the
last turn of the event loop but one: what had come before would have been handed over in it.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QInputEvent

WRAP_MS = 2**32
MOST_AGE_MS = 10_000
"""A stamp that is older is no stamp of this clock."""
COARSE_MS = 10
"""By how much a stamp may be ahead: servers read the clock's coarse form."""
TURN_MS = 10


def monotonic_ms() -> float:
    """Milliseconds of the system's steady clock."""
    return time.monotonic() * 1000


class PressTimes(QObject):
    """Dates presses; while it is watching, `passed` tells up to when all of them have come."""

    passed = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turns = QTimer(self, interval=TURN_MS)
        self._turns.timeout.connect(self._note_turn)
        self._previous_turn = self._last_turn = 0.0

    def watch(self) -> None:
        """Follow the turns of the event loop from now on."""
        self._previous_turn = self._last_turn = monotonic_ms()
        self._turns.start()

    def stop(self) -> None:
        """Follow them no more; presses are then dated by their stamps alone."""
        self._turns.stop()

    def date(self, event: QInputEvent) -> float:
        """When a press was made, by `monotonic_ms`; at the earliest where no stamp tells."""
        now = monotonic_ms()
        age = (now - event.timestamp() + COARSE_MS) % WRAP_MS - COARSE_MS
        return now - max(0.0, age) if age <= MOST_AGE_MS else self._previous_turn

    @Slot()
    def _note_turn(self) -> None:
        self._previous_turn, self._last_turn = self._last_turn, monotonic_ms()
        self.passed.emit(self._previous_turn)
