"""The line-ups, the cars of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.places.models.car_viewmodel import CarViewModel, CompareViewModel, ModelsTexts
from kiosk.places.models.model import Models
from kiosk.places.models.presentation import car_row, cars_of, longest_drawn
from kiosk.places.models.rows import CarRow
from kiosk.places.presenting import Context
from kiosk.places.rows import NameRow
from kiosk.places.viewmodel import Page, PlaceViewModel, Sample, entry_of
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class ModelsViewModel(PlaceViewModel):
    tabChanged = Signal()

    def __init__(self, place: Models, context: Context, parent: QObject | None = None) -> None:
        super().__init__(place, context, parent)
        self._block = place
        self._tab = 0
        self._words = ModelsTexts(context.words, self)
        tabs = [NameRow(line_up.name) for line_up in place.line_ups]
        self._tabs = RowsModel(NameRow, tabs, self)
        make = partial(car_row, context=context, place=place, longest=longest_drawn(place))
        self._cars = RowsModel(CarRow, place.line_ups[0].models, self, make=make)

    @classmethod
    def samples(cls, place: Models) -> Sequence[Sample]:
        return [Sample("compare", opens="compare/0")] if len(cars_of(place)) > 1 else []

    def page(self, section: str, index: int) -> Page | None:
        line_up = self._block.line_ups[self._tab]
        car = entry_of(line_up.models, index)
        if car is None:
            return None
        return Page("car", car.name, CarViewModel(self._block, line_up, car, self._context, self))

    def within(self, name: str) -> QObject | None:
        screen, _, number = name.partition("/")
        cars = cars_of(self._block)
        if screen != "compare" or len(cars) < 2 or not number.isdecimal():
            return None
        car = entry_of(cars, int(number))
        return CompareViewModel(self._block, car, self._context, self) if car else None

    @Property(ModelsTexts, constant=True)
    def words(self) -> Texts:
        return self._words

    @Property(RowsModel, constant=True)
    def tabs(self) -> RowsModel:
        return self._tabs

    @Property(RowsModel, constant=True)
    def cars(self) -> RowsModel:
        return self._cars

    @Property(int, notify=tabChanged)
    def tab(self) -> int:
        return self._tab

    @Slot(int)
    def choose(self, tab: int) -> None:
        """Show another line-up."""
        if tab != self._tab and 0 <= tab < len(self._block.line_ups):
            self._tab = tab
            self._cars.replace(self._block.line_ups[tab].models)
            self.tabChanged.emit()


VIEW_MODEL = ModelsViewModel
