"""Stories by year on screen: the door shows the oldest."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.places.kind import DoorArt, Kind, Section, section_of
from kiosk.places.presenting import Context, with_picture
from kiosk.places.rows import StepRow
from kiosk.places.timeline.model import Timeline


def door(place: Timeline, _: Context) -> DoorArt:
    """The first year and its story."""
    oldest = place.chapters[0]
    return DoorArt(oldest.figure, oldest.title)


def sections(place: Timeline) -> Sequence[Section]:
    """The chapters."""
    return [section_of(place, "chapters", pictured="each")]


def invitation(place: Timeline, context: Context) -> StepRow:
    """All of its stories."""
    return with_picture(StepRow(place.id, place.title, place.name), place.picture, context)


TIMELINE = Kind("timeline", Timeline, sections, door, invitation=invitation)
