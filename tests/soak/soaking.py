"""The soak itself, in a process of its own.

A visit is a number of gestures. Then the visitor walks away, and the kiosk must find back to its
attract loop by itself and be woken by a touch again. Between visits the content is reloaded, or
another one shown in another language, or the screen gets another size, direction or size of text.
Every eighth visit has the same content and size, and is measured; every second one if it is quick.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from math import inf
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, thread_time
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QPoint, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest

from kiosk.content.check.loading import Loaded, load
from kiosk.operation.clock import StoppedClock
from kiosk.showroom.offscreen.offscreen_kiosk import (
    Layout,
    OffscreenKiosk,
    Screen,
    offscreen_application,
    open_offscreen,
)
from kiosk.showroom.presenter import Presenter
from tests.benchmarks.heap import in_use_kib
from tests.conftest import MOMENT, NO_FAULT_OF_OURS, descendants
from tests.showrooms import building
from tests.soak.gestures import Hand
from tests.soak.growth import figures
from tests.touch_guards import lift_guards

DEFAULT = Path(__file__).resolve().parents[2] / "content.yaml"
HEADLINE = re.compile(r"(?<=headline: )\w+")
GESTURES_A_VISIT = 25
MEASURED_EVERY, QUICK_MEASURED_EVERY = 8, 2
MOST_TOUCHES_TO_WAKE = 3
COUNTDOWN_TICKS = 60
"""Three times as many as the warning counts down."""
USUAL = Layout((960, 540))
LAYOUTS = (
    *(Layout((540, 960)), Layout((1280, 720)), Layout((800, 600)), Layout((720, 1280))),
    *(Layout((960, 540), 1.2), Layout((960, 540), 1.5), Layout((960, 540), mirrored=True)),
    Layout((540, 960), 1.5, mirrored=True),
)
REPORT_SECONDS = 30


class Failed(Exception):
    """What went wrong, in a line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A content and the moment at which it is shown."""

    name: str
    loaded: Loaded
    moment: datetime


class Complaints:
    """Warnings of Qt and QML, and exceptions that nobody has caught."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        qInstallMessageHandler(self._on_message)
        sys.excepthook = self._on_exception

    def _on_message(self, kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
        is_news = kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}
        if is_news and not any(known in message for known in NO_FAULT_OF_OURS):
            self.texts.append(message)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.texts.append("".join(traceback.format_exception(kind, error, trace)))


class Soak:
    """One run; `run` raises `Failed` at the first fault."""

    def __init__(
        self,
        kiosk: OffscreenKiosk,
        contents: Sequence[Shown],
        seed: int,
        *,
        is_quick: bool = False,
    ) -> None:
        presenter = kiosk.showroom.findChild(Presenter)
        assert presenter is not None
        self._kiosk = kiosk
        self._presenter = presenter
        self._contents = contents
        self._seed = seed
        self._complaints = Complaints()
        self._hand = Hand(kiosk.window, QTest.createTouchDevice())
        self._measured_every = QUICK_MEASURED_EVERY if is_quick else MEASURED_EVERY
        self.figures = figures(is_quick=is_quick)
        self.screens: Counter[str] = Counter()
        self.step = 0
        """How many gestures were made."""
        self.last = "nothing yet"
        self.visit = -1

    def run(self, touches: int, seconds: float, *, is_traced: bool = False) -> None:
        """Make so many gestures, or as many as fit into the time."""
        self._see_all()
        began = monotonic()
        next_report = began + REPORT_SECONDS
        while self.step < touches and monotonic() - began < seconds:
            self.visit += 1
            chance = Random(f"{self._seed} {self.visit}")
            is_measured = self.visit % self._measured_every == 0
            self._prepare(chance, is_usual=is_measured)
            self._wake(chance)
            if is_measured:
                self._measure()
            for _ in range(min(GESTURES_A_VISIT, touches - self.step)):
                self._gesture(chance, is_measured=is_measured, is_traced=is_traced)
            self._walk_away()
            if monotonic() > next_report:
                next_report += REPORT_SECONDS
                print(f"… {self.step:,} of {touches:,} touches", file=sys.stderr, flush=True)
        growing = [str(figure) for figure in self.figures.values() if figure.is_growing]
        if growing:
            raise Failed(f"it grows: {'; '.join(growing)}")

    def _see_all(self) -> None:
        """What is kept of each screen from its first visit on does not count."""
        for shown in (*self._contents[1:], self._contents[0]):
            self._show(shown)
            self._kiosk.home()
            for place in shown.loaded.content.places if shown.loaded.content else ():
                self._kiosk.showroom.navigation.open(place.id)
                self._kiosk.draw()
            self._kiosk.showroom.session.end()
        self._require_no_complaints()

    def _prepare(self, chance: Random, *, is_usual: bool) -> None:
        """What staff and installers do while nobody is there."""
        if is_usual:
            self._show(self._contents[0])
            self._kiosk.lay_out(USUAL)
        elif chance.random() < 0.6:
            self._show(chance.choice(self._contents))
        elif chance.random() < 0.7:
            self._kiosk.lay_out(chance.choice(LAYOUTS))
        self._kiosk.draw()
        self._require_no_complaints()

    def _show(self, shown: Shown) -> None:
        self.last = f"showing {shown.name}"
        self._presenter._clock = StoppedClock(moment=shown.moment)
        self._presenter.present(shown.loaded)
        self._kiosk.draw()

    def _wake(self, chance: Random) -> None:
        """By touches anywhere; a finger that happens to hit nothing is followed by another."""
        window = self._kiosk.window
        for _ in range(MOST_TOUCHES_TO_WAKE):
            spot = QPoint(chance.randrange(window.width()), chance.randrange(window.height()))
            lift_guards(window)
            self._hand.tap(spot)
            self._kiosk.draw()
            if self._kiosk.showroom.session.phase == "active":
                return
        raise Failed(f"stuck: {MOST_TOUCHES_TO_WAKE} touches did not wake the attract loop")

    def _gesture(self, chance: Random, *, is_measured: bool, is_traced: bool) -> None:
        gesture = self._hand.next(chance)
        self.last = gesture.text
        if is_traced:
            screen = self._kiosk.showroom.navigation.screen
            print(f"{self.step} {screen}: {gesture.text}", file=sys.stderr, flush=True)
        if not gesture.is_hasty:
            lift_guards(self._kiosk.window)
        began = thread_time()
        gesture.make()
        self._kiosk.draw()
        if is_measured:
            self.figures["turn"].samples.append(1000 * (thread_time() - began))
        self.step += 1
        self.screens[self._kiosk.showroom.navigation.screen] += 1
        self._require_no_complaints()

    def _walk_away(self) -> None:
        """Without a touch, the warning comes and counts down, and the attract loop is back."""
        session = self._kiosk.showroom.session
        if session.phase == "active":
            session.warn()
            self._kiosk.draw()
        for _ in range(COUNTDOWN_TICKS):
            if session.phase == "attract":
                break
            session._countdown.timeout.emit()
        self._kiosk.draw()
        attract = self._kiosk.item("attract")
        if session.phase != "attract" or not attract.isVisible():
            raise Failed(f"stuck: the attract loop does not come back ({session.phase})")
        self._require_no_complaints()

    def _measure(self) -> None:
        """At home after the first poster, with its pictures: the others have other items.

        Elsewhere it depends on what is being decoded.
        """
        self._kiosk.picture(next(self._kiosk.screens()))
        self._kiosk.picture(Screen("home", self._kiosk.home))
        gc.collect()
        items = sum(1 for _ in descendants(self._kiosk.window.contentItem()))
        for name, value in (
            ("heap", in_use_kib() / 1024),
            ("blocks", sys.getallocatedblocks() / 1000),
            ("items", items),
            ("file", sum(1 for _ in Path("/proc/self/fd").iterdir())),
        ):
            self.figures[name].samples.append(value)

    def _require_no_complaints(self) -> None:
        if self._complaints.texts:
            raise Failed(f"a warning: {self._complaints.texts[0].strip()}")


