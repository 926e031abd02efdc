"""Events come in order, go by themselves, and reach a phone's calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from kiosk.content import dates
from kiosk.content.check.loading import load
from kiosk.content.dates import changes_ahead
from kiosk.places.events.model import Event, Events
from kiosk.places.events.presentation import calendar_code, event_row, soonest_first, when
from kiosk.showroom.screenplay import derive_screenplay
from tests.content.linting import lint
from tests.offscreen import show_screen

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from tests.conftest import Block, Contents, MakeKiosk, Visitor

MADE_ON = date(2024, 3, 1)
NOON = datetime.fromisoformat("2024-05-01T12:00:00+00:00")
OPEN_HOUSE = {
    "title": "Open house",
    "starts": "2024-05-04 10:00",
    "ends": "2024-05-04 16:00",
    "place": "In the yard",
    "link": {"name": "All about it", "address": "https://www.example.com/open-house"},
}
EVENING = {"title": "An evening", "starts": "2024-05-02 18:30"}
WEEKEND = {"title": "A weekend", "starts": "2024-05-31", "ends": "2024-06-02"}


def events(*entries: Block) -> Block:
    return {
        "id": "events",
        "kind": "events",
        "name": "Events",
        "icon": "ph.ticket-bold",
        "title": "Come along",
        "events": list(entries),
        "nothing_now": {"title": "Nothing planned", "line": "Come again."},
    }


def problems(contents: Contents, *entries: Block) -> list[str]:
    return [problem.message for problem in load(contents.write(events(*entries))).problems]


def place_of(loaded: Loaded, at: datetime = NOON) -> Events:
    assert loaded.content is not None
    (place,) = dates.visible_at(loaded.content, at).places
    assert isinstance(place, Events)
    return place


def test_the_next_one_comes_first(contents: Contents) -> None:
    place = place_of(contents.load(events(WEEKEND, OPEN_HOUSE, EVENING)))
    assert [event.title for event in soonest_first(place)] == [
        *("An evening", "Open house", "A weekend")
    ]


@pytest.mark.parametrize(
    ("entry", "last", "gone"),
    [
        (OPEN_HOUSE, "2024-05-04T15:59:59+00:00", "2024-05-04T16:00:00+00:00"),
        (EVENING, "2024-05-02T23:59:59+00:00", "2024-05-03T00:00:00+00:00"),
        (WEEKEND, "2024-06-02T23:59:59+00:00", "2024-06-03T00:00:00+00:00"),
        (
            WEEKEND | {"show_until": "2024-05-30"},
            "2024-05-30T23:59:59+00:00",
            "2024-05-31T00:00:00+00:00",
        ),
    ],
    ids=["to a time", "from a time", "to a day", "shown until before"],
)
def test_what_is_over_is_gone_by_itself(
    contents: Contents, entry: Block, last: str, gone: str
) -> None:
    loaded = contents.load(events(entry), time_zone="UTC")
    assert len(place_of(loaded, datetime.fromisoformat(last)).events) == 1
    assert place_of(loaded, datetime.fromisoformat(gone)).events == ()


def test_the_calendar_of_the_staff_knows_them(contents: Contents) -> None:
    content = contents.load(events(OPEN_HOUSE), time_zone="UTC").content
    assert content is not None
    (change,) = changes_ahead(content, NOON, 30)
    assert (change.kind, change.what) == ("goes", "event 'Open house'")
    assert change.then_empty


def test_staff_hear_of_one_that_is_over(contents: Contents) -> None:
    found = lint(contents.load(events(OPEN_HOUSE)), date(2024, 5, 5))
    assert [problem.message for problem in found if problem.rule == "gone-entry"] == [
        "'Open house' is over and no longer shown; give it other days, or remove it"
    ]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["May 2, 2024, 6:30 PM", "May 4, 2024, 10:00 AM – 4:00 PM"]),
        ("de", ["2. Mai 2024, 18:30", "4. Mai 2024, 10:00 – 16:00"]),
    ],
)
def test_its_times_read_as_the_language_writes_them(
    contents: Contents, language: str, texts: list[str]
) -> None:
    loaded = contents.load(events(OPEN_HOUSE, EVENING, WEEKEND), language=language)
    context, place = derive_screenplay(loaded, NOON).context, place_of(loaded)
    read = [when(event, context).replace("\u00a0", " ") for event in soonest_first(place)]
    assert read[:2] == texts
    row = event_row(soonest_first(place)[2], context, place)
    assert (row.days.replace(".", ""), row.time) == ("31–2", "")


def test_a_phone_takes_it_by_its_own_title() -> None:
    (entry,) = Calendar.from_ical(calendar_code(Event.model_validate(OPEN_HOUSE), MADE_ON)).walk(
        "VEVENT"
    )
    assert entry["SUMMARY"] == "Open house"
    assert entry["LOCATION"] == "In the yard"
    assert entry["URL"] == "https://www.example.com/open-house"
    # Times of the place itself, wherever the phone is from.
    assert entry["DTSTART"].dt == datetime(2024, 5, 4, 10)
    assert entry["DTEND"].dt == datetime(2024, 5, 4, 16)


def test_a_phone_takes_whole_days_and_an_open_end_as_they_are() -> None:
    codes = [calendar_code(Event.model_validate(each), MADE_ON) for each in (WEEKEND, EVENING)]
    days, evening = (Calendar.from_ical(code).walk("VEVENT")[0] for code in codes)
    assert (days["DTSTART"].dt, days["DTEND"].dt) == (date(2024, 5, 31), date(2024, 6, 3))
    assert evening["DTSTART"].dt == datetime(2024, 5, 2, 18, 30)
    assert "DTEND" not in evening


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (
            {"ends": "2024-05-04"},
            "has a time of day in starts: and none in ends:; write one in both or in neither",
        ),
        (
            {"ends": "2024-05-04 09:00"},
            "ends at 2024-05-04 09:00, before it starts at 2024-05-04 10:00; swap them, or correct"
            " one of them",
        ),
        (
            {"show_from": "2024-05-05"},
            "would never be shown: it is over at 2024-05-04 16:00 and comes at 2024-05-05 00:00;"
            " make show_from and show_until fit its days",
        ),
    ],
    ids=["a time in one", "the wrong way round", "never shown"],
)
def test_what_cannot_be_is_told(contents: Contents, entry: Block, problem: str) -> None:
    (reported,) = problems(contents, OPEN_HOUSE | entry)
    assert reported.endswith(problem)


@pytest.mark.parametrize("count", [0, 1, 3, 12])
def test_its_screen_shows_few_and_many(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor], count: int
) -> None:
    from kiosk.showroom.offscreen.offscreen_kiosk import Layout

    entries = [OPEN_HOUSE | {"title": f"Open house {n}"} for n in range(count)]
    kiosk = make_kiosk(contents.load(events(*entries)))
    visitor = visit(kiosk.window)
    for size in ((1280, 720), (720, 1280)):
        kiosk.lay_out(Layout(size))
        show_screen(kiosk, "events")
        if count == 0:
            assert visitor.sees("Nothing planned")
        else:
            visitor.tap("Button", "May 4, 2024, 10:00")
            assert visitor.sees("Scan to add this event to your phone's calendar.")
