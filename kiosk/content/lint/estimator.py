"""What the payment estimator must say where its figures are advertised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.content.lint.rule import Finding, Subject
from kiosk.places.offers.model import Estimator

MAY_RISE = re.compile(r"\b(?:increase|rise|go up|vary|varies|variable|change)\b", re.IGNORECASE)
STATUS = re.compile(r"\b(?:broker|lender)s?\b", re.IGNORECASE)
ELSEWHERE = {"€": "eu", "EUR": "eu", "£": "uk", "GBP": "uk"}
"""Currencies in which no one advertises under US law."""


def estimator_terms(subject: Subject) -> Iterator[Finding]:
    """What a region wants said and the content leaves out."""
    region = subject.content.region
    for path, estimator in subject.blocks(Estimator):
        if region == "us" and (meant := ELSEWHERE.get(estimator.currency)):
            yield Finding(
                path,
                f"'{estimator.title}' states amounts in {estimator.currency} by the rules of the"
                f" US; write region: {meant} at the top of the file",
            )
        elif set(estimator.kinds) & {"loan", "balloon"}:
            yield from _of_credit(path, estimator, region)


def _of_credit(path: tuple[str | int, ...], estimator: Estimator, region: str) -> Iterator[Finding]:
    title = estimator.title
    if region in ("uk", "eu") and "fees" not in estimator.model_fields_set:
        yield Finding(
            path,
            f"'{title}' does not say what a loan costs besides interest, which its APR has to"
            " contain; list the fees, or write fees: []",
        )
    if region == "uk" and not estimator.representative:
        yield Finding(
            path,
            f"'{title}' states a payment and a rate, so it probably needs a representative example;"
            " let the sliders start at yours and write representative: true",
        )
    if region == "uk" and not STATUS.search(estimator.note):
        yield Finding(
            (*path, "note"),
            f"the note of '{title}' does not say whether you are a lender or a credit broker; add"
            " it, with your legal name and address",
        )
    if region == "us" and estimator.rate_type == "variable" and not MAY_RISE.search(estimator.note):
        yield Finding(
            (*path, "note"),
            f"the rate of '{title}' is variable, and the note does not say that it may increase;"
            " add it",
        )
