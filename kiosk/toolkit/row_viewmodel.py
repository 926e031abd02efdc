"""A view model of one immutable row."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, ClassVar, Literal, NamedTuple, get_args, get_origin, get_type_hints

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.toolkit.camel import camel
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

PLAIN_TYPES = (str, bool, int, float)


@QmlElement
@QmlUncreatable("each has a type of its own")
class RowViewModel(QObject):
    """QML reads the fields of `row`, each as a property that is named as QML names things.

    Plain values are read as they are, and a tuple of rows as a list model. A subclass declares the
    type of its `row` and the signal `changed`; a property that it writes itself goes before a field
    of the same name.
    """

    changed: ClassVar[Signal]
    row: Any
    _lists: ClassVar[dict[str, type[NamedTuple]]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._lists = {}
        for field, hint in get_type_hints(get_type_hints(cls)["row"]).items():
            name = camel(field)
            if name in vars(cls):
                continue
            if row_type := _row_type(hint):
                cls._lists[field] = row_type
                setattr(cls, name, Property(RowsModel, constant=True)(_reader_of(field)))
            elif kind := _plain_type(hint):
                value = attrgetter(f"row.{field}")
                setattr(cls, name, Property(kind, notify=cls.changed)(value))

    def __init__(self, row: NamedTuple, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._models = {
            field: RowsModel(row_type, getattr(row, field), self)
            for field, row_type in self._lists.items()
        }

    def replace(self, row: NamedTuple) -> None:
        """Show another row; nothing happens where it is the same."""
        if row != self.row:
            self.row = row
            for field, model in self._models.items():
                model.replace(getattr(row, field))
            self.changed.emit()

    def update(self, **values: object) -> None:
        """Show other values of some fields."""
        self.replace(self.row._replace(**values))


def _row_type(hint: object) -> type[NamedTuple] | None:
    """Of what rows a field is a tuple, if it is one."""
    of = get_args(hint)[:1]
    return of[0] if get_origin(hint) is tuple and hasattr(of[0], "_fields") else None


def _plain_type(hint: Any) -> type | None:
    kind: type = str if get_origin(hint) is Literal else hint
    return kind if kind in PLAIN_TYPES else None


def _reader_of(field: str) -> Callable[[RowViewModel], RowsModel]:
    return lambda view_model: view_model._models[field]
