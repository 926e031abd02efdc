"""What has been on screen for a minute has proved good; safe mode ends after an hour."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from kiosk.operation.start_record import CRASHES_TO_SAFE_MODE, StartRecord
from kiosk.showroom.run.restart import RESTART
from kiosk.showroom.run.safe_mode import TRIAL_MS, SafeMode
from kiosk.showroom.run.start_watch import PROOF_MS, StartWatch
from kiosk.showroom.viewmodels.session import SessionViewModel
from kiosk.toolkit.runner import Runner
from tests.conftest import HandDrained


@pytest.fixture
def crashed(tmp_path: Path) -> StartRecord:
    for _ in range(CRASHES_TO_SAFE_MODE):
        StartRecord(tmp_path).begin()
    return StartRecord(tmp_path)


def run_out(parent: StartWatch | SafeMode, milliseconds: int) -> None:
    (timer,) = parent.findChildren(QTimer)
    assert timer.isActive()
    assert timer.interval() == milliseconds
    timer.stop()
    timer.timeout.emit()


def test_a_version_on_screen_for_a_minute_is_noted_off_the_drawing_thread(
    qapp: object, crashed: StartRecord, executor: HandDrained, tmp_path: Path
) -> None:
    watch = StartWatch(crashed, Runner(executor))
    (timer,) = watch.findChildren(QTimer)
    assert not timer.isActive()  # nothing is on screen
    watch.follow("3")
    watch.follow("4")
    run_out(watch, PROOF_MS)
    assert StartRecord(tmp_path).needs_safe_mode

    executor.drain()

    after = StartRecord(tmp_path)
    assert (after.needs_safe_mode, after.good_version) == (False, 4)


def test_content_that_could_not_be_stored_proves_the_start_alone(
    qapp: object, crashed: StartRecord, executor: HandDrained, tmp_path: Path
) -> None:
    crashed.succeed(2)
    watch = StartWatch(crashed, Runner(executor))
    watch.follow("")
    run_out(watch, PROOF_MS)
    executor.drain()

    assert StartRecord(tmp_path).good_version == 2


def test_after_an_hour_safe_mode_ends_when_nobody_is_there(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By closing the kiosk, which is noted: a process that vanished would count as crashed."""
    exits: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", exits.append)
    session = SessionViewModel()
    mode = SafeMode(session)
    session.wake()
    run_out(mode, TRIAL_MS)
    assert exits == []

    session.end()

    assert exits == [RESTART]
