"""Parts of the content that several kinds of place share, and what every block is. Immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.blocks.fields import (
    Address,
    Amount,
    Figure,
    Flag,
    Headline,
    Icon,
    Line,
    Moment,
    Name,
    Paragraph,
    PictureFile,
    Slug,
    Summary,
    VideoFile,
)
from kiosk.blocks.refusal import FieldRefusal
from kiosk.blocks.zones import beginning, ending

Fraction = Annotated[Amount, Field(ge=0, le=1)]


class Block(BaseModel):
    """A part of the content; unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    noun: ClassVar[str] = ""
    """What people call it. Without a noun it counts as part of the block around it; an entry of a
    list takes its noun from the list.
    """
    lists: ClassVar[Mapping[str, str]] = {}
    """Its lists of entries that may have dates, each with the noun of an entry."""
    needs_entries: ClassVar[bool] = False
    """Whether it is hidden when none of its entries is shown; other blocks have something else to
    say.
    """
    is_unique: ClassVar[bool] = False
    """Whether there is only one, so that it needs no name."""


class Dated(Block):
    """What may appear and disappear by itself.

    If `show_until` is a day, it is shown through that day; if it is a time, until that moment.
    """

    show_from: Moment | None = None
    """When it appears: a day, or a day and a time, like 2024-05-01 18:30. Leave it out to show it
    right away.
    """
    show_until: Moment | None = None
    """When it disappears: at the end of a day, or at a day and a time. Leave it out to keep it."""

    @property
    def comes(self) -> datetime | None:
        """The local time from which it is shown; None if it always has been."""
        return None if self.show_from is None else beginning(self.show_from)

    @property
    def goes(self) -> datetime | None:
        """The local time from which it is no longer shown; None for never."""
        return None if self.show_until is None else ending(self.show_until)

    @property
    def always(self) -> Mapping[str, object]:
        """The values that would make it always shown."""
        return {"show_from": None, "show_until": None}

    @property
    def takes_place(self) -> tuple[datetime, datetime] | None:
        """The local times at which what it announces begins and ends; None if there are none."""
        return None

    @model_validator(mode="after")
    def _goes_after_it_comes(self) -> Self:
        if self.show_from is None or self.show_until is None:
            return self
        if ending(self.show_until) <= beginning(self.show_from):
            raise FieldRefusal(
                "wrong-order",
                f"has show_until: {written(self.show_until)}, not after show_from:"
                f" {written(self.show_from)}; swap them, or correct one of them",
            )
        return self


def written(moment: date) -> str:
    """A day, or a day and a time, as written in the file."""
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment}"


class Picture(Block):
    """A picture in the assets folder and the point of it that must stay in view."""

    file: PictureFile
    """The picture's name in the folder assets beside the content file, like photos/team.jpg."""
    focus_x: Fraction = Decimal("0.5")
    """The point that must stay in view, from 0 (left edge) to 1 (right edge)."""
    focus_y: Fraction = Decimal("0.5")
    """The point that must stay in view, from 0 (top) to 1 (bottom)."""


class Filmed(Dated):
    """What a picture shows, and may show in motion."""

    picture: Picture | None = None
    """The picture. It is what visitors see until the video plays, and wherever it does not."""
    video: VideoFile | None = None
    """A video in the folder assets, like videos/drive.mp4: it plays without sound over the picture,
    which it needs, on kiosks with a graphics processor.
    """

    @model_validator(mode="after")
    def _has_a_still(self) -> Self:
        if self.video is not None and self.picture is None:
            raise FieldRefusal(
                "missing-still",
                "has a video but no picture; add a 'picture:', which is shown where the video does"
                " not play",
            )
        return self


class Position(Block):
    """Degrees, WGS 84."""

    latitude: Annotated[Amount, Field(ge=-90, le=90)]
    """The first number that a web map shows for the spot, like 39.7990; negative south of the
    equator.
    """
    longitude: Annotated[Amount, Field(ge=-180, le=180)]
    """The second number that a web map shows, like -89.6440; negative in America."""


class Link(Block):
    """A web page that a visitor takes home."""

    name: Headline
    """What the link leads to, like Book a test drive; it stands beside the code."""
    address: Address
    """The address as the browser shows it, starting with https://; a phone scans it as a code."""
    line: Line | None = None
    """A sentence beside the code: what the page offers, and what to choose on it."""


class Fact(Block):
    """A figure and what it counts: `2nd`, `Touring Car (TC) class`."""

    noun: ClassVar[str] = "figure"

    figure: Figure
    """A number or a word in large type, like 2nd or 1964."""
    label: Line
    """What the figure means, in a few words below it."""


class Article(Dated):
    """A story, a programme or a person, with more to read when touched."""

    title: Headline
    """The headline, on the card and above the text."""
    summary: Summary
    """One or two sentences: all that visitors read before they touch the card."""
    body: tuple[Paragraph, ...] = ()
    """The text that opens at a touch, one entry for each paragraph."""
    figure: Figure | None = None
    """A number in large type on the card, like 1964 or 24 h."""
    facts: tuple[Fact, ...] = Field(default=(), max_length=4)
    """Up to four large figures beside the text."""
    picture: Picture | None = None
    """The picture on the card and on its page. Leave it out to use the place's picture."""
    link: Link | None = None
    """A web page that visitors take home as a code for their phone."""


class Place(Dated):
    """What every place has, whatever its kind."""

    counted: ClassVar[tuple[str, ...] | None] = None
    """The lists without whose entries its screen is empty, or has nothing to come; None means all.
    """

    id: Slug
    """A short id for the place, like stay-updated; each place needs its own. Visitors never see it.
    """
    name: Name
    """The place's name in the bar and on its door, in a word or two."""
    icon: Icon
    """The icon above the name: a QtAwesome name such as ph.trophy-bold."""
    bar: Flag = True
    """Whether the place is in the bar at the edge, which holds seven. It has a door on the home
    screen either way.
    """
    door: Line | None = None
    """The short line on the place's door on the home screen. If you leave it out, the kiosk chooses
    one.
    """
    door_figure: Figure | None = None
    """A large number on the door, like 1964. The line "door" follows it and says what it counts."""
    title: Headline
    """The headline at the top of the place."""
    picture: Picture | None = None
    """The picture beside the headline."""
    kind: str
    """Which kind of place it is."""

    def turns_on(self, day: date) -> Iterator[datetime]:
        """The local times of a day at which what it says changes, beside its entries' dates."""
        del day
        return iter(())


class Notice(Block):
    """What a place says when it has nothing to list."""

    title: Headline
    """A short headline."""
    line: Summary
    """A sentence or two below the headline."""
