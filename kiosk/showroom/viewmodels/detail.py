"""A detail view: an entry of a place, laid out as its `Detail` says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.places.rows import Detail, StepRow
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class DetailViewModel(RowViewModel):
    """It never changes."""

    changed = Signal()
    row: Detail

    def __init__(
        self, detail: Detail, steps: Sequence[StepRow] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(detail, parent)
        self._steps = RowsModel(StepRow, steps, self)

    @Property(RowsModel, constant=True)
    def steps(self) -> RowsModel:
        """What to do next."""
        return self._steps

    @Property(str, constant=True)
    def figureSpoken(self) -> str:
        return self.row.figure_spoken or self.row.figure

    @Property(str, constant=True)
    def body(self) -> str:
        return "\n\n".join(self.row.paragraphs)

    @Property(str, constant=True)
    def source(self) -> str:
        return self.row.picture.source

    @Property(float, constant=True)
    def focusX(self) -> float:
        return self.row.picture.focus_x

    @Property(float, constant=True)
    def focusY(self) -> float:
        return self.row.picture.focus_y

    @Property(float, constant=True)
    def shape(self) -> float:
        return self.row.picture.shape
