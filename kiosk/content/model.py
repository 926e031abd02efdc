"""The model of `content.yaml`: everything a visitor reads, validated and immutable.

Each class is a block of the file; a place's `kind` decides which block it is.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from kiosk.content.fields import (
    Address,
    Amount,
    Colour,
    Day,
    Figure,
    Flag,
    Headline,
    Icon,
    Line,
    Name,
    Paragraph,
    Phone,
    PictureFile,
    Slug,
    Summary,
    Whole,
)
from kiosk.content.words import Words

Fraction = Annotated[Amount, Field(ge=0, le=1)]


class Block(BaseModel):
    """A part of the content; unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Picture(Block):
    """A picture in the assets folder and the point of it that must stay in view."""

    file: PictureFile
    focus_x: Fraction = Decimal("0.5")
    focus_y: Fraction = Decimal("0.5")


class Position(Block):
    """Degrees, WGS 84."""

    latitude: Annotated[Amount, Field(ge=-90, le=90)]
    longitude: Annotated[Amount, Field(ge=-180, le=180)]


class Link(Block):
    """Something of the web site that a visitor takes home."""

    name: Headline
    address: Address
    line: Line | None = None


class Fact(Block):
    """A figure and what it counts: `2nd`, `Touring Car (TC) class`."""

    figure: Figure
    label: Line


class Article(Block):
    """A story, a programme or a person, with more to read behind a touch."""

    title: Headline
    summary: Summary
    body: tuple[Paragraph, ...] = ()
    figure: Figure | None = None
    facts: tuple[Fact, ...] = Field(default=(), max_length=4)
    picture: Picture | None = None
    link: Link | None = None


class Place(Block):
    """What every place has, whatever its kind."""

    id: Slug
    name: Name
    icon: Icon
    bar: Flag = True
    door: Line | None = None
    door_figure: Figure | None = None
    title: Headline
    picture: Picture | None = None


class Chapter(Article):
    """A story of the timeline; `figure` is its year."""

    figure: Figure


class Timeline(Place):
    """Years as posters, each opening its story."""

    kind: Literal["timeline"]
    lead: Summary | None = None
    chapters: Annotated[tuple[Chapter, ...], Field(min_length=1)]


class Driver(Block):
    """A driver and what the season brought."""

    name: Name
    number: Annotated[Figure, Field(max_length=3)] | None = None
    result: Figure | None = None
    result_label: Line | None = None
    body: tuple[Paragraph, ...] = ()
    picture: Picture | None = None


class Team(Place):
    """Drivers with their start numbers, the season's results, the people behind."""

    kind: Literal["team"]
    season: Headline
    results: tuple[Fact, ...] = Field(default=(), max_length=4)
    drivers: Annotated[tuple[Driver, ...], Field(min_length=1)]
    people: tuple[Article, ...] = ()


class Race(Block):
    """A race weekend, first to last day; `link` is taken home once it is run."""

    starts: Day
    ends: Day
    venue: Headline
    city: Name
    region: Name
    position: Position | None = None
    link: Link | None = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.ends < self.starts:
            raise ValueError(
                f"ends on {self.ends}, before it starts on {self.starts}; swap the days"
            )
        return self


class CountryMap(Block):
    """An outline drawn in plain degrees: the borders of the picture in longitude and latitude."""

    file: PictureFile
    west: Annotated[Amount, Field(ge=-180, le=180)]
    east: Annotated[Amount, Field(ge=-180, le=180)]
    south: Annotated[Amount, Field(ge=-90, le=90)]
    north: Annotated[Amount, Field(ge=-90, le=90)]

    @model_validator(mode="after")
    def _has_an_area(self) -> Self:
        if self.west >= self.east or self.south >= self.north:
            raise ValueError("must have west below east and south below north")
        return self


class Notice(Block):
    """What a place says when there is nothing to list."""

    title: Headline
    line: Summary


