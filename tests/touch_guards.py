"""The touch guard of a window, and its time, for visitors who look before they touch or do not."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from kiosk.showroom.touch import press_times, touch_guard
from kiosk.showroom.touch.press_times import TURN_MS, PressTimes
from kiosk.showroom.touch.touch_guard import TouchGuard

if TYPE_CHECKING:
    import pytest
    from PySide6.QtQuick import QQuickWindow

NEVER_MS = 10**9


def guards_of(window: QQuickWindow) -> list[TouchGuard]:
    """Those that filter a window; without a look at the thousands of items below it (7 ms)."""
    return window.findChildren(TouchGuard, options=Qt.FindChildOption.FindDirectChildrenOnly)


def lift_guards(window: QQuickWindow) -> None:
    """As if the screen had been seen."""
    for guard in guards_of(window):
        guard.lift()


def is_presented(window: QQuickWindow) -> bool:
    """Whether what a window has changed to was shown, so that its guards' time runs out."""
    return all(guard._free_from < inf for guard in guards_of(window))


class GuardTime:
    """What guards take for the time; it passes only when a test lets it."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def let_pass(self, milliseconds: float, window: QQuickWindow) -> None:
        """Let the event loop of a window turn meanwhile."""
        (times,) = (guard.findChild(PressTimes) for guard in guards_of(window))
        turns = times.findChild(QTimer)
        for _ in range(round(milliseconds / TURN_MS)):
            self.now += TURN_MS
            turns.timeout.emit()


def stop_time(monkeypatch: pytest.MonkeyPatch, now: float = 1e9) -> GuardTime:
    """For guards made from now on, however long a busy machine takes for a second tap."""
    time = GuardTime(now)
    for module in (press_times, touch_guard):
        monkeypatch.setattr(module, "monotonic_ms", time)
    monkeypatch.setattr(touch_guard, "MOST_MS", NEVER_MS)
    return time
