"""Dealerships on screen, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.blocks.codes import code_of, directions
from kiosk.blocks.opening_times import DAY, Spans
from kiosk.places.dealers.distance import distance_km
from kiosk.places.dealers.model import Dealer, Dealers, OpeningException
from kiosk.places.dealers.opening import exceptions_ahead, opening_state, same_days
from kiosk.places.dealers.rows import DealerRow, RingRow, SpotRow
from kiosk.places.dealers.sketch import MOST_DRAWN, Sketch, sketch_of
from kiosk.places.dealers.words import DealersWords
from kiosk.places.kind import DoorArt, Kind
from kiosk.places.presenting import Context, picture_row
from kiosk.places.rows import Detail, FactRow

IN_ONE_LINE = str.maketrans({" ": "\u00a0", "–": "–\u2060"})
"""A line may end after a dash, unless a word joiner follows."""
AHEAD = 7
"""Days in which other hours than usual are announced."""
WEEKDAYS_KNOWN = 7
"""From so many days on, a weekday alone would be that of this week."""


def door(place: Dealers, context: Context) -> DoorArt:
    """Whether the dealership in which the kiosk stands is open, or its name."""
    return DoorArt("", opening_line(place.here, context) or place.here.name)


def opening_line(dealer: Dealer, context: Context) -> str:
    """Whether it is open, in a few words; empty where that is not known."""
    now, then = opening_now(dealer, context)
    return then if then and now == context.words_of(DealersWords).closed_now else now


def opening_now(dealer: Dealer, context: Context) -> tuple[str, str]:
    """Whether it is open, and where it is closed when it opens; empty where that is not known."""
    state = opening_state(dealer, context.now) if context.is_clock_trusted else None
    if state is None:
        return "", ""
    words = context.words_of(DealersWords)
    if state.is_open:
        return _open_until(state.changes, context, words), ""
    if state.changes is None:
        return words.closed_today, ""
    if state.changes.date() == context.today:
        return words.opens_at.format(time=context.local.hour(_minutes(state.changes))), ""
    opens = _opens(state.changes, context, words)
    return words.closed_now if state.opens_today else words.closed_today, opens


def _open_until(closes: datetime | None, context: Context, words: DealersWords) -> str:
    local = context.local
    days = 0 if closes is None else (closes.date() - context.today).days
    if closes is None or days >= WEEKDAYS_KNOWN:
        return words.open_always
    if days > 1:
        time = f"{local.weekday_inside(closes.weekday())}, {local.hour(_minutes(closes))}"
        return words.open_until.format(time=time)
    return words.open_until.format(time=local.hour(_minutes(closes)))


def _opens(opens: datetime, context: Context, words: DealersWords) -> str:
    local, days = context.local, (opens.date() - context.today).days
    time = local.hour(_minutes(opens))
    if days == 1:
        return words.opens_tomorrow.format(time=time)
    is_near = days < WEEKDAYS_KNOWN
    day = opens.date()
    name = local.weekday_inside(day.weekday()) if is_near else local.days(day, day, with_year=False)
    return words.opens_on.format(day=name, time=time)


def bare_address(address: str) -> str:
    """A web address as people say it: `www.example.com`."""
    return address.partition("://")[2].removesuffix("/")


def way_to(dealer: Dealer, place: Dealers) -> str:
    """The way to a dealership, for a code."""
    spot = dealer.position
    return directions(spot.latitude, spot.longitude, place.directions)


def _minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def hours_rows(dealer: Dealer, context: Context) -> Sequence[FactRow]:
    """The opening hours: days that differ soon, then the usual week."""
    if dealer.opening_hours is None:
        return [FactRow(hours.days, hours.open) for hours in dealer.hours]
    local, words = context.local, context.words_of(DealersWords)
    ahead = exceptions_ahead(dealer, context.today, AHEAD) if context.is_clock_trusted else ()
    rows = [FactRow(_days_of(entry, context), times_text(entry.times, context)) for entry in ahead]
    for run in same_days(dealer, local.week_begins):
        names = [local.weekday_name(run[0]), *(local.weekday_inside(day) for day in run[1:])]
        days = local.listed(names)
        if len(run) > 2:
            days = words.run_of_days.format(first=names[0], last=names[-1])
        rows.append(FactRow(days, times_text(dealer.week[run[0]], context)))
    return rows


def _days_of(entry: OpeningException, context: Context) -> str:
    local, first, last = context.local, entry.first, entry.last
    if first != last:
        days = local.days(first, last, with_year=False)
    else:
        days = local.short_day(first) if entry.name else local.short_weekday(first)
    return f"{days} \u00b7 {entry.name}" if entry.name else days


def times_text(spans: Spans, context: Context) -> str:
    """`9 AM – 6 PM`, or that it is closed."""
    hours = (context.local.hours(opens, closes) for opens, closes in spans)
    texts = [text.translate(IN_ONE_LINE) for text in hours]
    if spans == ((0, DAY),):
        return context.words_of(DealersWords).open_always
    return ", ".join(texts) or context.words_of(DealersWords).closed


def nearest_first(place: Dealers) -> tuple[Dealer, ...]:
    """The other locations by distance from this one."""
    here = place.here.position
    return tuple(sorted(place.others, key=lambda dealer: distance_km(here, dealer.position)))


def dealer_row(dealer: Dealer, number: int, context: Context, place: Dealers) -> DealerRow:
    """A dealership in the list, with the way to it as the crow flies."""
    return DealerRow(
        number=str(number) if number <= MOST_DRAWN else "",
        name=dealer.name,
        city=dealer.city,
        distance=distance_text(dealer, context, place),
        opening=opening_line(dealer, context),
        example=dealer.example,
    )


def distance_text(dealer: Dealer, context: Context, place: Dealers) -> str:
    """How far away it is, as the crow flies."""
    away = distance_km(place.here.position, dealer.position)
    return context.local.distance(away, place.distance_unit)


def sketch_rows(
    place: Dealers, context: Context
) -> tuple[Sketch, Sequence[SpotRow], Sequence[RingRow]]:
    """Where the other locations lie, numbered as in the list."""
    local, unit = context.local, place.distance_unit
    unit_km = local.length_km(unit)
    others = [dealer.position for dealer in nearest_first(place)]
    sketch = sketch_of(place.here.position, others, unit_km)
    spots = [
        SpotRow(str(number), spot.east, spot.north) for number, spot in enumerate(sketch.spots, 1)
    ]
    rings = [
        RingRow(
            local.distance(ring.distance * unit_km, unit) if ring.label else "",
            ring.distance * unit_km,
            *(ring.label or (0.0, 0.0)),
        )
        for ring in sketch.rings
    ]
    return sketch, spots, rings


def dealer_detail(dealer: Dealer, context: Context, place: Dealers) -> Detail:
    """A dealership with hours, phone and the way there as a code."""
    words = context.words_of(DealersWords)
    facts = [FactRow(words.address, f"{dealer.street}\n{dealer.city}")]
    if dealer.phone:
        facts.append(FactRow(words.phone, dealer.phone))
    if dealer.email:
        facts.append(FactRow(words.email_address, dealer.email))
    if dealer.website:
        facts.append(FactRow(words.website, bare_address(dealer.website)))
    now, then = opening_now(dealer, context)
    if now:
        facts.append(FactRow(words.opening_hours, then or now))
    facts += hours_rows(dealer, context)
    here = dealer == place.here
    second = f"tel:{dealer.phone}" if dealer.phone else dealer.website
    return Detail(
        title=dealer.name,
        overline=words.this_dealership if here else words.other_locations,
        figure="" if here else distance_text(dealer, context, place),
        facts=tuple(facts),
        example=dealer.example,
        code=way_to(dealer, place),
        code_caption=words.scan_route,
        code_name=dealer.name,
        second_code=code_of(second) if second else "",
        second_code_caption=words.scan_call if dealer.phone else words.scan_website,
        picture=picture_row(place.picture, context),
    )


DEALERS = Kind("dealers", Dealers, door=door, words=DealersWords)
