"""What a visitor does, with a stopwatch: starts, taps, a walk through every place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from tests.benchmarks.contenders import BAR, DOORS, EMAIL_FIELD, Contender, Kiosk
from tests.benchmarks.processes import Started
from tests.benchmarks.samples import Samples
from tests.benchmarks.screen import Film, NothingShown, Pixels, Point, Screen

REST_SECONDS = 2.0
"""What is still loading behind a picture that stands may take this long."""


class Visits:
    """Runs contenders on a screen and notes what it sees."""

    def __init__(self, screen: Screen, samples: Samples) -> None:
        self._screen = screen
        self._samples = samples
        self._first_pictures: dict[str, Pixels] = {}

    @contextmanager
    def started(self, contender: Contender, home: Path, kind: str) -> Iterator[Started]:
        """Start a contender, note how long its first full screen took, end it after the block."""
        with Started(contender.command(home), home, self._screen.display) as program:
            try:
                film = self._screen.watch(program.at, changed=0.98)
            except NothingShown as error:
                raise NothingShown(
                    f"{contender.name}: {error}; it said: {program.said()}"
                ) from None
            self._first_pictures[contender.name] = film.end
            self._samples.add(contender.name, f"start {kind}", film.complete())
            yield program
        self._screen.wait_until_empty()

    def hasty(self, contender: Contender, home: Path) -> None:
        """Touch as soon as the first picture stands; note when home is there, from the start on."""
        assert contender.wake is not None
        with Started(contender.command(home), home, self._screen.display) as program:
            self._screen.wait_for(self._first_pictures[contender.name])
            self._screen.tap(contender.wake)
            film = self._screen.watch(program.at, changed=0.2)
            self._samples.add(contender.name, "start to home", film.presented())
        self._screen.wait_until_empty()

    def wake(self, contender: Contender) -> None:
        """The waking touch."""
        assert contender.wake is not None
        sleep(REST_SECONDS)
        self._tap(contender.wake)

    def tap(self, who: str, what: str, point: Point) -> None:
        """Tap and note the answer."""
        film = self._tap(point)
        self._samples.add(who, f"tap {what}", film.presented())
        self._samples.add(who, f"answer {what}", film.answered())
        self._samples.add(who, f"settled {what}", film.settled())

    def drag(self, who: str, what: str, start: Point, end: Point, seconds: float) -> None:
        """Drag and note how it is followed."""
        film = self._screen.drag(start, end, seconds)
        self._samples.add(who, f"answer {what}", film.answered())
        self._samples.add(who, f"rate {what}", film.rate(seconds))
        self._samples.add(who, f"still {what}", film.longest_still(seconds))

    def walk(self, kiosk: Kiosk) -> None:
        """Through every place by the bar, twice; from home, where it begins."""
        for visit in ("first", "later"):
            for place, point in BAR.items():
                if place != "home" or visit == "later":
                    self.tap(kiosk.name, f"{visit} {place}", point)

    def see_the_rest(self) -> None:
        """The places behind the doors alone, and the form with its keyboard."""
        for point in DOORS.values():
            self._tap(BAR["home"])
            self._tap(point)
        self._tap(BAR["signup"])
        self._tap(EMAIL_FIELD)

    def idle(self, program: Started, who: str, what: str, seconds: float) -> None:
        """Touch nothing and note the processor time."""
        sleep(REST_SECONDS)
        before, at = program.ticks(), perf_counter()
        sleep(seconds)
        ticks = (program.ticks() - before) * seconds / (perf_counter() - at)
        self._samples.add(who, f"idle {what}", ticks)

    def _tap(self, point: Point) -> Film:
        return self._screen.watch(self._screen.tap(point), changed=0.05, longest=20)
