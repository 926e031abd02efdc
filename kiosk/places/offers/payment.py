"""The payment estimator's arithmetic: payments, the cost of credit as a yearly rate, totals.

Amounts are in currency units, rates in percent a year. Payments are monthly, the first a month
after the credit is drawn; those of a lease are made in advance, the first at signing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.places.offers.model import Estimator, Fee, FinancingKind

CENT = Decimal("0.01")
NOTHING = Decimal(0)
PRECISION = 40
CLOSE_ENOUGH = Decimal("1e-15")
"""Of a monthly rate, as a fraction."""


def level_payment(
    amount: Decimal,
    months: int,
    rate: Decimal,
    left: Decimal = NOTHING,
    *,
    in_advance: bool = False,
) -> Decimal:
    """The level payment that brings an amount down to what is left after the last month; unrounded.

    Args:
        amount: what is financed.
        months: the number of payments, at least 1.
        rate: nominal yearly rate in percent, compounded monthly; 0 divides evenly.
        left: what is still owed after the last payment: a balloon, a residual value.
        in_advance: whether a payment is made at the beginning of each month.

    Raises:
        ValueError: fewer than one month, a negative rate, or more left than there was.

    Source: the annuity formula with a final value, (P - L·v^n)·i / (1 - v^n) with v = 1 / (1 + i);
    in advance, the same times v.
    """
    if months < 1:
        raise ValueError("a loan has at least one payment")
    if rate < 0:
        raise ValueError("a rate is not negative")
    if left > amount:
        raise ValueError("no more can be left than was financed")
    with localcontext() as context:
        context.prec = PRECISION
        monthly = rate / 1200
        if not monthly:
            return (amount - left) / months
        discount = (1 + monthly) ** -months
        payment = (amount - left * discount) * monthly / (1 - discount)
        return payment / (1 + monthly) if in_advance else payment


def monthly_payment(price: Decimal, down: Decimal, months: int, rate: Decimal) -> Decimal:
    """The level payment of an amortised loan, rounded to the cent.

    `down` is taken off the price, never below zero; see `level_payment`.
    """
    return cents(level_payment(max(NOTHING, price - down), months, rate))


def money_factor_payment(
    amount: Decimal, months: int, money_factor: Decimal, residual: Decimal
) -> Decimal:
    """The base monthly payment of a US lease, without taxes; unrounded.

    Args:
        amount: the adjusted capitalized cost: the price less the capitalized cost reduction.
        months: the number of payments, at least 1.
        money_factor: the rent charge as a share of cost and residual value together, a month.
        residual: the value that the lease assumes at its end.

    Raises:
        ValueError: fewer than one month.

    Source: depreciation and rent charge as in Regulation M, 12 CFR 1013.4(f); the rent charge by
    the trade's money factor, (cost + residual) × factor. Times 2,400 it is about a yearly rate.
    """
    if months < 1:
        raise ValueError("a lease has at least one payment")
    with localcontext() as context:
        context.prec = PRECISION
        return (amount - residual) / months + (amount + residual) * money_factor


def monthly_yield(advance: Decimal, payments: Sequence[Decimal]) -> Decimal:
    """The monthly rate, as a fraction, at which the payments are worth what was advanced.

    Args:
        advance: what the customer has the use of: the credit less the fees paid at the start.
        payments: what is paid at the end of each month, fees included.

    Raises:
        ValueError: nothing is advanced, or less is paid back than was, by a cent or more.

    Newton's method; the present value falls and is convex in the rate, so that from 0 the steps
    approach the solution from below and never pass it.
    """
    if advance <= 0:
        raise ValueError("nothing is advanced")
    if advance - sum(payments) >= CENT:
        raise ValueError("less is paid back than was advanced")
    with localcontext() as context:
        context.prec = PRECISION
        rate = NOTHING
        while True:
            discount = 1 / (1 + rate)
            value = slope = NOTHING
            for payment in reversed(payments):
                slope = slope * discount + value
                value = value * discount + payment
            step = (value * discount - advance) / (discount**2 * (value + slope * discount))
            rate += step
            if step < CLOSE_ENOUGH:
                return max(NOTHING, rate)


def nominal_rate(monthly: Decimal) -> Decimal:
    """A monthly rate (a fraction) times twelve, in percent: the APR of the United States.

    Source: Regulation Z, 12 CFR 1026.22(a)(1) and appendix J, (b)(1): the unit-period rate times
    the number of unit-periods in a year.
    """
    return 1200 * monthly


def effective_rate(monthly: Decimal) -> Decimal:
    """A monthly rate (a fraction) compounded over a year, in percent: the APR of the EU and the UK.

    Source: the equation of Directive 2008/48/EC, annex I, part I, which Directive (EU) 2023/2225
    keeps, and CONC App 1.2 of the FCA's Handbook. Months are twelfths of a year.
    """
    with localcontext() as context:
        context.prec = PRECISION
        return 100 * ((1 + monthly) ** 12 - 1)


def rounded_rate(rate: Decimal, decimals: int) -> Decimal:
    """A rate in percent with so many decimals, a 5 rounded up.

    Source: Directive 2008/48/EC, annex I, part I, remark (d): at least one decimal.
    """
    return rate.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def cents(amount: Decimal) -> Decimal:
    """An amount rounded to the cent, half a cent up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Plan:
    """A kind of financing as the content offers it; percentages are of the price."""

    kind: FinancingKind
    months: int
    months_choices: tuple[int, ...]
    rate: Decimal
    fees: tuple[Fee, ...] = ()
    percents: tuple[Decimal, ...] = (NOTHING,)
    """What is left at the end: one for each of the months to choose from, or one for all."""
    money_factor: Decimal | None = None
    security_deposit: Decimal = NOTHING
    mileage: int = 0
    mileage_choices: tuple[int, ...] = ()
    residual_drop: Decimal = NOTHING
    """Percentage points for every 1,000 miles or kilometers a year beyond the first choice."""

    def left(self, price: Decimal, months: int, mileage: int) -> Decimal:
        """The final payment of a balloon or the residual value of a lease, to the cent."""
        each = len(self.percents) > 1
        percent = self.percents[self.months_choices.index(months) if each else 0]
        if self.mileage_choices:
            percent -= self.residual_drop * (mileage - self.mileage_choices[0]) / 1000
        return cents(price * percent / 100)

    def quote(
        self, price: Decimal, down: Decimal, months: int, rate: Decimal, mileage: int
    ) -> Quote:
        """What it comes to.

        Raises:
            ValueError: more is left at the end than is financed.
        """
        left = self.left(price, months, mileage)
        if self.money_factor is not None:
            payment = money_factor_payment(price - down, months, self.money_factor, left)
        else:
            is_lease = self.kind == "lease"
            payment = level_payment(price - down, months, rate, left, in_advance=is_lease)
        return Quote(self, price, down, months, rate, mileage, left, payment)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a plan comes to; `level` is the monthly payment before it is rounded."""

    plan: Plan
    price: Decimal
    down: Decimal
    months: int
    rate: Decimal
    mileage: int
    left: Decimal
    level: Decimal

    @property
    def payment(self) -> Decimal:
        """Each monthly payment."""
        return cents(self.level)

    @property
    def credit(self) -> Decimal:
        """The total amount of credit: the price less the down payment."""
        return self.price - self.down

    @property
    def final(self) -> Decimal:
        """What is to be paid with the last payment besides it."""
        return self.left if self.plan.kind == "balloon" else NOTHING

    def fees(self, due: str) -> Decimal:
        """The fees due at the `start` or at the `end`."""
        return sum((fee.amount for fee in self.plan.fees if fee.due == due), NOTHING)

    @property
    def paid_later(self) -> Decimal:
        """All payments after the start."""
        return self.months * self.payment + self.final + self.fees("end")

    @property
    def total(self) -> Decimal:
        """All payments without the down payment, the fees included."""
        return self.paid_later + self.fees("start")

    @property
    def due_at_signing(self) -> Decimal:
        """What a lease takes before it begins, its first payment included."""
        return self.down + self.payment + self.fees("start") + self.plan.security_deposit

    @property
    def monthly_yield(self) -> Decimal | None:
        """The monthly cost of the credit as a fraction; None where there is no credit to speak of.

        Of the payments as they are before rounding, which the lender settles with the last one.
        """
        advance = self.credit - self.fees("start")
        if advance <= 0:
            return None
        last = self.level + self.final + self.fees("end")
        return monthly_yield(advance, [self.level] * (self.months - 1) + [last])


def plan_of(estimator: Estimator, kind: FinancingKind) -> Plan:
    """A kind of financing, with what it takes over from the estimator."""
    months, choices = estimator.months_of(kind)
    rate, fees = estimator.interest_rate, estimator.fees
    if kind == "balloon" and (balloon := estimator.balloon) is not None:
        return Plan(
            kind,
            months,
            choices,
            rate if balloon.interest_rate is None else balloon.interest_rate,
            (*fees, *balloon.fees),
            balloon.final_payment_percent,
        )
    if kind == "lease" and (lease := estimator.lease) is not None:
        return Plan(
            kind,
            months,
            choices,
            lease.interest_rate or NOTHING,
            lease.fees,
            lease.residual_percent,
            lease.money_factor,
            lease.security_deposit,
            lease.mileage,
            lease.mileage_choices or (lease.mileage,),
            lease.residual_drop,
        )
    return Plan(kind, months, choices, rate, fees)
