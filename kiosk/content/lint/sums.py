"""Whether an offer's figures add up, and whether the estimator's do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from kiosk.content.lint import advertised as patterns
from kiosk.content.lint.advertised import (
    AMOUNT,
    MONEY,
    MOST_CACHED,
    Advertised,
    Texts,
    amount_in,
)
from kiosk.content.lint.rule import Finding, Subject
from kiosk.places.offers.model import Estimator
from kiosk.places.offers.payment import monthly_payment
from kiosk.places.offers.sliders import starts_between_stops

TOTAL = re.compile(
    rf"(?:\btotal(?: of (?:all )?payments| cost| sale price| amount payable| payable| repayable)?"
    rf"(?: is| of|:| comes to)? |\bin all,? |\badds? up to |\baltogether ){MONEY}"
    rf"(?! (?:\w+ ){{0,2}}(?:due|payable) (?:at|on|upon|before))"
)
FEE = re.compile(
    rf"\b(?:acquisition|disposition|documentation|arrangement|completion|purchase) fee"
    rf"(?: of| is|:)? {MONEY}|{MONEY} (?:acquisition|disposition|documentation|arrangement"
    rf"|completion|option to purchase|purchase) fee"
    rf"|\b(?:optional )?(?:final|balloon) payment(?: of| is|:)? {MONEY}"
)
BALLOON = re.compile(r"\b(?:balloon|final) payment")
FINANCED = re.compile(rf"{MONEY} (?:is )?financed|\b(?:amount )?financed(?: is|:)? {MONEY}")
ITEMISED = re.compile(
    rf"(?:{patterns.WHEN_SIGNED}(?: is| of|:)? ({MONEY})|({MONEY}) {patterns.WHEN_SIGNED})"
    r" ?(?::|\(|,? (?:includ|consist|made up)\w*(?: of)?:?)(.+?)(?:\)|\.(?!\d)|$)"
)
FIRST_PAYMENT = re.compile(
    rf"({MONEY} )?\bfirst (?:month's |monthly |month )?payment\b(?!(?: of)? [$£€])"
)
UNCOUNTED = re.compile(r"\btax|\btitle\b|\bplus\b|\bcredits?\b|\brebate|\btrade")
FIGURES = re.compile(r"[$£€%]|month|year|pa?y|percent|apr", re.IGNORECASE)
MOST_EXTRAS = 5
TOLERANCE = Decimal(1)
"""Of a sum, in currency units: rounded payments."""
APR_TOLERANCE = Decimal("0.125")
"""12 CFR 1026.22(a)(2)."""
CENT = Decimal("0.01")
_payment = lru_cache(monthly_payment)


def sum_(subject: Subject) -> Iterator[Finding]:
    """An offer whose figures contradict each other."""
    in_us = subject.content.region == "us"
    for path, offer, advert in subject.offers:
        title = offer.title if FIGURES.search(offer.title) else ""
        if discrepancy := _discrepancy(Advertised(title, advert.large, offer.terms), in_us):
            yield Finding(
                (*path, "terms"), f"in '{offer.title}' {discrepancy}; correct one of them"
            )


@lru_cache(MOST_CACHED)
def _discrepancy(advert: Advertised, in_us: bool) -> str:
    """What does not add up; empty if everything does."""
    checks = (_contradiction, _total, _amount_due, *((_payment_at_rate,) if in_us else ()))
    return next((sentence for check in checks if (sentence := check(advert))), "")


def slider_step(subject: Subject) -> Iterator[Finding]:
    """A starting value of the estimator that its slider cannot return to."""
    for path, estimator in subject.blocks(Estimator):
        for keys, (value, slider) in starts_between_stops(estimator).items():
            yield Finding(
                (*path, *keys),
                f"{keys[-1]} {value} is not a stop of the slider, which moves in steps of"
                f" {slider.step}; write {slider.nearest(value)}",
            )


def _contradiction(advert: Advertised) -> str:
    """The large print says one thing, the terms another."""
    heading, terms = advert.heading, advert.terms
    for label, in_heading, in_terms in (
        ("payment", heading.amounts(patterns.PAYMENT), terms.amounts(patterns.PAYMENT)),
        ("amount due at signing", heading.amounts(patterns.DUE), terms.amounts(patterns.DUE)),
        ("APR", heading.numbers(patterns.APR), terms.numbers(patterns.APR)),
    ):
        if len(in_heading) == len(in_terms) == 1 and in_heading != in_terms:
            return (
                f"the {label} is {_text(in_heading[0])} at the top and {_text(in_terms[0])}"
                " in the terms"
            )
    months, number = heading.numbers(patterns.PERIOD), terms.numbers(patterns.NUMBER)
    if len(months) == len(number) == 1 and abs(months[0] - number[0]) > 1:
        return f"there are {months[0]} months at the top and {number[0]} payments in the terms"
    return ""


def _total(advert: Advertised) -> str:
    """The total differs from payments times their number, amount due at signing and fees."""
    all_texts = advert.all_texts
    totals = all_texts.amounts(TOTAL)
    payments, number = all_texts.amounts(patterns.PAYMENT), _number(all_texts)
    if len(totals) != 1 or len(payments) != 1 or number is None:
        return ""
    total, payment = totals[0], payments[0]
    due = (all_texts.amounts(patterns.DUE) or [Decimal(0)])[0]
    down = (all_texts.amounts(patterns.DOWN) or [Decimal(0)])[0]
    base_totals = {number * payment, number * payment + down, number * payment + due}
    if due:  # with the first payment in it
        base_totals.add((number - 1) * payment + due)
    extras = all_texts.amounts(FEE)[:MOST_EXTRAS]
    sums = {
        base + sum(some, Decimal(0))
        for base in base_totals
        for count in range(len(extras) + 1)
        for some in combinations(extras, count)
    }
    if any(abs(total - computed) <= TOLERANCE for computed in sums):
        return ""
    at_signing = f" and {_text(due)} due at signing" if due else ""
    nearest = min(sums, key=lambda computed: abs(computed - total))
    return (
        f"{number} payments of {_text(payment)}{at_signing} do not make a total of"
        f" {_text(total)}, but {_text(nearest)}"
    )


def _amount_due(advert: Advertised) -> str:
    """The amount due differs from the sum of its parts."""
    match = advert.terms.search(ITEMISED)
    if match is None:
        return ""
    items = match[3]
    parts = [amount for part in AMOUNT.findall(items) if (amount := amount_in(f"${part}"))]
    payments = advert.all_texts.amounts(patterns.PAYMENT)
    first_payment = FIRST_PAYMENT.search(items)
    if first_payment and not first_payment[1] and len(payments) == 1:
        parts.append(payments[0])
    stated = amount_in(match[1] or match[2]) or Decimal(0)
    computed = sum(parts, Decimal(0))
    if len(parts) < 2 or UNCOUNTED.search(items) or abs(computed - stated) <= TOLERANCE:
        return ""
    return f"the parts of the amount due at signing make {_text(computed)}, not {_text(stated)}"


def _payment_at_rate(advert: Advertised) -> str:
    """The payment does not follow from the amount financed, the rate and the months."""
    terms, all_texts = advert.terms, advert.all_texts
    payments, rates = all_texts.amounts(patterns.PAYMENT), all_texts.numbers(patterns.APR)
    financed, number = terms.amounts(FINANCED), _number(all_texts)
    if all_texts.says(BALLOON) or number is None or number < 1:
        return ""
    if not len(payments) == len(rates) == len(financed) == 1 or rates[0] > 100:
        return ""
    minimum, maximum = (
        _payment(financed[0], Decimal(0), int(number), max(Decimal(0), rates[0] + offset))
        for offset in (-APR_TOLERANCE, APR_TOLERANCE)
    )
    if minimum - CENT <= payments[0] <= maximum + CENT:
        return ""
    exact = _payment(financed[0], Decimal(0), int(number), rates[0])
    return (
        f"{_text(financed[0])} at {rates[0]}% APR over {number} months makes payments of"
        f" {_text(exact)}, not {_text(payments[0])}"
    )


def _number(texts: Texts) -> Decimal | None:
    """The number of payments, if it is clear."""
    numbers = texts.numbers(patterns.NUMBER) or texts.numbers(patterns.PERIOD)
    return numbers[0] if len(numbers) == 1 else None


def _text(amount: Decimal) -> str:
    """`3,349` or `564.76`."""
    return f"{amount:,}"
