"""Python's garbage collector, run on the GUI thread and when nobody is waiting.

Left to itself it runs on whichever thread creates an object too many, and destroys QObjects there,
whose timers and children belong to the GUI thread.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.operation.memory import is_gc_paused
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel

DELAY_MS = 500
"""After a change of screen or content, so that no frame waits for the collector."""
DUE = 10_000
"""New objects that make a collection worthwhile."""
FULL_INTERVAL_MS = 6 * 3600 * 1000


class GarbageCollector(QObject):
    """Collects garbage shortly after new content or a visit, and all of it from time to time."""

    def __init__(self, showroom: ShowroomViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = showroom.session
        self._is_content_new = False
        self._soon = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._soon.timeout.connect(self._collect)
        self._everything = QTimer(self, interval=FULL_INTERVAL_MS)
        self._everything.timeout.connect(self._collect_everything)
        self._everything.start()
        showroom.navigation.changed.connect(self._schedule)
        showroom.session.ended.connect(self._schedule)
        showroom.homeChanged.connect(self._schedule)

    def freeze_soon(self) -> None:
        """New content is shown: what is left after the next collection is excluded from others."""
        self._is_content_new = True
        self._schedule()

    @Slot()
    def _schedule(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _collect(self) -> None:
        if is_gc_paused():
            self._schedule()
        elif self._is_content_new:
            self._is_content_new = False
            _collect_and_freeze()
        elif gc.get_count()[0] >= DUE:
            gc.collect()

    @Slot()
    def _collect_everything(self) -> None:
        if self._session.phase == "attract" and not is_gc_paused():
            gc.unfreeze()
            _collect_and_freeze()


def _collect_and_freeze() -> None:
    gc.collect()
    gc.freeze()
