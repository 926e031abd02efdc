"""UK requirements of the Financial Conduct Authority for advertised figures: CONC 3.5."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.content.lint import advertised as patterns
from kiosk.content.lint.rule import Finding, Subject

REPRESENTATIVE_APR = re.compile(
    r"\brepresentative:? (?:apr:? )?\d+(?:\.\d+)? ?%(?: apr)?"
    r"|\b\d+(?:\.\d+)? ?% (?:apr,? representative|representative apr)"
    r"|\brepresentative apr(?: of| is|:)? \d+(?:\.\d+)? ?%"
    r"|\b\d+(?:\.\d+)? ?% apr \(representative\)"
)
EXAMPLE = re.compile(r"\brepresentative example\b")
FIXED_OR_VARIABLE = re.compile(r"\bfixed\b|\bvariable\b")
TOTAL_CREDIT = re.compile(r"\b(?:total )?amount of credit\b|\bamount financed\b")
CASH_PRICE = re.compile(r"\bcash price\b|\bon[- ]the[- ]road\b|\botr\b")
ADVANCE = re.compile(r"\bdeposit\b|\badvance payment\b")
TOTAL_PAYABLE = re.compile(r"\btotal (?:amount )?payable\b|\btotal repayable\b")
ITEMS = {
    "the rate of interest, fixed or variable": FIXED_OR_VARIABLE,
    "the total amount of credit": TOTAL_CREDIT,
    "the representative APR": REPRESENTATIVE_APR,
    "the cash price": CASH_PRICE,
    "the deposit (or that there is none)": ADVANCE,
    "the duration": re.compile(f"{patterns.PERIOD.pattern}|{patterns.NUMBER.pattern}"),
    "each repayment": patterns.PAYMENT,
    "the total amount payable": TOTAL_PAYABLE,
}


def uk_representative(subject: Subject) -> Iterator[Finding]:
    """CONC 3.5.3R to 3.5.5R: a rate or a cost of credit without a representative example."""
    for path, offer, advert in subject.offers if subject.content.region == "uk" else ():
        if not advert.is_credit:
            continue
        all_texts = advert.all_texts
        # The representative APR alone needs no example: CONC 3.5.3R(2).
        other_texts = all_texts.without(REPRESENTATIVE_APR)
        trigger = other_texts.first(
            patterns.PAYMENT, patterns.UNIT_COST, patterns.CHARGE, patterns.RATE
        )
        if not trigger:
            continue
        if not all_texts.says(EXAMPLE):
            missing = "a representative example"
        else:
            missing_items = [
                label for label, pattern in ITEMS.items() if not all_texts.says(pattern)
            ]
            if not missing_items:
                continue
            missing = f"in its representative example {', '.join(missing_items)}"
        yield Finding(
            (*path, "terms"),
            f"'{offer.title}' states '{trigger}', so it probably needs {missing}; add it to"
            " the terms",
        )
