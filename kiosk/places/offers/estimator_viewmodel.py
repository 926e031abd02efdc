"""The payment estimator: sliders in, a payment and what it rests on out."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.language.localization import Localization
from kiosk.places.offers.model import Estimator
from kiosk.places.offers.payment import Plan, plan_of
from kiosk.places.offers.rows import StatementRow
from kiosk.places.offers.sliders import Slider, down_payment_slider, price_slider, rate_slider
from kiosk.places.offers.statement import Stating
from kiosk.places.offers.words import OffersWords
from kiosk.places.rows import NameRow
from kiosk.places.viewmodel import words_type
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

OffersTexts = words_type("OffersTexts", OffersWords)


@QmlElement
@QmlUncreatable("comes with the offers")
class EstimatorViewModel(QObject):
    """Amounts in whole currency units, the rate in percent a year.

    Price and down payment are the same for all kinds of financing; months and rate are each kind's.
    """

    changed = Signal()
    kindChanged = Signal()

    def __init__(
        self,
        block: Estimator,
        local: Localization,
        words: OffersWords,
        region: str = "us",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._block = block
        self._stating = Stating(block, words, local, region)
        self._texts = OffersTexts(words, self)
        self._plans = [plan_of(block, kind) for kind in block.kinds]
        self._tab = 0
        self._price = block.price
        self._down = block.down_payment
        self._months = [plan.months for plan in self._plans]
        self._rates = [plan.rate for plan in self._plans]
        self._mileage = max(plan.mileage for plan in self._plans)
        names = [NameRow(self._stating.kind_word(kind)) for kind in block.kinds]
        self._kinds = RowsModel(NameRow, names, self)
        self._statement = RowsModel(StatementRow, (), self)
        self._update()

    @Slot(int)
    def chooseKind(self, tab: int) -> None:
        """Turn to another kind of financing."""
        if tab != self._tab and 0 <= tab < len(self._plans):
            self._tab = tab
            self._update()
            self.kindChanged.emit()

    @Slot(float)
    def movePrice(self, price: float) -> None:
        """Take the stop nearest to `price`; the down payment never exceeds it."""
        self._price = price_slider(self._block).nearest(Decimal(price))
        self._update()

    @Slot(int)
    def stepPrice(self, count: int) -> None:
        """Go `count` stops on."""
        self._price = price_slider(self._block).stepped(self._price, count)
        self._update()

    @Slot(float)
    def moveDownPayment(self, down: float) -> None:
        """Take the stop nearest to `down`."""
        self._down = self._down_slider.nearest(Decimal(down))
        self._update()

    @Slot(int)
    def stepDownPayment(self, count: int) -> None:
        """Go `count` stops on."""
        self._down = self._down_slider.stepped(self._down, count)
        self._update()

    @Slot(float)
    def moveRate(self, rate: float) -> None:
        """Take the stop nearest to `rate`."""
        self._rates[self._tab] = rate_slider(self._block).nearest(Decimal(rate))
        self._update()

    @Slot(int)
    def stepRate(self, count: int) -> None:
        """Go `count` stops on."""
        self._rates[self._tab] = rate_slider(self._block).stepped(self._rates[self._tab], count)
        self._update()

    @Slot(int)
    def chooseMonths(self, months: int) -> None:
        """Take one of the terms on offer."""
        if months in self._plan.months_choices:
            self._months[self._tab] = months
            self._update()

    @Slot(int)
    def chooseMileage(self, mileage: int) -> None:
        """Take one of the mileages on offer."""
        if mileage in self._plan.mileage_choices:
            self._mileage = mileage
            self._update()

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

    @Property(RowsModel, constant=True)
    def kinds(self) -> RowsModel:
        return self._kinds

    @Property(int, notify=kindChanged)
    def kind(self) -> int:
        return self._tab

    @Property(bool, notify=kindChanged)
    def isLease(self) -> bool:
        return self._plan.kind == "lease"

    @Property(RowsModel, constant=True)
    def statement(self) -> RowsModel:
        return self._statement

    @Property(str, notify=changed)
    def keyLabel(self) -> str:
        return self._key.label

    @Property(str, notify=changed)
    def keyValue(self) -> str:
        return self._key.value

    @Property(str, notify=changed)
    def heading(self) -> str:
        return self._stating.heading(self._quote, is_start=self._is_start)

    @Property(str, notify=changed)
    def warning(self) -> str:
        return self._stating.warning(self._quote)

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
    def downPaymentMost(self) -> float:
        return float(self._down_slider.most)

    @Property(float, notify=changed)
    def rate(self) -> float:
        return float(self._rates[self._tab])

    @Property(float, constant=True)
    def rateMost(self) -> float:
        return float(self._block.interest_rate_most)

    @Property(int, notify=changed)
    def months(self) -> int:
        return self._months[self._tab]

    @Property("QVariantList", notify=kindChanged)
    def monthsChoices(self) -> list[int]:
        return list(self._plan.months_choices)

    @Property(int, notify=changed)
    def mileage(self) -> int:
        return self._mileage

    @Property("QVariantList", notify=kindChanged)
    def mileageChoices(self) -> list[int]:
        return list(self._plan.mileage_choices)

    @Property("QVariantList", notify=kindChanged)
    def mileageTexts(self) -> list[str]:
        return [
            self._stating.local.distance_a_year(mileage) for mileage in self._plan.mileage_choices
        ]

    @Property(str, notify=changed)
    def priceText(self) -> str:
        return self._stating.money(self._price, round_as_whole=True)

    @Property(str, notify=kindChanged)
    def downPaymentWord(self) -> str:
        return self._stating.down_word(self._quote)

    @Property(str, notify=changed)
    def downPaymentText(self) -> str:
        return self._stating.money(self._down, round_as_whole=True)

    @Property(str, notify=kindChanged)
    def rateWord(self) -> str:
        return self._stating.rate_word(self._quote)

    @Property(str, notify=changed)
    def rateText(self) -> str:
        return self._stating.local.percent(self._rates[self._tab])

    @Property(str, notify=changed)
    def paymentText(self) -> str:
        return self._stating.money(self._quote.payment)

    @property
    def _plan(self) -> Plan:
        return self._plans[self._tab]

    @property
    def _down_slider(self) -> Slider:
        left = self._plan.left(self._price, self._months[self._tab], self._mileage)
        return down_payment_slider(self._block, self._price, left)

    @property
    def _is_start(self) -> bool:
        """Whether everything stands where the content has it."""
        plan = self._plan
        return (self._price, self._down, self._months[self._tab], self._rates[self._tab]) == (
            self._block.price,
            self._block.down_payment,
            plan.months,
            plan.rate,
        )

    def _update(self) -> None:
        self._down = min(self._down, self._down_slider.most)
        months, rate = self._months[self._tab], self._rates[self._tab]
        self._quote = self._plan.quote(self._price, self._down, months, rate, self._mileage)
        *rows, self._key = self._stating.rows(self._quote, is_start=self._is_start)
        self._statement.replace(rows)
        self.changed.emit()
