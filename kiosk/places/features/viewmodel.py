"""A few large things to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.places.features.model import Features
from kiosk.places.presenting import Context
from kiosk.places.viewmodel import PlaceViewModel
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class FeaturesViewModel(PlaceViewModel):
    leads_to: ClassVar[Sequence[str]] = ("events", "models", "signup")

    def __init__(self, place: Features, context: Context, parent: QObject | None = None) -> None:
        super().__init__(place, context, parent)
        self._features = self._articles(place.features)

    @Property(RowsModel, constant=True)
    def features(self) -> RowsModel:
        return self._features


VIEW_MODEL = FeaturesViewModel
