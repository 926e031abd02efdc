"""The line-ups, the cars of the chosen one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.places.models.model import Models
from kiosk.places.models.presentation import model_detail, model_row
from kiosk.places.presenting import Context
from kiosk.places.rows import ArticleRow, Detail, NameRow
from kiosk.places.viewmodel import PlaceViewModel, entry_of
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class ModelsViewModel(PlaceViewModel):
    """The line-ups, the cars of the chosen one."""

    tabChanged = Signal()

    def __init__(self, place: Models, context: Context, parent: QObject | None = None) -> None:
        super().__init__(place, context, parent)
        self._block = place
        self._tab = 0
        tabs = [NameRow(line_up.name) for line_up in place.line_ups]
        self._tabs = RowsModel(NameRow, tabs, self)
        make = partial(model_row, context=context)
        self._cars = RowsModel(ArticleRow, place.line_ups[0].models, self, make=make)

    def detail(self, section: str, index: int) -> Detail | None:
        line_up = self._block.line_ups[self._tab]
        car = entry_of(line_up.models, index)
        return model_detail(car, self._context, self._block, line_up) if car else None

    @Property(RowsModel, constant=True)
    def tabs(self) -> RowsModel:
        return self._tabs

    @Property(RowsModel, constant=True)
    def cars(self) -> RowsModel:
        return self._cars

    @Property(int, notify=tabChanged)
    def tab(self) -> int:
        return self._tab

    @Property(str, notify=tabChanged)
    def tabLine(self) -> str:
        return self._block.line_ups[self._tab].line or ""

    @Slot(int)
    def choose(self, tab: int) -> None:
        """Show another line-up."""
        if tab != self._tab and 0 <= tab < len(self._block.line_ups):
            self._tab = tab
            self._cars.replace(self._block.line_ups[tab].models)
            self.tabChanged.emit()


VIEW_MODEL = ModelsViewModel
