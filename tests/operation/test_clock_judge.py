"""A clock is believed where the kernel vouches for it, or where nothing speaks against it."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kiosk.operation import overwriting
from kiosk.operation.clock import EPOCH
from kiosk.operation.clock_judge import (
    MAX_PAUSE,
    NO_ANCHORS,
    RELEASED,
    RETIRED,
    Anchors,
    ClockJudge,
    earliest,
    is_synchronized,
    latest,
    read_steady_clock,
    times_of,
)
from kiosk.operation.overwriting import overwrite_cached_blocks

INDIANAPOLIS = ZoneInfo("America/Indiana/Indianapolis")
TODAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Machine:
    """A machine whose clock can be set, and the judge that watches it."""

    def __init__(
        self,
        now: datetime = TODAY,
        files: Iterable[Path] = (),
        anchors: Anchors = NO_ANCHORS,
        *,
        is_synchronized: bool = False,
    ) -> None:
        self.reads = now
        self.up = timedelta(seconds=20)
        self.is_synchronised = is_synchronized
        self.judge = ClockJudge(
            times_of(files),
            anchors,
            now=lambda: self.reads,
            steady=lambda: self.up,
            synchronized=lambda: self.is_synchronised,
        )
        self.judge.is_trusted()  # asked for the first time

    def is_trusted_after(self, passed: timedelta, *, shown: timedelta | None = None) -> bool:
        """Whether it is after some time, of which its clock shows more or less."""
        self.up += passed
        self.reads += passed if shown is None else shown
        return self.judge.is_trusted()

    def is_trusted_when_set(self, now: datetime) -> bool:
        self.reads = now
        return self.judge.is_trusted()

    def is_trusted_when_synchronised(self, now: datetime) -> bool:
        """The network has told it the time."""
        self.is_synchronised = True
        return self.is_trusted_when_set(now)

    def restarted(self, now: datetime, *, is_synchronized: bool = False) -> Machine:
        """The same machine after a start, with what it remembers."""
        return Machine(now, (), self.judge.anchors, is_synchronized=is_synchronized)


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


# With a time server


@pytest.mark.parametrize("wrong", [TODAY + 200 * DAY, TODAY - 60 * DAY, EPOCH, RETIRED + DAY])
def test_a_clock_that_the_network_sets_right_after_the_start_is_trusted_from_then_on(
    wrong: datetime,
) -> None:
    """Its battery is empty, or it never had one."""
    machine = Machine(wrong)

    assert machine.is_trusted_when_synchronised(TODAY)
    assert all(machine.is_trusted_after(DAY) for _ in range(30))
    machine.is_synchronised = False  # the network is gone
    assert machine.is_trusted_after(DAY)
    assert not machine.is_trusted_after(HOUR, shown=3 * HOUR)


def test_a_synchronised_clock_is_trusted_whatever_files_and_memories_say(tmp_path: Path) -> None:
    file = _written(tmp_path / "content.yaml", TODAY + 900 * DAY)
    anchors = Anchors(trusted_at=TODAY + 800 * DAY)

    assert not Machine(TODAY, [file], anchors).judge.is_trusted()
    assert Machine(TODAY, [file], anchors, is_synchronized=True).judge.is_trusted()


@pytest.mark.parametrize("wrong", [EPOCH, RELEASED - DAY, RETIRED + DAY, TODAY.replace(year=2060)])
def test_what_cannot_be_is_not_trusted_even_where_the_kernel_vouches_for_it(
    wrong: datetime,
) -> None:
    assert not Machine(wrong, is_synchronized=True).judge.is_trusted()


def test_the_kernel_can_be_asked() -> None:
    assert is_synchronized() in {True, False}


def test_asking_the_kernel_and_the_allocator_again_opens_no_library_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_synchronized()
    overwrite_cached_blocks()

    def refuse(name: str | None) -> ctypes.CDLL:
        raise AssertionError(f"opened again: {name}")

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    monkeypatch.setattr(overwriting, "CDLL", refuse)
    is_synchronized()
    overwrite_cached_blocks()


# Over restarts


def test_a_clock_cannot_stand_before_it_was_last_synchronised() -> None:
    before = Machine(TODAY, is_synchronized=True)

    assert not before.restarted(TODAY - 2 * HOUR).judge.is_trusted()
    assert before.restarted(TODAY + 300 * DAY).judge.is_trusted()


def test_a_machine_that_was_never_synchronised_may_be_set_back_with_a_restart() -> None:
    before = Machine(TODAY + 90 * DAY)
    assert before.judge.is_trusted()

    assert before.restarted(TODAY).judge.is_trusted()


@pytest.mark.parametrize("year", [2034, 2045, 2060, 2099])
def test_a_clock_far_ahead_of_all_that_is_known_is_not_trusted(year: int, tmp_path: Path) -> None:
    file = _written(tmp_path / "content.yaml", TODAY)
    ahead = TODAY.replace(year=year)

    assert not Machine(ahead, [file]).judge.is_trusted()
    assert not Machine(ahead, [file], Anchors(TODAY, TODAY)).judge.is_trusted()


def test_a_showroom_without_network_is_trusted_for_as_long_as_it_runs() -> None:
    machine = Machine()
    for _ in range(6):  # years, each with a start
        assert all(machine.is_trusted_after(10 * DAY) for _ in range(36))
        machine = machine.restarted(machine.reads + DAY)

    assert machine.judge.is_trusted()
    assert machine.reads > TODAY + MAX_PAUSE


def test_a_file_from_beyond_the_kiosks_days_tells_nothing(tmp_path: Path) -> None:
    file = _written(tmp_path / "content.yaml", RETIRED + 900 * DAY)

    assert earliest(times_of([file])) == RELEASED
    assert latest(times_of([file])) == RELEASED + MAX_PAUSE


def test_the_latest_of_all_files_counts(tmp_path: Path) -> None:
    old = _written(tmp_path / "old", TODAY - 100 * DAY)
    new = _written(tmp_path / "new", TODAY)

    assert earliest(times_of([old, new, tmp_path / "gone"])) == TODAY - DAY
    assert earliest(times_of([tmp_path / "gone"])) == RELEASED


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
    with time_machine.travel(TODAY, tick=False) as travel:
        before = read_steady_clock()
        travel.shift(timedelta(days=1))

        assert timedelta() <= read_steady_clock() - before < HOUR


def _written(file: Path, moment: datetime) -> Path:
    file.touch()
    os.utime(file, (moment.timestamp(), moment.timestamp()))
    return file
