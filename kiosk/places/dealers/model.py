"""This dealership and the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from kiosk.blocks.block import Block, Dated, Place, Position
from kiosk.blocks.codes import MapService
from kiosk.blocks.fields import Flag, Headline, Line, Name, Phone


class Hours(Block):
    """Opening hours of one day or a run of days."""

    noun: ClassVar[str] = "opening hours"

    days: Name
    """A day or a run of days, like Monday to Friday."""
    open: Name
    """When it is open, like 9 am to 6 pm, or Closed."""


class Dealer(Block):
    """A dealership."""

    noun: ClassVar[str] = "dealer"

    name: Headline
    """The dealership's name."""
    street: Line
    """Street and number."""
    city: Line
    """Town and postal code, like Springfield, IL 62701."""
    phone: Phone | None = None
    """The phone number, like +1 217 555 0137."""
    hours: tuple[Hours, ...] = Field(default=(), max_length=7)
    """Opening hours, one line for each day or run of days; at most seven."""
    position: Position
    """Where it is. Distances and the directions code are based on it."""
    example: Flag = False
    """true marks the dealership with an Example ribbon. Remove the line when you replace the
    example.
    """


class OtherDealer(Dealer, Dated):
    """A dealership among the others."""


class Dealers(Place):
    """This dealership, then the others, nearest first."""

    lists: ClassVar[Mapping[str, str]] = {"others": "dealer"}
    counted: ClassVar[tuple[str, ...]] = ()

    kind: Literal["dealers"]
    """This dealership and others nearby, with hours and directions."""
    distance_unit: Literal["mi", "km"] | None = None
    """Distances in miles (mi) or kilometers (km). Leave it out to use what is usual in your
    country.
    """
    directions: MapService = "google"
    """Which map gives directions: google, apple or openstreetmap; or phone for the phone's own map,
    which does not work on iPhones.
    """
    here: Dealer
    """The dealership where the kiosk is."""
    others: tuple[OtherDealer, ...] = ()
    """Other dealerships; the kiosk puts the nearest first."""