def load_contents(folder: Path, names: Sequence[str]) -> list[Shown]:
    """The default content, the same as staff save it with a change, and other showrooms."""
    default = load(DEFAULT)
    changed = folder / "changed" / "content.yaml"
    changed.parent.mkdir()
    text = DEFAULT.read_text(encoding="utf-8")
    changed.write_text(HEADLINE.sub(r"\g<0> again", text, count=1), encoding="utf-8")
    (changed.parent / "assets").symlink_to(DEFAULT.parent / "assets")
    contents = [
        Shown("the default content", default, MOMENT),
        Shown("the default content with a change", load(changed), MOMENT),
        *(Shown(name, load(building.build(name, folder)), building.MOMENT) for name in names),
    ]
    assert all(shown.loaded.content is not None for shown in contents)
    return contents


def main(words: Sequence[str]) -> int:
    """Soak and report; returns 1 if something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--touches", type=int, default=200_000, metavar="N", help="default: 200000")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="default: 1")
    parser.add_argument(
        "--to", type=int, metavar="TOUCH", help="replay up to this touch, and save what is seen"
    )
    parser.add_argument("--minutes", type=float, default=inf, metavar="N", help="at most so long")
    parser.add_argument("--trace", action="store_true", help="print every touch before it is made")
    parser.add_argument("--quick", action="store_true", help="one showroom, and wide limits")
    options = parser.parse_args(words)
    touches = options.touches if options.to is None else options.to
    names = () if options.quick else building.SHOWROOMS
    with (
        TemporaryDirectory(prefix="kiosk-soak-") as folder,
        offscreen_application(),
    ):
        contents = load_contents(Path(folder), names)
        with open_offscreen(contents[0].loaded, MOMENT, USUAL.size) as kiosk:
            soak = Soak(kiosk, contents, options.seed, is_quick=options.quick)
            status = _report(soak, touches, 60 * options.minutes, is_traced=options.trace)
            if options.to is not None:
                picture = Path(f"soak-{soak.step}.png")
                kiosk.draw().save(str(picture))
                print(f"{picture}: what is seen after touch {soak.step}")
    return status


def _report(soak: Soak, touches: int, seconds: float, *, is_traced: bool) -> int:
    began = monotonic()
    try:
        soak.run(touches, seconds, is_traced=is_traced)
        fault = ""
    except Failed as error:
        fault = str(error)
    except Exception:
        fault = traceback.format_exc()
    print(
        f"seed {soak._seed}: {soak.step:,} touches in {soak.visit + 1:,} visits,"
        f" {monotonic() - began:.0f} s"
    )
    print("\n".join(_lines(soak)))
    if fault:
        print(
            f"FAILED after touch {soak.step} of visit {soak.visit} ({soak.last}): {fault}\n"
            f"replay: python -m tests.soak --seed {soak._seed} --to {soak.step} --trace"
        )
    return 1 if fault else 0


def _lines(soak: Soak) -> Iterator[str]:
    with suppress(ZeroDivisionError):
        yield from map(str, soak.figures.values())
    yield "screens: " + ", ".join(f"{name} {count:,}" for name, count in soak.screens.most_common())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
