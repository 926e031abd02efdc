"""Entries come and go by the dealership's clocks, whatever those clocks do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.blocks.block import Block, Dated, Place
from kiosk.blocks.zones import instant, zone_named
from kiosk.content import dates, model
from kiosk.content.dates import (
    ALWAYS,
    Change,
    changes_ahead,
    timeless,
    unchanged,
    visible_at,
)
from kiosk.places.models.model import Models
from kiosk.places.offers.model import Offer
from kiosk.places.schedule.model import Schedule
from kiosk.places.schedule.season import season_on
from kiosk.places.timeline.model import Timeline

CHICAGO, LONDON = "America/Chicago", "Europe/London"
ZONES = [CHICAGO, LONDON, "UTC", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe"]
TICK = timedelta(microseconds=1)
NOTICE = {"title": "Nothing", "line": "Come again."}
ICON = "ph.car-bold"


def next_change(content: model.Content, at: datetime) -> datetime | None:
    """The next moment at which something comes or goes, or begins or is over."""
    return min((moment for moment in dates._moments(content) if moment > at), default=None)


def _content(*places: dict[str, object], **top: object) -> model.Content:
    data: dict[str, object] = {
        "brand": {"name": "MINI", "line": "Motorsports"},
        "attract": {"posters": [{"headline": "Number 37", "line": "It won."}]},
        "home": {"headline": "Small car", "lead": "For everyone."},
        "time_zone": CHICAGO,
        "places": list(places) or [_place("dealers", here=_dealer("Ours"))],
    }
    return model.Content.model_validate({**data, **top})


def _place(kind: str, **own: object) -> dict[str, object]:
    head = {"id": kind, "kind": kind, "name": kind.capitalize(), "icon": ICON, "title": "Title"}
    return {**head, **own}


def _timeline(*chapters: dict[str, object], **own: object) -> dict[str, object]:
    return _place("timeline", chapters=list(chapters), **own)


def _chapter(title: str, **dates: object) -> dict[str, object]:
    return {"figure": "1964", "title": title, "summary": "A win.", **dates}


def _offers(*offers: dict[str, object], **own: object) -> dict[str, object]:
    return _place("offers", offers=list(offers), nothing_now=NOTICE, programmes_title="More", **own)


def _offer(title: str, until: object, **dates: object) -> dict[str, object]:
    terms = {"figure": "$349", "unit": "a month", "terms": "An example."}
    return {"title": title, "valid_until": until, **terms, **dates}


def _schedule(*races: dict[str, object], **own: object) -> dict[str, object]:
    return _place("schedule", season="2024", races=list(races), season_over=NOTICE, **own)


def _race(venue: str, starts: object, ends: object, **dates: object) -> dict[str, object]:
    where = {"venue": venue, "city": "Alton", "region": "VA"}
    return {"starts": starts, "ends": ends, **where, **dates}


def _dealer(name: str, **dates: object) -> dict[str, object]:
    position = {"latitude": 39, "longitude": -89}
    return {"name": name, "street": "1 Main", "city": "Alton", "position": position, **dates}


def _ids(content: model.Content) -> list[str]:
    return [place.id for place in content.places]


def _at(text: str, zone: str = CHICAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


# One entry


@pytest.mark.parametrize(
    ("zone", "dates", "first", "last"),
    [
        (CHICAGO, ("2024-05-01", "2024-05-03"), "2024-05-01T05:00", "2024-05-04T05:00"),
        (CHICAGO, ("2024-05-01 18:30", "2024-05-01 21:00"), "2024-05-01T23:30", "2024-05-02T02:00"),
        # across midnight
        (CHICAGO, ("2024-05-01 23:00", "2024-05-02 01:00"), "2024-05-02T04:00", "2024-05-02T06:00"),
        # across the year's end
        (LONDON, ("2024-12-31 23:59", "2025-01-01"), "2024-12-31T23:59", "2025-01-02T00:00"),
        # a leap day
        (LONDON, ("2024-02-29", "2024-02-29"), "2024-02-29T00:00", "2024-03-01T00:00"),
        # daylight saving begins: a day of 23 hours
        (CHICAGO, ("2024-03-10", "2024-03-10"), "2024-03-10T06:00", "2024-03-11T05:00"),
        (LONDON, ("2024-03-31", "2024-03-31"), "2024-03-31T00:00", "2024-03-31T23:00"),
        # it ends: a day of 25 hours
        (CHICAGO, ("2024-11-03", "2024-11-03"), "2024-11-03T05:00", "2024-11-04T06:00"),
        (LONDON, ("2024-10-27", "2024-10-27"), "2024-10-26T23:00", "2024-10-28T00:00"),
        # times that are skipped go by the offset before: 02:30 is 03:30, London's 01:30 is 02:30
        (CHICAGO, ("2024-03-10 02:30", "2024-03-10 04:00"), "2024-03-10T08:30", "2024-03-10T09:00"),
        (LONDON, ("2024-03-31 01:30", "2024-03-31 03:00"), "2024-03-31T01:30", "2024-03-31T02:00"),
        # of times that come twice the first is meant
        (CHICAGO, ("2024-11-03 01:30", "2024-11-03 03:00"), "2024-11-03T06:30", "2024-11-03T09:00"),
        (CHICAGO, ("2024-11-03 00:30", "2024-11-03 01:30"), "2024-11-03T05:30", "2024-11-03T06:30"),
        (LONDON, ("2024-10-27 01:30", "2024-10-27 02:00"), "2024-10-27T00:30", "2024-10-27T02:00"),
        # a midnight that does not exist
        ("Asia/Beirut", ("2024-03-31", "2024-03-31"), "2024-03-30T22:00", "2024-03-31T21:00"),
    ],
)
def test_an_entry_is_shown_from_its_first_moment_to_its_last(
    zone: str, dates: tuple[str, str], first: str, last: str
) -> None:
    entry = _chapter("It", show_from=dates[0], show_until=dates[1])
    content = _content(_timeline(entry), time_zone=zone)
    begins, ends = (datetime.fromisoformat(f"{text}+00:00") for text in (first, last))

    seen = [
        _ids(visible_at(content, at)) == ["timeline"]
        for at in (begins - TICK, begins, ends - TICK, ends)
    ]

    assert seen == [False, True, True, False]
    assert next_change(content, begins - TICK) == begins
    assert next_change(content, begins) == ends
    assert next_change(content, ends) is None


def test_a_time_that_is_skipped_may_leave_nothing_of_an_entry() -> None:
    nothing = _chapter("It", show_from="2024-03-10 02:30", show_until="2024-03-10 03:15")
    content = _content(_timeline(nothing, _chapter("Always")))
    at = _at("2024-03-10T00:00")

    assert next_change(content, at) is None
    assert changes_ahead(content, at, 30) == []


def test_without_a_zone_the_machine_s_own_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    import time as clock

    content = _content(_timeline(_chapter("It", show_from="2024-07-01")), time_zone=None)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        clock.tzset()
        change = next_change(content, _at("2024-06-01T00:00"))
    clock.tzset()

    assert change == datetime(2024, 7, 1, 4, tzinfo=UTC)


# What is inside of what


def test_a_place_goes_with_the_last_of_its_entries() -> None:
    content = _content(
        _timeline(_chapter("A", show_until="2024-05-01"), _chapter("B", show_until="2024-05-02")),
        _place("models", line_ups=[{"name": "2025", "models": [{"name": "Car"}]}]),
    )
    counts = []
    for day in (1, 2, 3):
        places = visible_at(content, _at(f"2024-05-0{day}T12:00")).places
        counts.append([len(p.chapters) for p in places if isinstance(p, Timeline)])

    assert counts == [[2], [1], []]


def test_a_tab_goes_with_the_last_of_its_entries_and_the_place_with_its_last_tab() -> None:
    car = {"name": "Car"}
    ups = [
        {"name": "2024", "models": [{**car, "show_until": "2024-05-01"}]},
        {"name": "2025", "models": [car], "show_until": "2024-05-02"},
    ]
    link = {"name": "Site", "address": "https://www.example.com", "show_until": "2024-05-01"}
    content = _content(
        _place("models", line_ups=ups),
        _place("links", groups=[{"name": "Menu", "links": [link]}]),
        _place("dealers", here=_dealer("Ours"), others=[_dealer("B", show_until="2024-05-01")]),
    )

    def left(day: int) -> list[object]:
        return [
            [up.name for up in p.line_ups] if isinstance(p, Models) else p.id
            for p in visible_at(content, _at(f"2024-05-0{day}T12:00")).places
        ]

    assert left(1) == [["2024", "2025"], "links", "dealers"]
    assert left(2) == [["2025"], "dealers"]
    assert left(3) == ["dealers"]


def test_places_with_a_notice_of_their_own_stay() -> None:
    content = _content(
        _schedule(_race("Sonoma", "2024-04-05", "2024-04-07", show_until="2024-04-30")),
        _offers(_offer("Lease", "2024-04-30")),
    )
    assert _ids(visible_at(content, _at("2024-05-01T12:00"))) == ["schedule", "offers"]


def test_all_may_be_away() -> None:
    content = _content(
        _timeline(_chapter("A"), show_from="2024-06-01"),
        attract={"posters": [{"headline": "A", "line": "B", "show_until": "2024-04-30"}]},
    )
    seen = visible_at(content, _at("2024-05-01T12:00"))

    assert seen.places == ()
    assert seen.attract.posters == ()


def test_what_is_due_is_shared_and_not_copied() -> None:
    content = _content(_timeline(_chapter("A")), _offers(_offer("Lease", "2024-05-01")))
    at = _at("2024-05-01T12:00")

    assert visible_at(content, at) is content
    later = visible_at(content, at + timedelta(days=1))
    assert later.places[0] is content.places[0]
    assert later.attract is content.attract


def test_an_offer_keeps_to_all_its_dates() -> None:
    offer = _offer(
        "Lease", "2024-05-31", valid_from="2024-05-01", show_from="2024-05-10 09:00",
        show_until="2024-05-20 18:00",
    )  # fmt: skip
    content = _content(_offers(offer))

    assert next_change(content, _at("2024-01-01T00:00")) == _at("2024-05-10T09:00")
    assert next_change(content, _at("2024-05-15T00:00")) == _at("2024-05-20T18:00")
    assert next_change(content, _at("2024-05-21T00:00")) is None


def test_with_a_clock_that_may_be_wrong_nothing_dated_is_shown() -> None:
    poster = {"headline": "A", "line": "B"}
    content = _content(
        _timeline(_chapter("A"), _chapter("B", show_until="2199-01-01")),
        _offers(_offer("Lease", "2199-01-01")),
        _schedule(_race("Sonoma", "2024-04-05", "2024-04-07")),
        _place("dealers", here=_dealer("Ours"), show_from="1999-01-01"),
        attract={"posters": [poster, {**poster, "show_from": "1999-01-01"}]},
    )
    seen = timeless(content)

    assert _ids(seen) == ["timeline", "offers", "schedule"]
    timeline, offers, schedule = seen.places
    assert [chapter.title for chapter in timeline.chapters] == ["A"]
    assert offers.offers == ()
    assert len(schedule.races) == 1
    assert len(seen.attract.posters) == 1


# Any content at any moment

DAYS = [
    *(date(2024, 3, day) for day in (9, 10, 11, 30, 31)),
    *(date(2024, 11, day) for day in (2, 3, 4)),
    *(date(2024, 10, 27), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1)),
]
TIMES = [time(0), time(0, 30), time(1), time(1, 30), time(2), time(2, 30), time(3), time(23, 59)]
days = st.sampled_from(DAYS)
moments = days | st.builds(datetime.combine, days, st.sampled_from(TIMES))


@st.composite
def _dates(draw: st.DrawFn) -> dict[str, object]:
    given_dates = {
        "show_from": draw(st.none() | moments),
        "show_until": draw(st.none() | moments),
    }
    dates = {name: moment for name, moment in given_dates.items() if moment is not None}
    try:
        Dated(**dates)
    except ValueError:
        dates.pop("show_from")
    return dates


@st.composite
def _any_content(draw: st.DrawFn) -> model.Content:
    number = count(1)

    def some(make: object, least: int = 1, most: int = 3) -> list[object]:
        return [
            make(f"N{next(number)}", **draw(_dates()))
            for _ in range(draw(st.integers(least, most)))
        ]

    def offer(title: str, **dates: object) -> dict[str, object]:
        first = draw(st.none() | days)
        created = _offer(title, draw(days), **dates, **({"valid_from": first} if first else {}))
        try:
            Offer(**created)
        except ValueError:
            return _offer(title, date(2026, 1, 1))
        return created

    def race(venue: str, **dates: object) -> dict[str, object]:
        starts, ends = sorted([draw(days), draw(days)])
        return _race(venue, starts, ends, **dates)

    def line_up(name: str, **dates: object) -> dict[str, object]:
        return {"name": name, "models": some(_named, most=2), **dates}

    places = [
        _timeline(*some(_chapter), **draw(_dates())),
        _offers(*some(offer, 0), programmes=some(_article, 0), **draw(_dates())),
        _schedule(*some(race, 0), **draw(_dates())),
        _place("models", line_ups=some(line_up), **draw(_dates())),
        _place(
            "team", season="2024", drivers=some(_named), people=some(_article, 0), **draw(_dates())
        ),
        _place("dealers", here=_dealer("Ours"), others=some(_dealer, 0), **draw(_dates())),
    ]
    return _content(
        *draw(st.lists(st.sampled_from(places), min_size=1, unique_by=lambda p: p["id"])),
        attract={"posters": some(_poster)},
        time_zone=draw(st.sampled_from(ZONES)),
    )


def _named(name: str, **dates: object) -> dict[str, object]:
    return {"name": name, **dates}


def _article(title: str, **dates: object) -> dict[str, object]:
    return {"title": title, "summary": "In a sentence.", **dates}


def _poster(headline: str, **dates: object) -> dict[str, object]:
    return {"headline": headline, "line": "It won.", **dates}


def _local(moment: date, zone: ZoneInfo, *, is_end: bool = False) -> float:
    """When a date of the file is, in seconds, worked out another way."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment + timedelta(days=is_end), time())
    return moment.replace(tzinfo=zone).timestamp()


