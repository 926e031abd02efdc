"""When the screen is on, as staff write it, and when that changes next."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.operation.health import examine
from kiosk.operation.screen_hours import ScreenHoursRefused, parse_screen_hours
from kiosk.operation.settings import SETTINGS_NAME

CHICAGO = ZoneInfo("America/Chicago")
HOURS, MINUTES = (0, 1, 23, 24, 25), (0, 1, 59, 60)
WEEK = "Mo-Fr 07:30-20:00, Sa 09:00-18:00"


def at(text: str) -> datetime:
    """A moment of the week that begins on Monday, November 23, 2026."""
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("hours", "moment", "is_on", "change"),
    [
        (WEEK, "23 07:29", False, "23 07:30"),
        (WEEK, "23 07:30", True, "23 20:00"),
        (WEEK, "23 19:59", True, "23 20:00"),
        (WEEK, "23 20:00", False, "24 07:30"),
        (WEEK, "27 23:00", False, "28 09:00"),
        (WEEK, "28 18:00", False, "30 07:30"),  # over Sunday
        ("09:00-18:00", "29 12:00", True, "29 18:00"),
        ("daily 09:00-18:00", "29 12:00", None, None),
        ("Fr 18:00-02:00", "28 01:59", True, "28 02:00"),
        ("Fr 18:00-02:00", "28 02:00", False, None),
        ("Sa-Mo 10:00-12:00", "29 11:00", True, "29 12:00"),
        ("Mon-Fri 9:00-12:00, Monday 13:00-18:00", "23 12:30", False, "23 13:00"),
        ("Mo 00:00-24:00, Tu 00:00-06:00", "23 12:00", True, "24 06:00"),
        ("00:00-24:00", "23 12:00", True, None),
    ],
)
def test_on_and_off_by_the_week(
    hours: str, moment: str, is_on: bool | None, change: str | None
) -> None:
    if is_on is None:
        with pytest.raises(ScreenHoursRefused):
            parse_screen_hours(hours)
        return
    parsed = parse_screen_hours(hours)

    assert parsed.is_on(at(moment)) == is_on
    found = parsed.next_change(at(moment))
    if change is not None:
        assert found == at(change)
    elif hours.startswith("Fr"):
        assert found is not None  # next Friday
        assert (found.month, found.day, found.hour) == (12, 4, 18)
    else:
        assert found is None


@pytest.mark.parametrize("night", ["2026-03-08", "2026-11-01"])
def test_a_night_in_which_the_clock_is_changed_ends_at_its_hour(night: str) -> None:
    hours = parse_screen_hours("07:00-20:00")
    evening = datetime.fromisoformat(night).replace(tzinfo=CHICAGO) - timedelta(hours=3)

    morning = hours.next_change(evening)

    assert morning is not None
    assert f"{morning:%Y-%m-%d %H:%M}" == f"{night} 07:00"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "'' is not understood"),
        ("by day", "'by day' is not understood"),
        ("Mo-Fr 7-20", "'mo-fr 7-20' is not understood"),
        ("Xx 07:00-20:00", "'xx' is not a day"),
        ("Mox 07:00-20:00", "'mox' is not a day"),
        ("Mo 07:00-25:00", "'25:00' is not a time of day"),
        ("Mo 07:60-20:00", "'07:60' is not a time of day"),
        ("Mo 07:00-07:00", "'mo 07:00-07:00' ends when it begins"),
        ("24:00-00:00", "'24:00-00:00' ends when it begins"),
        ("Mo 24:00-0:00", "'mo 24:00-0:00' ends when it begins"),
        ("Mo 24:00-24:00", "'mo 24:00-24:00' ends when it begins"),
        ("Mo 07:00-20:00,", "'' is not understood"),
    ],
)
def test_what_is_no_hours_is_told_with_an_example(text: str, what: str) -> None:
    with pytest.raises(ScreenHoursRefused) as refused:
        parse_screen_hours(text)
    assert str(refused.value).startswith(what)
    assert 'write them like "Mo-Fr 07:30-20:00' in str(refused.value)


@given(
    st.lists(
        st.builds(
            "{}{:02}:{:02}-{:02}:{:02}".format,
            st.sampled_from(["", "Mo ", "Su-Mo "]),
            *(st.sampled_from(numbers) for numbers in (HOURS, MINUTES, HOURS, MINUTES)),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_hours_that_are_accepted_have_a_minute_in_which_the_screen_is_on(parts: list[str]) -> None:
    try:
        hours = parse_screen_hours(", ".join(parts))
    except ScreenHoursRefused:
        return
    monday = datetime(2026, 11, 23, tzinfo=CHICAGO)
    assert any(hours.is_on(monday + timedelta(minutes=minute)) for minute in range(7 * 24 * 60))


def test_health_names_the_hours(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_NAME).write_text(f'screen_hours = "{WEEK}"')

    (finding,) = (finding for finding in examine(tmp_path) if finding.name == "screen")

    assert finding.text == f"on {WEEK}, dark outside of these hours"
    assert not finding.needs_attention
