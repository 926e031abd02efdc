"""Whose showroom it is, for QML."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.showroom.rows import BrandRow
from kiosk.toolkit.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("one for the showroom")
class BrandViewModel(QObject):
    """The name in letters, or a logo in its place or beside it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._row = BrandRow()

    def show(self, row: BrandRow) -> None:
        if row != self._row:
            self._row = row
            self.changed.emit()

    @Property(str, notify=changed)
    def name(self) -> str:
        return self._row.name

    @Property(str, notify=changed)
    def line(self) -> str:
        return self._row.line

    @Property(str, notify=changed)
    def roundel(self) -> str:
        return self._row.roundel

    @Property(str, notify=changed)
    def logo(self) -> str:
        """Its URL; empty where there is none."""
        return self._row.logo

    @Property(float, notify=changed)
    def logoShape(self) -> float:
        """The width of the logo by its height."""
        return self._row.logo_shape

    @Property(bool, notify=changed)
    def isOnLight(self) -> bool:
        """Whether the logo is made for a light ground."""
        return self._row.is_on_light

    @Property(bool, notify=changed)
    def hasNameBeside(self) -> bool:
        """Whether the name stands in letters beside the logo."""
        return self._row.has_name_beside