def _is_due(entry: Dated, at: float, zone: ZoneInfo) -> bool:
    begins = [entry.show_from, getattr(entry, "valid_from", None)]
    ends = [entry.show_until, getattr(entry, "valid_until", None)]
    return all(_local(moment, zone) <= at for moment in begins if moment is not None) and all(
        at < _local(moment, zone, is_end=True) for moment in ends if moment is not None
    )


def _leaves(content: model.Content) -> Iterator[tuple[Dated, ...]]:
    """Every entry that holds no other, behind all that it is inside of."""
    waiting: list[tuple[Block, tuple[Dated, ...]]] = [(content.attract, ()), (content, ())]
    while waiting:
        block, path = waiting.pop()
        if not block.lists:
            yield path
        for name in block.lists:
            waiting += [(entry, (*path, entry)) for entry in getattr(block, name)]


def _told_apart(paths: Iterator[tuple[Dated, ...]]) -> set[tuple[str, ...]]:
    return {tuple(_name(entry) for entry in path) for path in paths}


def _name(entry: Dated) -> str:
    names = ("id", "title", "name", "headline", "venue")
    return next(getattr(entry, name) for name in names if hasattr(entry, name))


def _state(content: model.Content, at: datetime) -> object:
    """What can change by itself but for the count of days."""
    today = at.astimezone(zone_named(content.time_zone)).date()
    seen = visible_at(content, at)
    races = [season_on(p.races, today).races for p in seen.places if isinstance(p, Schedule)]
    return seen, races


