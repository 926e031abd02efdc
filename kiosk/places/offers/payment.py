"""The payment estimator's arithmetic, and where its sliders stop."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.places.offers.model import Estimator

CENT = Decimal("0.01")
RATE_STEP = Decimal("0.1")
"""Percent."""


@dataclass(frozen=True, slots=True)
class Slider:
    """Stops at both ends, and between them at every whole multiple of its step."""

    least: Decimal
    most: Decimal
    step: Decimal

    def nearest(self, value: Decimal) -> Decimal:
        """Where it stops when it is let go at a value."""
        step = (value / self.step).to_integral_value() * self.step
        inside = min(max(step, self.least), self.most)
        return min((inside, self.least, self.most), key=lambda stop: abs(stop - value))

    def stepped(self, value: Decimal, count: int) -> Decimal:
        """Where it stops `count` steps from a value: the next stop for 1, the one before for -1."""
        rounding = ROUND_FLOOR if count > 0 else ROUND_CEILING
        multiple = (value / self.step).to_integral_value(rounding) + count
        return min(max(multiple * self.step, self.least), self.most)

    def has_stop_at(self, value: Decimal) -> bool:
        """Whether it can come back to a value."""
        return self.nearest(value) == value


def price_slider(estimator: Estimator) -> Slider:
    """The slider of the price."""
    return Slider(estimator.price_least, estimator.price_most, estimator.price_step)


def down_payment_slider(estimator: Estimator, price: Decimal) -> Slider:
    """The slider of the down payment, which never exceeds the price."""
    return Slider(Decimal(0), price, estimator.price_step)


def rate_slider(estimator: Estimator) -> Slider:
    """The slider of the yearly rate in percent."""
    return Slider(Decimal(0), estimator.interest_rate_most, RATE_STEP)


def starts_between_stops(estimator: Estimator) -> dict[str, Slider]:
    """The sliders that cannot come back to where they start, by the key of their start."""
    starts = {
        "price": (estimator.price, price_slider(estimator)),
        "down_payment": (
            estimator.down_payment,
            down_payment_slider(estimator, estimator.price),
        ),
        "interest_rate": (estimator.interest_rate, rate_slider(estimator)),
    }
    return {key: slider for key, (value, slider) in starts.items() if not slider.has_stop_at(value)}


def monthly_payment(price: Decimal, down: Decimal, months: int, apr: Decimal) -> Decimal:
    """The level payment of an amortised loan, rounded to the cent.

    Args:
        price: in currency units; `down` is taken off it, never below zero.
        months: number of payments, at least 1.
        apr: nominal yearly rate in percent, compounded monthly; 0 divides the amount evenly.

    Raises:
        ValueError: fewer than one month, or a negative rate.

    Source: payment = P·r / (1 − (1 + r)^−n), the annuity formula.
    """
    if months < 1:
        raise ValueError("a loan has at least one payment")
    if apr < 0:
        raise ValueError("a rate is not negative")
    amount = max(Decimal(0), price - down)
    with localcontext() as context:
        context.prec = 40
        rate = apr / 1200
        share = rate / (1 - (1 + rate) ** -months) if rate else 1 / Decimal(months)
        payment = amount * share
        return payment.quantize(CENT, ROUND_HALF_UP)
