"""What is shown at a moment, and when that changes: entries come and go by the dealership's clocks.

A day begins and ends at midnight there, also across daylight saving (see `zones.instant`).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from typing import Literal, NamedTuple

from kiosk.blocks.block import Block, Dated, Place
from kiosk.blocks.naming import name_of
from kiosk.blocks.walking import Entries, has_lists, lists_in, map_entries
from kiosk.blocks.zones import beginning, instant, zone_named
from kiosk.content.model import Attract, Content

Span = tuple[datetime, datetime]
"""From its first moment to, and without, its last."""
ALWAYS: Span = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def visible_at(content: Content, at: datetime) -> Content:
    """The content without what is not shown at a moment; what stays is shared, not copied."""
    zone, at = zone_named(content.time_zone), at.astimezone(UTC)

    def is_due(entry: Dated) -> bool:
        begins, ends = _span(entry, zone)
        return begins <= at < ends

    return map_entries(content, partial(_only, is_due))


def timeless(content: Content) -> Content:
    """The content without offers and whatever else has dates: for a clock that may be wrong."""
    return map_entries(content, partial(_only, _is_timeless))


def _is_timeless(entry: Dated) -> bool:
    return entry.comes is None and entry.goes is None


def _only(keep: Callable[[Dated], bool], entries: Entries) -> Entries:
    """The entries to keep, but for those of which nothing is left to show.

    Not a function inside another, which by calling itself would be garbage after each reload.
    """
    remaining = (map_entries(entry, partial(_only, keep)) for entry in entries if keep(entry))
    return tuple(entry for entry in remaining if not (entry.needs_entries and _is_bare(entry)))


def _is_bare(entry: Dated) -> bool:
    return not any(getattr(entry, name) for name in entry.lists)


def _span(entry: Dated, zone: tzinfo | None) -> Span:
    comes, goes = entry.comes, entry.goes
    return (
        ALWAYS[0] if comes is None else instant(comes, zone),
        ALWAYS[1] if goes is None else instant(goes, zone),
    )


def unchanged(content: Content, at: datetime) -> Span:
    """The time around a moment in which nothing comes or goes, opens or closes, within the day."""
    zone, at = zone_named(content.time_zone), at.astimezone(UTC)
    day = at.astimezone(zone).date()
    # Four, since a clock that is set back at midnight shows the day before once more.
    days = [day + timedelta(days=n) for n in range(-1, 3)]
    midnights = (instant(beginning(day), zone) for day in days)
    moments = [*_moments(content), *_turns(content, days, zone), *midnights]
    return max(m for m in moments if m <= at), min(m for m in moments if m > at)


class _Entry(NamedTuple):
    """An entry of a list with the time it is shown, and the time of what it is inside of."""

    block: Dated
    field: str
    noun: str
    span: Span
    around: Span
    place: Place | None


def _entries(content: Content) -> Iterator[_Entry]:
    """Every entry that is shown at some time."""
    yield from _inside(content, zone_named(content.time_zone), ALWAYS, None)


def _inside(
    block: Block, zone: tzinfo | None, around: Span, place: Place | None
) -> Iterator[_Entry]:
    for field, noun, entries in lists_in(block):
        for entry in entries:
            begins, ends = _span(entry, zone)
            span = max(begins, around[0]), min(ends, around[1])
            if span[0] < span[1]:
                home = entry if isinstance(entry, Place) else place
                yield _Entry(entry, field, noun, span, around, home)
                if has_lists(type(entry)):
                    yield from _inside(entry, zone, span, home)


def _moments(content: Content) -> Iterator[datetime]:
    zone = zone_named(content.time_zone)
    for entry in _entries(content):
        span = entry.span
        if (held := _held(entry.block, zone)) is not None:
            yield from (moment for moment in held if span[0] < moment < span[1])
        if span != ALWAYS and not entry.block.needs_entries:
            yield from (moment for moment in span if moment not in ALWAYS)


def _turns(content: Content, days: Sequence[date], zone: tzinfo | None) -> Iterator[datetime]:
    for place in content.places:
        yield from (instant(turn, zone) for day in days for turn in place.turns_on(day))


def _held(entry: Dated, zone: tzinfo | None) -> Span | None:
    """From when to when an event takes place; None for what is none."""
    if entry.takes_place is None:
        return None
    first, over = entry.takes_place
    return instant(first, zone), instant(over, zone)


@dataclass(frozen=True, slots=True)
class Change:
    """Something comes or goes.

    `place` is the name of the screen it is on, empty for a place itself; `then_empty` says that
    nothing is left on that screen, or nothing to come of a season. `moment` is in the dealership's
    zone.
    """

    moment: datetime
    kind: Literal["comes", "goes"]
    what: str
    place: str
    then_empty: bool = False


def changes_ahead(content: Content, at: datetime, days: int) -> list[Change]:
    """What comes and goes within so many days, in order; what takes place goes once it is over."""
    zone = zone_named(content.time_zone)
    entries = list(_entries(content))
    ahead = [
        (screen, change)
        for screen, change in _changes(entries, zone)
        if at < change.moment <= _later(at, days)
    ]
    ahead.sort(key=lambda pair: (pair[1].moment, pair[1].kind))
    crowds = _crowds(entries, zone)
    last_to_go = {
        (screen, change.moment): change for screen, change in ahead if change.kind == "goes"
    }

    def empties(screen: str, change: Change) -> bool:
        crowd = crowds.get(screen)
        is_last = last_to_go.get((screen, change.moment)) is change
        return is_last and crowd is not None and crowd.is_gone(change.moment)

    return [
        replace(
            change,
            moment=change.moment.astimezone(zone),
            then_empty=empties(screen, change),
        )
        for screen, change in ahead
    ]


def _changes(entries: Iterable[_Entry], zone: tzinfo | None) -> Iterator[tuple[str, Change]]:
    """Every change, in UTC, with the id of the screen that it is on."""
    for entry in entries:
        block, span, around, place = entry.block, entry.span, entry.around, entry.place
        what = f"{entry.noun} '{name_of(block)}'"
        screen, name = ("", "") if block is place else _screen(place)
        # What comes or goes together with all that is around it is not told by itself.
        if span[0] > around[0]:
            yield screen, Change(span[0], "comes", what, name)
        held = _held(block, zone)
        if held is not None and span[0] < held[1] < span[1]:
            yield screen, Change(held[1], "goes", f"{what}, which is over", name)
        if span[1] < around[1]:
            yield screen, Change(span[1], "goes", what, name)


class _Crowd:
    """How many are there at a moment."""

    def __init__(self, open_span: Span) -> None:
        self._open_span = open_span
        self._begins: list[datetime] = []
        self._ends: list[datetime] = []

    def join(self, span: Span) -> None:
        insort(self._begins, span[0])
        insort(self._ends, span[1])

    def is_gone(self, at: datetime) -> bool:
        """Whether nobody is left, on a screen that is still there itself."""
        is_there = self._open_span[0] <= at < self._open_span[1]
        return is_there and bisect_right(self._begins, at) == bisect_right(self._ends, at)


def _crowds(entries: Iterable[_Entry], zone: tzinfo | None) -> dict[str, _Crowd]:
    """For each screen that can be empty, what it would miss."""
    crowds = {_screen(None)[0]: _Crowd(ALWAYS)}
    for entry in entries:
        block, span, place = entry.block, entry.span, entry.place
        if block is place:
            if place.counted != ():
                crowds[place.id] = _Crowd(span)
        elif (crowd := crowds.get(_screen(place)[0])) is None or block.lists:
            continue
        elif place is None or place.counted is None or entry.field in place.counted:
            held = _held(block, zone)
            over = span[1] if held is None else max(span[0], min(span[1], held[1]))
            crowd.join((span[0], over))
    return crowds


def _screen(place: Place | None) -> tuple[str, str]:
    """The id and the name of the screen that an entry is on."""
    return (place.id, place.name) if place is not None else ("*", Attract.noun)


def _later(at: datetime, days: int) -> datetime:
    try:
        return at.astimezone(UTC) + timedelta(days=days)
    except OverflowError:
        return ALWAYS[1]
