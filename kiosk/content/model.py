"""The model of `content.yaml`: everything a visitor reads, validated and immutable.

Each class is a block of the file; a place's `kind` decides which block it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Union

from pydantic import AfterValidator, Field, field_validator

from kiosk.blocks.block import Block, Filmed, Picture, Place
from kiosk.blocks.fields import (
    Color,
    Figure,
    Flag,
    Headline,
    Icon,
    Language,
    Line,
    Name,
    PictureFile,
    Summary,
    TimeZone,
    Whole,
)
from kiosk.blocks.problem_codes import SilenceableRule
from kiosk.blocks.refusal import FieldRefusal
from kiosk.blocks.screen_sizes import parse_size
from kiosk.blocks.written import SCREEN
from kiosk.content.words import Words
from kiosk.places.kinds import KINDS

if TYPE_CHECKING:
    AnyPlace = Place
else:
    AnyPlace = Annotated[
        Union[tuple(kind.model for kind in KINDS)],  # noqa: UP007 # as many as there are
        Field(discriminator="kind"),
    ]


class Theme(Block):
    """The colors: a near-black, a near-white and one signal color."""

    noun: ClassVar[str] = "colors"
    is_unique: ClassVar[bool] = True

    asphalt: Color = "#101114"
    """The dark color: a near-black, in quotes, like "#101114"."""
    paper: Color = "#f5f2eb"
    """The light color: a near-white, in quotes, like "#F5F2EB"."""
    accent: Color = "#e2231a"
    """The signal color, for whatever can be touched, in quotes, like "#E2231A"."""


class Logo(Block):
    """The brand's own picture, never recolored."""

    noun: ClassVar[str] = "logo"
    is_unique: ClassVar[bool] = True

    file: PictureFile
    """The logo's name in the folder assets, like logo.svg: an .svg, or a .png or .webp with a
    transparent background.
    """
    ground: Literal["dark", "light"] = "dark"
    """What the logo is made for: dark puts it on asphalt, light on paper."""
    beside_name: Flag = False
    """true if the logo does not contain the name, which then stands beside it."""


class Brand(Block):
    """Whose showroom it is."""

    noun: ClassVar[str] = "brand"
    is_unique: ClassVar[bool] = True

    name: Name
    """The name at the top of every screen."""
    line: Name
    """A word or two beside the name."""
    roundel: Annotated[Figure, Field(max_length=3)] | None = None
    """A start number of one to three characters, in a circle. Leave it out to have none."""
    logo: Logo | None = None
    """A logo in place of the name. Leave it out to have the name in letters."""


class Poster(Filmed):
    """One screen of the attract loop: one sentence, readable from 5 m."""

    headline: Headline
    """Two or three words, readable from across the room."""
    line: Line
    """One sentence below the headline."""
    picture: Picture | None = None
    """The picture that fills the screen."""


class Attract(Block):
    """The posters that run while nobody touches the screen."""

    lists: ClassVar[Mapping[str, str]] = {"posters": "poster"}
    noun: ClassVar[str] = "attract loop"
    is_unique: ClassVar[bool] = True

    seconds_each: Annotated[Whole, Field(ge=5, le=120)] = 9
    """How many seconds each poster stays, from 5 to 120."""
    show_next_race: Flag = True
    """Whether the next date in the schedule appears among the posters."""
    show_offer: Flag = True
    """Whether an offer appears among the posters."""
    posters: Annotated[tuple[Poster, ...], Field(min_length=1)]
    """The posters that run while nobody touches the screen."""


class Home(Block):
    """The hero of the home screen."""

    noun: ClassVar[str] = "home"
    is_unique: ClassVar[bool] = True

    headline: Headline
    """The headline of the home screen."""
    lead: Summary
    """A short text below the headline."""
    icon: Icon = "ph.house-bold"
    """The icon of the home button: a QtAwesome name such as ph.house-bold."""
    picture: Picture | None = None
    """The large picture of the home screen."""


FEWEST_WORDS = 3


def _reason(text: str) -> str:
    if len(text.split()) < FEWEST_WORDS:
        raise FieldRefusal(
            "too-short", "says too little; write in a sentence why the finding does not matter"
        )
    return text


class Silence(Block):
    """A finding of `kiosk check` that does not matter here, and why.

    `entry` is the title or name of what the finding is about (for a race, its venue), of its place
    or of its picture. Without it, all findings of the rule are silenced.
    """

    rule: SilenceableRule
    """The rule that found it, as kiosk check names it."""
    entry: Line | None = None
    """The title or name of what the finding is about. Leave it out to silence the whole rule."""
    reason: Annotated[Summary, AfterValidator(_reason)]
    """Why it does not matter here, in a sentence."""


def _screen_size(text: str) -> str:
    parse_size(text)
    return text


ScreenSize = Annotated[str, AfterValidator(_screen_size), SCREEN]


class Content(Block):
    """A whole content file."""

    lists: ClassVar[Mapping[str, str]] = {"places": "place"}

    language: Language = "en"
    """The language of the texts: two lower-case letters, like en, or with a country, like en-GB."""
    time_zone: TimeZone | None = None
    """The dealership's time zone, like America/Chicago. Leave it out to use the computer's."""
    theme: Theme = Theme()
    """The three colors of every screen."""
    brand: Brand
    """Whose showroom it is, at the top of every screen."""
    attract: Attract
    """The posters that run while nobody touches the screen."""
    home: Home
    """The home screen."""
    places: Annotated[tuple[AnyPlace, ...], Field(min_length=1, max_length=16)]
    """The places that the home screen's doors open, in order; at most sixteen."""
    words: Words = Words()
    """The kiosk's own buttons and labels. Leave one out to use the English default."""
    region: Literal["us", "uk", "eu", "other"] = "us"
    """Whose advertising rules kiosk check applies."""
    screens: Annotated[tuple[ScreenSize, ...], Field(max_length=4)] = ()
    """The screens of your kiosks in pixels, like [1920x1080]; kiosk check measures the texts on
    them. Leave it out to skip measuring.
    """
    silence: tuple[Silence, ...] = ()
    """Findings of kiosk check that do not matter here, each with the reason."""

    @property
    def named_region(self) -> str | None:
        """The region, if the file names one."""
        return self.region if "region" in self.model_fields_set else None

    @field_validator("places")
    @classmethod
    def _places_fit(cls, places: tuple[AnyPlace, ...]) -> tuple[AnyPlace, ...]:
        twice = [slug for slug, count in Counter(place.id for place in places).items() if count > 1]
        if twice:
            raise FieldRefusal(
                "duplicate-id", f"must each have a different id; '{twice[0]}' is used twice"
            )
        if sum(place.bar for place in places) > 7:
            raise FieldRefusal(
                "too-many", "may put at most 7 places into the bar; write bar: false on the others"
            )
        if sum(place.kind == "signup" for place in places) > 1:
            raise FieldRefusal("too-many", "may hold only one place of kind signup")
        return places
