"""The showroom's clock reads the asked moment and goes on; a wrong one is not believed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kiosk.operation.clock import (
    EPOCH,
    RELEASED,
    BadMoment,
    Clock,
    ClockJudge,
    StoppedClock,
    earliest,
    parse_moment,
    steady,
)

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
    with pytest.raises(BadMoment) as caught:
        parse_moment(text)

    assert str(caught.value) == (
        f"'{text}' is not a day or a time; write 2024-05-01 or 2024-05-01T09:30"
    )


def test_the_clock_is_the_systems_own_unless_told_otherwise() -> None:
    with time_machine.travel(WINTER, tick=False):
        assert Clock.showing(None).now() == WINTER
        assert Clock.showing(None).today() == date(2024, 1, 15)


@pytest.mark.parametrize("text", ["2024-07-01", "2024-07-01T00:00", "2023-12-24", "2024-03-10"])
def test_a_day_asked_for_on_the_other_side_of_summer_time_is_that_day(text: str) -> None:
    """An hour's difference would show the evening before."""
    moment = parse_moment(text)
    with time_machine.travel(WINTER, tick=False):
        clock = Clock.showing(moment)

        assert clock.now() == moment
        assert clock.now().replace(tzinfo=None) == moment.replace(tzinfo=None)
        assert clock.today().isoformat() == text[:10]


def test_the_clock_goes_on_from_the_moment_asked_for() -> None:
    with time_machine.travel(WINTER, tick=False) as travel:
        clock = Clock.showing(parse_moment("2024-05-01T23:59"))
        travel.shift(timedelta(minutes=2))

        assert clock.now() == datetime(2024, 5, 2, 0, 1, tzinfo=INDIANAPOLIS)
        assert clock.today() == date(2024, 5, 2)


def test_the_clock_reads_local_time_with_its_offset() -> None:
    with time_machine.travel(WINTER, tick=False):
        assert Clock().now().utcoffset() == timedelta(hours=-5)
        summer = Clock.showing(parse_moment("2024-07-01T12:00")).now()
        assert summer.utcoffset() == timedelta(hours=-4)


def test_a_stopped_clock_stands_still() -> None:
    moment = datetime(2024, 5, 1, 9, 30, tzinfo=INDIANAPOLIS)
    with time_machine.travel(WINTER, tick=False) as travel:
        clock = StoppedClock(moment=moment)
        travel.shift(timedelta(days=3))

        assert clock.now() == moment
        assert clock.today() == date(2024, 5, 1)


# Whether the clock is to be believed

TODAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Machine:
    """A machine whose clock can be set, and the judge that watches it."""

    def __init__(self, now: datetime = TODAY, files: Iterable[Path] = ()) -> None:
        self.reads = now
        self.up = timedelta(seconds=20)
        self.judge = ClockJudge(files, lambda: self.reads, lambda: self.up)

    def is_trusted_after(self, passed: timedelta, *, shown: timedelta | None = None) -> bool:
        """Whether it is after some time, of which its clock shows more or less."""
        self.up += passed
        self.reads += passed if shown is None else shown
        return self.judge.is_trusted()

    def is_trusted_when_set(self, now: datetime) -> bool:
        self.reads = now
        return self.judge.is_trusted()


def test_a_clock_that_goes_on_is_trusted() -> None:
    machine = Machine()

    assert all(machine.is_trusted_after(HOUR) for _ in range(24 * 30))


@pytest.mark.parametrize("jump", [2 * HOUR, -2 * HOUR, 300 * DAY, timedelta(hours=1, seconds=1)])
def test_a_clock_that_jumps_is_not_trusted_until_it_is_back(jump: timedelta) -> None:
    machine = Machine(TODAY + 365 * DAY)

    assert machine.is_trusted_after(HOUR)
    assert not machine.is_trusted_after(HOUR, shown=HOUR + jump)
    assert not machine.is_trusted_after(DAY)  # it does not become right by staying wrong
    assert machine.is_trusted_after(HOUR, shown=HOUR - jump)


