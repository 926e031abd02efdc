"""Signs of life come from a kiosk that draws, and from one whose screen is off; no other."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.operation.notify import ServiceManager
from kiosk.showroom.run.service_reporter import SIGNS_PER_INTERVAL, ServiceReporter


class Window(QObject):
    """Stands in for a window, whose screen no program can switch off."""

    frameSwapped = Signal()

    def __init__(self, *, is_exposed: bool = True, draws: bool = True) -> None:
        super().__init__()
        self.is_exposed, self.draws = is_exposed, draws

    def isExposed(self) -> bool:
        return self.is_exposed

    def update(self) -> None:
        if self.is_exposed and self.draws:
            self.frameSwapped.emit()


class Worker:
    is_stuck = False

    def is_well(self) -> bool:
        return not self.is_stuck


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


Heard = Callable[[], list[str]]


@pytest.fixture
def heard(manager: socket.socket) -> Heard:
    """What has come since the last time."""

    def read() -> list[str]:
        messages = []
        try:
            while True:
                messages.append(manager.recv(1024).decode())
        except BlockingIOError:
            return messages

    return read


@pytest.fixture
def service(qapp: object, manager: socket.socket) -> ServiceManager:
    return ServiceManager(manager.getsockname(), 30.0)


def check(reporter: ServiceReporter) -> None:
    """Let a part of the interval pass."""
    (timer,) = reporter.findChildren(QTimer)
    assert timer.interval() == 30_000 / SIGNS_PER_INTERVAL
    timer.timeout.emit()


def test_each_part_of_the_interval_brings_one_frame_and_one_sign(
    service: ServiceManager, heard: Heard
) -> None:
    window = Window()
    reporter = ServiceReporter(service, window, Worker())
    assert heard() == ["READY=1"]

    for _ in range(5):
        check(reporter)
        assert heard() == ["WATCHDOG=1"]
        for _ in range(60):
            window.frameSwapped.emit()  # something moves
        assert heard() == []


def test_a_kiosk_that_no_longer_draws_gives_no_sign(service: ServiceManager, heard: Heard) -> None:
    window = Window()
    reporter = ServiceReporter(service, window, Worker())
    check(reporter)
    heard()

    window.draws = False
    for _ in range(5):
        check(reporter)
    assert heard() == []

    window.draws = True
    check(reporter)
    assert heard() == ["WATCHDOG=1"]


def test_a_screen_that_is_off_is_no_reason_to_restart(
    service: ServiceManager, heard: Heard
) -> None:
    """From the beginning, or later, when the compositor takes the window off the screen."""
    window = Window(draws=False)
    reporter = ServiceReporter(service, window, Worker())
    check(reporter)
    assert heard() == ["READY=1", "WATCHDOG=1"]

    window.draws = True
    check(reporter)
    window.is_exposed = window.draws = False
    check(reporter)
    assert heard() == ["WATCHDOG=1"] * 2


def test_a_stuck_worker_ends_the_signs(
    service: ServiceManager, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker()
    reporter = ServiceReporter(service, Window(), worker)
    heard()

    worker.is_stuck = True
    for _ in range(3):
        check(reporter)
    assert heard() == []
    assert caplog.text.count("stuck") == 1

    worker.is_stuck = False
    check(reporter)
    assert heard() == ["WATCHDOG=1"]


def test_who_does_not_ask_for_signs_wakes_nobody(manager: socket.socket, heard: Heard) -> None:
    reporter = ServiceReporter(ServiceManager(manager.getsockname()), Window(), Worker())

    assert reporter.findChildren(QTimer) == []
    reporter.describe("7")
    reporter.describe("")
    assert heard() == ["READY=1", "STATUS=version 7 on screen", "STATUS=running"]


def test_safe_mode_is_in_the_status(manager: socket.socket, heard: Heard) -> None:
    service = ServiceManager(manager.getsockname())
    ServiceReporter(service, Window(), Worker(), "safe mode").describe("6")

    assert heard()[1:] == ["STATUS=safe mode: version 6 on screen"]
