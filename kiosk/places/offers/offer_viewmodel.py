"""An offer's page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.places.offers.estimator_viewmodel import OffersTexts
from kiosk.places.offers.model import Offer, Offers
from kiosk.places.offers.presentation import offer_page
from kiosk.places.offers.rows import OfferPage
from kiosk.places.presenting import Context
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel
from kiosk.toolkit.texts import Texts, text_fields, texts_type

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

OfferTexts = texts_type("OfferTexts", text_fields(OfferPage))


@QmlElement
@QmlUncreatable("opened by the offers")
class OfferViewModel(RowViewModel):
    """An offer with its car; it never changes."""

    changed = Signal()
    row: OfferPage

    def __init__(
        self,
        place: Offers,
        offer: Offer,
        context: Context,
        words: Texts,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(offer_page(offer, context, place), parent)
        self._texts = OfferTexts(self.row, self)
        self._words = words

    @Property(OffersTexts, constant=True)
    def words(self) -> Texts:
        return self._words

    @Property(OfferTexts, constant=True)
    def texts(self) -> Texts:
        """What is written on the page."""
        return self._texts
