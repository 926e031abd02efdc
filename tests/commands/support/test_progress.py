"""Whoever waits at a terminal sees how far it is; nobody else is told."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from kiosk.commands.support import progress as module
from kiosk.commands.support.progress import EACH_SECONDS, Progress, progress

Wait = Callable[[float], None]


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Wait:
    """Lets seconds pass."""
    now = 100.0

    def pass_(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(module, "monotonic", lambda: now)
    return pass_


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What a terminal got since it was last asked."""

    def read() -> str:
        out, err = capsys.readouterr()
        assert out == ""
        return err

    return read


def test_what_is_done_at_once_says_nothing(wait: Wait, written: Callable[[], str]) -> None:
    line = Progress()
    for count in range(1, 1001):
        line(count, 1000)
    line.clear()

    assert written() == ""


def test_a_long_work_says_how_far_it_is_on_one_line(wait: Wait, written: Callable[[], str]) -> None:
    line = Progress()
    wait(0.6)
    line(1200, 30_000)

    assert written() == "\r\r1,200 of 30,000"

    wait(EACH_SECONDS)
    line(30_000, 30_000)

    assert written() == f"\r{' ' * 15}\r30,000 of 30,000"


def test_a_fast_work_does_not_flood_the_terminal(wait: Wait, written: Callable[[], str]) -> None:
    line = Progress()
    wait(0.6)
    for count in range(1, 1001):
        line(count, 1000)

    assert written() == "\r\r1 of 1,000"


def test_the_line_is_empty_for_what_is_said_next(wait: Wait, written: Callable[[], str]) -> None:
    line = Progress()
    wait(0.6)
    line(1, 9)
    written()

    line.clear()

    assert written() == f"\r{' ' * 6}\r"


def test_without_a_terminal_there_is_no_progress(written: Callable[[], str]) -> None:
    with progress() as watch:
        assert watch is None


def test_the_line_is_cleared_after_an_error(
    monkeypatch: pytest.MonkeyPatch, wait: Wait, written: Callable[[], str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    def fail_half_way() -> None:
        with progress() as watch:
            assert watch is not None
            wait(0.6)
            watch(1, 9)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()

    assert written().endswith("\r      \r")
