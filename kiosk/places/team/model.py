"""Drivers, results and people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from kiosk.blocks.block import Article, Dated, Fact, Picture, Place
from kiosk.blocks.fields import Figure, Headline, Line, Name, Paragraph, Phone, Summary
from kiosk.blocks.refusal import FieldRefusal


class Driver(Dated):
    """A driver and the season's result."""

    name: Name
    """The driver's name."""
    number: Annotated[Figure, Field(max_length=3)] | None = None
    """The start number, at most three characters. Leave it out if the driver has none."""
    result: Figure | None = None
    """The season's result, in large type, like 2nd."""
    result_label: Line | None = None
    """What the result was for, like the class."""
    body: tuple[Paragraph, ...] = ()
    """The text that opens at a touch, one entry for each paragraph."""
    picture: Picture | None = None
    """A picture of the driver."""


class Person(Article):
    """Somebody to talk to, or others in a team."""

    title: Headline
    """The person's name."""
    role: Annotated[Line, Field(max_length=60)] | None = None
    """What the person does, like Sales or Workshop manager."""
    phone: Phone | None = None
    """The person's phone number, like +1 217 555 0137; visitors take it home as a code."""
    languages: Annotated[tuple[Name, ...], Field(max_length=8)] = ()
    """The languages that the person speaks, like [English, Español], at most eight."""
    summary: Summary = ""
    """One or two sentences about the person."""
    picture: Picture | None = None
    """A photograph. Without one the initials stand in where somebody has a role, a phone or
    languages, else the place's picture.
    """

    @property
    def is_staff(self) -> bool:
        """Whether it is somebody to talk to, and not a story about others."""
        return bool(self.role or self.phone or self.languages)


class Team(Place):
    """A dealership's own people, or drivers with their results and those behind them."""

    lists: ClassVar[Mapping[str, str]] = {"drivers": "driver", "people": "person"}
    needs_entries: ClassVar[bool] = True

    kind: Literal["team"]
    """The people of a dealership, or drivers with their results and the people behind them."""
    lead: Summary | None = None
    """A sentence or two below the headline, where there is no season."""
    season: Headline | None = None
    """The season the results are from, like 2023 season."""
    results: tuple[Fact, ...] = Field(default=(), max_length=4)
    """The team's own results: up to four large figures."""
    drivers: tuple[Driver, ...] = ()
    """The drivers, in the order shown."""
    people: tuple[Person, ...] = ()
    """The people, one card each. With a role, a phone or languages, they are shown by their faces.
    """

    @model_validator(mode="after")
    def _has_somebody(self) -> Self:
        if not self.drivers and not self.people:
            raise FieldRefusal("too-few", "has nobody in it; add people: or drivers:")
        return self
