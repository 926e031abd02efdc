"""The estimated payment is the one a bank would reckon."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.places.offers.payment import monthly_payment

CENT = Decimal("0.01")


@pytest.mark.parametrize(
    ("price", "down", "months", "apr", "payment"),
    [
        pytest.param("30000", "0", 60, "4.9", "564.76", id="the default content's offer"),
        pytest.param("20000", "0", 60, "5", "377.42", id="Brealey and Myers, annuity tables"),
        pytest.param("200000", "0", 360, "6.5", "1264.14", id="a 30-year mortgage"),
        pytest.param("33000", "3000", 1, "12", "30300.00", id="one payment a month later"),
        pytest.param("36000", "0", 36, "0", "1000.00", id="no interest"),
        pytest.param("100", "0", 3, "0", "33.33", id="no interest, rounded down"),
        pytest.param("200", "0", 3, "0", "66.67", id="no interest, rounded up"),
        pytest.param("30000", "30000", 60, "4.9", "0.00", id="all of it paid"),
        pytest.param("30000", "40000", 60, "4.9", "0.00", id="more than all of it paid"),
        pytest.param("0", "0", 60, "0", "0.00", id="nothing to pay"),
    ],
)
def test_a_payment_is_as_the_tables_have_it(
    price: str, down: str, months: int, apr: str, payment: str
) -> None:
    result = monthly_payment(Decimal(price), Decimal(down), months, Decimal(apr))

    assert str(result) == payment


amounts = st.decimals(0, 10_000_000, places=2)
rates = st.decimals(0, 40, places=2)
terms = st.integers(1, 120)


def _left_after(amount: Decimal, payment: Decimal, months: int, apr: Decimal) -> Fraction:
    """What is still owed after paying month by month, in exact fractions."""
    owed = Fraction(amount)
    for _ in range(months):
        owed += owed * Fraction(apr) / 1200 - Fraction(payment)
    return owed


@given(amount=amounts, months=terms, apr=rates)
def test_the_last_payment_settles_the_loan(amount: Decimal, months: int, apr: Decimal) -> None:
    """Half a cent more or less each month is what rounding may leave."""
    payment = monthly_payment(amount, Decimal(0), months, apr)

    assert _left_after(amount, payment + CENT / 2, months, apr) <= 0
    assert _left_after(amount, payment - CENT / 2, months, apr) >= 0


@given(amount=amounts, months=terms, apr=rates)
def test_all_payments_together_are_no_less_than_the_amount(
    amount: Decimal, months: int, apr: Decimal
) -> None:
    assert (monthly_payment(amount, Decimal(0), months, apr) + CENT / 2) * months >= amount


@given(amount=amounts, down=amounts, months=terms, apr=rates)
def test_a_down_payment_never_makes_it_dearer(
    amount: Decimal, down: Decimal, months: int, apr: Decimal
) -> None:
    with_down = monthly_payment(amount, down, months, apr)

    assert 0 <= with_down <= monthly_payment(amount, Decimal(0), months, apr)


def test_a_rate_of_next_to_nothing_costs_next_to_nothing() -> None:
    tiny = Decimal("0.0000000000000000000001")

    assert monthly_payment(Decimal(36000), Decimal(0), 36, tiny) == 1000


@pytest.mark.parametrize(("months", "apr"), [(0, "4.9"), (-1, "4.9"), (60, "-0.1")])
def test_a_loan_that_cannot_be_is_refused(months: int, apr: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        monthly_payment(Decimal(30000), Decimal(0), months, Decimal(apr))
