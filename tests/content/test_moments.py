"""Days, times and time zones as staff write them, and what they are told about mistakes."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kiosk.blocks.block import Dated
from kiosk.blocks.zones import ZoneUnknown, check_zone
from kiosk.content.check.loading import load
from tests.content.conftest import MINIMAL, Write

LIKE = "not written as a date and time"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-01", date(2024, 5, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-05-01 18:30", datetime(2024, 5, 1, 18, 30)),
        ("2024-05-01 00:00", datetime(2024, 5, 1)),
        (" 2024-05-01 23:59 ", datetime(2024, 5, 1, 23, 59)),
    ],
)
def test_a_day_or_a_day_and_a_time(text: str, moment: date) -> None:
    read = Dated.model_validate({"show_from": text}).show_from
    assert read == moment
    assert type(read) is type(moment)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5/4/2024", "can be read in two ways; write 2024-05-04 or 2024-04-05"),
        ("5/4/2024 18:30", "can be read in two ways; write 2024-05-04 or 2024-04-05"),
        ("2024-05-32", "that month has 31 days"),
        ("2023-02-29 10:00", "that month has 28 days"),
        ("tomorrow", "is not a day; write it as YEAR-MONTH-DAY"),
        ("6pm", "'6pm' has no day; write it as 2024-05-01 18:00"),
        ("18:30", "'18:30' has no day; write it as 2024-05-01 18:30"),
        ("12am", "write it as 2024-05-01 00:00"),
        ("2024-05-01T18:30", f"{LIKE}; write 2024-05-01 18:30"),
        ("2024-05-01 18", f"{LIKE}; write 2024-05-01 18:00"),
        ("2024-05-01 6pm", f"{LIKE}; write 2024-05-01 18:00"),
        ("2024-05-01 6:30 p.m.", f"{LIKE}; write 2024-05-01 18:30"),
        ("2024-05-01 12:15 AM", f"{LIKE}; write 2024-05-01 00:15"),
        ("2024-05-01 9:05", f"{LIKE}; write 2024-05-01 09:05"),
        ("2024-05-01, 18.30", f"{LIKE}; write 2024-05-01 18:30"),
        ("2024-05-01 18:30:00", f"{LIKE}; write 2024-05-01 18:30"),
        ("2024-05-01 18:3", "has minutes of one digit; write two, like 2024-05-01 18:05"),
        ("2024-05-01 24:00", "is the start of the next day; write 2024-05-02 00:00"),
        ("2024-12-31 24:00", "write 2025-01-01 00:00"),
        ("2024-05-01 25:00", "hours go from 00 to 23, minutes to 59"),
        ("2024-05-01 18:75", "hours go from 00 to 23, minutes to 59"),
        ("2024-05-01 18:30Z", "names its own time zone; write 2024-05-01 18:30"),
        ("2024-05-01T18:30:00+02:00", "names its own time zone; write 2024-05-01 18:30"),
        ("2024-05-01 6pm CST", "names its own time zone; write 2024-05-01 18:00"),
        ("2024-05-01 noon", "has no time after the day; write it as 2024-05-01 18:30"),
    ],
)
def test_the_usual_mistakes_are_told_with_what_to_write(
    content_file: Write, text: str, expected: str
) -> None:
    line = "      line: The car that won.\n"
    broken = MINIMAL.replace(line, f'{line}      show_until: "{text}"\n')

    (problem,) = load(content_file(broken)).problems

    assert expected in problem.message
    assert broken.splitlines()[problem.spot.line - 1].strip().startswith("show_until:")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (
            "show_from: 2024-05-02, show_until: 2024-05-01",
            "entry 1 of 'posters' has show_until: 2024-05-01, not after show_from: 2024-05-02;"
            " swap them, or correct one of them",
        ),
        (
            "show_from: 2024-05-01 18:30, show_until: 2024-05-01 18:30",
            "entry 1 of 'posters' has show_until: 2024-05-01 18:30, not after show_from:"
            " 2024-05-01 18:30; swap them, or correct one of them",
        ),
        ("show_from: 2024-05-01, show_until: 2024-05-01", None),
        ("show_from: 2024-05-01 18:30, show_until: 2024-05-01", None),
    ],
)
def test_what_goes_must_come_first(content_file: Write, dates: str, expected: str | None) -> None:
    poster = f"    - {{headline: A, line: B, {dates}}}\n"
    text = MINIMAL.replace("  posters:\n", f"  posters:\n{poster}")

    assert [problem.message for problem in load(content_file(text)).problems] == (
        [expected] if expected else []
    )


@pytest.mark.parametrize(
    "dates", ["show_from: 2025-01-01", "show_until: 2023-12-31", "show_until: 2024-01-01 00:00"]
)
def test_an_offer_that_could_never_be_shown_is_refused(content_file: Write, dates: str) -> None:
    text = MINIMAL.replace("        valid_from:", f"        {dates}\n        valid_from:")
    (problem,) = load(content_file(text)).problems
    assert problem.message.startswith("entry 1 of 'offers' would never be shown: it is over at 202")


@pytest.mark.parametrize("place", ["here", "home", "brand"])
def test_what_is_always_there_has_no_dates(content_file: Write, place: str) -> None:
    key = f"{place}:\n"
    indent = "      " if place == "here" else "  "
    text = MINIMAL.replace(key, f"{key}{indent}show_until: 2024-05-01\n", 1)
    (problem,) = load(content_file(text)).problems
    assert "unknown key 'show_until'" in problem.message


@pytest.mark.parametrize(
    "name", ["America/Chicago", "America/Indiana/Indianapolis", "US/Central", "UTC", "Etc/GMT+6"]
)
def test_a_time_zone_by_its_name(name: str) -> None:
    check_zone(name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("America/Chigago", "America/Chicago"),
        ("america/chicago", "America/Chicago"),
        ("Chicago", "America/Chicago"),
        ("New York", "America/New_York"),
        ("Central Time", "America/Chicago"),
        ("Eastern Standard Time", "America/New_York"),
        ("EST", "America/New_York"),
        ("GMT", "Europe/London"),
        ("Europe/Lodnon", "Europe/London"),
        ("right/America/Chicago", "America/Chicago"),
        ("Springfield", "the nearest large city that shares your clock, like America/Chicago"),
        ("GMT+2", "the nearest large city"),
        ("../../../etc/passwd", "the nearest large city"),
        ("America", "the nearest large city"),
    ],
)
def test_a_wrong_time_zone_is_told_with_the_nearest_right_one(name: str, meant: str) -> None:
    with pytest.raises(ZoneUnknown) as refused:
        check_zone(name)
    assert str(refused.value).startswith(f"'{name}' is not the name of a time zone; write {meant}")


def test_a_wrong_time_zone_is_told_where_it_stands(content_file: Write) -> None:
    loaded = load(content_file(f"time_zone: America/Chigago\n{MINIMAL}"))
    assert [problem.in_file("f") for problem in loaded.problems] == [
        "f:1:12: error: 'America/Chigago' is not the name of a time zone; write America/Chicago"
    ]
