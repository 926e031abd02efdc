"""Where the payment estimator's sliders stop."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from kiosk.places.offers.payment import plan_of

if TYPE_CHECKING:
    from kiosk.places.offers.model import Estimator

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


def down_payment_slider(estimator: Estimator, price: Decimal, left: Decimal) -> Slider:
    """The slider of the down payment, which never exceeds the price less what is left at the end.

    `left` is the final payment of a balloon or the residual value of a lease.
    """
    return Slider(Decimal(0), price - left, estimator.price_step)


def rate_slider(estimator: Estimator) -> Slider:
    """The slider of the yearly rate in percent."""
    return Slider(Decimal(0), estimator.interest_rate_most, RATE_STEP)


def starts_between_stops(estimator: Estimator) -> dict[tuple[str, ...], tuple[Decimal, Slider]]:
    """The starts that a slider cannot come back to, by the keys that lead to them."""
    plan = plan_of(estimator, estimator.kinds[0])
    left = plan.left(estimator.price, plan.months, plan.mileage)
    starts: dict[tuple[str, ...], tuple[Decimal, Slider]] = {
        ("price",): (estimator.price, price_slider(estimator)),
        ("down_payment",): (
            estimator.down_payment,
            down_payment_slider(estimator, estimator.price, left),
        ),
        ("interest_rate",): (estimator.interest_rate, rate_slider(estimator)),
    }
    if estimator.balloon is not None and estimator.balloon.interest_rate is not None:
        rate = estimator.balloon.interest_rate
        starts["balloon", "interest_rate"] = rate, rate_slider(estimator)
    return {
        keys: (value, slider)
        for keys, (value, slider) in starts.items()
        if not slider.has_stop_at(value)
    }
