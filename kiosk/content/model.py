"""The model of `content.yaml`: everything a visitor reads, validated and immutable.

Each class is a block of the file; a place's `kind` decides which block it is.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from kiosk.content.codes import MapService
from kiosk.content.fields import (
    Address,
    Amount,
    Colour,
    Day,
    Figure,
    Flag,
    Headline,
    Icon,
    Language,
    Line,
    Moment,
    Name,
    Paragraph,
    Phone,
    PictureFile,
    Slug,
    Summary,
    TimeZone,
    Whole,
)
from kiosk.content.screens import parse_size
from kiosk.content.words import Words
from kiosk.content.written import SCREEN
from kiosk.content.zones import beginning, ending

Fraction = Annotated[Amount, Field(ge=0, le=1)]


class Block(BaseModel):
    """A part of the content; unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Dated(Block):
    """What may come and go by itself.

    A day as `show_until` is stood through; a time is the moment it goes.
    """

    show_from: Moment | None = None
    """From when it is shown: a day, or a day and a time, like 2024-05-01 18:30. Leave it out for
    from now on.
    """
    show_until: Moment | None = None
    """Until when it is shown: a day counts to its end, a time is the moment it goes. Leave it out
    for without end.
    """

    @property
    def comes(self) -> datetime | None:
        """The local time from which it is shown; None for ever since."""
        return None if self.show_from is None else beginning(self.show_from)

    @property
    def goes(self) -> datetime | None:
        """The local time from which it is shown no more; None for never."""
        return None if self.show_until is None else ending(self.show_until)

    @model_validator(mode="after")
    def _goes_after_it_comes(self) -> Self:
        if self.show_from is None or self.show_until is None:
            return self
        if ending(self.show_until) <= beginning(self.show_from):
            raise ValueError(
                f"has show_until: {written(self.show_until)}, not after show_from:"
                f" {written(self.show_from)}; swap them, or correct one"
            )
        return self


def written(moment: date) -> str:
    """A day, or a day and a time, as it stands in the file."""
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment}"


class Picture(Block):
    """A picture in the assets folder and the point of it that must stay in view."""

    file: PictureFile
    """The picture's name in the folder assets beside the content file, like photos/team.jpg."""
    focus_x: Fraction = Decimal("0.5")
    """The point that must stay in view, from 0 (left edge) to 1 (right edge)."""
    focus_y: Fraction = Decimal("0.5")
    """The point that must stay in view, from 0 (top) to 1 (bottom)."""


class Position(Block):
    """Degrees, WGS 84."""

    latitude: Annotated[Amount, Field(ge=-90, le=90)]
    """The first number that a map on the web shows for the spot, like 39.7990; south of the equator
    with a minus.
    """
    longitude: Annotated[Amount, Field(ge=-180, le=180)]
    """The second number that a map shows, like -89.6440; in America with a minus."""


class Link(Block):
    """Something of the web site that a visitor takes home."""

    name: Headline
    """What the link leads to, like Book a test drive; it stands beside the code."""
    address: Address
    """The address as the browser shows it, with https:// in front; a phone scans it as a code."""
    line: Line | None = None
    """A sentence beside the code: what is found there, and what to choose on the page."""


class ListedLink(Link, Dated):
    """A link of its own, in a list of links."""


class Fact(Block):
    """A figure and what it counts: `2nd`, `Touring Car (TC) class`."""

    figure: Figure
    """A number or a word set large, like 2nd or 1964."""
    label: Line
    """What the figure stands for, in a few words below it."""


class Article(Dated):
    """A story, a programme or a person, with more to read behind a touch."""

    title: Headline
    """The headline, on the card and above the text."""
    summary: Summary
    """One or two sentences: all that can be read before somebody touches the card."""
    body: tuple[Paragraph, ...] = ()
    """The text behind a touch, one entry for each paragraph."""
    figure: Figure | None = None
    """A number set large on the card, like 1964 or 24 h."""
    facts: tuple[Fact, ...] = Field(default=(), max_length=4)
    """Up to four large figures beside the text."""
    picture: Picture | None = None
    """The picture of the card and of its page; the place's own picture stands in for a missing one.
    """
    link: Link | None = None
    """A page on the web that visitors take home as a code for their phone."""


