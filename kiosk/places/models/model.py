"""Cars in line-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kiosk.blocks.block import Dated, Link, Picture, Place
from kiosk.blocks.fields import Headline, Line, Name, Paragraph, Summary


class Model(Dated):
    """A car of a line-up."""

    name: Headline
    """The model's name."""
    note: Line | None = None
    """A line below the name."""
    body: tuple[Paragraph, ...] = ()
    """The text that opens at a touch, one entry for each paragraph."""
    picture: Picture | None = None
    """A picture of the car."""
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
