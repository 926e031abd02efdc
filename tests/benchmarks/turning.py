"""`python turning.py FILE TIMES`: the kiosk's posters in turn, then its cars, timed from inside."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.content.check.loading import load
from kiosk.operation.clock import StoppedClock
from kiosk.showroom import scene
from kiosk.showroom.read_only import present_read_only
from kiosk.showroom.touch.touch_guard import TouchGuard
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import AtOnce, Runner
from tests.benchmarks.contenders import BAR, SHOWN_DAY
from tests.benchmarks.photographs import (
    ALONG_STREET,
    BACK,
    CAR,
    CARS_A_ROUND,
    COME,
    DRAG_SECONDS,
    TO_NEXT_PICTURE,
    TURN,
    VISIT,
)
from tests.benchmarks.screen import MOVE_EVERY, Point, between

REST_MS = 3000
LONGEST_MS = 20_000
STEP_SECONDS = 0.8

Move = tuple[float, Callable[[], object]]
"""When a finger does something, in seconds, and what."""


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
    found: dict[str, list[float]] = {TURN: [], COME: [], VISIT: []}
    for number in range(1, int(times) + 1):
        turn, come = _turned(attract, number % showroom.posters.count)
        found[TURN].append(turn)
        found[COME].append(come)
    found[VISIT] = [max(_visit(window))]
    print(json.dumps(found))
    window.close()
    del built, window, application


def _turned(attract: QQuickItem, poster: int) -> tuple[float, float]:
    """The longest turn of the event loop until a poster is seen whole, and all of the time."""
    begun = time.perf_counter()
    longest = _longest_turn(
        [(0, lambda: attract.setProperty("wanted", poster))], lambda _: attract.property("settled")
    )
    come = time.perf_counter() - begun
    _pass(300)
    return longest, come


def _visit(window: QQuickWindow) -> Iterator[float]:
    """The longest turn after each touch of a visitor who looks at the cars, one after the other."""
    guards = window.findChildren(TouchGuard)
    look = (BAR["models"], ALONG_STREET, CAR, TO_NEXT_PICTURE, BACK, BAR["home"])
    for touch in ((960, 500), *look * CARS_A_ROUND):
        for guard in guards:  # each touch comes after the visitor has seen what the last one did
            guard.lift()
        moves = _touch(window, touch)
        yield _longest_turn(moves, lambda elapsed, last=moves[-1][0]: elapsed > last + STEP_SECONDS)


def _touch(window: QQuickWindow, touch: Point | tuple[Point, Point]) -> list[Move]:
    """What a finger does, each at its second: a tap on a point, or a drag between two."""

    def send(act: Callable[..., None], point: Point) -> Callable[[], None]:
        return lambda: act(window, Qt.MouseButton.LeftButton, pos=QPoint(*point))

    def move(point: Point) -> Callable[[], None]:
        return lambda: QTest.mouseMove(window, QPoint(*point))

    start, end = touch if isinstance(touch[0], tuple) else (touch, touch)
    steps = 0 if start == end else round(DRAG_SECONDS / MOVE_EVERY)
    return [
        (0, send(QTest.mousePress, start)),
        *(
            (step * MOVE_EVERY, move(between(start, end, step / steps)))
            for step in range(1, steps + 1)
        ),
        (steps * MOVE_EVERY, send(QTest.mouseRelease, end)),
    ]


def _longest_turn(moves: list[Move], is_over: Callable[[float], bool]) -> float:
    """The longest pause between two ticks from the first of some moves until all is over."""
    loop = QEventLoop()
    ticks = QTimer(interval=0, timerType=Qt.TimerType.PreciseTimer)
    begun = last = time.perf_counter()
    longest = 0.0
    waiting = deque(moves)

    def tick() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        while waiting and waiting[0][0] <= now - begun:
            waiting.popleft()[1]()
        if not waiting and is_over(now - begun):
            loop.quit()

    ticks.timeout.connect(tick)
    QTimer.singleShot(LONGEST_MS, loop.quit)
    ticks.start()
    loop.exec()
    ticks.stop()
    return longest


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
