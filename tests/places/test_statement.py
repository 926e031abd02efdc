"""What a payment rests on, as a region's advertising rules want it stated."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.places.offers.estimator_viewmodel import EstimatorViewModel
from kiosk.places.offers.words import OffersWords
from kiosk.toolkit.rows_model import RowsModel
from tests.places.estimators import block_of, estimator_of

BALLOON = {"final_payment_percent": [50, 42, 35]}
LEASE = {
    "residual_percent": [68, 60, 52],
    "months": 36,
    "money_factor": "0.0018",
    "mileage": 10000,
    "mileage_choices": [10000, 12000, 15000],
    "residual_drop": "0.5",
}
KINDS = {"kinds": ["loan", "balloon", "lease"], "balloon": BALLOON, "lease": LEASE}
ARRANGEMENT = {"name": "Arrangement fee", "amount": 199}
OPTION = {"name": "Purchase fee", "amount": 10, "due": "end"}
GERMAN = OffersWords(
    cash_price="Barzahlungspreis",
    down_payment="Anzahlung",
    amount_of_credit="Nettodarlehensbetrag",
    duration="Laufzeit",
    monthly_payments="Monatsraten",
    final_payment="Schlussrate",
    total_payable="Gesamtbetrag",
    fixed_rate="Sollzins p. a. (gebunden)",
    effective_rate="Effektiver Jahreszins",
    credit_warning="Achtung! Kreditaufnahme kostet Geld.",
)


def rows(estimator: EstimatorViewModel) -> dict[str, str]:
    statement = estimator.statement
    assert isinstance(statement, RowsModel)
    label, value = statement.roleNames()
    indices = [statement.index(number) for number in range(statement.rowCount())]
    found = {statement.data(index, label): statement.data(index, value) for index in indices}
    return {**found, estimator.keyLabel: estimator.keyValue}


def test_in_the_us_the_apr_comes_with_its_terms(qapp: QGuiApplication) -> None:
    """12 CFR 1026.24(d)(2): the down payment, the terms of repayment, the APR."""
    estimator = estimator_of()
    assert rows(estimator) == {
        "Down payment": "$3,000",
        "Amount financed": "$27,000",
        "Monthly payments": "48 × $620.57",
        "Total of payments": "$29,787.36",
        "APR": "4.9%",
    }
    assert (estimator.rateWord, estimator.warning, estimator.heading) == ("APR", "", "")


def test_in_the_us_a_prepaid_fee_is_part_of_the_finance_charge(qapp: QGuiApplication) -> None:
    """12 CFR 1026.18(b)(3) and 1026.22: less is financed, and the APR is more than the rate."""
    estimator = estimator_of(fees=[ARRANGEMENT])
    assert rows(estimator) == {
        "Down payment": "$3,000",
        "Amount financed": "$26,801",
        "Monthly payments": "48 × $620.57",
        "Arrangement fee": "$199",
        "Total of payments": "$29,787.36",
        "Interest rate (fixed)": "4.9%",
        "APR": "5.28%",
    }
    assert estimator.rateWord == "Interest rate (fixed)"


def test_in_the_uk_it_is_a_representative_example(qapp: QGuiApplication) -> None:
    """CONC 3.5.5R(1)(a) to (h); the total contains the deposit."""
    words = OffersWords(down_payment="Deposit", final_payment="Optional final payment")
    estimator = estimator_of(
        "uk",
        words=words,
        currency="£",
        kinds=["balloon"],
        balloon={**BALLOON, "fees": [OPTION]},
        representative=True,
    )
    assert estimator.heading == "Representative example"
    assert rows(estimator) == {
        "Cash price": "£30,000",
        "Deposit": "£3,000",
        "Total amount of credit": "£27,000",
        "Duration": "48 months",
        "Monthly payments": "48 × £422.11",
        "Optional final payment": "£10,500",
        "Purchase fee": "£10",
        "Total amount payable": "£33,771.28",
        "Interest rate (fixed)": "4.9%",
        "Representative APR": "5.0%",
    }
    estimator.moveRate(6.9)
    assert estimator.heading == "With your figures"
    assert "Representative APR" not in rows(estimator)
    assert rows(estimator)["APR"] == "7.1%"


def test_in_germany_the_nominal_and_the_effective_rate_come_with_the_total(
    qapp: QGuiApplication,
) -> None:
    """Directive (EU) 2023/2225, article 8; PAngV, section 17."""
    estimator = estimator_of(
        "eu", "de", GERMAN, currency="€", kinds=["loan", "balloon"], balloon=BALLOON
    )
    estimator.chooseKind(1)
    assert estimator.warning == "Achtung! Kreditaufnahme kostet Geld."
    found = {label: value.replace("\u00a0", " ") for label, value in rows(estimator).items()}
    assert found == {
        "Barzahlungspreis": "30.000 €",
        "Anzahlung": "3.000 €",
        "Nettodarlehensbetrag": "27.000 €",
        "Laufzeit": "48 Monate",
        "Monatsraten": "48 × 422,11 €",
        "Schlussrate": "10.500 €",
        "Gesamtbetrag": "30.761,28 €",
        "Sollzins p. a. (gebunden)": "4,9 %",
        "Effektiver Jahreszins": "5,01 %",
    }


def test_elsewhere_no_rate_is_called_an_annual_percentage_rate(qapp: QGuiApplication) -> None:
    assert list(rows(estimator_of("other")))[-1] == "APR"  # the word of the file for its rate


def test_in_the_us_a_lease_says_what_regulation_m_wants(qapp: QGuiApplication) -> None:
    """12 CFR 1013.7(d)(2): a lease, the total due, the payments, a deposit or none; no APR."""
    fee = {"name": "Acquisition fee", "amount": 650}
    estimator = estimator_of(kinds=["lease"], lease={**LEASE, "fees": [fee]})
    # A loss in value of 9,000 over 36 months, and a rent of 0.0018 of 45,000.
    assert estimator.paymentText == "$331.00"
    assert estimator.heading == "Lease"
    assert rows(estimator) == {
        "Due at signing": "$3,981.00",
        "Monthly payments": "36 × $331.00",
        "Acquisition fee": "$650",
        "Security deposit": "Not required",
        "Mileage a year": "10,000 mi",
        "Total of payments": "$15,566.00",
    }


def test_a_lease_by_kilometers_is_paid_in_advance(qapp: QGuiApplication) -> None:
    lease = {**LEASE, "money_factor": None, "interest_rate": "4.9", "security_deposit": 500}
    estimator = estimator_of("eu", "de", currency="€", kinds=["lease"], lease=lease)
    found = {label: value.replace("\u00a0", " ") for label, value in rows(estimator).items()}
    assert estimator.warning == ""
    assert found == {
        "Initial payment": "3.000 €",
        "Duration": "36 Monate",
        "Monthly payments": "36 × 341,44 €",
        "Security deposit": "500 €",
        "Mileage a year": "10.000 km",
        "Total of payments": "15.291,84 €",
    }


def test_further_miles_cost_value(qapp: QGuiApplication) -> None:
    estimator = estimator_of(kinds=["lease"], lease=LEASE)
    assert estimator.mileageTexts == ["10,000 mi", "12,000 mi", "15,000 mi"]
    estimator.chooseMileage(15000)
    # 2.5 points less: a residual of 17,250
    assert estimator.paymentText == "$350.48"
    estimator.chooseMileage(11000)
    assert estimator.mileage == 15000


def test_each_kind_has_its_own_months_and_rate(qapp: QGuiApplication, qtbot: QtBot) -> None:
    balloon = {**BALLOON, "interest_rate": "3.9"}
    estimator = estimator_of(**{**KINDS, "balloon": balloon})
    estimator.chooseMonths(24)
    with qtbot.waitSignal(estimator.kindChanged):
        estimator.chooseKind(1)
    assert (estimator.months, estimator.rate) == (48, 3.9)
    estimator.chooseKind(2)
    assert (estimator.months, estimator.isLease) == (36, True)
    estimator.chooseKind(0)
    assert (estimator.months, estimator.rate) == (24, 4.9)
    for nowhere in (-1, 3):
        estimator.chooseKind(nowhere)
        assert estimator.kind == 0


@given(
    tab=st.integers(0, 2),
    price=st.floats(0, 1e8),
    down=st.floats(0, 1e8),
    rate=st.floats(0, 20),
    months=st.sampled_from([24, 36, 48]),
    mileage=st.sampled_from([10000, 12000, 15000]),
    region=st.sampled_from(["us", "uk", "eu", "other"]),
)
def test_wherever_the_sliders_stand_there_is_an_answer(
    tab: int, price: float, down: float, rate: float, months: int, mileage: int, region: str
) -> None:
    """No more is paid down than leaves the final payment or the residual value."""
    estimator = estimator_of(region, **KINDS, fees=[ARRANGEMENT])
    estimator.moveDownPayment(down)
    estimator.chooseKind(tab)
    estimator.movePrice(price)
    estimator.moveRate(rate)
    estimator.chooseMonths(months)
    estimator.chooseMileage(mileage)
    payment = Decimal(estimator.paymentText.strip("US$").replace(",", ""))
    assert 0 <= payment <= 60_000
    assert 0 <= estimator.downPayment <= estimator.downPaymentMost <= estimator.price
    assert all(value for value in rows(estimator).values())


def test_a_loan_of_nothing_has_no_rate(qapp: QGuiApplication) -> None:
    estimator = estimator_of("eu")
    estimator.moveDownPayment(1e6)
    assert rows(estimator)["Annual percentage rate of charge"] == "–"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kinds": ["loan", "loan"]}, "names a kind twice"),
        ({"kinds": ["loan", "lease"]}, "add lease: with residual_percent"),
        ({"kinds": ["balloon"]}, "add balloon: with final_payment_percent: [35]"),
        ({"balloon": BALLOON}, "write kinds: [loan, balloon] or remove balloon:"),
        ({**KINDS, "balloon": {"final_payment_percent": [50, 40]}}, "has 2 numbers in final_pay"),
        ({**KINDS, "balloon": {"final_payment_percent": [95]}}, "leaves only 1500 of the price"),
        ({**KINDS, "balloon": {**BALLOON, "months": 60}}, "starts at 60 months in balloon:"),
        (
            {**KINDS, "balloon": {**BALLOON, "interest_rate": 13}},
            "has interest_rate: 13 in balloon:, above interest_rate_most: 12",
        ),
        ({**KINDS, "lease": {**LEASE, "months_choices": [12, 24]}}, "add months: 12 there"),
        ({**KINDS, "lease": {**LEASE, "interest_rate": 4}}, "has both of money_factor and"),
        ({**KINDS, "lease": {**LEASE, "money_factor": None}}, "has neither of money_factor and"),
        ({**KINDS, "lease": {**LEASE, "money_factor": "0.1"}}, "which is a rate of 240%"),
        ({**KINDS, "lease": {**LEASE, "mileage": 11000}}, "not among mileage_choices"),
        (
            {**KINDS, "lease": {**LEASE, "mileage_choices": [12000, 10000]}},
            "write [10000, 12000]",
        ),
        ({**KINDS, "lease": {**LEASE, "residual_drop": 10, "residual_percent": [40]}}, "below 0"),
    ],
    ids=str,
)
def test_what_contradicts_itself_is_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        block_of(**changes)
    assert sentence in str(refused.value)