class Schedule(Place):
    """The season: the next race, the list and the map."""

    kind: Literal["schedule"]
    season: Name
    series: Line | None = None
    races: tuple[Race, ...] = ()
    map: CountryMap | None = None
    season_over: Notice


class Offer(Block):
    """An offer with the figure that matters; it must say until when it stands."""

    title: Headline
    figure: Figure
    unit: Line
    summary: Summary | None = None
    valid_from: Day | None = None
    valid_until: Day
    terms: Paragraph
    example: Flag = False
    picture: Picture | None = None
    link: Link | None = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.valid_from is not None and self.valid_until < self.valid_from:
            raise ValueError(
                f"is valid until {self.valid_until}, before it starts on {self.valid_from};"
                " swap the days"
            )
        return self


Money = Annotated[Amount, Field(ge=0, le=10_000_000)]


class Estimator(Block):
    """Where the payment estimator's sliders begin and end; amounts in whole currency units."""

    title: Headline
    currency: Annotated[Name, Field(max_length=3)] = "$"
    price: Money
    price_least: Money
    price_most: Money
    price_step: Annotated[Money, Field(gt=0)] = Decimal(500)
    down_payment: Money = Decimal(0)
    months: Whole
    months_choices: Annotated[
        tuple[Annotated[Whole, Field(ge=1, le=120)], ...], Field(min_length=1, max_length=6)
    ]
    interest_rate: Annotated[Amount, Field(ge=0, le=40)]
    interest_rate_most: Annotated[Amount, Field(gt=0, le=40)] = Decimal(12)
    note: Paragraph
    example: Flag = False

    @model_validator(mode="after")
    def _starts_inside(self) -> Self:
        if not self.price_least <= self.price <= self.price_most:
            raise ValueError("must have price between price_least and price_most")
        if self.price_least >= self.price_most:
            raise ValueError("must have price_least below price_most")
        if self.months not in self.months_choices:
            raise ValueError(f"has months: {self.months}, which is not among months_choices")
        if self.interest_rate > self.interest_rate_most:
            raise ValueError("must have interest_rate at most interest_rate_most")
        if self.down_payment > self.price:
            raise ValueError("must have down_payment at most price")
        return self


class Offers(Place):
    """Offers with dates, programmes beside them, a payment estimator."""

    kind: Literal["offers"]
    offers: tuple[Offer, ...] = ()
    nothing_now: Notice
    programmes_title: Headline
    programmes: tuple[Article, ...] = ()
    estimator: Estimator | None = None


class Features(Place):
    """A few large things to do, such as a driving school."""

    kind: Literal["features"]
    lead: Summary | None = None
    features: Annotated[tuple[Article, ...], Field(min_length=1)]


class Model(Block):
    """A car of a line-up."""

    name: Headline
    note: Line | None = None
    body: tuple[Paragraph, ...] = ()
    picture: Picture | None = None
    link: Link | None = None


class LineUp(Block):
    """The models of one year or group."""

    name: Name
    line: Line | None = None
    models: Annotated[tuple[Model, ...], Field(min_length=1)]


class Models(Place):
    """The line-ups, one tab each."""

    kind: Literal["models"]
    lead: Summary | None = None
    line_ups: Annotated[tuple[LineUp, ...], Field(min_length=1, max_length=5)]


class Hours(Block):
    """Opening hours of one day or a run of days."""

    days: Name
    open: Name


class Dealer(Block):
    """A dealership."""

    name: Headline
    street: Line
    city: Line
    phone: Phone | None = None
    hours: tuple[Hours, ...] = Field(default=(), max_length=7)
    position: Position
    example: Flag = False


class Dealers(Place):
    """This dealership, then the others, nearest first."""

    kind: Literal["dealers"]
    distance_unit: Literal["mi", "km"] = "mi"
    here: Dealer
    others: tuple[Dealer, ...] = ()


class LinkGroup(Block):
    """Links under one heading."""

    name: Name
    links: Annotated[tuple[Link, ...], Field(min_length=1)]


