"""`python reloading.py CONTENT DATA ROUNDS TIMES`: a kiosk with stopwatches inside.

One offer of the file is changed and saved again and again, on the attract loop and at home; what
was measured is printed as JSON. Times are in seconds, memory in KiB.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.content.check.loading import load
from kiosk.content.versions import current_content
from kiosk.operation.clock import Clock
from kiosk.operation.memory import gc_paused
from kiosk.showroom import scene
from kiosk.showroom.run.content_reader import ReadResult
from kiosk.showroom.run.kiosk import Kiosk, RunOptions
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import DaemonThread, Runner
from tests.benchmarks.heap import in_use_kib

BEAT_MS = 2
READY_MS = 4000
"""Until everything that loads behind the first picture is there."""
SEEN_MS = 1500
"""After a swap: what is drawn anew, and what is tidied up behind it."""
VISIT_MS = 20
WARMED_UP = 0.2
"""The share of the reloads after which the heap has found its size."""
LOOK_EVERY = 2
OFFERS = "offers"
OFFER = re.compile(r"(?<=  offers:\n)(?P<before>.*?title: )(?P<title>[^\n]*)", re.DOTALL)


class TimedKiosk(Kiosk):
    """Notes how long a look takes in the background, and the swap on the GUI thread."""

    looked = swapped = 0.0
    swaps = 0

    def __init__(self, options: RunOptions, showroom: ShowroomViewModel, *runners: Runner) -> None:
        super().__init__(options, showroom, *runners)
        self._look = self._reader.poll
        self._reader.poll = self._time_look  # type: ignore[method-assign]

    def read(self) -> None:
        """Look at the file now."""
        self._reader.read()

    def stop_watching(self) -> None:
        """Saves are told by hand from now on, so that none is told twice."""
        assert self._reader._watcher is not None
        self._reader._watcher.blockSignals(True)

    def _time_look(self) -> ReadResult | None:
        began = perf_counter()
        result = self._look()
        if result is not None:
            self.looked = perf_counter() - began
        return result

    def _on_read(self, result: ReadResult) -> None:
        began = perf_counter()
        super()._on_read(result)
        self.swapped = perf_counter() - began
        self.swaps += 1


class Pulse:
    """A timer that should come every two milliseconds, and the longest time it did not."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = perf_counter()
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was before."""
        self.longest, self._last = 0.0, perf_counter()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now = perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def main(content: Path, data: Path, rounds: int, times: int) -> None:
    """Run a kiosk, measure, write down, leave."""
    current_content.QUIET_PERIODS = current_content.QuietPeriods(0, 0, 0)  # waiting is no work
    calm = re.sub("seconds_each: .*", "seconds_each: 120", content.read_text(encoding="utf-8"))
    content.write_text(calm, encoding="utf-8")  # no poster changes by itself
    data.mkdir()
    scene.prepare_environment()
    application = scene.make_application()
    showroom = ShowroomViewModel()
    with ThreadPoolExecutor(max_workers=1) as executor:
        clock = Clock.starting_at(datetime.fromisoformat("2024-05-01T10:00:00-05:00"))
        options = RunOptions(content, data, None, clock)
        kiosk = TimedKiosk(options, showroom, Runner(DaemonThread("content")), Runner(executor))
        built = kiosk.build()
        built.window.setGeometry(0, 0, 1920, 1080)
        built.window.show()
        steps = _steps(kiosk, showroom, content, rounds, times)
        QTimer.singleShot(READY_MS, lambda: _next(steps, application))
        application.exec()
        del built


def _next(steps: Iterator[int], application: QGuiApplication) -> None:
    try:
        wait = next(steps)
    except StopIteration:
        application.quit()
    else:
        QTimer.singleShot(wait, lambda: _next(steps, application))


def _steps(
    kiosk: TimedKiosk,
    showroom: ShowroomViewModel,
    content: Path,
    rounds: int,
    times: int,
) -> Iterator[int]:
    """What is done one after the other; each step says in how many milliseconds to come back."""
    found: dict[str, list[float]] = {}

    def note(what: str, number: float) -> None:
        found.setdefault(what, []).append(number)

    kiosk.stop_watching()
    pulse = Pulse()
    number = 0
    for scene_name in ("attract", "home"):
        if scene_name == "home":
            showroom.wake()
            yield READY_MS
        for _ in range(rounds):
            showroom.session.touched()
            number += 1
            _change_one_offer(content, number)
            swaps = kiosk.swaps
            pulse.begin()
            kiosk.read()
            while kiosk.swaps == swaps:
                yield 10
            yield SEEN_MS
            note(f"background {scene_name}", kiosk.looked)
            note(f"swap {scene_name}", kiosk.swapped)
            note(f"longest turn {scene_name}", pulse.longest)
    pulse.stop()
    for _ in range(rounds):
        with gc_paused():
            began = perf_counter()
            load(content)
            note("whole load", perf_counter() - began)
    used: list[float] = []
    for count in range(times):
        if count >= WARMED_UP * times and count % LOOK_EVERY == 0:
            used.append(in_use_kib())
        number += 1
        showroom.session.touched()
        _change_one_offer(content, number)
        swaps = kiosk.swaps
        kiosk.read()
        while kiosk.swaps == swaps:
            yield 1
        showroom.navigation.open(OFFERS)
        yield VISIT_MS
        showroom.navigation.goHome()
        yield VISIT_MS
    if times:
        note("growth", _growth(used))
    print(json.dumps(found))


def _growth(used: list[float]) -> float:
    """KiB a reload. The floor counts: pictures come and go above it."""
    third = len(used) // 3
    return (min(used[-third:]) - min(used[:third])) / (LOOK_EVERY * (len(used) - third))


def _change_one_offer(content: Path, number: int) -> None:
    text = content.read_text(encoding="utf-8")
    changed, count = OFFER.subn(rf"\g<before>Offer as changed {number:06}", text, count=1)
    assert count == 1
    content.write_text(changed, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
