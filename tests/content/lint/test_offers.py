"""The rules for advertised leases and credit, and for figures that must add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kiosk.content.problems import Problem
from tests.conftest import Contents
from tests.content.linting import lint

DAY = date(2024, 5, 1)
Find = Callable[..., list[Problem]]

LEASE = {
    "title": "Lease a Cooper",
    "figure": "$349",
    "unit": "a month for 36 months",
    "terms": "36 monthly payments of $349, $3,349 due at signing, no security deposit.",
}
CREDIT = {
    "title": "Finance a Cooper",
    "figure": "4.9%",
    "unit": "APR for 60 months",
    "terms": "60 monthly payments of $564.76 with $3,000 down. $30,000 financed.",
}
UK_CREDIT = {
    "title": "Finance a Cooper",
    "figure": "£299",
    "unit": "a month",
    "terms": (
        "Representative example: cash price £25,000, deposit £5,000, total amount of credit"
        " £20,000, 48 monthly payments of £299, optional final payment £9,000, total amount payable"
        " £28,352, rate of interest 6.9% fixed, 6.9% APR representative."
    ),
}


@pytest.fixture
def find(contents: Contents) -> Find:
    """What one rule says of an offer with some texts."""

    def run(rule: str, region: str = "us", **texts: str) -> list[Problem]:
        offer = contents.offer(date(2024, 12, 31), example=False, **texts)
        loaded = contents.load(contents.offers(offer), region=region)
        return [problem for problem in lint(loaded, DAY) if problem.rule == rule]

    return run


def _without(texts: dict[str, str], words: str, instead: str = "") -> dict[str, str]:
    """The texts of an offer with some words replaced."""
    assert any(words in text for text in texts.values())
    return {key: text.replace(words, instead) for key, text in texts.items()}


DOWN = "the down payment (or that there is none)"
REPAYMENT = "the terms of repayment (how many payments of how much)"
RATE = "the rate as a percentage, called 'annual percentage rate' or 'APR'"
DUE = "the total due at signing or delivery"
SCHEDULE = "how many payments of how much, and how often"
DEPOSIT = "whether a security deposit is required"


@pytest.mark.parametrize(
    ("texts", "trigger", "missing"),
    [
        ({**CREDIT, "terms": "Ask us."}, "60 months", f"{DOWN} and {REPAYMENT}"),
        (_without(CREDIT, "with $3,000 down"), "payments of $564.76", DOWN),
        (_without(CREDIT, "APR", "interest"), "$3,000 down", RATE),
        (
            {**CREDIT, "unit": "APR", "terms": "Only $1,000 down."},
            "$1,000 down",
            REPAYMENT,
        ),
        ({**CREDIT, "unit": "APR", "terms": "10% down."}, "10% down", REPAYMENT),
        ({**CREDIT, "unit": "APR", "terms": "80% financing available."}, "80%", REPAYMENT),
        (
            {**CREDIT, "unit": "APR", "terms": "Finance charge $1,200."},
            "Finance charge $1,200",
            f"{DOWN} and {REPAYMENT}",
        ),
        (
            {**CREDIT, "unit": "APR", "terms": "Five years to pay."},
            "Five years",
            f"{DOWN} and {REPAYMENT}",
        ),
        (
            {**CREDIT, "unit": "APR", "terms": "Pay $18.83 per $1,000."},
            "$18.83 per $1,000",
            f"{DOWN} and {REPAYMENT}",
        ),
        (
            {"title": "Drive a Cooper", "figure": "$349", "unit": "a month", "terms": "Ask us."},
            "$349 a month",
            f"{DOWN}, {REPAYMENT} and {RATE} (or that it is a lease)",
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else None,
)
def test_credit_with_a_trigger_needs_its_terms(
    find: Find, texts: dict[str, str], trigger: str, missing: str
) -> None:
    (problem,) = find("credit-terms", **texts)

    assert f"states '{trigger}" in problem.message
    assert problem.message.endswith(f"probably needs {missing}; add it to the terms")
    assert (problem.severity, problem.source) == ("warning", "Regulation Z, 12 CFR 1026.24(d)")


@pytest.mark.parametrize(
    "texts",
    [
        CREDIT,
        _without(CREDIT, "with $3,000 down", "with no money down"),
        _without(CREDIT, "with $3,000 down", "$0 down"),
        _without(CREDIT, "APR", "Annual Percentage Rate"),
        {**CREDIT, "unit": "APR", "terms": "For qualified buyers."},
        {**CREDIT, "unit": "APR", "terms": "No down payment, low monthly payments."},
        {**CREDIT, "unit": "APR", "terms": "With a 4-year/50,000-mile warranty."},
        {**CREDIT, "unit": "APR", "terms": "Three years of maintenance with every car."},
        LEASE,
        {"figure": "$500", "unit": "off the price", "terms": "One credit a car, of $500."},
        {"figure": "10,000", "unit": "miles a year", "terms": "For 36 months, if you lease."},
    ],
    ids=str,
)
def test_credit_in_order_or_without_a_trigger_is_left_alone(
    find: Find, texts: dict[str, str]
) -> None:
    assert find("credit-terms", **{"title": "A Cooper", **texts}) == []


@pytest.mark.parametrize(
    ("texts", "trigger", "missing"),
    [
        ({**LEASE, "terms": "Ask us."}, "$349 a month", f"{DUE} and {DEPOSIT}"),
        (_without(LEASE, "no security deposit"), "$349 a month", DEPOSIT),
        (_without(LEASE, "$3,349 due at signing", "$2,000 down"), "$349 a month", DUE),
        (
            {"title": "Lease", "figure": "$0", "unit": "down", "terms": "No security deposit."},
            "$0 down",
            f"{DUE} and {SCHEDULE}",
        ),
        (
            {"title": "Sign & drive lease", "figure": "New", "unit": "now", "terms": "Ask us."},
            "Sign & drive",
            f"{DUE}, {SCHEDULE} and {DEPOSIT}",
        ),
        (
            {
                "title": "A lease",
                "figure": "New",
                "unit": "now",
                "terms": "Nothing due at signing, no security deposit.",
            },
            "Nothing due at signing",
            SCHEDULE,
        ),
        (
            _without(LEASE, "36 monthly", "Open-end lease, 36 monthly"),
            "$349 a month",
            "that an extra charge may come at the end of the lease",
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else None,
)
def test_a_lease_with_a_trigger_needs_its_terms(
    find: Find, texts: dict[str, str], trigger: str, missing: str
) -> None:
    (problem,) = find("lease-terms", **texts)

    assert f"states '{trigger}'" in problem.message
    assert problem.message.endswith(f"probably needs {missing}; add it to the terms")
    assert problem.source == "Regulation M, 12 CFR 1013.7(d)"


@pytest.mark.parametrize(
    "texts",
    [
        LEASE,
        _without(LEASE, "no security deposit", "security deposit waived"),
        _without(LEASE, "$3,349 due at signing", "total due at lease signing or delivery: $3,349"),
        _without(LEASE, "$3,349 due at signing", "nothing is due at signing"),
        _without(LEASE, "36 monthly", "Closed-end lease with 36 monthly"),
        {"title": "Leasing made easy", "figure": "3", "unit": "steps", "terms": "Ask us."},
        CREDIT,
    ],
    ids=str,
)
def test_a_lease_in_order_or_without_a_trigger_is_left_alone(
    find: Find, texts: dict[str, str]
) -> None:
    assert find("lease-terms", **texts) == []


@pytest.mark.parametrize("region", ["uk", "other"])
@pytest.mark.parametrize("rule", ["credit-terms", "credit-rate", "lease-terms", "lease-rate"])
def test_what_us_law_wants_is_asked_for_in_the_us(find: Find, rule: str, region: str) -> None:
    texts = {"figure": "$349", "unit": "a month", "terms": "2.9% financing. 3% APR."}

    assert find(rule, region, title="A Cooper", **texts) == []
    assert find(rule, region, title="Lease a Cooper", **texts) == []


@pytest.mark.parametrize(
    ("rule", "texts", "expected"),
    [
        ("credit-rate", {"title": "2.9% financing"}, "the rate '2.9% financing'"),
        ("credit-rate", {"title": "Finance at a rate of 2.9%"}, "the rate 'rate of 2.9%'"),
        ("credit-rate", {"title": "2.9% APR financing"}, ""),
        ("credit-rate", {"title": "Finance a Cooper, 5% off"}, ""),
        ("lease-rate", {"title": "Lease at 1.9% APR"}, "states '1.9% APR'"),
        ("lease-rate", {"title": "Lease at a factor"}, ""),
        ("lease-rate", {"title": "Lease or finance at 1.9% APR"}, ""),
    ],
    ids=str,
)
def test_a_rate_goes_by_its_own_name(
    find: Find, rule: str, texts: dict[str, str], expected: str
) -> None:
    found = find(rule, figure="New", unit="now", terms="Ask us.", **texts)

    assert [expected in problem.message for problem in found] == ([True] if expected else [])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (UK_CREDIT, ""),
        ({**UK_CREDIT, "terms": "Ask us."}, "states '£299 a month', so it probably needs a"),
        (_without(UK_CREDIT, "cash price £25,000, "), "in its representative example the cash"),
        (_without(UK_CREDIT, " APR representative"), "the representative APR"),
        (_without(UK_CREDIT, "6.9% fixed", "6.9%"), "fixed or variable"),
        (
            {"title": "Finance a Cooper", "figure": "6.9%", "unit": "APR", "terms": "Ask us."},
            "states '6.9% APR'",
        ),
        (
            {
                "title": "Finance a Cooper",
                "figure": "6.9%",
                "unit": "APR representative",
                "terms": "Ask us.",
            },
            "",
        ),
        ({**UK_CREDIT, "title": "A Cooper on contract hire", "terms": "48 rentals."}, ""),
        ({"title": "£500 off", "figure": "£500", "unit": "off, 20% VAT", "terms": "Ask us."}, ""),
    ],
    ids=str,
)
def test_uk_credit_needs_a_representative_example(
    find: Find, texts: dict[str, str], expected: str
) -> None:
    found = find("uk-representative", "uk", **texts)

    assert [expected in problem.message for problem in found] == ([True] if expected else [])
    assert find("uk-representative", "us", **texts) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # Everything adds up, with the first payment in what is due and without it.
        (_without(LEASE, "no security", "total $15,564, no security"), ""),
        (_without(LEASE, "no security", "total $15,913, no security"), ""),
        (_without(LEASE, "no security", "total $15,914, disposition fee $350, no security"), ""),
        (_without(CREDIT, "financed.", "financed, in all $33,885.60."), ""),
        (_without(CREDIT, "financed.", "financed, total $36,885.60."), ""),
        (UK_CREDIT, ""),
        # Nothing to compare.
        (LEASE, ""),
        ({"title": "A total of $15,000", "figure": "$1", "unit": "x", "terms": "Ask us."}, ""),
        (_without(LEASE, "no security", "total $3,349 due at signing, no security"), ""),
        # Figures that do not fit.
        (
            _without(LEASE, "no security", "total $15,000, no security"),
            "36 payments of 349 and 3,349 due at signing do not make a total of 15,000",
        ),
        (_without(CREDIT, "financed.", "financed, in all $33,000."), "of 33,000"),
        (_without(LEASE, "payments of $349", "payments of $359"), "349 at the top and 359 in"),
        (_without(LEASE, "36 monthly", "39 monthly"), "36 months at the top and 39 payments"),
        (_without(LEASE, "36 monthly", "35 monthly"), ""),
        (
            {**LEASE, "unit": "a month, $2,999 due at signing"},
            "the amount due at signing is 2,999 at the top and 3,349 in the terms",
        ),
        (
            _without(CREDIT, "$564.76", "$540"),
            "30,000 at 4.9% APR over 60 months makes payments of 564.76, not 540",
        ),
        (_without(CREDIT, "$564.76", "$565"), ""),
        (_without(CREDIT, "$30,000 financed", "With a balloon payment"), ""),
        (
            _without(LEASE, "$3,349 due", "Due at signing $3,349: first payment, $2,000 down. Due"),
            "the parts of the amount due at signing make 2,349, not 3,349",
        ),
        (
            _without(LEASE, "$3,349 due", "Due at signing $3,349: first payment, $3,000 down. Due"),
            "",
        ),
        (
            _without(LEASE, "signing,", "signing includes $349 first month payment, $3,000 down,"),
            "",
        ),
    ],
    ids=str,
)
def test_the_figures_of_an_offer_add_up(find: Find, texts: dict[str, str], expected: str) -> None:
    found = find("sum", "uk" if "£" in texts["figure"] else "us", **texts)

    assert [expected in problem.message for problem in found] == ([True] if expected else [])


def test_a_payment_in_the_uk_is_not_judged_by_the_us_way_to_reckon_a_rate(find: Find) -> None:
    assert find("sum", "uk", **_without(CREDIT, "$564.76", "$540")) == []


def test_the_spot_is_where_the_terms_begin(contents: Contents) -> None:
    offer = contents.offer(date(2024, 12, 31), example=False)
    loaded = contents.load(contents.offers(offer))
    (problem,) = lint(loaded, DAY)

    lines = loaded.file.read_text().splitlines()
    line = lines[problem.spot.line - 1]
    assert line[problem.spot.column - 1 :] == "An example."
    assert line.strip().startswith("terms:")
