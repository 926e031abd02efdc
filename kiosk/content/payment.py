"""The payment estimator's arithmetic."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

CENT = Decimal("0.01")


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
