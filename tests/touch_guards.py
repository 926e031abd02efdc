"""The touch guard of a window, for a visitor who has seen the screen before each touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from kiosk.showroom.touch.touch_guard import TouchGuard

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow


def guards_of(window: QQuickWindow) -> list[TouchGuard]:
    """Those that filter a window; without a look at the thousands of items below it (7 ms)."""
    return window.findChildren(TouchGuard, options=Qt.FindChildOption.FindDirectChildrenOnly)


def lift_guards(window: QQuickWindow) -> None:
    """As if the screen had been seen."""
    for guard in guards_of(window):
        guard.lift()
