"""The kiosk as `run` builds it, in this process: real file, real queue, real background."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.operation.clock import Clock, StoppedClock
from kiosk.showroom.run.kiosk import Kiosk, RunOptions
from kiosk.showroom.viewmodels.session import SessionViewModel
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import Runner
from tests.conftest import CHECKOUT

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor


@dataclass(repr=False)
class Running:
    """A running kiosk: its window, its root view model, its data folder."""

    window: QQuickWindow
    showroom: ShowroomViewModel
    kiosk: Kiosk
    data: Path

    def pause(self) -> None:
        """Let the pause that the session allows run out, whatever is left of it."""
        idle = next(timer for timer in _timers(self.showroom.session) if timer.isSingleShot())
        assert idle.isActive()
        idle.stop()
        idle.timeout.emit()

    def tick(self, seconds: int) -> None:
        """Let seconds of the countdown pass."""
        for _ in range(seconds):
            countdown = next(t for t in _timers(self.showroom.session) if not t.isSingleShot())
            assert countdown.isActive()
            countdown.timeout.emit()


def _timers(session: SessionViewModel) -> list[QTimer]:
    return session.findChildren(QTimer)


Launch = Callable[..., "subprocess.Popen[str]"]
RunKiosk = Callable[..., Running]


@pytest.fixture
def run_kiosk(
    qapp: QGuiApplication,
    tmp_path: Path,
    moment: datetime,
    work_off: Callable[[], None],
    closed_desks: None,
    thread: ThreadPoolExecutor,
) -> Iterator[RunKiosk]:
    """Starts kiosks as `kiosk.showroom.run.app.run` does."""
    running: list[tuple[QQmlApplicationEngine, Running]] = []

    def run(
        content: Path,
        size: tuple[int, int] = (1920, 1080),
        *,
        is_shown: bool = True,
        clock: Clock | None = None,
    ) -> Running:
        data = tmp_path / "data"
        data.mkdir(exist_ok=True)
        showroom = ShowroomViewModel(reduced_motion=True)
        options = RunOptions(content, data, size, clock or StoppedClock(moment=moment))
        runners = Runner(thread, showroom), Runner(thread, showroom)
        kiosk = Kiosk(options, showroom, *runners)
        built = kiosk.build()
        built.window.setGeometry(0, 0, *size)
        built.window.setVisible(is_shown)
        running.append((built.engine, Running(built.window, showroom, kiosk, data)))
        return running[-1][1]

    yield run
    for engine, kiosk in running:
        kiosk.window.close()
        kiosk.showroom.blockSignals(True)  # home that is built now must not begin to read
        thread.submit(lambda: None).result()  # what is being read is taken while all is there
        work_off()
        kiosk.kiosk.close()
        kiosk.kiosk.deleteLater()  # with it, what watches the test's folder
        engine.deleteLater()
        work_off()


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Starts the program; whatever still runs is killed in the end."""
    running: list[subprocess.Popen[str]] = []

    def start(
        *arguments: str | Path, program: tuple[str, ...] = ("main.py",), **environment: str
    ) -> subprocess.Popen[str]:
        own = ("QT_Q", "QML", "WAYL", "DISPLAY")
        others = {n: value for n, value in os.environ.items() if not n.startswith(own)}
        with (tmp_path / f"console-{len(running)}").open("w") as console:
            running.append(
                subprocess.Popen(
                    [sys.executable, *program, "run", *arguments],
                    cwd=CHECKOUT,
                    env=others | {"PYTHONPATH": str(CHECKOUT)} | environment,
                    stdout=subprocess.PIPE,
                    stderr=console,
                    text=True,
                )
            )
        return running[-1]

    yield start
    for program in running:
        program.kill()
        program.communicate()
    print(consoles(tmp_path))  # shown with a failure


def consoles(folder: Path) -> str:
    """What the programs of a test have written to their consoles."""
    return "".join(file.read_text("utf-8") for file in sorted(folder.glob("console-*")))
