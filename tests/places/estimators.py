"""A payment estimator as tests set it up."""

from __future__ import annotations

from pathlib import Path

from kiosk.places.offers.estimator_viewmodel import EstimatorViewModel
from kiosk.places.offers.model import Estimator
from kiosk.places.offers.words import OffersWords
from kiosk.places.presenting import Context
from tests.conftest import MOMENT

BLOCK = {
    "title": "Estimate a payment",
    "price": 30000,
    "price_least": 20000,
    "price_most": 60000,
    "down_payment": 3000,
    "months": 48,
    "months_choices": [24, 36, 48],
    "interest_rate": "4.9",
    "note": "This is an estimate.",
}


def block_of(**other: object) -> Estimator:
    return Estimator.model_validate({**BLOCK, **other})


def estimator_of(
    region: str = "us", language: str = "en", words: OffersWords | None = None, **other: object
) -> EstimatorViewModel:
    context = Context(words or OffersWords(), MOMENT, Path(), language=language, region=region)
    return EstimatorViewModel(block_of(**other), context)
