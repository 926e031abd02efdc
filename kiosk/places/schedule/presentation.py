"""A season on screen: what comes next, what is over, where it is on the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.blocks.block import Position
from kiosk.places.calendar_entry import CalendarEntry
from kiosk.places.kind import DoorArt, Kind, Section, section_of
from kiosk.places.presenting import (
    SOON,
    Context,
    picture_row,
    town,
    with_link,
    with_picture,
)
from kiosk.places.rows import Detail, FactRow, PosterRow, StepRow
from kiosk.places.schedule.model import CountryMap, Race, Schedule
from kiosk.places.schedule.rows import DotRow, RaceRow
from kiosk.places.schedule.season import Season, State, season_on
from kiosk.places.schedule.words import ScheduleWords


def door(place: Schedule, context: Context) -> DoorArt:
    """The days of the next race and its town; once the season is over, that it is."""
    race = season_on(place.races, context.today).coming
    if race is None:
        return DoorArt("", place.season_over.title)
    month = context.local.month_figure(race.starts, race.ends)
    when = context.local.days(race.starts, race.ends, with_year=False)
    days = context.local.day_figure(race.starts, race.ends)
    return DoorArt(days, f"{month}, {race.city}", f"{when}, {race.city}")


def sections(place: Schedule) -> Sequence[Section]:
    """The races."""
    return [section_of(place, "races", pictured="last")]


def posters(place: Schedule, context: Context) -> Sequence[PosterRow]:
    """The next race."""
    season = season_on(place.races, context.today)
    if (race := season.coming) is None:
        return ()
    words = context.words_of(ScheduleWords)
    row = PosterRow(
        headline=context.local.month_figure(race.starts, race.ends),
        line=f"{race.venue}\n{town(race.city, race.region)}",
        overline=words.racing_now if race.starts <= context.today else words.next_race,
        figure=context.local.day_figure(race.starts, race.ends),
        dated=True,
    )
    return (with_picture(row, place.picture, context),)


def invitation(place: Schedule, context: Context) -> StepRow | None:
    """The next race; nothing once the season is over."""
    season = season_on(place.races, context.today)
    if (race := season.coming) is None or not context.is_clock_trusted:
        return None
    words = context.words_of(ScheduleWords)
    row = StepRow(
        place_id=place.id,
        title=race.venue,
        overline=words.racing_now if race.starts <= context.today else words.next_race,
        figure=context.local.days(race.starts, race.ends, with_year=False),
        section="races",
        entry=season.coming_at,
        is_soon=season.days_to_go <= SOON,
    )
    return with_picture(row, place.picture, context)


def race_row(race: Race, state: State, context: Context) -> RaceRow:
    """A race in the season's list."""
    words = context.words_of(ScheduleWords)
    when = context.local.days(race.starts, race.ends, with_year=False)
    where = town(race.city, race.region)
    states = {"done": words.race_done, "now": words.racing_now, "next": words.next_race}
    parts = (when, race.venue, where, states.get(state, "").lower())
    return RaceRow(
        days=context.local.day_figure(race.starts, race.ends),
        month=context.local.month_figure(race.starts, race.ends),
        when=when,
        venue=race.venue,
        where=where,
        standing=state,
        spoken=", ".join(part for part in parts if part),
    )


@dataclass(frozen=True, slots=True)
class SeasonRows:
    """A season on a day with its dots on the map: what a schedule shows, made once a day."""

    season: Season
    dots: tuple[DotRow, ...]


def season_rows(place: Schedule, today: date) -> SeasonRows:
    """The season of a place on a day."""
    season = season_on(place.races, today)
    return SeasonRows(season, dot_rows(season, place.map))


def on_map(map_: CountryMap, position: Position) -> tuple[float, float] | None:
    """Where a position falls on the map, as fractions of its width and height; None if outside."""
    west, north = float(map_.west), float(map_.north)
    x = (float(position.longitude) - west) / (float(map_.east) - west)
    y = (north - float(position.latitude)) / (north - float(map_.south))
    return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None


def dot_rows(season: Season, map_: CountryMap | None) -> tuple[DotRow, ...]:
    """A dot for each venue on the map; of several races there, the first to come counts."""
    dots: dict[tuple[float, float], State] = {}
    for race, state in season.races:
        spot = on_map(map_, race.position) if map_ and race.position else None
        if spot and dots.get(spot, "done") == "done":
            dots[spot] = state
    return tuple(DotRow(state, x, y) for (x, y), state in dots.items())


def race_detail(race: Race, state: State, context: Context, place: Schedule) -> Detail:
    """A race to take home as a calendar entry."""
    words = context.words_of(ScheduleWords)
    done = state == "done"
    overline = {"done": words.race_done, "now": words.racing_now, "next": words.next_race}
    detail = Detail(
        title=race.venue,
        figure_style="date",
        overline=overline.get(state, place.season),
        figure=context.local.day_figure(race.starts, race.ends),
        figure_spoken=context.local.days(race.starts, race.ends, with_year=False),
        unit=context.local.month_figure(race.starts, race.ends),
        lead=town(race.city, race.region),
        facts=(FactRow(context.words.dates, context.local.days(race.starts, race.ends)),),
        code="" if done else calendar_code(race, place.series or place.title, context.today),
        code_caption=words.race_calendar,
        code_name=race.venue,
        picture=picture_row(place.picture, context),
    )
    return with_link(detail, race.link, context) if done else detail


def calendar_code(race: Race, series: str, created_on: date) -> str:
    """A race weekend for a phone's calendar, known again by its venue and first day."""
    return CalendarEntry(
        title=f"{series}: {race.venue}",
        where=f"{race.venue}, {race.city}, {race.region}",
        starts=race.starts,
        ends=race.ends,
        known_by=f"{race.venue}|{race.starts}",
    ).text(created_on)


SCHEDULE = Kind(
    "schedule",
    Schedule,
    sections,
    door,
    posters,
    posters_asked_by="show_next_race",
    words=ScheduleWords,
    invitation=invitation,
)
