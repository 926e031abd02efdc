"""A car's page, and two cars beside each other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.places.models.comparison import compared
from kiosk.places.models.model import LineUp, Model, Models
from kiosk.places.models.presentation import car_page, car_row, cars_of, longest_drawn, sights
from kiosk.places.models.rows import CarPage, CarRow, Comparison
from kiosk.places.models.words import ModelsWords
from kiosk.places.presenting import Context
from kiosk.places.viewmodel import words_type
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.texts import Texts, text_fields, texts_type

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


ModelsTexts = words_type("ModelsTexts", ModelsWords)
# The name of a color is the view model's own, since it changes.
CarTexts = texts_type("CarTexts", [name for name in text_fields(CarPage) if name != "paint_name"])


@QmlElement
@QmlUncreatable("opened by the models")
class CarViewModel(RowViewModel):
    """A car of a line-up, in the color that is chosen."""

    changed = Signal()
    row: CarPage

    def __init__(
        self,
        place: Models,
        line_up: LineUp,
        car: Model,
        context: Context,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(car_page(car, context, place, line_up), parent)
        self._place, self._car, self._context = place, car, context
        self._texts = CarTexts(self.row, self)
        self._words = ModelsTexts(context.words, self)

    @Property(ModelsTexts, constant=True)
    def words(self) -> Texts:
        return self._words

    @Property(CarTexts, constant=True)
    def texts(self) -> Texts:
        """What is written on the page; it never changes."""
        return self._texts

    @Slot(int)
    def choosePaint(self, paint: int) -> None:
        """Show the car in another of its colors."""
        if paint != self.row.paint and 0 <= paint < len(self.row.paints):
            seen = tuple(sights(self._car, self._context, self._place, paint))
            self.update(paint=paint, paint_name=self.row.paints[paint].name, sights=seen)


@QmlElement
@QmlUncreatable("opened by the models")
class CompareViewModel(RowViewModel):
    """A car, and beside it another that can be exchanged."""

    changed = Signal()
    row: Comparison

    def __init__(
        self, place: Models, car: Model, context: Context, parent: QObject | None = None
    ) -> None:
        others = [other for other in cars_of(place) if other is not car]
        make = partial(car_row, context=context, place=place, longest=longest_drawn(place))
        rows = tuple(compared(car, others[0]))
        super().__init__(Comparison((make(car),), (make(others[0]),), rows), parent)
        self._words = ModelsTexts(context.words, self)
        self._car, self._others, self._make = car, others, make
        self._choices = RowsModel(CarRow, others, self, make=make)

    @Property(ModelsTexts, constant=True)
    def words(self) -> Texts:
        return self._words

    @Property(RowsModel, constant=True)
    def choices(self) -> RowsModel:
        """The cars that can stand beside it."""
        return self._choices

    @Slot(int)
    def choose(self, index: int) -> None:
        """Set another car beside it."""
        if 0 <= index < len(self._others):
            other = self._others[index]
            rows = tuple(compared(self._car, other))
            self.update(right=(self._make(other),), rows=rows, chosen=index)