instants = st.builds(
    lambda day, seconds: datetime.combine(day, time(), UTC) + timedelta(seconds=seconds),
    days,
    st.integers(-86_400, 2 * 86_400),
)


@given(_any_content(), instants)
def test_exactly_what_is_due_is_shown(content: model.Content, at: datetime) -> None:
    zone = ZoneInfo(content.time_zone)
    due = (
        path
        for path in _leaves(content)
        if all(_is_due(entry, at.timestamp(), zone) for entry in path)
    )
    assert _told_apart(_leaves(visible_at(content, at))) == _told_apart(due)


@given(_any_content(), instants)
def test_a_place_is_there_while_it_is_due_and_has_something_to_say(
    content: model.Content, at: datetime
) -> None:
    zone = ZoneInfo(content.time_zone)
    seen = visible_at(content, at)
    full = {path[0].id for path in _leaves(seen) if isinstance(path[0], Place)}
    for place in content.places:
        says = place.id in full or place.kind in {"offers", "schedule", "dealers"}
        assert (place.id in _ids(seen)) == (says and _is_due(place, at.timestamp(), zone))


@given(_any_content(), instants)
def test_the_next_change_is_the_first_moment_that_looks_different(
    content: model.Content, at: datetime
) -> None:
    change = next_change(content, at)
    now = _state(content, at)
    if change is None:
        assert _state(content, ALWAYS[1] - timedelta(days=2)) == now
        return
    assert change > at
    assert _state(content, change - TICK) == now
    assert _state(content, change) != now
    zone = ZoneInfo(content.time_zone)
    for moment in [*DAYS, *(datetime.combine(day, clock) for day in DAYS for clock in TIMES)]:
        for is_end in (False, True):
            between = datetime.fromtimestamp(_local(moment, zone, is_end=is_end), UTC)
            if at <= between < change:
                assert _state(content, between) == now