class Place(Dated):
    """What every place has, whatever its kind."""

    id: Slug
    """A short name of your own for the place, like stay-updated; no two places may have the same.
    Visitors never see it.
    """
    name: Name
    """What the place is called in the bar and on its door, in a word or two."""
    icon: Icon
    """The sign above the name: a QtAwesome name such as ph.trophy-bold."""
    bar: Flag = True
    """Whether the place stands in the bar at the edge, where at most seven fit. Its door on the
    home screen stays either way.
    """
    door: Line | None = None
    """The short line on the place's door on the home screen. Leave it out, and the kiosk finds one.
    """
    door_figure: Figure | None = None
    """A large number on the door, like 1964. The line "door" stands behind it and says what it
    counts.
    """
    title: Headline
    """The headline at the top of the place."""
    picture: Picture | None = None
    """The picture beside the headline."""


class Chapter(Article):
    """A story of the timeline; `figure` is its year."""

    figure: Figure
    """The year of the story, set as large as a poster, like 1964 or 60s."""


class Timeline(Place):
    """Years as posters, each opening its story."""

    kind: Literal["timeline"]
    """Stories by year, one poster each."""
    lead: Summary | None = None
    """A sentence or two below the headline."""
    chapters: Annotated[tuple[Chapter, ...], Field(min_length=1)]
    """The stories, oldest first."""


class Driver(Dated):
    """A driver and what the season brought."""

    name: Name
    """The driver's name."""
    number: Annotated[Figure, Field(max_length=3)] | None = None
    """The start number, at most three characters. Leave it out for a driver who has none."""
    result: Figure | None = None
    """What the season brought, set large, like 2nd."""
    result_label: Line | None = None
    """What the result was for, like the class."""
    body: tuple[Paragraph, ...] = ()
    """The text behind a touch, one entry for each paragraph."""
    picture: Picture | None = None
    """A picture of the driver."""


class Team(Place):
    """Drivers with their start numbers, the season's results, the people behind."""

    kind: Literal["team"]
    """Drivers with their start numbers and results, and the people behind them."""
    season: Headline
    """The season that the results are from, like 2023 season."""
    results: tuple[Fact, ...] = Field(default=(), max_length=4)
    """The team's own results: up to four large figures."""
    drivers: Annotated[tuple[Driver, ...], Field(min_length=1)]
    """The drivers, in the order in which they are shown."""
    people: tuple[Article, ...] = ()
    """Who else belongs to the team, a card each."""


class Race(Dated):
    """A race weekend, first to last day; `link` is taken home once it is run."""

    starts: Day
    """The first day, like 2024-04-05."""
    ends: Day
    """The last day; the same as the first for a single day."""
    venue: Headline
    """Where it is held, like the name of the track."""
    city: Name
    """The town."""
    region: Name
    """The state or country, like CA."""
    position: Position | None = None
    """Where the dot stands on the map. Leave it out for no dot."""
    link: Link | None = None
    """A page about it, offered to visitors once it is over."""

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
    """The drawing of the map, in the folder assets."""
    west: Annotated[Amount, Field(ge=-180, le=180)]
    """The left border of the drawing in degrees, like -125."""
    east: Annotated[Amount, Field(ge=-180, le=180)]
    """The right border of the drawing in degrees, like -66.5."""
    south: Annotated[Amount, Field(ge=-90, le=90)]
    """The lower border of the drawing in degrees, like 24.5."""
    north: Annotated[Amount, Field(ge=-90, le=90)]
    """The upper border of the drawing in degrees, like 49.5."""

    @model_validator(mode="after")
    def _has_an_area(self) -> Self:
        if self.west >= self.east or self.south >= self.north:
            raise ValueError("must have west below east and south below north")
        return self


class Notice(Block):
    """What a place says when there is nothing to list."""

    title: Headline
    """A short headline."""
    line: Summary
    """A sentence or two below it."""


class Schedule(Place):
    """The season: the next race, the list and the map."""

    kind: Literal["schedule"]
    """Dates with a countdown, a list and a map."""
    season: Name
    """What the dates belong to, like 2024 season."""
    series: Line | None = None
    """What is put in front of a date in a visitor's calendar, like the name of the series."""
    races: tuple[Race, ...] = ()
    """The dates. What is over is marked by itself."""
    map: CountryMap | None = None
    """A map with a dot for each date that has a position."""
    season_over: Notice
    """What is shown once all the dates are over."""