@pytest.mark.parametrize("jump", [HOUR, -HOUR, timedelta(minutes=5)])
def test_a_small_correction_is_no_jump(jump: timedelta) -> None:
    assert Machine().is_trusted_after(HOUR, shown=HOUR + jump)


@pytest.mark.parametrize("drift", [timedelta(seconds=20), timedelta(seconds=-20)])
def test_a_clock_that_drifts_over_months_stays_trusted(drift: timedelta) -> None:
    """Twenty seconds a day are more than an hour in a year."""
    machine = Machine()

    assert all(machine.is_trusted_after(DAY, shown=DAY + drift) for _ in range(365))


def test_many_jumps_are_not_taken_for_drift() -> None:
    """Those that are not trusted do not move what the clock is measured by."""
    machine = Machine()

    assert not any(machine.is_trusted_after(HOUR, shown=3 * HOUR) for _ in range(50))


def test_a_clock_that_falls_back_to_1970_is_not_trusted_until_it_is_set() -> None:
    machine = Machine()

    assert not machine.is_trusted_when_set(EPOCH)
    assert not machine.is_trusted_after(DAY)
    assert machine.is_trusted_when_set(TODAY + DAY)


def test_a_machine_that_starts_in_1970_is_trusted_once_it_is_set_right() -> None:
    """Its battery is empty; the network tells it the time a minute later."""
    machine = Machine(EPOCH)

    assert not machine.judge.is_trusted()
    assert machine.is_trusted_when_set(TODAY)
    assert machine.is_trusted_after(DAY)
    assert not machine.is_trusted_after(HOUR, shown=5 * HOUR)


def test_a_time_before_the_kiosk_was_made_is_not_trusted() -> None:
    assert not Machine(RELEASED - timedelta(seconds=1)).judge.is_trusted()
    assert Machine(RELEASED).judge.is_trusted()


def test_a_time_long_before_a_file_was_written_is_not_trusted(tmp_path: Path) -> None:
    file = _written(tmp_path / "content.yaml", TODAY)

    assert not Machine(TODAY - 2 * DAY, [file]).judge.is_trusted()
    assert Machine(TODAY - HOUR, [file]).judge.is_trusted()  # a stick that keeps local time
    assert Machine(TODAY + HOUR, [file]).judge.is_trusted()


def test_a_file_written_while_the_clock_was_right_tells_when_it_fell_back(tmp_path: Path) -> None:
    file = tmp_path / "signups.sqlite3"
    machine = Machine(TODAY, [file])
    assert machine.judge.is_trusted()

    machine.is_trusted_after(40 * DAY)
    _written(file, machine.reads)

    assert not Machine(TODAY, [file]).judge.is_trusted()


def test_the_latest_of_all_files_counts(tmp_path: Path) -> None:
    old = _written(tmp_path / "old", TODAY - 100 * DAY)
    new = _written(tmp_path / "new", TODAY)

    assert earliest([old, new, tmp_path / "gone"]) == earliest([new]) == TODAY - DAY
    assert earliest([]) == earliest([tmp_path / "gone"]) == RELEASED


@pytest.mark.parametrize("zone", [timedelta(hours=14), timedelta(hours=-12)])
def test_another_zone_is_no_jump(zone: timedelta) -> None:
    machine = Machine()

    assert machine.is_trusted_when_set(TODAY.astimezone(timezone(zone)))


def test_summer_time_is_no_jump() -> None:
    before = datetime(2027, 3, 14, 1, 59, 59, tzinfo=INDIANAPOLIS)
    machine = Machine(before)
    machine.up += timedelta(seconds=1)

    assert machine.is_trusted_when_set(datetime(2027, 3, 14, 3, 0, tzinfo=INDIANAPOLIS))


def test_the_time_since_the_start_cannot_be_set() -> None:
    with time_machine.travel(WINTER, tick=False) as travel:
        before = steady()
        travel.shift(timedelta(days=1))

        assert timedelta() <= steady() - before < HOUR


def _written(file: Path, moment: datetime) -> Path:
    file.touch()
    os.utime(file, (moment.timestamp(), moment.timestamp()))
    return file
