"""Events to attend: an open house, a first drive, a market."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kiosk.blocks.block import Dated, Link, Notice, Picture, Place, written
from kiosk.blocks.fields import Headline, Line, Moment, Paragraph, Summary
from kiosk.blocks.refusal import FieldRefusal
from kiosk.blocks.zones import beginning, ending

A_LEAP_YEAR_FAR_AHEAD = 2196


class Event(Dated):
    """An event; it disappears once it is over."""

    title: Headline
    """The name of the event, like Open house."""
    starts: Moment
    """The first day, like 2024-05-04, or the day and time it begins, like 2024-05-04 10:00."""
    ends: Moment | None = None
    """The last day, or the day and time it ends. Leave it out if it ends with its first day."""
    place: Line | None = None
    """Where it is, like In the yard. Leave it out if it is here."""
    summary: Summary | None = None
    """A sentence or two on its card."""
    body: tuple[Paragraph, ...] = ()
    """The text that opens at a touch, one entry for each paragraph."""
    picture: Picture | None = None
    """The picture on its card and on its page."""
    link: Link | None = None
    """A web page about it; the entry in the visitor's calendar links there."""

    @property
    def over(self) -> datetime:
        """The local time from which it is over."""
        if self.ends is not None:
            return ending(self.ends)
        return ending(beginning(self.starts).date())

    @property
    def goes(self) -> datetime:
        return self.over if self.show_until is None else min(self.over, ending(self.show_until))

    @property
    def takes_place(self) -> tuple[datetime, datetime]:
        return beginning(self.starts), self.over

    @property
    def always(self) -> Mapping[str, object]:
        far = {
            name: moment.replace(year=A_LEAP_YEAR_FAR_AHEAD)
            for name, moment in (("starts", self.starts), ("ends", self.ends))
            if moment is not None
        }
        return {**super().always, **far}

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        starts, ends = self.starts, self.ends
        if ends is not None and isinstance(starts, datetime) != isinstance(ends, datetime):
            timed, day = ("starts", "ends") if isinstance(starts, datetime) else ("ends", "starts")
            raise FieldRefusal(
                "contradiction",
                f"has a time of day in {timed}: and none in {day}:;"
                " write one in both or in neither",
            )
        if self.over <= beginning(starts):
            raise FieldRefusal(
                "wrong-order",
                f"ends at {written(self.ends or starts)}, before it starts at {written(starts)};"
                " swap them, or correct one of them",
            )
        if self.comes is not None and self.goes <= self.comes:
            raise FieldRefusal(
                "never-shown",
                f"would never be shown: it is over at {written(self.goes)} and comes at"
                f" {written(self.comes)}; make show_from and show_until fit its days",
            )
        return self


class Events(Place):
    """Events, the next one first."""

    lists: ClassVar[Mapping[str, str]] = {"events": "event"}

    kind: Literal["events"]
    """Events to attend, each with a code for the calendar."""
    lead: Summary | None = None
    """A sentence or two below the headline."""
    events: tuple[Event, ...] = ()
    """The events. The kiosk puts the next one first and removes those that are over."""
    nothing_now: Notice
    """What is shown while no event is coming up."""
