"""US federal requirements for advertised figures: Regulation Z and Regulation M."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.blocks.listing import listed
from kiosk.content.lint import advertised as patterns
from kiosk.content.lint.advertised import Texts
from kiosk.content.lint.rule import Finding, Subject

SECURITY_DEPOSIT = re.compile(r"\bsecurity deposit")
OPEN_END = re.compile(r"\bopen[- ]end")
END_CHARGE = re.compile(r"\b(?:extra|additional) charge")
ANY_APR = re.compile(r"\bapr\b|annual percentage rate")
ZERO = re.compile(r"[$£€] ?0(?:\.00?)?(?![\d,.])")

DOWN_PAYMENT = "the down payment (or that there is none)"
REPAYMENT = "the terms of repayment (how many payments of how much)"
RATE = "the rate as a percentage, called 'annual percentage rate' or 'APR'"
DUE = "the total due at signing or delivery"
SCHEDULE = "how many payments of how much, and how often"
DEPOSIT = "whether a security deposit is required"
END_LIABILITY = "that an extra charge may come at the end of the lease"


def credit_terms(subject: Subject) -> Iterator[Finding]:
    """12 CFR 1026.24(d): a triggering term without the terms then required."""
    for path, offer, advert in subject.offers if subject.content.region == "us" else ():
        is_unclear = not advert.is_lease and not advert.is_credit
        if advert.is_lease and not advert.is_credit:
            continue
        trigger = (
            advert.all_texts.first(patterns.PAYMENT)
            if is_unclear
            else _credit_trigger(advert.all_texts)
        )
        if not trigger or not (missing := _credit_missing(advert.all_texts)):
            continue
        or_lease = " (or that it is a lease)" if is_unclear else ""
        yield Finding(
            (*path, "terms"),
            f"'{offer.title}' states '{trigger}', so it probably needs"
            f" {listed(missing)}{or_lease}; add it to the terms",
        )


def credit_rate(subject: Subject) -> Iterator[Finding]:
    """12 CFR 1026.24(c): a rate that is not called an annual percentage rate."""
    for path, offer, advert in subject.offers if subject.content.region == "us" else ():
        if advert.is_lease or not advert.is_credit or advert.all_texts.says(ANY_APR):
            continue
        if rate := advert.all_texts.first(patterns.RATE):
            yield Finding(
                (*path, "terms"),
                f"'{offer.title}' states the rate '{rate}' by another name; state it as an"
                " 'annual percentage rate' or 'APR'",
            )


def lease_terms(subject: Subject) -> Iterator[Finding]:
    """12 CFR 1013.7(d): a triggering term without the disclosures then required."""
    for path, offer, advert in subject.offers if subject.content.region == "us" else ():
        if not advert.is_lease:
            continue
        trigger = advert.all_texts.first(*LEASE_TRIGGERS)
        if trigger and (missing := _lease_missing(advert.all_texts)):
            yield Finding(
                (*path, "terms"),
                f"'{offer.title}' states '{trigger}', so it probably needs"
                f" {listed(missing)}; add it to the terms",
            )


def lease_rate(subject: Subject) -> Iterator[Finding]:
    """12 CFR 1013.7(b)(2): a lease's rate may not be called an annual percentage rate."""
    for path, offer, advert in subject.offers if subject.content.region == "us" else ():
        if (
            advert.is_lease
            and not advert.is_credit
            and (rate := advert.all_texts.first(patterns.APR))
        ):
            yield Finding(
                (*path, "terms"),
                f"'{offer.title}' is a lease and states '{rate}', a term that is reserved for"
                " credit; remove it",
            )


LEASE_TRIGGERS = (
    patterns.PAYMENT,
    patterns.DUE,
    patterns.DOWN,
    patterns.NOTHING_DOWN,
    patterns.NOTHING_DUE,
)


def _credit_trigger(texts: Texts) -> str:
    """The first triggering term; "no down payment" is not one."""
    for pattern in (patterns.DOWN, patterns.MOSTLY_FINANCED):
        trigger = texts.first(pattern)
        if trigger and not ZERO.match(trigger):
            return trigger
    return texts.first(
        patterns.PAYMENT, patterns.UNIT_COST, patterns.NUMBER, patterns.PERIOD, patterns.CHARGE
    )


def _credit_missing(texts: Texts) -> list[str]:
    has_unit_cost = texts.says(patterns.UNIT_COST)
    has_length = texts.says(patterns.NUMBER, patterns.PERIOD)
    required = {
        DOWN_PAYMENT: texts.says(patterns.DOWN, patterns.MOSTLY_FINANCED, patterns.NOTHING_DOWN),
        REPAYMENT: has_length and (has_unit_cost or texts.says(patterns.PAYMENT)),
        RATE: texts.says(patterns.APR),
    }
    return [term for term, is_stated in required.items() if not is_stated]


def _lease_missing(texts: Texts) -> list[str]:
    has_length = texts.says(patterns.NUMBER, patterns.PERIOD)
    required = {
        DUE: texts.says(patterns.DUE, patterns.NOTHING_DUE),
        SCHEDULE: has_length and texts.says(patterns.PAYMENT),
        DEPOSIT: texts.says(SECURITY_DEPOSIT),
        END_LIABILITY: not texts.says(OPEN_END) or texts.says(END_CHARGE),
    }
    return [term for term, is_stated in required.items() if not is_stated]
