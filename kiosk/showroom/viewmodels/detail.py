"""A detail view: an entry of a place, laid out as its `Detail` says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.places.rows import Detail, FactRow, StepRow
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class DetailViewModel(QObject):
    """Plain texts of a `Detail`; it never changes."""

    def __init__(
        self, detail: Detail, steps: Sequence[StepRow] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._detail = detail
        self._steps = RowsModel(StepRow, steps, self)
        self._facts = RowsModel(FactRow, detail.facts, self)

    @Property(RowsModel, constant=True)
    def steps(self) -> RowsModel:
        """What to do next."""
        return self._steps

    @Property(str, constant=True)
    def layout(self) -> str:
        return self._detail.layout

    @Property(str, constant=True)
    def figureStyle(self) -> str:
        return self._detail.figure_style

    @Property(str, constant=True)
    def factsStyle(self) -> str:
        return self._detail.facts_style

    @Property(bool, constant=True)
    def hasLargeTitle(self) -> bool:
        return self._detail.has_large_title

    @Property(str, constant=True)
    def title(self) -> str:
        return self._detail.title

    @Property(str, constant=True)
    def overline(self) -> str:
        return self._detail.overline

    @Property(str, constant=True)
    def figure(self) -> str:
        return self._detail.figure

    @Property(str, constant=True)
    def figureSpoken(self) -> str:
        return self._detail.figure_spoken or self._detail.figure

    @Property(str, constant=True)
    def unit(self) -> str:
        return self._detail.unit

    @Property(str, constant=True)
    def lead(self) -> str:
        return self._detail.lead

    @Property(str, constant=True)
    def body(self) -> str:
        return "\n\n".join(self._detail.paragraphs)

    @Property(RowsModel, constant=True)
    def facts(self) -> RowsModel:
        return self._facts

    @Property(str, constant=True)
    def note(self) -> str:
        return self._detail.note

    @Property(bool, constant=True)
    def example(self) -> bool:
        return self._detail.example

    @Property(str, constant=True)
    def code(self) -> str:
        return self._detail.code

    @Property(str, constant=True)
    def codeCaption(self) -> str:
        return self._detail.code_caption

    @Property(str, constant=True)
    def secondCode(self) -> str:
        return self._detail.second_code

    @Property(str, constant=True)
    def secondCodeCaption(self) -> str:
        return self._detail.second_code_caption

    @Property(str, constant=True)
    def codeName(self) -> str:
        return self._detail.code_name

    @Property(str, constant=True)
    def source(self) -> str:
        return self._detail.picture.source

    @Property(float, constant=True)
    def focusX(self) -> float:
        return self._detail.picture.focus_x

    @Property(float, constant=True)
    def focusY(self) -> float:
        return self._detail.picture.focus_y
