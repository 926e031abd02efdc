"""Events on screen, the next one first."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.blocks.zones import beginning
from kiosk.places.calendar_entry import CalendarEntry
from kiosk.places.events.model import Event, Events
from kiosk.places.events.rows import EventRow
from kiosk.places.events.words import EventsWords
from kiosk.places.kind import DoorArt, Kind
from kiosk.places.presenting import SOON, Context, picture_row, with_picture
from kiosk.places.rows import Detail, FactRow, StepRow


def door(place: Events, context: Context) -> DoorArt:
    """The days of the next event and what it is called."""
    if not place.events:
        return DoorArt("", place.nothing_now.title)
    event = soonest_first(place)[0]
    days, month = _figure(event, context)
    return DoorArt(days, f"{month}, {event.title}", f"{_days(event, context)}, {event.title}")


def invitation(place: Events, context: Context) -> StepRow | None:
    """The next event."""
    if not place.events or not context.is_clock_trusted:
        return None
    event = soonest_first(place)[0]
    days_to_go = (beginning(event.starts).date() - context.today).days
    row = StepRow(
        place_id=place.id,
        title=event.title,
        overline=place.name,
        figure=_days(event, context),
        section="events",
        is_soon=days_to_go <= SOON,
    )
    return with_picture(row, event.picture or place.picture, context)


def soonest_first(place: Events) -> tuple[Event, ...]:
    """The events by when they begin."""
    return tuple(sorted(place.events, key=lambda event: beginning(event.starts)))


def event_row(event: Event, context: Context, place: Events) -> EventRow:
    """An event as a card."""
    days, month = _figure(event, context)
    picture = picture_row(event.picture or place.picture, context)
    return EventRow(
        days=days,
        month=month,
        time=_time(event, context),
        spoken=when(event, context),
        title=event.title,
        where=event.place or "",
        summary=event.summary or "",
        source=picture.source,
        focus_x=picture.focus_x,
        focus_y=picture.focus_y,
    )


def event_detail(event: Event, context: Context, place: Events) -> Detail:
    """An event to read about and to take home as a calendar entry."""
    days, month = _figure(event, context)
    return Detail(
        title=event.title,
        figure_style="date",
        overline=place.name,
        figure=days,
        figure_spoken=_days(event, context),
        unit=month,
        lead=event.place or "",
        facts=(FactRow(context.words.dates, when(event, context)),),
        paragraphs=event.body or ((event.summary,) if event.summary else ()),
        code=calendar_code(event, context.today),
        code_caption=context.words_of(EventsWords).event_calendar,
        code_name=event.title,
        picture=picture_row(event.picture or place.picture, context),
    )


def calendar_code(event: Event, created_on: date) -> str:
    """An event for a phone's calendar, known again by its title and first day."""
    is_timed = isinstance(event.starts, datetime)
    return CalendarEntry(
        title=event.title,
        where=event.place or "",
        starts=event.starts,
        ends=event.ends or (None if is_timed else event.starts),
        known_by=f"{event.title}|{beginning(event.starts):%Y-%m-%d}",
        address=event.link.address if event.link else "",
    ).text(created_on)


def when(event: Event, context: Context) -> str:
    """`May 4, 2024, 10:00 AM – 4:00 PM`."""
    time = _time(event, context)
    days = context.local.days(*_first_and_last(event))
    return f"{days}, {time}" if time else days


def _days(event: Event, context: Context) -> str:
    return context.local.days(*_first_and_last(event), with_year=False)


def _figure(event: Event, context: Context) -> tuple[str, str]:
    days = _first_and_last(event)
    return context.local.day_figure(*days), context.local.month_figure(*days)


def _first_and_last(event: Event) -> tuple[date, date]:
    first = beginning(event.starts).date()
    return first, first if event.ends is None else beginning(event.ends).date()


def _time(event: Event, context: Context) -> str:
    """`10:00 AM – 4:00 PM`; empty for whole days."""
    times = [moment for moment in (event.starts, event.ends) if isinstance(moment, datetime)]
    return " – ".join(context.local.time(moment) for moment in times)


EVENTS = Kind("events", Events, door=door, words=EventsWords, invitation=invitation)
