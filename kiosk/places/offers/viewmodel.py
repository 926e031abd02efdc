"""The offers, the programmes, the estimator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.places.offers.estimator_viewmodel import EstimatorViewModel, OffersTexts
from kiosk.places.offers.model import Offers
from kiosk.places.offers.offer_viewmodel import OfferViewModel
from kiosk.places.offers.presentation import offer_row
from kiosk.places.offers.rows import OfferRow
from kiosk.places.presenting import Context
from kiosk.places.viewmodel import Page, PlaceViewModel, Sample, entry_of
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class OffersViewModel(PlaceViewModel):
    def __init__(self, place: Offers, context: Context, parent: QObject | None = None) -> None:
        super().__init__(place, context, parent, notice=place.nothing_now)
        self._block = place
        self._texts = OffersTexts(context.words, self)
        make = partial(offer_row, context=context, place=place)
        self._offers = RowsModel(OfferRow, place.offers, self, make=make)
        self._programmes = self._articles(place.programmes)

    @classmethod
    def samples(cls, place: Any) -> Sequence[Sample]:
        kinds = place.estimator.kinds if place.estimator is not None else ()
        names = ("estimator" if tab == 0 else f"estimator-{kind}" for tab, kind in enumerate(kinds))
        return [
            Sample(name, partial(_turn, tab), opens="estimator") for tab, name in enumerate(names)
        ]

    def within(self, name: str) -> QObject | None:
        screen, _, price = name.partition("/")
        if screen != "estimator" or self._block.estimator is None:
            return None
        estimator = EstimatorViewModel(self._block.estimator, self._context, self)
        if price:
            estimator.movePrice(float(price))
        return estimator

    def page(self, section: str, index: int) -> Page | None:
        offer = entry_of(self._block.offers, index) if section == "offers" else None
        if offer is None:
            return None
        page = OfferViewModel(self._block, offer, self._context, self._texts, self)
        return Page("offer", offer.title, page)

    @Property(OffersTexts, constant=True)
    def words(self) -> Texts:
        return self._texts

    @Property(RowsModel, constant=True)
    def offers(self) -> RowsModel:
        return self._offers

    @Property(str, constant=True)
    def programmesTitle(self) -> str:
        return self._block.programmes_title

    @Property(RowsModel, constant=True)
    def programmes(self) -> RowsModel:
        return self._programmes

    @Property(bool, constant=True)
    def estimates(self) -> bool:
        """Whether there is a payment estimator."""
        return self._block.estimator is not None


def _turn(tab: int, estimator: EstimatorViewModel) -> None:
    """To another kind of financing."""
    estimator.chooseKind(tab)


VIEW_MODEL = OffersViewModel
