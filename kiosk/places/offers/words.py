"""The kiosk's own words for offers and the payment estimator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from kiosk.blocks.words import KindWords, PluralForms, Word, WordForms


class OffersPlurals(PluralForms):
    """Further plural forms."""

    offers_today: WordForms = WordForms()
    """Further forms of offers_today."""


class OffersWords(KindWords):
    """English unless the content file says otherwise."""

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
    """The label of an estimator slider."""
    estimated_payment: Word = "Estimated payment"
    """Above the result of the estimator."""
    per_month: Word = "per month"
    """After the result of the estimator."""
