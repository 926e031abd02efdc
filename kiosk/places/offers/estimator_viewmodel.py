"""The payment estimator: sliders in, a payment and what it rests on out."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.places.offers.model import Estimator
from kiosk.places.offers.payment import Plan, plan_of
from kiosk.places.offers.rows import EstimateRow
from kiosk.places.offers.sliders import Slider, down_payment_slider, price_slider, rate_slider
from kiosk.places.offers.statement import Stating
from kiosk.places.offers.words import OffersWords
from kiosk.places.presenting import Context
from kiosk.places.rows import NameRow
from kiosk.places.viewmodel import words_type
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

OffersTexts = words_type("OffersTexts", OffersWords)


@QmlElement
@QmlUncreatable("comes with the offers")
class EstimatorViewModel(RowViewModel):
    """Amounts in whole currency units, the rate in percent a year.

    Price and down payment are the same for all kinds of financing; months and rate are each kind's.
    """

    changed = Signal()
    row: EstimateRow
    kindChanged = Signal()

    def __init__(self, block: Estimator, context: Context, parent: QObject | None = None) -> None:
        words = context.words_of(OffersWords)
        stating = Stating(block, words, context.local, context.region or "us")
        row = EstimateRow(
            block.title,
            block.note,
            block.example,
            float(block.price_least),
            float(block.price_most),
            float(block.price_step),
            float(block.interest_rate_most),
            float(rate_slider(block).step),
            tuple(NameRow(stating.kind_word(kind)) for kind in block.kinds),
        )
        super().__init__(row, parent)
        self._block = block
        self._stating = stating
        self._texts = OffersTexts(words, self)
        self._plans = [plan_of(block, kind) for kind in block.kinds]
        self._tab = 0
        self._price = block.price
        self._down = block.down_payment
        self._months = [plan.months for plan in self._plans]
        self._rates = [plan.rate for plan in self._plans]
        self._mileage = max(plan.mileage for plan in self._plans)
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

    @Property("QVariantList", notify=kindChanged)
    def monthsChoices(self) -> list[int]:
        return list(self._plan.months_choices)

    @Property("QVariantList", notify=kindChanged)
    def mileageChoices(self) -> list[int]:
        return list(self._plan.mileage_choices)

    @Property("QVariantList", notify=kindChanged)
    def mileageTexts(self) -> list[str]:
        return [
            self._stating.local.distance_a_year(mileage) for mileage in self._plan.mileage_choices
        ]

    @property
    def _plan(self) -> Plan:
        return self._plans[self._tab]

    @property
    def _down_slider(self) -> Slider:
        left = self._plan.left(self._price, self._months[self._tab], self._mileage)
        return down_payment_slider(self._block, self._price, left)

    def _update(self) -> None:
        block, stating, plan = self._block, self._stating, self._plan
        most = self._down_slider.most
        self._down = min(self._down, most)
        months, rate = self._months[self._tab], self._rates[self._tab]
        quote = plan.quote(self._price, self._down, months, rate, self._mileage)
        starts = (block.price, block.down_payment, plan.months, plan.rate)
        is_start = (self._price, self._down, months, rate) == starts
        *rows, key = stating.rows(quote, is_start=is_start)
        self.update(
            kind=self._tab,
            is_lease=plan.kind == "lease",
            heading=stating.heading(quote, is_start=is_start),
            warning=stating.warning(quote),
            statement=tuple(rows),
            key_label=key.label,
            key_value=key.value,
            payment_text=stating.money(quote.payment),
            price=float(self._price),
            price_text=stating.money(self._price, round_as_whole=True),
            down_payment=float(self._down),
            down_payment_most=float(most),
            down_payment_word=stating.down_word(quote),
            down_payment_text=stating.money(self._down, round_as_whole=True),
            rate=float(rate),
            rate_word=stating.rate_word(quote),
            rate_text=stating.local.percent(rate),
            months=months,
            mileage=self._mileage,
        )
