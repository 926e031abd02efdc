"""The showroom's clock reads the asked moment and goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kiosk.operation.clock import Clock, InvalidMoment, StoppedClock, parse_moment

INDIANAPOLIS = ZoneInfo("America/Indiana/Indianapolis")
WINTER = datetime(2024, 1, 15, 10, 0, tzinfo=INDIANAPOLIS)


@pytest.fixture(autouse=True)
def indianapolis(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A zone whose summer time begins on March 10, 2024."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/Indiana/Indianapolis")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-01", datetime(2024, 5, 1, tzinfo=INDIANAPOLIS)),
        ("2024-05-01T09:30", datetime(2024, 5, 1, 9, 30, tzinfo=INDIANAPOLIS)),
        ("2024-05-01 09:30", datetime(2024, 5, 1, 9, 30, tzinfo=INDIANAPOLIS)),
        ("2024-05-01T09:30Z", datetime(2024, 5, 1, 9, 30, tzinfo=UTC)),
        ("2024-05-01T09:30+02:00", datetime(2024, 5, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_without_a_zone_is_local(text: str, moment: datetime) -> None:
    parsed = parse_moment(text)

    assert parsed == moment
    assert parsed.utcoffset() is not None


@pytest.mark.parametrize(
    "text",
    [
        *("", "today", "5/1/2024", "2024-13-01", "2024-04-31", "09:30", "2024-05-01T25:00"),
        *("0001-01-01", "9999-12-31", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"),
    ],
)
def test_what_is_no_moment_is_told_with_an_example(text: str) -> None:
    with pytest.raises(InvalidMoment) as caught:
        parse_moment(text)

    assert str(caught.value) == (
        f"'{text}' is not a date or time; write it like 2024-05-01 or 2024-05-01T09:30"
    )


def test_the_clock_is_the_systems_own_unless_told_otherwise() -> None:
    with time_machine.travel(WINTER, tick=False):
        assert Clock.starting_at(None).now() == WINTER
        assert Clock.starting_at(None).today() == date(2024, 1, 15)


@pytest.mark.parametrize("text", ["2024-07-01", "2024-07-01T00:00", "2023-12-24", "2024-03-10"])
def test_a_day_asked_for_on_the_other_side_of_summer_time_is_that_day(text: str) -> None:
    """An hour's difference would show the evening before."""
    moment = parse_moment(text)
    with time_machine.travel(WINTER, tick=False):
        clock = Clock.starting_at(moment)

        assert clock.now() == moment
        assert clock.now().replace(tzinfo=None) == moment.replace(tzinfo=None)
        assert clock.today().isoformat() == text[:10]


def test_the_clock_goes_on_from_the_moment_asked_for() -> None:
    with time_machine.travel(WINTER, tick=False) as travel:
        clock = Clock.starting_at(parse_moment("2024-05-01T23:59"))
        travel.shift(timedelta(minutes=2))

        assert clock.now() == datetime(2024, 5, 2, 0, 1, tzinfo=INDIANAPOLIS)
        assert clock.today() == date(2024, 5, 2)


def test_the_clock_reads_local_time_with_its_offset() -> None:
    with time_machine.travel(WINTER, tick=False):
        assert Clock().now().utcoffset() == timedelta(hours=-5)
        summer = Clock.starting_at(parse_moment("2024-07-01T12:00")).now()
        assert summer.utcoffset() == timedelta(hours=-4)


def test_a_stopped_clock_stands_still() -> None:
    moment = datetime(2024, 5, 1, 9, 30, tzinfo=INDIANAPOLIS)
    with time_machine.travel(WINTER, tick=False) as travel:
        clock = StoppedClock(moment=moment)
        travel.shift(timedelta(days=3))

        assert clock.now() == moment
        assert clock.today() == date(2024, 5, 1)