class Offer(Dated):
    """An offer with the figure that matters; it must say until when it stands."""

    title: Headline
    """What is offered, like Lease a small car."""
    figure: Figure
    """The number that matters, set large, like $349 or 4.9%."""
    unit: Line
    """What the figure means, like a month for 36 months."""
    summary: Summary | None = None
    """A sentence about the offer."""
    valid_from: Day | None = None
    """The first day on which the offer stands. Leave it out for from now on."""
    valid_until: Day
    """The last day on which the offer stands; after it the offer is gone from the screen."""
    terms: Paragraph
    """The small print. Let whoever answers for your advertising read it first."""
    example: Flag = False
    """true puts a ribbon on the offer that says Example. Take the line away with your own figures
    in place.
    """
    picture: Picture | None = None
    """The picture of the offer."""
    link: Link | None = None
    """A page on the web that visitors take home as a code for their phone."""

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.valid_from is not None and self.valid_until < self.valid_from:
            raise ValueError(
                f"is valid until {self.valid_until}, before it starts on {self.valid_from};"
                " swap the days"
            )
        comes, goes = self.comes, self.goes
        if comes is not None and goes <= comes:
            raise ValueError(
                f"would never be shown: it is over at {written(goes)} and comes at"
                f" {written(comes)}; make show_from and show_until fit valid_from and valid_until"
            )
        return self

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
    """Where the payment estimator's sliders begin and end; amounts in whole currency units."""

    title: Headline
    """The headline above the sliders."""
    currency: Annotated[Name, Field(max_length=3)] = "$"
    """The sign beside an amount, like $; the language decides on which side."""
    price: Money
    """The price that the slider starts at, digits only."""
    price_least: Money
    """The lowest price on the slider."""
    price_most: Money
    """The highest price on the slider."""
    price_step: Annotated[Money, Field(gt=0)] = Decimal(500)
    """How far one step of the slider goes, like 500."""
    down_payment: Money = Decimal(0)
    """The down payment that the slider starts at."""
    months: Whole
    """The number of months to start with; it must be one of the choices."""
    months_choices: Annotated[
        tuple[Annotated[Whole, Field(ge=1, le=120)], ...], Field(min_length=1, max_length=6)
    ]
    """The numbers of months to choose from, at most six, like [24, 36, 48, 60]."""
    interest_rate: Annotated[Amount, Field(ge=0, le=40)]
    """The yearly rate to start with, in percent, like 4.9."""
    interest_rate_most: Annotated[Amount, Field(gt=0, le=40)] = Decimal(12)
    """The highest rate on the slider, in percent."""
    note: Paragraph
    """What must be read beside the result: that it is an estimate, and what is not in it."""
    example: Flag = False
    """true puts a ribbon on the estimator that says Example."""

    @model_validator(mode="after")
    def _starts_inside(self) -> Self:
        if not self.price_least <= self.price <= self.price_most:
            raise ValueError(
                f"has price: {self.price}, which is not between price_least: {self.price_least} and"
                f" price_most: {self.price_most}; thousands have no dot, like 33000"
            )
        if self.price_least >= self.price_most:
            raise ValueError(
                f"has price_least: {self.price_least}, not below price_most: {self.price_most}"
            )
        if self.months not in self.months_choices:
            raise ValueError(f"has months: {self.months}, which is not among months_choices")
        if self.interest_rate > self.interest_rate_most:
            raise ValueError(
                f"has interest_rate: {self.interest_rate}, above interest_rate_most:"
                f" {self.interest_rate_most}"
            )
        if self.down_payment > self.price:
            raise ValueError(f"has down_payment: {self.down_payment}, above price: {self.price}")
        return self


class Offers(Place):
    """Offers with dates, programmes beside them, a payment estimator."""

    kind: Literal["offers"]
    """Offers that come and go on their dates, programs and a payment estimator."""
    offers: tuple[Offer, ...] = ()
    """The offers, in the order in which they are shown. Each is gone after its last day."""
    nothing_now: Notice
    """What is shown while no offer stands."""
    programmes_title: Headline
    """The headline above the programs."""
    programmes: tuple[Article, ...] = ()
    """What is always there to ask about, a card each."""
    estimator: Estimator | None = None
    """Sliders that work out a monthly payment. Leave it out for none."""


class Features(Place):
    """A few large things to do, such as a driving school."""

    kind: Literal["features"]
    """A few large things to do, such as a driving school."""
    lead: Summary | None = None
    """A sentence or two below the headline."""
    features: Annotated[tuple[Article, ...], Field(min_length=1)]
    """The things to do, a large card each."""


class Model(Dated):
    """A car of a line-up."""

    name: Headline
    """The model's name."""
    note: Line | None = None
    """A line below the name."""
    body: tuple[Paragraph, ...] = ()
    """The text behind a touch, one entry for each paragraph."""
    picture: Picture | None = None
    """A picture of the car."""
    link: Link | None = None
    """A page on the web that visitors take home as a code for their phone."""


class LineUp(Dated):
    """The models of one year or group."""

    name: Name
    """What is on the tab, like 2025."""
    line: Line | None = None
    """A line above the models."""
    models: Annotated[tuple[Model, ...], Field(min_length=1)]
    """The models, in the order in which they are shown."""


