"""The estimated payment is the one a bank would reckon, and its cost the one the law defines."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.places.offers.payment import (
    effective_rate,
    level_payment,
    money_factor_payment,
    monthly_payment,
    monthly_yield,
    nominal_rate,
    rounded_rate,
)

CENT = Decimal("0.01")
HAIR = Decimal("1e-9")


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


# What is left at the end, and payments in advance


lefts = st.decimals(0, 1, places=4)


@given(amount=amounts, months=terms, rate=rates, share=lefts, in_advance=st.booleans())
def test_level_payments_leave_exactly_the_balloon(
    amount: Decimal, months: int, rate: Decimal, share: Decimal, in_advance: bool
) -> None:
    left = amount * share
    payment = level_payment(amount, months, rate, left, in_advance=in_advance)
    owed = Fraction(amount)
    for _ in range(months):
        owed -= Fraction(payment) * in_advance
        owed += owed * Fraction(rate) / 1200 - Fraction(payment) * (not in_advance)
    assert abs(owed - Fraction(left)) < HAIR


def test_no_more_can_be_left_than_was_financed() -> None:
    with pytest.raises(ValueError, match="left"):
        level_payment(Decimal(100), 12, Decimal(5), Decimal(101))


def test_a_lease_by_money_factor_pays_for_the_loss_in_value_and_a_rent() -> None:
    """$40,000, $3,000 down, a residual of $23,200 after 36 months, 4%: $383.33 and $100.33."""
    factor = Decimal(4) / 2400
    payment = money_factor_payment(Decimal(37000), 36, factor, Decimal(23200))
    assert payment.quantize(CENT) == Decimal("483.67")
    with pytest.raises(ValueError, match="payment"):
        money_factor_payment(Decimal(37000), 0, factor, Decimal(23200))


# The cost of credit as a yearly rate


def _of(*payments: tuple[int, int]) -> list[Decimal]:
    """Payments by their month, from a table of months and amounts."""
    by_month = dict(payments)
    return [Decimal(by_month.get(month, 0)) for month in range(1, max(by_month) + 1)]


@pytest.mark.parametrize(
    ("payments", "apr"),
    [
        pytest.param([230] * 24, "9.69", id="(c)(1)(i): level payments"),
        pytest.param([250, *[230] * 23], "10.08", id="(c)(2)(i): an odd first payment"),
        pytest.param([*[230] * 23, 280], "10.50", id="(c)(3)(i): an odd last payment"),
        pytest.param([250, *[230] * 22, 280], "10.90", id="(c)(4)(i): both"),
    ],
)
def test_the_apr_is_that_of_regulation_z(payments: list[int], apr: str) -> None:
    """12 CFR 1026, appendix J, (c): $5,000 repaid by 24 monthly payments."""
    monthly = monthly_yield(Decimal(5000), [Decimal(payment) for payment in payments])
    assert str(rounded_rate(nominal_rate(monthly), 2)) == apr


@pytest.mark.parametrize(
    ("advance", "payments", "apr"),
    [
        pytest.param(1000, _of((18, 1200)), "12.92", id="one payment after a year and a half"),
        pytest.param(950, _of((18, 1200)), "16.85", id="50 retained for expenses"),
        pytest.param(1000, _of((12, 600), (24, 600)), "13.07", id="after one and two years"),
        pytest.param(1000, _of((3, 272), (6, 272), (12, 544)), "13.19", id="within a year"),
    ],
)
def test_the_apr_is_that_of_the_directive(advance: int, payments: list[Decimal], apr: str) -> None:
    """Directive 98/7/EC, annex III, part B: the equation has been the same since."""
    monthly = monthly_yield(Decimal(advance), payments)
    assert str(rounded_rate(effective_rate(monthly), 2)) == apr


@given(amount=st.decimals(1, 10_000_000, places=2), months=terms, rate=rates, share=lefts)
def test_without_fees_the_cost_is_the_rate_itself(
    amount: Decimal, months: int, rate: Decimal, share: Decimal
) -> None:
    left = amount * share
    payment = level_payment(amount, months, rate, left)
    monthly = monthly_yield(amount, [*[payment] * (months - 1), payment + left])
    assert abs(nominal_rate(monthly) - rate) < HAIR
    assert abs(effective_rate(monthly) - 100 * ((1 + rate / 1200) ** 12 - 1)) < HAIR


@given(
    amount=st.decimals(1000, 100_000, places=2),
    fee=st.decimals(1, 900, places=2),
    months=terms,
    rate=rates,
)
def test_a_fee_makes_it_dearer_and_an_earlier_one_more_so(
    amount: Decimal, fee: Decimal, months: int, rate: Decimal
) -> None:
    payments = [level_payment(amount, months, rate)] * months
    at_the_end = monthly_yield(amount, [*payments[1:], payments[0] + fee])
    at_the_start = monthly_yield(amount - fee, payments)
    assert rate / 1200 < at_the_end < at_the_start


def test_what_costs_nothing_costs_nothing() -> None:
    assert monthly_yield(Decimal(3600), [Decimal(100)] * 36) == 0


@pytest.mark.parametrize(("advance", "payment"), [(0, 1), (-1, 1), (100, 99)])
def test_a_cost_that_is_none_is_refused(advance: int, payment: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        monthly_yield(Decimal(advance), [Decimal(payment)])


@pytest.mark.parametrize(
    ("rate", "decimals", "rounded"),
    [("5.949", 1, "5.9"), ("5.95", 1, "6.0"), ("5.0116", 2, "5.01"), ("0.005", 2, "0.01")],
)
def test_a_rate_is_rounded_half_up(rate: str, decimals: int, rounded: str) -> None:
    """Directive 2008/48/EC, annex I, part I, remark (d)."""
    assert str(rounded_rate(Decimal(rate), decimals)) == rounded
