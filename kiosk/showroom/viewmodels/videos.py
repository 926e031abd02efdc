"""Which videos do not play here, so that their pictures stay, and who is told."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)


@QmlElement
@QmlSingleton
class Videos(QObject):
    """Each is given up once for as long as the kiosk runs; visitors are told nothing."""

    failed = Signal(str)
    """The file that does not play, and why, in a sentence for staff."""

    def __init__(self) -> None:
        super().__init__()
        self._given_up: set[str] = set()

    @Slot(QUrl, result=bool)
    def isWorthTrying(self, video: QUrl) -> bool:
        return video.toString() not in self._given_up

    @Slot(QUrl, str)
    def giveUp(self, video: QUrl, reason: str) -> None:
        if self.isWorthTrying(video):
            self._given_up.add(video.toString())
            text = f"{video.toLocalFile()} does not play ({reason}); its picture is shown instead"
            log.warning("%s", text)
            self.failed.emit(text)
