"""Work off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from kiosk.toolkit.runner import Runner, logs_kind
from tests.conftest import HandDrained


def test_the_work_is_done_in_the_background_and_delivered_on_the_gui_thread(
    qtbot: QtBot, thread: ThreadPoolExecutor
) -> None:
    outcomes: list[tuple[object, object]] = []
    runner = Runner(thread)
    runner.run(current_thread, lambda t: outcomes.append((t, current_thread())), pytest.fail)
    qtbot.waitUntil(lambda: len(outcomes) == 1)
    ((worked, delivered),) = outcomes
    assert worked is not main_thread()
    assert delivered is main_thread()


def test_an_error_is_delivered_on_the_gui_thread_too(
    qtbot: QtBot, thread: ThreadPoolExecutor
) -> None:
    errors: list[tuple[str, object]] = []

    def fail() -> None:
        raise OSError("the disk is full")

    runner = Runner(thread)
    runner.run(fail, pytest.fail, lambda e: errors.append((str(e), current_thread())))
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert errors == [("the disk is full", main_thread())]


def test_nothing_is_delivered_before_the_loop_comes_round(
    executor: HandDrained, work_off: Callable[[], None]
) -> None:
    got: list[int] = []
    runner = Runner(executor)
    runner.run(lambda: 37, got.append, pytest.fail)
    assert got == []
    assert executor.drain() == 1
    assert got == []
    work_off()
    assert got == [37]


def test_what_is_logged_of_a_job_that_failed_is_the_kind_of_its_error(
    executor: HandDrained, work_off: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("what a visitor typed")

    runner = Runner(executor)
    runner.start(fail, logs_kind(logging.getLogger("kiosk"), "it could not be done"))
    executor.drain()
    work_off()
    assert caplog.messages == ["it could not be done: ValueError"]


def test_jobs_are_done_one_after_the_other_in_their_order(
    qtbot: QtBot, thread: ThreadPoolExecutor
) -> None:
    gate, got = Event(), []
    runner = Runner(thread)
    runner.run(gate.wait, lambda _: got.append(1), pytest.fail)
    runner.run(lambda: None, lambda _: got.append(2), pytest.fail)
    gate.set()
    qtbot.waitUntil(lambda: len(got) == 2)
    assert got == [1, 2]
