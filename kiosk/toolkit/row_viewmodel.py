"""A view model of one immutable row."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, ClassVar, Literal, NamedTuple, get_origin, get_type_hints

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.toolkit.camel import camel
from kiosk.toolkit.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

PLAIN_TYPES = (str, bool, int, float)


@QmlElement
@QmlUncreatable("each has a type of its own")
class RowViewModel(QObject):
    """QML reads the plain fields of `row`, each as a property that is named as QML names things.

    A subclass declares the type of its `row` and the signal `changed`; a property that it writes
    itself goes before a field of the same name.
    """

    changed: ClassVar[Signal]
    row: Any

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for field, hint in get_type_hints(get_type_hints(cls)["row"]).items():
            kind = str if get_origin(hint) is Literal else hint
            if kind in PLAIN_TYPES and camel(field) not in vars(cls):
                value = Property(kind, notify=cls.changed)(attrgetter(f"row.{field}"))
                setattr(cls, camel(field), value)

    def __init__(self, row: NamedTuple, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.row = row

    def replace(self, row: NamedTuple) -> None:
        """Show another row; nothing happens where it is the same."""
        if row != self.row:
            self.row = row
            self.changed.emit()

    def update(self, **values: object) -> None:
        """Show other values of some fields."""
        self.replace(self.row._replace(**values))
