"""Runs Python's garbage collector when nobody is waiting."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.showroom.viewmodels.session import SessionViewModel

DELAY_MS = 500
"""After new content is shown, so that no frame waits for the collector."""
FULL_INTERVAL_MS = 6 * 3600 * 1000


class GarbageCollector(QObject):
    """Collects garbage shortly after new content, and all of it from time to time."""

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._soon = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._soon.timeout.connect(collect_and_freeze)
        self._everything = QTimer(self, interval=FULL_INTERVAL_MS)
        self._everything.timeout.connect(self._collect_everything)

    def start(self) -> None:
        """New content is shown."""
        self._soon.start()
        self._everything.start()

    @Slot()
    def _collect_everything(self) -> None:
        if self._session.phase == "attract":
            gc.unfreeze()
            collect_and_freeze()


def collect_and_freeze() -> None:
    """Collect garbage, then exclude the remaining objects from later collections."""
    if gc.isenabled():  # off while content is being read
        gc.collect()
        gc.freeze()
