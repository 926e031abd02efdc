"""Takes a finger from what goes out of sight under it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from PySide6.QtGui import QPointingDevice, QTouchEvent
from PySide6.QtQml import QmlElement, QmlSingleton
from PySide6.QtQuick import QQuickItem

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Touches(QObject):
    @Slot(QQuickItem)
    def cancel(self, button: QQuickItem) -> None:
        """Let a button be as if its finger had never come.

        Where another finger opens something else meanwhile, Qt (6.11) leaves a button pressed and
        ignores the next finger that touches it.
        """
        device = QPointingDevice.primaryPointingDevice()
        QCoreApplication.sendEvent(button, QTouchEvent(QEvent.Type.TouchCancel, device))

    @Slot(QQuickItem)
    def stop(self, view: QQuickItem) -> None:
        """Let a view that is dragged stand still; what its `interactive` is bound to stays."""
        is_interactive = view.property("interactive")
        view.setProperty("interactive", False)
        view.setProperty("interactive", is_interactive)
