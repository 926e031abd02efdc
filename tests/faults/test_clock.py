"""The clock falls back to 1970, or runs ahead, while visitors sign up and managers export.

The kiosk is the real one without its window: its clock, its judge of the clock, its desk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from PySide6.QtGui import QGuiApplication

from kiosk.operation.clock import EPOCH, Clock
from kiosk.operation.clock_judge import RELEASED
from kiosk.operation.showroom_clock import is_clock_trusted
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.form import Signup
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.queue import Queue
from tests.faults.visitors import exported_ids
from tests.faults.windowless import Windowless

if TYPE_CHECKING:
    from tests.conftest import Contents

TODAY = max(RELEASED, datetime.now(UTC)) + timedelta(days=2)
"""Never before the files of this checkout were written."""
AHEAD = datetime(2099, 1, 1, tzinfo=UTC)
RETENTION = timedelta(days=30)


class Machine(Windowless):
    """A kiosk on a machine whose clock anybody may set."""

    _traveller: time_machine.travel | None = None
    _visitors = 0

    def set_clock(self, moment: datetime) -> None:
        """It goes on from there; the time since the machine started does not change by it."""
        self.stop()
        self._traveller = time_machine.travel(moment, tick=True)
        self._traveller.start()

    def stop(self) -> None:
        """Give the true time back."""
        if self._traveller is not None:
            self._traveller.stop()
            self._traveller = None

    def send(self) -> None:
        """Send the form; the file system dates what it writes by the clock."""
        self._visitors += 1
        assert self.send_form(f"visitor{self._visitors}@example.com") == "thanked"
        now = Clock().now().timestamp()
        os.utime(self.data / FILE_NAME, (now, now))

    def sign_up(self, count: int = 1) -> None:
        """That many visitors."""
        for _ in range(count):
            self.open_form()
            self.send()

    def tidy(self) -> None:
        """What a timer does every few hours."""
        self.kiosk._retention._timer.timeout.emit()
        self.work()

    def export(self, name: str, choice: str = "new") -> list[str]:
        """A manager's export; returns the ids in it."""
        with Queue.open(self.data) as queue:
            trusted = is_clock_trusted(self.data)
            order = ExportRequest(self.data / name, choice)
            result = export(queue, order, Clock().now(), is_clock_trusted=trusted)
        return exported_ids(result.file)

    def restart(self) -> None:
        self.start()
        self.work()


@pytest.fixture
def machine(
    qapp: QGuiApplication,
    contents: Contents,
    tmp_path: Path,
    work_off: Callable[[], None],
    closed_desks: None,
) -> Iterator[Machine]:

    privacy = {"title": "Your details", "body": ["Stay here."], "retention_days": RETENTION.days}
    content = contents.write(contents.signup(privacy=privacy))
    data = tmp_path / "data"
    data.mkdir()
    machine = Machine(content, data, work_off)
    machine.set_clock(TODAY)
    machine.restart()
    yield machine
    machine.stop()
    machine.close()


def flags(signups: list[Signup]) -> list[bool | None]:
    return [signup.provenance.clock_trusted for signup in signups]


def test_signups_made_in_1970_are_stored_once_and_told_apart(machine: Machine) -> None:
    machine.sign_up(3)
    machine.set_clock(EPOCH)
    machine.sign_up(3)
    machine.set_clock(TODAY + timedelta(hours=1))
    machine.sign_up(3)

    stored = machine.stored()
    assert [row.person.email for row in stored] == [f"visitor{n}@example.com" for n in range(1, 10)]
    assert len({row.id for row in stored}) == 9
    assert flags(stored) == [True] * 3 + [False] * 3 + [True] * 3
    assert {row.provenance.created_at.astimezone(UTC).year for row in stored[3:6]} == {1970}


def test_a_clock_that_runs_ahead_is_told_apart_and_believed_again_when_it_is_back(
    machine: Machine,
) -> None:
    machine.sign_up(2)
    machine.set_clock(AHEAD)
    machine.sign_up(2)
    machine.set_clock(TODAY + timedelta(hours=1))
    machine.sign_up(3)

    assert flags(machine.stored()) == [True] * 2 + [False] * 2 + [True] * 3


@pytest.mark.parametrize("wrong", [EPOCH, AHEAD])
def test_a_form_opened_before_the_clock_jumps_is_stored_once(
    machine: Machine, wrong: datetime
) -> None:
    machine.open_form()
    machine.set_clock(wrong)
    machine.send()

    assert flags(machine.stored()) == [False]


@pytest.mark.parametrize("wrong", [EPOCH, AHEAD])
@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_exports_hold_every_signup_whatever_the_clock_said(
    machine: Machine, wrong: datetime, ending: str
) -> None:
    machine.sign_up(2)
    first = machine.export(f"1.{ending}")
    machine.set_clock(wrong)
    machine.sign_up(2)
    second = machine.export(f"2.{ending}")
    machine.set_clock(TODAY + timedelta(hours=1))
    machine.sign_up(2)
    third = machine.export(f"3.{ending}")

    ids = [row.id for row in machine.stored()]
    assert (first, second, third) == (ids[:2], ids[2:4], ids[4:])
    assert machine.export(f"all.{ending}", "all") == ids


def test_nothing_is_erased_while_the_clock_runs_ahead_and_what_is_overdue_once_it_is_right(
    machine: Machine,
) -> None:
    machine.sign_up(2)
    machine.export("1.csv")
    machine.set_clock(AHEAD)
    machine.tidy()
    assert len(machine.stored()) == 2

    machine.set_clock(TODAY + RETENTION - timedelta(days=1))
    machine.restart()
    assert len(machine.stored()) == 2
    machine.set_clock(TODAY + RETENTION + timedelta(days=1))
    machine.restart()
    assert machine.stored() == []


@pytest.mark.parametrize("wrong", [EPOCH, AHEAD])
def test_what_was_exported_by_a_wrong_clock_is_kept_as_long_from_when_it_was_right(
    machine: Machine, wrong: datetime
) -> None:
    """Also where the signups themselves are old enough by then."""
    machine.sign_up(2)
    machine.set_clock(wrong)
    machine.export("1.csv")
    machine.tidy()
    right = TODAY + timedelta(days=40)
    for days_later, left in ((0, 2), (29, 2), (31, 0)):
        machine.set_clock(right + timedelta(days=days_later))
        machine.restart()
        machine.tidy()

        assert len(machine.stored()) == left


def test_a_machine_without_a_battery_is_trusted_once_the_network_has_set_its_clock(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.set_clock(TODAY + timedelta(days=200))
    machine.restart()
    machine.set_clock(TODAY)
    machine.sign_up()
    monkeypatch.setattr(machine.kiosk._clock._judge, "_synchronized", lambda: True)
    machine.sign_up()

    assert flags(machine.stored()) == [False, True]
