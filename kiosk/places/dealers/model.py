"""This dealership and the others."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from kiosk.blocks.block import Block, Dated, Place, Position
from kiosk.blocks.codes import MapService
from kiosk.blocks.fields import Day, Email, Flag, Headline, Line, Name, Phone, Website
from kiosk.blocks.opening_times import OpeningTimes, Spans, moment_of
from kiosk.blocks.refusal import FieldRefusal

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Hours(Block):
    """Opening hours of one day or a run of days."""

    noun: ClassVar[str] = "opening hours"

    days: Name
    """A day or a run of days, like Monday to Friday."""
    open: Name
    """When it is open, like 9 am to 6 pm, or Closed."""


class OpeningHours(Block):
    """The usual week. A day that is left out is closed."""

    monday: OpeningTimes = ()
    """When it is open on Mondays: 9:00-18:00, "9:00-12:00, 13:00-18:00" or closed."""
    tuesday: OpeningTimes = ()
    """When it is open on Tuesdays."""
    wednesday: OpeningTimes = ()
    """When it is open on Wednesdays."""
    thursday: OpeningTimes = ()
    """When it is open on Thursdays."""
    friday: OpeningTimes = ()
    """When it is open on Fridays."""
    saturday: OpeningTimes = ()
    """When it is open on Saturdays."""
    sunday: OpeningTimes = ()
    """When it is open on Sundays."""


class OpeningException(Block):
    """A day, or a run of days, with other hours than usual."""

    noun: ClassVar[str] = "exception to the opening hours"

    date: Day
    """The day, like 2026-12-24."""
    until: Day | None = None
    """The last day, if it is more than one."""
    open: OpeningTimes | None = None
    """When it is open that day, like 9:00-12:00."""
    closed: Flag = False
    """true if it is closed that day."""
    name: Name | None = None
    """What visitors read beside the day, like Christmas Eve."""

    @property
    def first(self) -> datetime.date:
        return self.date

    @property
    def last(self) -> datetime.date:
        return self.until or self.date

    @property
    def times(self) -> Spans:
        return () if self.closed else self.open or ()

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if self.until is not None and self.until < self.date:
            raise FieldRefusal(
                "wrong-order",
                f"has until: {self.until}, before date: {self.date}; swap them, or correct one",
            )
        if self.closed and self.open:
            raise FieldRefusal("contradiction", "has open: and closed: true; remove one of them")
        if not self.closed and self.open is None:
            raise FieldRefusal(
                "contradiction",
                "does not say when it is open; add open: 9:00-12:00, or closed: true",
            )
        return self


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
    email: Email | None = None
    """The email address, like info@example.com."""
    website: Website | None = None
    """The dealership's own website, starting with https://. Among the others, visitors take it home
    as a code where there is no phone number.
    """
    hours: tuple[Hours, ...] = Field(default=(), max_length=7)
    """Opening hours in your own words, one line for each day or run of days. With opening_hours
    instead, the kiosk also says whether it is open now.
    """
    opening_hours: OpeningHours | None = None
    """When it is open in a usual week, day by day. Leave out the days on which it is closed."""
    exceptions: tuple[OpeningException, ...] = Field(default=(), max_length=60)
    """Days with other hours, such as holidays."""
    position: Position
    """Where it is. Distances and the directions code are based on it."""
    example: Flag = False
    """true marks the dealership with an Example ribbon. Remove the line when you replace the
    example.
    """

    def exception_on(self, day: datetime.date) -> OpeningException | None:
        """What is different on a day; None where nothing is."""
        return next((entry for entry in self.exceptions if entry.first <= day <= entry.last), None)

    def spans_on(self, day: datetime.date) -> Spans:
        """When it is open on a day."""
        exception = self.exception_on(day)
        return self.week[day.weekday()] if exception is None else exception.times

    @property
    def week(self) -> Sequence[Spans]:
        """The usual times from Monday to Sunday; empty where the file has none."""
        hours = self.opening_hours
        return () if hours is None else [getattr(hours, day) for day in WEEK]

    @field_validator("opening_hours")
    @classmethod
    def _has_hours_once(
        cls, hours: OpeningHours | None, info: ValidationInfo
    ) -> OpeningHours | None:
        if hours is not None and info.data.get("hours"):
            raise FieldRefusal("contradiction", "cannot stand beside hours:; remove one of them")
        if hours is not None and not hours.model_fields_set:
            raise FieldRefusal("too-few", "names no day; add a line such as monday: 9:00-18:00")
        return hours

    @field_validator("exceptions")
    @classmethod
    def _differ_once_a_day(
        cls, exceptions: tuple[OpeningException, ...], info: ValidationInfo
    ) -> tuple[OpeningException, ...]:
        if exceptions and "opening_hours" in info.data and info.data["opening_hours"] is None:
            raise FieldRefusal(
                "contradiction",
                "need opening_hours: to differ from; write the usual week there, as in"
                " opening_hours: {monday: 9:00-18:00}",
            )
        ordered = sorted(exceptions, key=lambda entry: entry.first)
        for before, after in pairwise(ordered):
            if after.first <= before.last:
                raise FieldRefusal(
                    "duplicate-id", f"must not overlap; {after.first} is in two of them"
                )
        return exceptions


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

    def turns_on(self, day: datetime.date) -> Iterator[datetime.datetime]:
        for dealer in (self.here, *self.others):
            if dealer.opening_hours is not None:
                for span in dealer.spans_on(day):
                    yield from (moment_of(day, minutes) for minutes in span)
