"""The payment estimator: sliders in, a payment out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.places.offers.estimator_viewmodel import EstimatorViewModel
from kiosk.places.offers.payment import monthly_payment
from kiosk.places.offers.sliders import starts_between_stops
from tests.places.estimators import block_of, estimator_of

START = {"price": 33000, "months": 60, "months_choices": [24, 60]}


@pytest.fixture
def estimator(qapp: QGuiApplication) -> EstimatorViewModel:
    return estimator_of(**START)


def test_it_begins_where_the_file_says(estimator: EstimatorViewModel) -> None:
    assert (estimator.priceText, estimator.downPaymentText) == ("$33,000", "$3,000")
    assert (estimator.rateText, estimator.months) == ("4.9%", 60)
    # The figure of the default content's finance example: $30,000 at 4.9% over 60 months.
    assert estimator.paymentText == "$564.76"
    assert estimator.note == "This is an estimate."


def test_zero_interest_divides_evenly(estimator: EstimatorViewModel) -> None:
    estimator.moveRate(0.0)
    assert estimator.rateText == "0%"
    assert estimator.paymentText == "$500.00"


def test_a_price_moves_in_steps_and_stays_between_its_ends(estimator: EstimatorViewModel) -> None:
    estimator.movePrice(40_260.0)
    assert estimator.price == 40_500
    estimator.movePrice(-1.0)
    assert estimator.price == 20_000
    estimator.movePrice(1e9)
    assert estimator.price == 60_000


def test_a_step_that_does_not_reach_the_end_still_lets_the_slider_touch_it(
    qapp: QGuiApplication,
) -> None:
    estimator = estimator_of(**START, price_least=9_995, price_most=60_400, price_step=700)
    estimator.movePrice(60_399.0)
    assert estimator.price == 60_400
    estimator.movePrice(9_996.0)
    assert estimator.price == 9_995
    estimator.movePrice(10_400.0)
    assert estimator.price == 10_500


@given(
    price=st.integers(20_000, 60_000),
    down=st.integers(0, 20_000),
    rate=st.decimals(0, 12, places=2),
    step=st.sampled_from([1, 7, 250, 500, 1_000, 33_333]),
    least=st.sampled_from([1, 9_995, 20_000]),
)
def test_the_linter_says_where_a_slider_cannot_come_back_to(
    price: int, down: int, rate: Decimal, step: int, least: int
) -> None:
    values = {"price": price, "down_payment": down, "interest_rate": rate}
    steps = {"price_least": least, "price_step": step}
    estimator = estimator_of(**values, **steps)
    begins = (estimator.price, estimator.downPayment, estimator.rate)
    estimator.moveDownPayment(down)
    down_ends = estimator.downPayment
    estimator.moveRate(float(rate))
    estimator.movePrice(price)
    ends = (estimator.price, down_ends, estimator.rate)
    away = {(key,) for key, a, b in zip(values, begins, ends, strict=True) if a != b}
    assert set(starts_between_stops(block_of(**values, **steps))) == away


def test_nobody_pays_more_down_than_the_price(estimator: EstimatorViewModel) -> None:
    estimator.moveDownPayment(1e6)
    assert estimator.downPayment == 33_000
    assert estimator.paymentText == "$0.00"
    estimator.movePrice(25_000.0)
    assert estimator.downPayment == 25_000
    estimator.moveDownPayment(-5.0)
    assert estimator.downPayment == 0


def test_the_rate_moves_in_tenths_and_stays_between_its_ends(
    estimator: EstimatorViewModel,
) -> None:
    estimator.moveRate(6.149)
    assert estimator.rateText == "6.1%"
    estimator.moveRate(99.0)
    assert estimator.rateText == "12%"
    estimator.moveRate(-3.0)
    assert estimator.rateText == "0%"


def test_only_terms_on_offer_can_be_chosen(estimator: EstimatorViewModel, qtbot: QtBot) -> None:
    assert estimator.monthsChoices == [24, 60]
    estimator.chooseMonths(24)
    assert estimator.months == 24
    with qtbot.assertNotEmitted(estimator.changed):
        estimator.chooseMonths(0)
    assert estimator.months == 24


def test_the_answer_follows_the_finger(estimator: EstimatorViewModel, qtbot: QtBot) -> None:
    before = estimator.paymentText
    with qtbot.waitSignal(estimator.changed):
        estimator.movePrice(34_000.0)
    assert estimator.paymentText != before


@given(
    price=st.floats(0, 1e8, allow_nan=False),
    down=st.floats(0, 1e8, allow_nan=False),
    rate=st.floats(0, 100, allow_nan=False),
    months=st.sampled_from([24, 60]),
)
def test_wherever_the_sliders_stand_the_answer_is_the_formulas(
    price: float, down: float, rate: float, months: int
) -> None:
    estimator = estimator_of(**START)
    estimator.movePrice(price)
    estimator.moveDownPayment(down)
    estimator.moveRate(rate)
    estimator.chooseMonths(months)
    shown = [
        Decimal(text.strip("$%").replace(",", ""))
        for text in (estimator.priceText, estimator.downPaymentText, estimator.rateText)
    ]
    payment = monthly_payment(shown[0], shown[1], months, shown[2])
    assert estimator.paymentText == f"${payment:,.2f}"
    assert 0 <= shown[1] <= shown[0]
