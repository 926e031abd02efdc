"""Capital letters for QML, as the language of the content writes them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from kiosk.language.capitals import capitals

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Lettering(QObject):
    """In place of `Font.AllUppercase`, which knows no language."""

    @Slot(str, str, result=str)
    def capitals(self, text: str, language: str) -> str:
        return capitals(text, language)
