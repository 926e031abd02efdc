"""Cars in line-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kiosk.blocks.block import Block, Dated, Filmed, Link, Picture, Place
from kiosk.blocks.fields import (
    Amount,
    Color,
    Figure,
    Flag,
    Headline,
    Line,
    Name,
    Paragraph,
    Summary,
    Whole,
)

BodyStyle = Literal[
    "2-door hatch",
    "4-door hatch",
    "hatchback",
    "convertible",
    "crossover",
    "suv",
    "estate",
    "wagon",
    "saloon",
    "sedan",
    "pickup",
    "truck",
    "van",
    "motorcycle",
]
"""As people call them; some are called two ways."""


class Price(Block):
    """A price, never without its terms."""

    noun: ClassVar[str] = "price"

    figure: Figure
    """The price as it is set large, like $39,900."""
    line: Line
    """What the figure is, like MSRP or from, delivery included."""
    terms: Paragraph
    """The small print, one touch behind the figure: what is included and what is not."""
    amount: Annotated[Amount, Field(ge=0, le=10_000_000)] | None = None
    """The price in digits only, like 39900. The payment estimator then starts at it."""
    example: Flag = False
    """true puts a ribbon on the price that says Example."""


class Specification(Block):
    """A measured value: `204`, `hp`, `Power`."""

    noun: ClassVar[str] = "specification"

    figure: Figure
    """The value, like 204 or 6.7."""
    unit: Annotated[Line, Field(max_length=16)] | None = None
    """Its unit, like hp or s."""
    label: Annotated[Line, Field(max_length=60)]
    """What it measures, like Power or 0 to 60 mph."""


class Consumption(Block):
    """What a car consumes and emits, where the law wants it told."""

    noun: ClassVar[str] = "consumption"

    line: Paragraph
    """Consumption and emissions with their units and the test cycle, as the law words them."""
    co2_class: Literal["A", "B", "C", "D", "E", "F", "G"] | None = None
    """The CO2 class, A to G, where there is one; it is drawn as a scale."""


class EquipmentGroup(Block):
    """Equipment under one heading."""

    noun: ClassVar[str] = "equipment group"

    name: Headline
    """The heading, like Safety."""
    items: Annotated[tuple[Line, ...], Field(min_length=1, max_length=24)]
    """What belongs to it, one entry each."""


class Paint(Block):
    """A color that the car comes in."""

    noun: ClassVar[str] = "color"

    name: Name
    """The color's name."""
    color: Color
    """The color as it is shown, in quotes, like "#C8102E"."""
    picture: Picture | None = None
    """The car in this color. Without one, the drawing is painted in it."""


class Model(Filmed):
    """A car of a line-up."""

    name: Headline
    """The model's name."""
    note: Line | None = None
    """A line below the name."""
    body_style: BodyStyle | None = None
    """What kind of car it is, like crossover. While it has no picture, a car of this kind is drawn.
    """
    length: Annotated[Whole, Field(ge=1500, le=12_000)] | None = None
    """How long the car is in millimeters, like 4444. Drawings stand beside each other in this
    proportion.
    """
    electric: Flag = False
    """true marks the car as electric."""
    picture: Picture | None = None
    """A picture of the car. One with a transparent background stands on the floor of the showroom.
    """
    pictures: Annotated[tuple[Picture, ...], Field(max_length=8)] = ()
    """More pictures to leaf through on the car's page, at most eight."""
    price: Price | None = None
    """The price and its terms."""
    specifications: Annotated[tuple[Specification, ...], Field(max_length=8)] = ()
    """Up to eight measured values, the most telling first."""
    consumption: Consumption | None = None
    """What it consumes and emits; in the EU and the UK it must stand beside a new car."""
    equipment: Annotated[tuple[EquipmentGroup, ...], Field(max_length=8)] = ()
    """The equipment, in groups."""
    colors: Annotated[tuple[Paint, ...], Field(max_length=12)] = ()
    """The colors it comes in; the first is the one that is shown at first."""
    body: tuple[Paragraph, ...] = ()
    """Text on the car's page, one entry for each paragraph."""
    link: Link | None = None
    """A web page that visitors take home as a code for their phone."""


class LineUp(Dated):
    """The models of one year or group."""

    lists: ClassVar[Mapping[str, str]] = {"models": "car"}
    needs_entries: ClassVar[bool] = True

    name: Name
    """The text on the tab, like 2025."""
    line: Line | None = None
    """A line above the models."""
    models: Annotated[tuple[Model, ...], Field(min_length=1)]
    """The models, in the order shown."""


class Models(Place):
    """The line-ups, one tab each."""

    lists: ClassVar[Mapping[str, str]] = {"line_ups": "line-up"}
    needs_entries: ClassVar[bool] = True

    kind: Literal["models"]
    """The cars, in groups with a tab each."""
    lead: Summary | None = None
    """A sentence or two below the headline."""
    line_ups: Annotated[tuple[LineUp, ...], Field(min_length=1, max_length=5)]
    """The groups, at most five."""
