"""This dealership, then the others by distance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.places.dealers.model import Dealers
from kiosk.places.dealers.presentation import (
    bare_address,
    dealer_detail,
    dealer_row,
    hours_rows,
    nearest_first,
    opening_now,
    sketch_rows,
    way_to,
)
from kiosk.places.dealers.rows import DealerRow, RingRow, SpotRow
from kiosk.places.dealers.words import DealersWords
from kiosk.places.presenting import Context
from kiosk.places.rows import Detail, FactRow
from kiosk.places.viewmodel import PlaceViewModel, entry_of, words_type
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

DealersTexts = words_type("DealersTexts", DealersWords)


@QmlElement
@QmlUncreatable("opened by the navigation")
class DealersViewModel(PlaceViewModel):
    leads_to: ClassVar[Sequence[str]] = ("models",)

    def __init__(self, place: Dealers, context: Context, parent: QObject | None = None) -> None:
        super().__init__(place, context, parent)
        self._block = place
        self._texts = DealersTexts(context.words, self)
        self._nearest = nearest_first(place)
        rows = [
            dealer_row(dealer, number, context, place)
            for number, dealer in enumerate(self._nearest, 1)
        ]
        self._others = RowsModel(DealerRow, rows, self)
        self._sketch, spots, rings = sketch_rows(place, context)
        self._spots = RowsModel(SpotRow, spots, self)
        self._rings = RowsModel(RingRow, rings, self)
        self._hours = RowsModel(FactRow, hours_rows(place.here, context), self)
        self._opening, self._opens = opening_now(place.here, context)

    def detail(self, section: str, index: int) -> Detail | None:
        dealer = entry_of(self._nearest, index)
        return dealer_detail(dealer, self._context, self._block) if dealer else None

    @Property(DealersTexts, constant=True)
    def words(self) -> Texts:
        return self._texts

    @Property(RowsModel, constant=True)
    def others(self) -> RowsModel:
        return self._others

    @Property(RowsModel, constant=True)
    def spots(self) -> RowsModel:
        """The other locations in the sketch."""
        return self._spots

    @Property(RowsModel, constant=True)
    def rings(self) -> RowsModel:
        return self._rings

    @Property(float, constant=True)
    def west(self) -> float:
        """The edges of the sketch, in kilometres."""
        return self._sketch.west

    @Property(float, constant=True)
    def east(self) -> float:
        return self._sketch.east

    @Property(float, constant=True)
    def south(self) -> float:
        return self._sketch.south

    @Property(float, constant=True)
    def north(self) -> float:
        return self._sketch.north

    @Property(RowsModel, constant=True)
    def hours(self) -> RowsModel:
        return self._hours

    @Property(str, constant=True)
    def opening(self) -> str:
        """Whether it is open, and until when."""
        return self._opening

    @Property(str, constant=True)
    def opens(self) -> str:
        """When it opens, if that is not today."""
        return self._opens

    @Property(str, constant=True)
    def name(self) -> str:
        return self._block.here.name

    @Property(str, constant=True)
    def street(self) -> str:
        return self._block.here.street

    @Property(str, constant=True)
    def city(self) -> str:
        return self._block.here.city

    @Property(str, constant=True)
    def phone(self) -> str:
        return self._block.here.phone or ""

    @Property(bool, constant=True)
    def example(self) -> bool:
        return self._block.here.example

    @Property(str, constant=True)
    def code(self) -> str:
        """The way here, for a phone."""
        return way_to(self._block.here, self._block)

    @Property(str, constant=True)
    def email(self) -> str:
        return self._block.here.email or ""

    @Property(str, constant=True)
    def website(self) -> str:
        return bare_address(self._block.here.website or "")


VIEW_MODEL = DealersViewModel
