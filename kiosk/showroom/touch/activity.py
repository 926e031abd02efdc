"""Tells the session that somebody is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from kiosk.showroom.viewmodels.session import SessionViewModel

PRESSES = frozenset({QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress})
RELEASES = frozenset(
    {QEvent.Type.TouchEnd, QEvent.Type.TouchCancel, QEvent.Type.MouseButtonRelease}
)
ACTIVITIES = PRESSES | RELEASES | {QEvent.Type.TouchUpdate, QEvent.Type.KeyPress, QEvent.Type.Wheel}


class ActivityFilter(QObject):
    """Passes on every touch, key and scroll in the window."""

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in ACTIVITIES:
            self._session.touched()
            if kind in PRESSES:
                self._session.press()
            elif kind in RELEASES:
                self._session.release()
        return False
