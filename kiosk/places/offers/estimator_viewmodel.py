"""The payment estimator: sliders in, a payment out."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.language.localization import Localization
from kiosk.places.offers.model import Estimator
from kiosk.places.offers.payment import (
    down_payment_slider,
    monthly_payment,
    price_slider,
    rate_slider,
)
from kiosk.places.offers.words import OffersWords
from kiosk.places.viewmodel import words_type
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

OffersTexts = words_type("OffersTexts", OffersWords)


@QmlElement
@QmlUncreatable("comes with the offers")
class EstimatorViewModel(QObject):
    """Amounts in whole currency units, the rate in percent a year."""

    changed = Signal()

    def __init__(
        self, block: Estimator, local: Localization, texts: Texts, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._block = block
        self._local = local
        self._texts = texts
        self._price = block.price
        self._down = block.down_payment
        self._months = block.months
        self._rate = block.interest_rate

    @Slot(float)
    def movePrice(self, price: float) -> None:
        """Take the stop nearest to `price`; the down payment never exceeds it."""
        self._take_price(price_slider(self._block).nearest(Decimal(price)))

    @Slot(int)
    def stepPrice(self, count: int) -> None:
        """Go `count` stops on."""
        self._take_price(price_slider(self._block).stepped(self._price, count))

    @Slot(float)
    def moveDownPayment(self, down: float) -> None:
        """Take the stop nearest to `down`."""
        self._down = down_payment_slider(self._block, self._price).nearest(Decimal(down))
        self.changed.emit()

    @Slot(int)
    def stepDownPayment(self, count: int) -> None:
        """Go `count` stops on."""
        self._down = down_payment_slider(self._block, self._price).stepped(self._down, count)
        self.changed.emit()

    @Slot(float)
    def moveRate(self, rate: float) -> None:
        """Take the stop nearest to `rate`."""
        self._rate = rate_slider(self._block).nearest(Decimal(rate))
        self.changed.emit()

    @Slot(int)
    def stepRate(self, count: int) -> None:
        """Go `count` stops on."""
        self._rate = rate_slider(self._block).stepped(self._rate, count)
        self.changed.emit()

    @Slot(int)
    def chooseMonths(self, months: int) -> None:
        """Take one of the terms on offer."""
        if months in self._block.months_choices:
            self._months = months
            self.changed.emit()

    @Property(OffersTexts, constant=True)
    def words(self) -> Texts:
        return self._texts

    @Property(str, constant=True)
    def title(self) -> str:
        return self._block.title

    @Property(str, constant=True)
    def note(self) -> str:
        return self._block.note

    @Property(bool, constant=True)
    def example(self) -> bool:
        return self._block.example

    @Property(float, notify=changed)
    def price(self) -> float:
        return float(self._price)

    @Property(float, constant=True)
    def priceLeast(self) -> float:
        return float(self._block.price_least)

    @Property(float, constant=True)
    def priceMost(self) -> float:
        return float(self._block.price_most)

    @Property(float, constant=True)
    def priceStep(self) -> float:
        return float(self._block.price_step)

    @Property(float, constant=True)
    def rateStep(self) -> float:
        return float(rate_slider(self._block).step)

    @Property(float, notify=changed)
    def downPayment(self) -> float:
        return float(self._down)

    @Property(float, notify=changed)
    def rate(self) -> float:
        return float(self._rate)

    @Property(float, constant=True)
    def rateMost(self) -> float:
        return float(self._block.interest_rate_most)

    @Property(int, notify=changed)
    def months(self) -> int:
        return self._months

    @Property("QVariantList", constant=True)
    def monthsChoices(self) -> list[int]:
        return list(self._block.months_choices)

    @Property(str, notify=changed)
    def priceText(self) -> str:
        return self._money(self._price)

    @Property(str, notify=changed)
    def downPaymentText(self) -> str:
        return self._money(self._down)

    @Property(str, notify=changed)
    def rateText(self) -> str:
        return self._local.percent(self._rate)

    @Property(str, notify=changed)
    def paymentText(self) -> str:
        payment = monthly_payment(self._price, self._down, self._months, self._rate)
        return self._local.money(payment, self._block.currency)

    def _take_price(self, price: Decimal) -> None:
        self._price = price
        self._down = min(self._down, price)
        self.changed.emit()

    def _money(self, amount: Decimal) -> str:
        return self._local.money(amount, self._block.currency, round_as_whole=True)
