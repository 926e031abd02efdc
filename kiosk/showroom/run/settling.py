"""Python's rubbish is collected when nobody waits for it."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.showroom.viewmodels.session import SessionViewModel

DRAWN_MS = 500
"""After new content is shown, so that no frame waits for the collector."""
EVERYTHING_MS = 6 * 3600 * 1000


class Settling(QObject):
    """A moment after each new content, and from time to time in all there is."""

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._soon = QTimer(self, singleShot=True, interval=DRAWN_MS)
        self._soon.timeout.connect(settle)
        self._everything = QTimer(self, interval=EVERYTHING_MS)
        self._everything.timeout.connect(self._settle_everything)

    def start(self) -> None:
        """New content is shown."""
        self._soon.start()
        self._everything.start()

    @Slot()
    def _settle_everything(self) -> None:
        if self._session.phase == "attract":
            gc.unfreeze()
            settle()


def settle() -> None:
    """What is there now stays, and a tap must not wait for looking through it."""
    if gc.isenabled():  # else content is being read, which is far too much to look through
        gc.collect()
        gc.freeze()
