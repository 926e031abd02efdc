"""A stuck thread counts only where its disk responds, since no restart mends a disk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from kiosk.showroom.run import worker_check
from kiosk.showroom.run.worker_check import STUCK_SECONDS, WorkerCheck
from kiosk.toolkit.runner import Runner
from tests.conftest import HandDrained
from tests.showroom.conftest import Steady


@pytest.fixture
def clock() -> Steady:
    return Steady()


@pytest.fixture
def check(qapp: object, executor: HandDrained, clock: Steady, tmp_path: Path) -> WorkerCheck:
    return WorkerCheck(Runner(executor), tmp_path, clock)


def becomes_unwell(check: WorkerCheck) -> bool:
    """The disk is tried in the background."""
    deadline = time.monotonic() + 10
    while check.is_well():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def test_a_thread_that_works_is_well_forever(
    check: WorkerCheck, executor: HandDrained, clock: Steady, work_off
) -> None:
    for _ in range(20):
        assert check.is_well()
        executor.drain()
        work_off()
        clock.seconds += STUCK_SECONDS


def test_a_busy_thread_is_given_one_job_and_time(
    check: WorkerCheck, executor: HandDrained, clock: Steady
) -> None:
    for _ in range(10):
        assert check.is_well()
        clock.seconds += STUCK_SECONDS / 11
    assert executor.drain() == 1


def test_a_stuck_thread_is_noticed_and_recovers(
    check: WorkerCheck, executor: HandDrained, clock: Steady, tmp_path: Path, work_off
) -> None:
    assert check.is_well()
    clock.seconds += STUCK_SECONDS

    assert becomes_unwell(check)
    assert list(tmp_path.iterdir()) == []

    executor.drain()
    work_off()
    assert check.is_well()


def test_a_disk_that_refuses_is_not_the_threads_fault(
    qapp: object, executor: HandDrained, clock: Steady, tmp_path: Path
) -> None:
    check = WorkerCheck(Runner(executor), tmp_path / "gone", clock)
    check.is_well()
    clock.seconds += STUCK_SECONDS

    assert not any(becomes_unwell_soon(check))


def becomes_unwell_soon(check: WorkerCheck) -> Iterator[bool]:
    for _ in range(20):
        yield not check.is_well()
        time.sleep(0.01)


def test_a_disk_that_hangs_is_not_the_threads_fault(
    check: WorkerCheck, clock: Steady, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = Event()
    monkeypatch.setattr(worker_check, "_write", lambda _: released.wait())
    check.is_well()
    clock.seconds += STUCK_SECONDS

    assert not any(becomes_unwell_soon(check))
    released.set()
