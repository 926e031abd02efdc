"""What the engine remembers of the files that screens are made of."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement, QmlSingleton, qmlEngine

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class ScreenFiles(QObject):
    """Lets a file be read again that could not be read, as where no more files may be opened."""

    def __init__(self) -> None:
        super().__init__()
        self._loading = 0

    @Slot(bool)
    def noteLoading(self, begins: bool) -> None:
        """Told when a screen begins to load in the background, and when that ends."""
        self._loading += 1 if begins else -1

    @Slot()
    def forgetFailed(self) -> None:
        """Drop what was read; screens that are there stay. Nothing happens while others load.

        Trimming is not enough (Qt 6.11): a folder that could not be listed stays empty then. What
        loads meanwhile would never arrive, and its thread may wait for Python's lock, forever.
        """
        engine = qmlEngine(self)
        if engine is not None and self._loading == 0:
            engine.clearComponentCache()
