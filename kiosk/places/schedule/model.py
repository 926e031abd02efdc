"""A season of race weekends, and the map they are on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from kiosk.blocks.block import Block, Dated, Link, Notice, Place, Position
from kiosk.blocks.fields import Amount, Day, Headline, Line, Name, PictureFile
from kiosk.blocks.refusal import FieldRefusal
from kiosk.blocks.zones import beginning, ending


class Race(Dated):
    """A race weekend, from first to last day; visitors can take `link` home once it is over."""

    starts: Day
    """The first day, like 2024-04-05."""
    ends: Day
    """The last day; the same as the first for a single day."""
    venue: Headline
    """Where it takes place, like the name of the track."""
    city: Name
    """The town."""
    region: Name
    """The state or country, like CA."""
    position: Position | None = None
    """Where the dot goes on the map. Leave it out to have no dot."""
    link: Link | None = None
    """A page about it, offered to visitors once it is over."""

    @property
    def takes_place(self) -> tuple[datetime, datetime]:
        return beginning(self.starts), ending(self.ends)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.ends < self.starts:
            raise FieldRefusal(
                "wrong-order",
                f"ends on {self.ends}, before it starts on {self.starts}; swap the days",
            )
        return self


class CountryMap(Block):
    """An equirectangular outline, with its borders in longitude and latitude."""

    file: PictureFile
    """The map drawing, in the folder assets."""
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
            raise FieldRefusal("wrong-order", "must have west below east and south below north")
        return self


class Schedule(Place):
    """The season: the next race, the list and the map."""

    lists: ClassVar[Mapping[str, str]] = {"races": "race"}

    kind: Literal["schedule"]
    """Dates with a countdown, a list and a map."""
    season: Name
    """What the dates belong to, like 2024 season."""
    series: Line | None = None
    """What precedes a date in a visitor's calendar, like the name of the series."""
    races: tuple[Race, ...] = ()
    """The dates. The kiosk marks those that are over."""
    map: CountryMap | None = None
    """A map with a dot for each date that has a position."""
    season_over: Notice
    """What is shown once all the dates are over."""