class Links(Place):
    """Everything else of the web site, each entry as a link to take home."""

    kind: Literal["links"]
    lead: Summary | None = None
    groups: Annotated[tuple[LinkGroup, ...], Field(min_length=1)]
    legal: tuple[Paragraph, ...] = ()


class Consent(Block):
    """The exact words a visitor agrees to.

    `version` must change with them, and with what is told beside them: controller, purpose,
    withdraw, privacy.
    """

    version: Name
    wording: Summary


class Controller(Block):
    """Who asks for the consent and answers for the details.

    The postal address is also the one that commercial email in the US has to carry
    (15 U.S.C. 7704(a)(5), 16 CFR 316.2): a street address, a PO box or a private mailbox.
    """

    name: Headline
    street: Line
    city: Line
    example: Flag = False

    @model_validator(mode="after")
    def _can_be_written_to(self) -> Self:
        if not any(letter.isdigit() for letter in self.street + self.city):
            raise ValueError(
                "has no number in its postal address; write street: with the number or the"
                " PO box, and city: with the postal code, like Springfield, IL 62701"
            )
        return self


class Privacy(Block):
    """The privacy page, one touch away from the form.

    `retention_days` is how long after the export a signup's details are erased from the kiosk by
    themselves; None for never.
    """

    title: Headline
    body: Annotated[tuple[Paragraph, ...], Field(min_length=1, max_length=4)]
    retention_days: Annotated[Whole, Field(ge=1, le=3650)] | None = None


class Signup(Place):
    """The newsletter form, with all that a consent must be told: by whom, for what, how to stop."""

    kind: Literal["signup"]
    promise: Summary
    controller: Controller
    purpose: Summary
    withdraw: Summary
    consent: Consent
    privacy: Privacy
    thanks_title: Headline
    thanks: Summary


AnyPlace = Annotated[
    Timeline | Team | Schedule | Offers | Features | Models | Dealers | Links | Signup,
    Field(discriminator="kind"),
]


class Theme(Block):
    """The colours: a near-black, a near-white, one signal colour."""

    asphalt: Colour = "#101114"
    paper: Colour = "#f5f2eb"
    accent: Colour = "#e2231a"


class Brand(Block):
    """Whose showroom it is."""

    name: Name
    line: Name
    roundel: Annotated[Figure, Field(max_length=3)] | None = None


class Poster(Block):
    """One sheet of the attract loop: one sentence, readable from 5 m."""

    headline: Headline
    line: Line
    picture: Picture | None = None


class Attract(Block):
    """The posters that run while nobody touches the screen."""

    seconds_each: Annotated[Whole, Field(ge=5, le=120)] = 9
    show_next_race: Flag = True
    show_offer: Flag = True
    posters: Annotated[tuple[Poster, ...], Field(min_length=1)]


class Home(Block):
    """The hero of the home screen."""

    headline: Headline
    lead: Summary
    icon: Icon = "ph.house-bold"
    picture: Picture | None = None


class Content(Block):
    """A whole content file."""

    language: Annotated[str, Field(pattern="^[a-z]{2}$")] = "en"
    theme: Theme = Theme()
    brand: Brand
    attract: Attract
    home: Home
    places: Annotated[tuple[AnyPlace, ...], Field(min_length=1, max_length=16)]
    words: Words = Words()

    @field_validator("places")
    @classmethod
    def _places_fit(cls, places: tuple[AnyPlace, ...]) -> tuple[AnyPlace, ...]:
        twice = [slug for slug, count in Counter(place.id for place in places).items() if count > 1]
        if twice:
            raise ValueError(f"must each have an id of its own; '{twice[0]}' is there twice")
        if sum(place.bar for place in places) > 7:
            raise ValueError(
                "may put at most 7 places into the bar; write bar: false on the others"
            )
        if sum(place.kind == "signup" for place in places) > 1:
            raise ValueError("may hold only one place of kind signup")
        return places
