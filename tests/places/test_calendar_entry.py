"""A race imports into any phone's calendar (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from kiosk.places.schedule.model import Race
from kiosk.places.schedule.presentation import calendar_code

MADE_ON = date(2024, 3, 1)


def _race(venue: str = "Road America", city: str = "Plymouth", region: str = "WI") -> Race:
    return Race.model_validate(
        {
            "venue": venue,
            "city": city,
            "region": region,
            "starts": "2024-08-31",
            "ends": "2024-09-01",
        }
    )


def _event(entry: str) -> Event:
    (event,) = Calendar.from_ical(entry).walk("VEVENT")
    return event


def test_a_weekend_fills_its_days_and_no_hour_more() -> None:
    event = _event(calendar_code(_race(), "TC America", MADE_ON))

    assert event["DTSTART"].dt == date(2024, 8, 31)
    assert event["DTEND"].dt == date(2024, 9, 2)  # exclusive
    assert event["DTSTAMP"].dt == datetime(2024, 3, 1, tzinfo=UTC)


def test_it_says_what_and_where() -> None:
    event = _event(calendar_code(_race(), "TC America", MADE_ON))

    assert event["SUMMARY"] == "TC America: Road America"
    assert event["LOCATION"] == "Road America, Plymouth, WI"


def test_scanning_twice_updates_one_entry() -> None:
    first = _event(calendar_code(_race(), "TC America", MADE_ON))
    again = _event(calendar_code(_race(), "Renamed", MADE_ON + timedelta(days=3)))
    other = _event(calendar_code(_race("Sonoma"), "TC America", MADE_ON))

    assert first["UID"] == again["UID"] != other["UID"]


def test_signs_that_mean_something_to_calendars_stay_text() -> None:
    event = _event(calendar_code(_race('A; B, C\\n: "D"'), "x", MADE_ON))

    assert event["SUMMARY"] == 'x: A; B, C\\n: "D"'


texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), min_size=1, max_size=32
).filter(lambda text: text == text.strip() != "")


@given(venue=texts, city=texts, series=texts)
def test_names_of_any_script_arrive_whole_in_lines_of_75_octets(
    venue: str, city: str, series: str
) -> None:
    entry = calendar_code(_race(venue, city), series * 3, MADE_ON)

    assert all(len(line.encode()) <= 75 for line in entry.split("\r\n"))
    assert entry.endswith("END:VCALENDAR\r\n")
    event = _event(entry)
    assert event["SUMMARY"] == f"{series * 3}: {venue}"
    assert event["LOCATION"] == f"{venue}, {city}, WI"
