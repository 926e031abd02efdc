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

    @Slot()
    def forgetFailed(self) -> None:
        """Drop what was read; screens that are there stay.

        Trimming is not enough (Qt 6.11): a folder that could not be listed stays empty then.
        """
        engine = qmlEngine(self)
        if engine is not None:
            engine.clearComponentCache()
