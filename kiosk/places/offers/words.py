"""The kiosk's own words for offers and the payment estimator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from kiosk.blocks.words import KindWords, PluralForms, Sentence, Word, WordForms


class OffersPlurals(PluralForms):
    offers_today: WordForms = WordForms()
    """Further forms of offers_today."""


class OffersWords(KindWords):
    forms: ClassVar[type[PluralForms]] = OffersPlurals
    singular: ClassVar[Mapping[str, str]] = {"offers_today": "offer_today"}

    valid_until: Word = "Valid until {date}"
    """On an offer; {date} is filled in."""
    offer_today: Word = "offer today"
    """On the door, below the number 1."""
    offers_today: Word = "offers today"
    """On the door, below the number of offers."""
    car_of_offer: Word = "The car"
    """Above the name of the car that an offer is for, on the button to it."""
    estimate_payment: Word = "Estimate a payment"
    """The button to the payment estimator."""
    price: Word = "Price"
    """The label of an estimator slider."""
    down_payment: Word = "Down payment"
    """The label of an estimator slider."""
    months: Word = "Months"
    """The label of the choice of months in the estimator."""
    interest_rate: Word = "APR"
    """The annual percentage rate in the US and the UK; without fees, it is a slider's label."""
    estimated_payment: Word = "Estimated payment"
    """Above the result of the estimator."""
    per_month: Word = "per month"
    """After the result of the estimator."""
    loan: Word = "Loan"
    """The tab of the estimator for a loan."""
    balloon: Word = "Balloon loan"
    """The tab of the estimator for a loan with a final payment; in the UK perhaps PCP."""
    lease: Word = "Lease"
    """The tab of the estimator for a lease."""
    representative_example: Word = "Representative example"
    """In the UK, above the figures that the estimator starts with."""
    your_figures: Word = "With your figures"
    """In the UK, above the figures once a slider was moved."""
    cash_price: Word = "Cash price"
    """In the UK and the EU, beside the price."""
    amount_financed: Word = "Amount financed"
    """In the US, beside the amount of a loan."""
    amount_of_credit: Word = "Total amount of credit"
    """Outside the US, beside the amount of a loan."""
    duration: Word = "Duration"
    """Outside the US, beside the number of months."""
    monthly_payments: Word = "Monthly payments"
    """Beside the number of payments and how much each is."""
    final_payment: Word = "Final payment"
    """Beside the final payment of a balloon loan; in the UK perhaps Optional final payment."""
    total_of_payments: Word = "Total of payments"
    """Beside the sum of all payments in the US and of a lease."""
    total_payable: Word = "Total amount payable"
    """Outside the US, beside the sum of all that a loan costs."""
    fixed_rate: Word = "Interest rate (fixed)"
    """The nominal rate of a loan, if rate_type is fixed."""
    variable_rate: Word = "Interest rate (variable)"
    """The nominal rate of a loan, if rate_type is variable."""
    representative_apr: Word = "Representative APR"
    """In the UK, the annual percentage rate of the representative example."""
    effective_rate: Word = "Annual percentage rate of charge"
    """In the EU, the annual percentage rate with all costs."""
    credit_warning: Sentence = "Caution! Borrowing money costs money."
    """In the EU, the warning that has to stand beside figures of a loan."""
    initial_payment: Word = "Initial payment"
    """Outside the US, what a lease takes before its first payment; also a slider's label."""
    due_at_signing: Word = "Due at signing"
    """In the US, beside all that a lease takes before it begins."""
    security_deposit: Word = "Security deposit"
    """Beside the security deposit of a lease."""
    not_required: Word = "Not required"
    """Beside the security deposit, if a lease has none."""
    mileage: Word = "Mileage a year"
    """The miles or kilometers of a lease, and the label of their choice."""
