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
Rate = Annotated[Amount, Field(ge=0, le=40)]
MonthsChoices = Annotated[
    tuple[Annotated[Whole, Field(ge=1, le=120)], ...], Field(min_length=1, max_length=6)
]
Percents = Annotated[
    tuple[Annotated[Amount, Field(ge=0, le=100)], ...], Field(min_length=1, max_length=6)
]
Mileage = Annotated[Whole, Field(ge=1000, le=200_000)]
FinancingKind = Literal["loan", "balloon", "lease"]
MONEY_FACTOR_MOST = Decimal("0.02")


class Fee(Block):
    """A charge besides the interest."""

    noun: ClassVar[str] = "fee"

    name: Name
    """What the fee is called, like Acquisition fee."""
    amount: Annotated[Money, Field(gt=0)]
    """The amount, digits only."""
    due: Literal["start", "end"] = "start"
    """When it is paid: at the start, besides the down payment, or at the end with the last payment.
    """


class Balloon(Block):
    """A loan with a final payment: a balloon, PCP, Ballonfinanzierung."""

    noun: ClassVar[str] = "balloon"
    is_unique: ClassVar[bool] = True

    final_payment_percent: Percents
    """The final payment in percent of the price: one for each of the months to choose from, like
    [50, 42, 35], or one for all, like [35].
    """
    months: Whole | None = None
    """The number of months to start with, if it differs from the loan's."""
    months_choices: MonthsChoices | None = None
    """The numbers of months to choose from, if they differ from the loan's."""
    interest_rate: Rate | None = None
    """The annual rate to start with, in percent, if it differs from the loan's."""
    fees: Annotated[tuple[Fee, ...], Field(max_length=3)] = ()
    """Fees that only this kind of loan has, like one for the option to purchase."""


class Lease(Block):
    """A lease by mileage; payments are made in advance, the first at signing."""

    noun: ClassVar[str] = "lease"
    is_unique: ClassVar[bool] = True

    residual_percent: Percents
    """What the car is assumed to be worth at the end, in percent of the price: one for each of the
    months to choose from, like [66, 58, 51], or one for all.
    """
    money_factor: Annotated[Amount, Field(ge=0, le=1)] | None = None
    """The money factor, like 0.00175. Write this or interest_rate."""
    interest_rate: Rate | None = None
    """The annual rate that the lease is worked out with, in percent. Visitors do not see it."""
    months: Whole | None = None
    """The number of months to start with, if it differs from the loan's."""
    months_choices: MonthsChoices | None = None
    """The numbers of months to choose from, if they differ from the loan's."""
    mileage: Mileage
    """The miles or kilometers a year to start with."""
    mileage_choices: Annotated[tuple[Mileage, ...], Field(max_length=4)] = ()
    """The miles or kilometers a year to choose from, at most four, like [10000, 12000, 15000].
    Leave it out to offer only one.
    """
    residual_drop: Annotated[Amount, Field(ge=0, le=10)] = Decimal(0)
    """How many percentage points the residual value falls for every 1,000 miles or kilometers a
    year beyond the first choice.
    """
    security_deposit: Money = Decimal(0)
    """The security deposit that is returned at the end; 0 for none."""
    fees: Annotated[tuple[Fee, ...], Field(max_length=3)] = ()
    """The lease's fees, like Acquisition fee."""