class Models(Place):
    """The line-ups, one tab each."""

    kind: Literal["models"]
    """The cars, in groups with a tab each."""
    lead: Summary | None = None
    """A sentence or two below the headline."""
    line_ups: Annotated[tuple[LineUp, ...], Field(min_length=1, max_length=5)]
    """The groups, at most five."""


class Hours(Block):
    """Opening hours of one day or a run of days."""

    days: Name
    """A day or a run of days, like Monday to Friday."""
    open: Name
    """When it is open, like 9 am to 6 pm, or Closed."""


class Dealer(Block):
    """A dealership."""

    name: Headline
    """The dealership's name."""
    street: Line
    """Street and number."""
    city: Line
    """Town and postal code, like Springfield, IL 62701."""
    phone: Phone | None = None
    """The phone number, like +1 217 555 0137."""
    hours: tuple[Hours, ...] = Field(default=(), max_length=7)
    """When it is open, a line for each day or run of days; at most seven."""
    position: Position
    """Where it is. Distances and the code for directions come from it."""
    example: Flag = False
    """true puts a ribbon on the dealership that says Example. Take the line away with the example.
    """


class OtherDealer(Dealer, Dated):
    """A dealership among the others."""


class Dealers(Place):
    """This dealership, then the others, nearest first."""

    kind: Literal["dealers"]
    """This dealership and others nearby, with hours and directions."""
    distance_unit: Literal["mi", "km"] | None = None
    """Distances in miles (mi) or kilometers (km). Leave it out for what is usual in your country.
    """
    directions: MapService = "google"
    """Whose map shows the way: google, apple or openstreetmap; or phone, for the phone's own map,
    which iPhones do not open.
    """
    here: Dealer
    """The dealership in which the kiosk stands."""
    others: tuple[OtherDealer, ...] = ()
    """Other dealerships; the kiosk puts the nearest first."""


class LinkGroup(Dated):
    """Links under one heading."""

    name: Name
    """The heading above the links."""
    links: Annotated[tuple[ListedLink, ...], Field(min_length=1)]
    """The links, in the order in which they are shown."""


class Links(Place):
    """Everything else of the web site, each entry as a link to take home."""

    kind: Literal["links"]
    """Pages on the web that visitors take home as codes for their phone."""
    lead: Summary | None = None
    """A sentence or two below the headline."""
    groups: Annotated[tuple[LinkGroup, ...], Field(min_length=1)]
    """The links, in groups with a heading each."""
    legal: tuple[Paragraph, ...] = ()
    """Legal lines below the links, one entry for each paragraph."""


class Consent(Block):
    """The exact words a visitor agrees to.

    `version` must change with them, and with what is told beside them: controller, purpose,
    withdraw, privacy.
    """

    version: Name
    """A name for these words, like 2024-1. Give a new one whenever you change the words, or
    controller, purpose, withdraw or privacy.
    """
    wording: Summary
    """What the visitor agrees to, word for word. It stands beside the box."""


class Controller(Block):
    """Who asks for the consent and answers for the details.

    The postal address is also the one that commercial email in the US has to carry
    (15 U.S.C. 7704(a)(5), 16 CFR 316.2): a street address, a PO box or a private mailbox.
    """

    name: Headline
    """The dealership that will write the emails."""
    street: Line
    """Its street and number, or its PO box. Mail must reach it."""
    city: Line
    """Its town and postal code, like Springfield, IL 62701."""
    example: Flag = False
    """true says on the screens that this is an example. Take the line away with your own address in
    place.
    """

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
    """The headline of the privacy page."""
    body: Annotated[tuple[Paragraph, ...], Field(min_length=1, max_length=4)]
    """What happens with the details, in one to four paragraphs."""
    retention_days: Annotated[Whole, Field(ge=1, le=3650)] | None = None
    """How many days after an export the details are erased from the kiosk by themselves, like 30.
    Leave it out to keep them until you erase them.
    """


class Signup(Place):
    """The newsletter form, with all that a consent must be told: by whom, for what, how to stop."""

    kind: Literal["signup"]
    """The newsletter form. There may be one."""
    promise: Summary
    """What you promise about the details, below the headline."""
    controller: Controller
    """Who asks: the dealership that will write the emails, with its postal address."""
    purpose: Summary
    """What the address is used for, in a sentence."""
    withdraw: Summary
    """How to get off the list again. It must work for as long as you write."""
    consent: Consent
    """The words beside the box."""
    privacy: Privacy
    """The page behind the button Privacy."""
    thanks_title: Headline
    """The headline after somebody has signed up."""
    thanks: Summary
    """What happens next, in a sentence or two."""


