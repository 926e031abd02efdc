"""What staff do with the machine: clean its screen, restart the kiosk, leave it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.toolkit.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

Question = Literal["", "restart", "leave"]


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffMachineViewModel(QObject):
    """What ends the kiosk is asked for twice."""

    changed = Signal()
    cleaning = Signal()
    toolOpened = Signal(str)
    restarting = Signal()
    leaving = Signal()

    def __init__(self, *, can_leave: bool, parent: QObject | None = None) -> None:
        """`can_leave`: not where a service manager would start it again at once."""
        super().__init__(parent)
        self._can_leave = can_leave
        self._asked: Question = ""

    @Slot()
    def clean(self) -> None:
        """Let touches do nothing for a while."""
        self.cleaning.emit()

    @Slot(str)
    def open(self, tool: str) -> None:
        """Open what takes the screen to itself, by the name of its phase."""
        self.toolOpened.emit(tool)

    @Slot()
    def restart(self) -> None:
        """Start the kiosk anew; the first time asks."""
        if self._is_confirmed("restart"):
            self.restarting.emit()

    @Slot()
    def leave(self) -> None:
        """End the kiosk; the first time asks."""
        if self._can_leave and self._is_confirmed("leave"):
            self.leaving.emit()

    def _is_confirmed(self, what: Question) -> bool:
        """Whether it was asked for before; it is now."""
        before, self._asked = self._asked, what
        self.changed.emit()
        return before == what

    @Property(bool, constant=True)
    def canLeave(self) -> bool:
        return self._can_leave

    @Property(str, notify=changed)
    def asked(self) -> str:
        """What waits to be confirmed: `restart`, `leave` or nothing."""
        return self._asked
