"""`python turning.py FILE TIMES`: the kiosk's posters in turn, timed from inside."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.content.check.loading import load
from kiosk.operation.clock import StoppedClock
from kiosk.showroom import scene
from kiosk.showroom.read_only import present_read_only
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import AtOnce, Runner
from tests.benchmarks.contenders import SHOWN_DAY
from tests.benchmarks.photographs import COME, TURN

REST_MS = 3000
LONGEST_MS = 20_000


def main(file: str, times: str) -> None:
    """Print the longest turn of the event loop, and how long it took, for each poster."""
    scene.prepare_environment()
    application = scene.make_application()
    loaded, moment = load(Path(file)), datetime.fromisoformat(SHOWN_DAY)
    showroom = ShowroomViewModel()
    clock = StoppedClock(moment=moment)
    present_read_only(showroom, clock, Runner(AtOnce(), showroom)).present(loaded)
    built = scene.build_scene(showroom)
    window = built.window
    window.resize(1920, 1080)
    window.show()
    _pass(REST_MS)
    attract = _attract(window)
    found: dict[str, list[float]] = {TURN: [], COME: []}
    for number in range(1, int(times) + 1):
        turn, come = _turned(attract, number % showroom.posters.count)
        found[TURN].append(turn)
        found[COME].append(come)
    print(json.dumps(found))
    window.close()
    del built, window, application


def _turned(attract: QQuickItem, poster: int) -> tuple[float, float]:
    """The longest pause between two ticks until a poster is seen whole, and all of the time."""
    loop = QEventLoop()
    ticks = QTimer(interval=0, timerType=Qt.TimerType.PreciseTimer)
    begun = last = time.perf_counter()
    longest = 0.0

    def tick() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if attract.property("settled"):
            loop.quit()

    ticks.timeout.connect(tick)
    QTimer.singleShot(LONGEST_MS, loop.quit)
    attract.setProperty("wanted", poster)
    ticks.start()
    loop.exec()
    ticks.stop()
    come = time.perf_counter() - begun
    _pass(300)
    return longest, come


def _pass(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _attract(window: QQuickWindow) -> QQuickItem:
    waiting = [window.contentItem()]
    while (item := waiting.pop()).objectName() != "attract":
        waiting += item.childItems()
    return item


if __name__ == "__main__":
    main(*sys.argv[1:])
