"""A car's page, and two cars beside each other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.places.models.comparison import compared
from kiosk.places.models.model import LineUp, Model, Models
from kiosk.places.models.presentation import car_page, car_row, cars_of, longest_drawn, sights
from kiosk.places.models.rows import CarPage, CarRow, ComparedRow, SightRow
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
CarTexts = texts_type("CarTexts", text_fields(CarPage))


@QmlElement
@QmlUncreatable("opened by the models")
class CarViewModel(RowViewModel):
    """A car of a line-up, in the color that is chosen."""

    changed = Signal()
    row: CarPage
    paintChanged = Signal()

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
        self._paint = 0
        self._sights = RowsModel(SightRow, sights(car, context, place), self)

    @Property(ModelsTexts, constant=True)
    def words(self) -> Texts:
        return self._words

    @Property(CarTexts, constant=True)
    def texts(self) -> Texts:
        """What is written on the page; it never changes."""
        return self._texts

    @Property(RowsModel, constant=True)
    def sights(self) -> RowsModel:
        """The pictures to leaf through; those of the color that is chosen."""
        return self._sights

    @Property(int, notify=paintChanged)
    def paint(self) -> int:
        return self._paint

    @Property(str, notify=paintChanged)
    def paintName(self) -> str:
        paints = self.row.paints
        return paints[self._paint].name if paints else ""

    @Slot(int)
    def choosePaint(self, paint: int) -> None:
        """Show the car in another of its colors."""
        if paint != self._paint and 0 <= paint < len(self.row.paints):
            self._paint = paint
            self._sights.replace(sights(self._car, self._context, self._place, paint))
            self.paintChanged.emit()


@QmlElement
@QmlUncreatable("opened by the models")
class CompareViewModel(QObject):
    """A car, and beside it another that can be exchanged."""

    changed = Signal()

    def __init__(
        self, place: Models, car: Model, context: Context, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._words = ModelsTexts(context.words, self)
        self._car = car
        longest = longest_drawn(place)

        def row(other: Model) -> CarRow:
            return car_row(other, context, place, longest)

        self._left = RowsModel(CarRow, [row(car)], self)
        self._others = [other for other in cars_of(place) if other is not car]
        self._chosen = 0
        self._row = row
        self._choices = RowsModel(CarRow, self._others, self, make=row)
        self._right = RowsModel(CarRow, [row(self._others[0])], self)
        self._rows = RowsModel(ComparedRow, compared(car, self._others[0]), self)

    @Property(ModelsTexts, constant=True)
    def words(self) -> Texts:
        return self._words

    @Property(RowsModel, constant=True)
    def left(self) -> RowsModel:
        """The car, as a list of one."""
        return self._left

    @Property(RowsModel, constant=True)
    def right(self) -> RowsModel:
        """The car beside it, as a list of one."""
        return self._right

    @Property(RowsModel, constant=True)
    def choices(self) -> RowsModel:
        """The cars that can stand beside it."""
        return self._choices

    @Property(RowsModel, constant=True)
    def rows(self) -> RowsModel:
        return self._rows

    @Property(int, notify=changed)
    def chosen(self) -> int:
        return self._chosen

    @Slot(int)
    def choose(self, index: int) -> None:
        """Set another car beside it."""
        if index != self._chosen and 0 <= index < len(self._others):
            self._chosen = index
            other = self._others[index]
            self._right.replace([self._row(other)])
            self._rows.replace(compared(self._car, other))
            self.changed.emit()
