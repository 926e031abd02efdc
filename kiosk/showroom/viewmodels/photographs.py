"""What is known of a picture before it is decoded."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QImageIOHandler, QImageReader
from PySide6.QtQml import QmlElement, QmlSingleton

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

QUARTER_TURN = QImageIOHandler.Transformation.TransformationRotate90


@QmlElement
@QmlSingleton
class Photographs(QObject):
    """Looks at the head of a file alone, which takes less than a millisecond."""

    @Slot(QUrl, result=bool)
    def isFile(self, source: QUrl) -> bool:
        """Whether Qt may open it: a pipe would hold the kiosk until somebody writes into it."""
        file = source.toLocalFile()
        if file and not Path(file).is_file():
            log.warning("%s is no longer a file and is not drawn", file)
            return False
        return file != ""

    @Slot(QUrl, result=bool)
    def liesOnItsSide(self, source: QUrl) -> bool:
        """Whether it is stored with its width and height exchanged (Exif, orientation 5 to 8).

        `Image` takes its `sourceSize` for the sides as they are stored.
        """
        turns = QImageReader(source.toLocalFile()).transformation()
        return bool(turns.value & QUARTER_TURN.value)