class Estimator(Block):
    """What the payment estimator offers, and the ranges of its sliders."""

    noun: ClassVar[str] = "estimator"
    is_unique: ClassVar[bool] = True

    title: Headline
    """The headline above the sliders."""
    kinds: Annotated[tuple[FinancingKind, ...], Field(min_length=1, max_length=3)] = ("loan",)
    """What can be estimated, a tab each: loan, balloon (a loan with a final payment) and lease."""
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
    months_choices: MonthsChoices
    """The numbers of months to choose from, at most six, like [24, 36, 48, 60]."""
    interest_rate: Rate
    """The annual rate to start with, in percent, like 4.9: the nominal rate, compounded monthly."""
    interest_rate_most: Annotated[Amount, Field(gt=0, le=40)] = Decimal(12)
    """The highest rate on the slider, in percent."""
    rate_type: Literal["fixed", "variable"] = "fixed"
    """Whether the rate stays as it is for the whole term."""
    fees: Annotated[tuple[Fee, ...], Field(max_length=3)] = ()
    """What a loan costs besides interest, with or without a balloon. Write fees: [] if nothing."""
    balloon: Balloon | None = None
    """The loan with a final payment, if kinds names balloon."""
    lease: Lease | None = None
    """The lease, if kinds names lease."""
    representative: Flag = False
    """true says that the sliders start at your representative example, for the UK: at least 51% of
    agreements will have this APR or a lower one.
    """
    note: Paragraph
    """What visitors must read beside the result: that it is an estimate, and what it leaves out."""
    example: Flag = False
    """true marks the estimator with an Example ribbon."""

    def months_of(self, kind: FinancingKind) -> tuple[int, tuple[int, ...]]:
        """The months that a kind of financing starts with, and those to choose from."""
        own = {"balloon": self.balloon, "lease": self.lease}.get(kind)
        if own is None:
            return self.months, self.months_choices
        return own.months or self.months, own.months_choices or self.months_choices

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

    @model_validator(mode="after")
    def _kinds_are_described(self) -> Self:
        if len(set(self.kinds)) < len(self.kinds):
            raise FieldRefusal("contradiction", "names a kind twice in kinds:; remove one of them")
        for kind, block, key in (
            ("balloon", self.balloon, "final_payment_percent: [35]"),
            ("lease", self.lease, "residual_percent: [55], mileage and money_factor"),
        ):
            if kind in self.kinds and block is None:
                raise FieldRefusal(
                    "contradiction", f"names {kind} in kinds:; add {kind}: with {key}"
                )
            if block is not None and kind not in self.kinds:
                raise FieldRefusal(
                    "contradiction",
                    f"has {kind}:, which kinds: does not name; write kinds:"
                    f" [{', '.join((*self.kinds, kind))}] or remove {kind}:",
                )
        return self

    @model_validator(mode="after")
    def _balloon_fits(self) -> Self:
        if self.balloon is None:
            return self
        self._refuse_terms("balloon", "final_payment_percent", self.balloon.final_payment_percent)
        rate = self.balloon.interest_rate
        if rate is not None and rate > self.interest_rate_most:
            raise FieldRefusal(
                "out-of-range",
                f"has interest_rate: {rate} in balloon:, above interest_rate_most:"
                f" {self.interest_rate_most}",
            )
        return self

    @model_validator(mode="after")
    def _lease_fits(self) -> Self:
        lease = self.lease
        if lease is None:
            return self
        self._refuse_terms("lease", "residual_percent", lease.residual_percent)
        if (lease.money_factor is None) == (lease.interest_rate is None):
            given = "neither" if lease.money_factor is None else "both"
            raise FieldRefusal(
                "contradiction",
                f"has {given} of money_factor and interest_rate in lease:; write one of them",
            )
        if (factor := lease.money_factor) is not None and factor > MONEY_FACTOR_MOST:
            raise FieldRefusal(
                "out-of-range",
                f"has money_factor: {factor} in lease:, which is a rate of {factor * 2400:.0f}%;"
                " write it like 0.0019",
            )
        choices = lease.mileage_choices
        if choices and lease.mileage not in choices:
            raise FieldRefusal(
                "contradiction",
                f"has mileage: {lease.mileage} in lease:, which is not among mileage_choices",
            )
        if list(choices) != sorted(set(choices)):
            raise FieldRefusal(
                "wrong-order",
                f"has mileage_choices in lease: that do not rise; write {sorted(set(choices))}",
            )
        span = Decimal(choices[-1] - choices[0]) / 1000 if choices else Decimal(0)
        if span * lease.residual_drop > min(lease.residual_percent):
            raise FieldRefusal(
                "contradiction",
                f"has a residual value below 0 in lease: for {choices[-1]} a year; lower"
                " residual_drop",
            )
        return self

    def _refuse_terms(self, kind: FinancingKind, key: str, percents: tuple[Decimal, ...]) -> None:
        """Refuse what a balloon or a lease says of its months and of what is left at the end."""
        months, choices = self.months_of(kind)
        if months not in choices:
            raise FieldRefusal(
                "contradiction",
                f"starts at {months} months in {kind}:, which is not among its months_choices;"
                f" add months: {choices[0]} there",
            )
        if len(percents) not in (1, len(choices)):
            raise FieldRefusal(
                "contradiction",
                f"has {len(percents)} numbers in {key}: for {len(choices)} months_choices; write"
                " one for each, or one for all",
            )
        if (most := self.price * (100 - max(percents)) / 100) < self.down_payment:
            raise FieldRefusal(
                "contradiction",
                f"has down_payment: {self.down_payment}, but {key}: {max(percents)} leaves only"
                f" {most:.0f} of the price; lower one of them",
            )


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
