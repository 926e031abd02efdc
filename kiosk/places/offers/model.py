"""Offers with their figures and terms; the payment estimator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from kiosk.blocks.block import Article, Block, Dated, Link, Notice, Picture, Place, written
from kiosk.blocks.fields import (
    Amount,
    Day,
    Figure,
    Flag,
    Headline,
    Line,
    Name,
    Paragraph,
    Summary,
    Whole,
)
from kiosk.blocks.refusal import FieldRefusal
from kiosk.blocks.zones import beginning, ending

NEVER = date(2199, 12, 31)


class Offer(Dated):
    """An offer with the figure that matters; it needs a last day."""

    title: Headline
    """What you offer, like Lease a small car."""
    figure: Figure
    """The number that matters, in large type, like $349 or 4.9%."""
    unit: Line
    """What the figure means, like a month for 36 months."""
    car: Headline | None = None
    """The name of the car that it is for, as written among the models. The offer then also shows
    on the car's page, and the car's picture on the offer.
    """
    summary: Summary | None = None
    """A sentence about the offer."""
    valid_from: Day | None = None
    """The offer's first day. Leave it out if it has already begun."""
    valid_until: Day
    """The offer's last day; after it, the offer disappears from the screen."""
    terms: Paragraph
    """The small print. Have whoever is responsible for your advertising read it first."""
    example: Flag = False
    """true marks the offer with an Example ribbon. Remove the line once your own figures are in
    place.
    """
    picture: Picture | None = None
    """The picture of the offer."""
    link: Link | None = None
    """A web page that visitors take home as a code for their phone."""

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.valid_from is not None and self.valid_until < self.valid_from:
            raise FieldRefusal(
                "wrong-order",
                f"is valid until {self.valid_until}, before it starts on {self.valid_from};"
                " swap the days",
            )
        comes, goes = self.comes, self.goes
        if comes is not None and goes <= comes:
            raise FieldRefusal(
                "never-shown",
                f"would never be shown: it is over at {written(goes)} and comes at"
                f" {written(comes)}; make show_from and show_until fit valid_from and valid_until",
            )
        return self

    @property
    def always(self) -> Mapping[str, object]:
        return {**super().always, "valid_from": None, "valid_until": NEVER}

    @property
    def comes(self) -> datetime | None:
        first = [beginning(day) for day in (self.show_from, self.valid_from) if day is not None]
        return max(first, default=None)

    @property
    def goes(self) -> datetime:
        stands = ending(self.valid_until)
        return stands if self.show_until is None else min(stands, ending(self.show_until))


Money = Annotated[Amount, Field(ge=0, le=10_000_000)]


class Estimator(Block):
    """The ranges of the payment estimator's sliders; amounts in whole currency units."""

    noun: ClassVar[str] = "estimator"
    is_unique: ClassVar[bool] = True

    title: Headline
    """The headline above the sliders."""
    currency: Annotated[Name, Field(max_length=3)] = "$"
    """The currency sign, like $; the language decides on which side of the amount it goes."""
    price: Money
    """The price that the slider starts at, digits only."""
    price_least: Money
    """The lowest price on the slider."""
    price_most: Money
    """The highest price on the slider."""
    price_step: Annotated[Money, Field(gt=0)] = Decimal(500)
    """The size of one slider step, like 500."""
    down_payment: Money = Decimal(0)
    """The down payment that the slider starts at."""
    months: Whole
    """The number of months to start with; it must be one of the choices."""
    months_choices: Annotated[
        tuple[Annotated[Whole, Field(ge=1, le=120)], ...], Field(min_length=1, max_length=6)
    ]
    """The numbers of months to choose from, at most six, like [24, 36, 48, 60]."""
    interest_rate: Annotated[Amount, Field(ge=0, le=40)]
    """The annual rate to start with, in percent, like 4.9."""
    interest_rate_most: Annotated[Amount, Field(gt=0, le=40)] = Decimal(12)
    """The highest rate on the slider, in percent."""
    note: Paragraph
    """What visitors must read beside the result: that it is an estimate, and what it leaves out."""
    example: Flag = False
    """true marks the estimator with an Example ribbon."""

    @model_validator(mode="after")
    def _starts_inside(self) -> Self:
        if not self.price_least <= self.price <= self.price_most:
            raise FieldRefusal(
                "out-of-range",
                f"has price: {self.price}, which is not between price_least: {self.price_least} and"
                f" price_most: {self.price_most}; write thousands without a dot, like 33000",
            )
        if self.price_least >= self.price_most:
            raise FieldRefusal(
                "wrong-order",
                f"has price_least: {self.price_least}, not below price_most: {self.price_most}",
            )
        if self.months not in self.months_choices:
            raise FieldRefusal(
                "contradiction", f"has months: {self.months}, which is not among months_choices"
            )
        if self.interest_rate > self.interest_rate_most:
            raise FieldRefusal(
                "out-of-range",
                f"has interest_rate: {self.interest_rate}, above interest_rate_most:"
                f" {self.interest_rate_most}",
            )
        if self.down_payment > self.price:
            raise FieldRefusal(
                "contradiction", f"has down_payment: {self.down_payment}, above price: {self.price}"
            )
        return self


class Offers(Place):
    """Offers with dates, programmes beside them and a payment estimator."""

    lists: ClassVar[Mapping[str, str]] = {"offers": "offer", "programmes": "programme"}
    counted: ClassVar[tuple[str, ...]] = ("offers",)

    kind: Literal["offers"]
    """Offers that appear and end by their dates, programs and a payment estimator."""
    offers: tuple[Offer, ...] = ()
    """The offers, in the order shown. Each disappears after its last day."""
    nothing_now: Notice
    """What is shown while no offer is current."""
    programmes_title: Headline
    """The headline above the programs."""
    programmes: tuple[Article, ...] = ()
    """What visitors can always ask about, one card each."""
    estimator: Estimator | None = None
    """Sliders that work out a monthly payment. Leave it out to have none."""
