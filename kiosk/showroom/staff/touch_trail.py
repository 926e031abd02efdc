"""The touch test: fields all over the screen that a finger has to reach."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.showroom.staff.services import StaffServices
from kiosk.toolkit.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

FEW_AREAS = 3
"""Of more than these nobody wants to read the names."""
ROW_NAMES = ("top", "middle", "bottom")
COLUMN_NAMES = ("left", "center", "right")


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffTouchTestViewModel(QObject):
    """Knows which fields were reached; those below what stands in the middle do not count."""

    changed = Signal()
    done = Signal()

    def __init__(self, _: StaffServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = self._rows = 1
        self._covered: frozenset[int] = frozenset()
        self._reached: set[int] = set()
        self._most_fingers = 0

    @Slot(int, int, int, int)
    def fit(self, columns: int, rows: int, covered_columns: int, covered_rows: int) -> None:
        """How many fields there are, and how many of them the middle covers; begins anew."""
        self._columns, self._rows = columns, rows
        left, top = (columns - covered_columns) // 2, (rows - covered_rows) // 2
        self._covered = frozenset(
            row * columns + column
            for row in range(top, top + covered_rows)
            for column in range(left, left + covered_columns)
        )
        self._reached = set()
        self.changed.emit()

    @Slot(int, int)
    def reach(self, column: int, row: int) -> None:
        """A finger is on a field, or outside of all."""
        field = row * self._columns + column
        is_inside = 0 <= column < self._columns and 0 <= row < self._rows
        if is_inside and field not in self._reached | self._covered:
            self._reached.add(field)
            self.changed.emit()

    @Slot(int)
    def count(self, fingers: int) -> None:
        """So many fingers are on the screen at once."""
        if fingers > self._most_fingers:
            self._most_fingers = fingers
            self.changed.emit()

    @Property("QVariantList", notify=changed)
    def reached(self) -> list[bool]:
        """Whether each field was reached, row by row."""
        return [field in self._reached for field in range(self._columns * self._rows)]

    @Property(bool, notify=changed)
    def isComplete(self) -> bool:
        return not self._left()

    @Property(str, notify=changed)
    def fields(self) -> str:
        """What was not reached yet, in a sentence."""
        left = self._left()
        if not left:
            return "The whole screen responds."
        areas = list(dict.fromkeys(map(self._area, left)))
        if not self._reached or len(areas) > FEW_AREAS:
            total = self._columns * self._rows - len(self._covered)
            return f"{len(self._reached):,} of {total:,} fields reached."
        return f"Not reached yet: {_listed(areas)}."

    @Property(str, notify=changed)
    def fingers(self) -> str:
        """How many fingers the screen has told apart."""
        return f"Most fingers at once: {self._most_fingers}." if self._most_fingers else ""

    def _left(self) -> list[int]:
        fields = range(self._columns * self._rows)
        return [field for field in fields if field not in self._reached | self._covered]

    def _area(self, field: int) -> str:
        row, column = divmod(field, self._columns)
        vertical = ROW_NAMES[3 * row // self._rows]
        horizontal = COLUMN_NAMES[3 * column // self._columns]
        return f"{vertical} {horizontal}"


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
