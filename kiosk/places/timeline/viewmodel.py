"""Years as posters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.places.presenting import Context
from kiosk.places.timeline.model import Timeline
from kiosk.places.viewmodel import PlaceViewModel
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class TimelineViewModel(PlaceViewModel):
    leads_to: ClassVar[Sequence[str]] = ("models", "features", "signup")

    def __init__(self, place: Timeline, context: Context, parent: QObject | None = None) -> None:
        super().__init__(place, context, parent)
        self._chapters = self._articles(place.chapters)

    @Property(RowsModel, constant=True)
    def chapters(self) -> RowsModel:
        return self._chapters


VIEW_MODEL = TimelineViewModel
