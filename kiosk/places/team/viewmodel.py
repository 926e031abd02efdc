"""Drivers, results and people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.places.presenting import Context
from kiosk.places.rows import Detail, FactRow
from kiosk.places.team.model import Team
from kiosk.places.team.person_viewmodel import PersonViewModel
from kiosk.places.team.presentation import driver_detail, driver_row, is_of_faces, person_row
from kiosk.places.team.rows import DriverRow, PersonRow
from kiosk.places.viewmodel import Page, PlaceViewModel, entry_of
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class TeamViewModel(PlaceViewModel):
    leads_to: ClassVar[Sequence[str]] = ("schedule", "signup", "models")

    def __init__(self, place: Team, context: Context, parent: QObject | None = None) -> None:
        super().__init__(place, context, parent)
        self._block = place
        results = [FactRow(fact.figure, fact.label) for fact in place.results]
        self._results = RowsModel(FactRow, results, self)
        self._drivers = RowsModel(DriverRow, place.drivers, self, make=driver_row)
        self._is_of_faces = is_of_faces(place)
        read = () if self._is_of_faces else place.people
        seen = place.people if self._is_of_faces else ()
        self._people = self._articles(read)
        make = partial(person_row, context=context)
        self._faces = RowsModel(PersonRow, seen, self, make=make)

    def page(self, section: str, index: int) -> Page | None:
        person = entry_of(self._block.people, index)
        if section != "people" or person is None or not self._is_of_faces:
            return None
        return Page(
            "person", person.title, PersonViewModel(self._block, index, self._context, self)
        )

    def detail(self, section: str, index: int) -> Detail | None:
        if section != "drivers":
            return super().detail(section, index)
        driver = entry_of(self._block.drivers, index)
        return driver_detail(driver, self._context, self._block) if driver else None

    @Property(str, constant=True)
    def season(self) -> str:
        return self._block.season or ""

    @Property(RowsModel, constant=True)
    def results(self) -> RowsModel:
        return self._results

    @Property(RowsModel, constant=True)
    def drivers(self) -> RowsModel:
        return self._drivers

    @Property(RowsModel, constant=True)
    def people(self) -> RowsModel:
        """Those with a story to read; none where they are shown by their faces."""
        return self._people

    @Property(RowsModel, constant=True)
    def faces(self) -> RowsModel:
        """Those to talk to."""
        return self._faces


VIEW_MODEL = TeamViewModel