@given(_any_content(), instants)
def test_nothing_changes_while_it_is_said_that_nothing_does(
    content: model.Content, at: datetime
) -> None:
    since, until = unchanged(content, at)
    now = _state(content, at)

    assert since <= at < until
    assert until - since <= timedelta(hours=25)
    assert unchanged(content, since) == unchanged(content, until - TICK) == (since, until)
    assert _state(content, since) == _state(content, until - TICK) == now
    zone = zone_named(content.time_zone)
    assert since.astimezone(zone).date() == (until - TICK).astimezone(zone).date()
    change = next_change(content, at)
    assert change is None or until <= change


@given(_any_content(), instants)
def test_the_changes_ahead_are_all_there_and_in_order(content: model.Content, at: datetime) -> None:
    changes = changes_ahead(content, at, 1000)
    reported = [change.moment.astimezone(UTC) for change in changes]

    assert reported == sorted(reported)
    assert all(at < moment <= at + timedelta(days=1000) for moment in reported)
    moment: datetime | None = at
    while (moment := next_change(content, moment)) is not None:
        before, after = (
            _told_apart(_leaves(visible_at(content, m))) for m in (moment - TICK, moment)
        )
        if before != after:
            assert moment in reported


# The calendar


def _told(changes: list[Change]) -> list[str]:
    return [
        f"{change.moment:%Y-%m-%d %H:%M} {change.kind} {change.what} ({change.place})"
        + " !" * change.then_empty
        for change in changes
    ]