AnyPlace = Annotated[
    Timeline | Team | Schedule | Offers | Features | Models | Dealers | Links | Signup,
    Field(discriminator="kind"),
]


class Theme(Block):
    """The colours: a near-black, a near-white, one signal colour."""

    asphalt: Colour = "#101114"
    """The dark color: a near-black, in quotes, like "#101114"."""
    paper: Colour = "#f5f2eb"
    """The light color: a near-white, in quotes, like "#F5F2EB"."""
    accent: Colour = "#e2231a"
    """The signal color of what can be touched, in quotes, like "#E2231A"."""


class Brand(Block):
    """Whose showroom it is."""

    name: Name
    """The name at the top of every screen."""
    line: Name
    """The second word or two beside the name."""
    roundel: Annotated[Figure, Field(max_length=3)] | None = None
    """A start number of one to three characters in a circle. Leave it out for none."""


class Poster(Dated):
    """One sheet of the attract loop: one sentence, readable from 5 m."""

    headline: Headline
    """Two or three words, read from across the room."""
    line: Line
    """One sentence below the headline."""
    picture: Picture | None = None
    """The picture that fills the screen."""


class Attract(Block):
    """The posters that run while nobody touches the screen."""

    seconds_each: Annotated[Whole, Field(ge=5, le=120)] = 9
    """How long each poster stays, from 5 to 120 seconds."""
    show_next_race: Flag = True
    """Whether the next date of the schedule joins the posters."""
    show_offer: Flag = True
    """Whether an offer joins the posters."""
    posters: Annotated[tuple[Poster, ...], Field(min_length=1)]
    """What runs while nobody touches the screen."""


class Home(Block):
    """The hero of the home screen."""

    headline: Headline
    """The headline of the home screen."""
    lead: Summary
    """A short text below it."""
    icon: Icon = "ph.house-bold"
    """The sign of the home button: a QtAwesome name such as ph.house-bold."""
    picture: Picture | None = None
    """The large picture of the home screen."""


RuleName = Literal[
    "credit-terms",
    "credit-rate",
    "lease-terms",
    "lease-rate",
    "uk-representative",
    "sum",
    "slider-step",
    "ended-offer",
    "gone-entry",
    "season-over",
    "example-left",
    "contrast",
    "link-case",
    "picture-size",
    "drawing",
    "text-fit",
    "missing-sign",
    "door-figure",
    "note-in-text",
    "language-texts",
]
"""The rules that can be silenced; docs/linting.md says what each finds."""


FEWEST_WORDS = 3


def _reason(text: str) -> str:
    if len(text.split()) < FEWEST_WORDS:
        raise ValueError("says too little; write in a sentence why the finding does not matter")
    return text


class Silence(Block):
    """A finding of `kiosk check` that does not matter here, and why.

    `entry` is the title or name of what the finding is about (a race is known by its venue), of its
    place or of its picture; all findings of the rule where it is left out.
    """

    rule: RuleName
    """The rule that found it, as kiosk check names it."""
    entry: Line | None = None
    """The title or name of what the finding is about. Leave it out for all findings of the rule."""
    reason: Annotated[Summary, AfterValidator(_reason)]
    """Why it does not matter here, in a sentence."""


def _screen_size(text: str) -> str:
    parse_size(text)
    return text


ScreenSize = Annotated[str, AfterValidator(_screen_size), SCREEN]


class Content(Block):
    """A whole content file."""

    language: Language = "en"
    """The language of the texts as two small letters, like en; or with the country, like en-GB."""
    time_zone: TimeZone | None = None
    """The time zone of the dealership, like America/Chicago. Leave it out for that of the computer.
    """
    theme: Theme = Theme()
    """The three colors of every screen."""
    brand: Brand
    """Whose showroom it is; at the top of every screen."""
    attract: Attract
    """The posters that run while nobody touches the screen."""
    home: Home
    """The home screen."""
    places: Annotated[tuple[AnyPlace, ...], Field(min_length=1, max_length=16)]
    """The places behind the doors of the home screen, in their order; at most sixteen."""
    words: Words = Words()
    """The kiosk's own buttons and labels. Leave one out to get the usual English word."""
    region: Literal["us", "uk", "other"] = "us"
    """Whose rules for advertising kiosk check knows."""
    screens: Annotated[tuple[ScreenSize, ...], Field(max_length=4)] = ()
    """The screens of your kiosks in pixels, like [1920x1080]; kiosk check measures the texts on
    them. Leave it out, and nothing is measured.
    """
    silence: tuple[Silence, ...] = ()
    """Findings of kiosk check that do not matter here, each with the reason."""

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
