"""Drivers, results and the people behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kiosk.blocks.block import Article, Dated, Fact, Picture, Place
from kiosk.blocks.fields import Figure, Headline, Line, Name, Paragraph


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


class Team(Place):
    """Drivers with their start numbers, the season's results and the people behind them."""

    lists: ClassVar[Mapping[str, str]] = {"drivers": "driver", "people": "person"}
    needs_entries: ClassVar[bool] = True

    kind: Literal["team"]
    """Drivers with their start numbers and results, and the people behind them."""
    season: Headline
    """The season the results are from, like 2023 season."""
    results: tuple[Fact, ...] = Field(default=(), max_length=4)
    """The team's own results: up to four large figures."""
    drivers: Annotated[tuple[Driver, ...], Field(min_length=1)]
    """The drivers, in the order shown."""
    people: tuple[Article, ...] = ()
    """Others in the team, one card each."""
