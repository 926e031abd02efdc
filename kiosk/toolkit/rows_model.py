"""Immutable rows as a list model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Signal,
)
from PySide6.QtQml import QmlElement

from kiosk.toolkit.camel import camel
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.typography import unbroken

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
FIRST_ROLE = 0x0100
"""`Qt.ItemDataRole.UserRole`; `Qt` itself is 30 ms of enumerations before the first frame."""


@QmlElement
@QmlUncreatable("view models hand out rows")
class RowsModel(QAbstractListModel):
    """A sequence of one named tuple; each field is a role, named as QML names things.

    With `make`, the sequence holds what rows are made of, and a row is made when it is first seen:
    a list of thousands costs as much as the few that fit the screen.
    """

    countChanged = Signal()

    def __init__(
        self,
        row_type: type[NamedTuple],
        rows: Sequence[Any],
        parent: QObject | None = None,
        *,
        make: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__(parent)
        self._names = row_type._fields
        self._rows: Sequence[Any] = tuple(rows)
        self._make = make
        self._row_cache: dict[int, Any] = {}

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = 0) -> Any:
        number = role - FIRST_ROLE
        if not index.isValid() or not 0 <= number < len(self._names):
            return None
        value = getattr(self._row(index.row()), self._names[number])
        return unbroken(value) if isinstance(value, str) else value

    def roleNames(self) -> dict[int, QByteArray]:
        names = (camel(name) for name in self._names)
        return {FIRST_ROLE + n: QByteArray(name.encode()) for n, name in enumerate(names)}

    def replace(self, rows: Sequence[Any]) -> None:
        """Show other rows of the same kind; only those that differ are told.

        Rows go and come at the end, and the model is never reset: a view that is reset while it
        builds an item ahead, of a row that is gone, complains about the row.
        """
        before, after = self._rows, tuple(rows)
        shared = min(len(before), len(after))
        if len(after) < len(before):
            self.beginRemoveRows(NO_INDEX, shared, len(before) - 1)
            self._rows = before[:shared]
            self._row_cache = {n: row for n, row in self._row_cache.items() if n < shared}
            self.endRemoveRows()
        elif len(after) > len(before):
            self.beginInsertRows(NO_INDEX, shared, len(after) - 1)
            self._rows = (*before, *after[shared:])
            self.endInsertRows()
        self._rows = after
        for number in range(shared):
            if before[number] != after[number]:
                self._row_cache.pop(number, None)
                self.dataChanged.emit(self.index(number), self.index(number))
        if len(after) != len(before):
            self.countChanged.emit()

    def _row(self, number: int) -> Any:
        if self._make is None:
            return self._rows[number]
        if number not in self._row_cache:
            self._row_cache[number] = self._make(self._rows[number])
        return self._row_cache[number]

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows)
