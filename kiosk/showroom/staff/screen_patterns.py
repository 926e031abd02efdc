"""The screen test: patterns in full sight, one after another, each with a touch."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.showroom.staff.services import StaffServices
from kiosk.toolkit.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

PATTERNS = ("edges", "white", "red", "green", "blue", "black")
"""The first explains the rest, which have no word on them that could hide a dot."""


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffScreenTestViewModel(QObject):
    """Ends with the last pattern."""

    changed = Signal()
    done = Signal()

    def __init__(self, _: StaffServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._step = 0

    @Slot()
    def next(self) -> None:
        """Go on to the next pattern, or end."""
        if self._step + 1 < len(PATTERNS):
            self._step += 1
            self.changed.emit()
        else:
            self.done.emit()

    @Property(str, notify=changed)
    def pattern(self) -> str:
        """`edges`, or the name of a color."""
        return PATTERNS[self._step]
