"""A view model of one row, as QML sees it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtQml import QQmlComponent, QQmlEngine
from pytestqt.qtbot import QtBot

from kiosk.places.rows import FactRow
from kiosk.toolkit.qt import Property
from kiosk.toolkit.row_viewmodel import RowViewModel


class DoorSign(NamedTuple):
    """The row."""

    text: str = ""
    is_open: bool = False
    hours: tuple[FactRow, ...] = ()


class DoorViewModel(RowViewModel):
    """With a property of its own in place of a field's."""

    changed = Signal()
    row: DoorSign

    @Property(str, notify=changed)
    def text(self) -> str:
        return self.row.text.upper()


OPEN = DoorSign("welcome", is_open=True, hours=(FactRow("9-17", "Friday"),))
READER = b"""
import QtQml

QtObject {
    required property var door
    readonly property string text: `${door.text}, ${door.isOpen}, ${door.hours.count}`
}
"""


def test_qml_follows_the_fields_of_a_row(qtbot: QtBot) -> None:
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(READER, "")
    door = DoorViewModel(DoorSign("welcome"))
    reading = component.createWithInitialProperties({"door": door})
    assert reading.property("text") == "WELCOME, false, 0"
    with qtbot.waitSignal(door.changed):
        door.update(is_open=True, hours=OPEN.hours)
    assert reading.property("text") == "WELCOME, true, 1"
    with qtbot.assertNotEmitted(door.changed):
        door.replace(OPEN)
