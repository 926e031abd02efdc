"""Events, the next one first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.places.events.model import Events
from kiosk.places.events.presentation import event_detail, event_row, soonest_first
from kiosk.places.events.rows import EventRow
from kiosk.places.presenting import Context
from kiosk.places.rows import Detail
from kiosk.places.viewmodel import PlaceViewModel, entry_of
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class EventsViewModel(PlaceViewModel):
    """Events as cards."""

    leads_to: ClassVar[Sequence[str]] = ("signup", "models")

    def __init__(self, place: Events, context: Context, parent: QObject | None = None) -> None:
        super().__init__(place, context, parent, notice=place.nothing_now)
        self._block = place
        self._soonest = soonest_first(place)
        make = partial(event_row, context=context, place=place)
        self._events = RowsModel(EventRow, self._soonest, self, make=make)

    def detail(self, section: str, index: int) -> Detail | None:
        event = entry_of(self._soonest, index)
        return event_detail(event, self._context, self._block) if event else None

    @Property(RowsModel, constant=True)
    def events(self) -> RowsModel:
        return self._events


VIEW_MODEL = EventsViewModel