def test_the_calendar_says_what_comes_and_goes_and_what_is_empty_then() -> None:
    content = _content(
        _offers(
            _offer("Winter lease", "2024-05-03"),
            _offer("Spring lease", "2024-05-10", valid_from="2024-05-02"),
        ),
        _schedule(_race("Sonoma", "2024-05-05", "2024-05-07")),
        _timeline(
            _chapter("A", show_until="2024-05-04 18:00"), _chapter("B", show_from="2024-05-06")
        ),
        attract={
            "posters": [
                {"headline": "Open house", "line": "Today.", "show_until": "2024-05-04 20:00"}
            ]
        },
    )
    assert _told(changes_ahead(content, _at("2024-05-01T12:00"), 90)) == [
        "2024-05-02 00:00 comes offer 'Spring lease' (Offers)",
        "2024-05-04 00:00 goes offer 'Winter lease' (Offers)",
        "2024-05-04 18:00 goes chapter 'A' (Timeline) !",
        "2024-05-04 20:00 goes poster 'Open house' (attract loop) !",
        "2024-05-06 00:00 comes chapter 'B' (Timeline)",
        "2024-05-08 00:00 goes race 'Sonoma', which is over (Schedule) !",
        "2024-05-11 00:00 goes offer 'Spring lease' (Offers) !",
    ]


def test_it_looks_so_many_days_ahead_and_never_back() -> None:
    content = _content(
        _timeline(
            _chapter("A", show_until="2024-04-30"),
            _chapter("B", show_until="2024-05-09"),
            _chapter("C", show_until="2024-05-10"),
            _chapter("D"),
        )
    )
    ahead = changes_ahead(content, _at("2024-05-01T00:00"), 9)
    assert _told(ahead) == ["2024-05-10 00:00 goes chapter 'B' (Timeline)"]
    assert len(changes_ahead(content, _at("2024-05-01T00:00"), 36_500_000)) == 2


def test_what_comes_with_its_place_is_not_told_twice() -> None:
    content = _content(
        _timeline(
            _chapter("A"),
            _chapter("B", show_from="2024-05-02", show_until="2024-05-20"),
            show_from="2024-05-02",
            show_until="2024-05-10",
        )
    )
    assert _told(changes_ahead(content, _at("2024-05-01T00:00"), 90)) == [
        "2024-05-02 00:00 comes place 'Timeline' ()",
        "2024-05-11 00:00 goes place 'Timeline' ()",
    ]


def test_two_that_go_together_leave_one_empty_screen() -> None:
    content = _content(_offers(_offer("A", "2024-05-03"), _offer("B", "2024-05-03")))
    changes = changes_ahead(content, _at("2024-05-01T00:00"), 90)
    assert [change.then_empty for change in changes] == [False, True]


def test_one_that_comes_as_the_other_goes_leaves_no_empty_screen() -> None:
    content = _content(
        _offers(_offer("A", "2024-05-03"), _offer("B", "2024-05-09", valid_from="2024-05-04"))
    )
    changes = changes_ahead(content, _at("2024-05-01T00:00"), 3)
    assert [(change.kind, change.then_empty) for change in changes] == [
        ("comes", False),
        ("goes", False),
    ]


def test_moments_are_told_by_the_dealership_s_clock() -> None:
    content = _content(_offers(_offer("A", "2024-11-03")), time_zone=LONDON)
    (change,) = changes_ahead(content, datetime(2024, 11, 1, tzinfo=UTC), 90)
    assert change.moment.isoformat() == "2024-11-04T00:00:00+00:00"
    assert change.moment == instant(datetime(2024, 11, 4), ZoneInfo(LONDON))
