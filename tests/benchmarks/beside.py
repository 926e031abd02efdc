"""The kiosk beside Chromium and an empty window: start, memory, idling, taps."""

from __future__ import annotations

from pathlib import Path
from time import sleep

from tests.benchmarks.contenders import Chromium, Contender, EmptyWindow, Kiosk
from tests.benchmarks.processes import Started
from tests.benchmarks.samples import Limit, Samples, Say, Table, ratio, shown
from tests.benchmarks.screen import Screen
from tests.benchmarks.visit import REST_SECONDS, Visits

FIGURES = ("start", "memory", "idle", "tap")
STARTS_A_ROUND = 2
IDLE_SECONDS, QUICK_IDLE_SECONDS = 10, 4
POSTER_SECONDS = 9
"""As the default content has it, and Chromium's page."""
CHROMIUM_TAPS = 8


def measure(
    screen: Screen, folder: Path, rounds: int, wanted: set[str], say: Say, idle_seconds: int
) -> Table:
    """All contenders in turn, round after round."""
    samples = Samples()
    visits = Visits(screen, samples)
    contenders: list[Contender] = [Kiosk(), EmptyWindow()]
    if Chromium.is_here():
        contenders.insert(1, Chromium(folder / "page"))
    for number in range(rounds):
        turn = number % len(contenders)
        in_turn = [*contenders[turn:], *contenders[:turn]]
        homes = {c.name: folder / f"{c.name.replace(' ', '-')}-{number}" for c in contenders}
        say(f"beside the others, round {number + 1} of {rounds}")
        for contender in in_turn:
            with visits.started(contender, homes[contender.name], "first"):
                sleep(REST_SECONDS)  # what is kept for the next start is written behind the picture
        if "start" in wanted:
            for _ in range(STARTS_A_ROUND):
                for contender in in_turn:
                    with visits.started(contender, homes[contender.name], "usual"):
                        pass
            for contender in in_turn:
                if contender.wake is not None:
                    visits.hasty(contender, homes[contender.name])
        if wanted - {"start"}:
            for contender in in_turn:
                with visits.started(contender, homes[contender.name], "usual") as program:
                    _stay(visits, samples, contender, program, wanted, idle_seconds)
    return _table(samples, wanted, idle_seconds)


def _stay(
    visits: Visits,
    samples: Samples,
    contender: Contender,
    program: Started,
    wanted: set[str],
    idle_seconds: int,
) -> None:
    """Everything that is measured of a running program."""
    sleep(REST_SECONDS)
    samples.add(contender.name, "memory first", program.pss())
    if "idle" in wanted:
        visits.idle(program, contender.name, "first", idle_seconds)
    if contender.wake is None:
        return
    if isinstance(contender, Kiosk):
        visits.wake(contender)
        if "idle" in wanted:
            visits.idle(program, contender.name, "home", idle_seconds)
        visits.walk(contender)
        visits.see_the_rest()
    else:
        for number in range(CHROMIUM_TAPS):
            visits.tap(contender.name, "later" if number else "first", contender.wake)
        if "idle" in wanted:  # each tap goes to the other one of its two screens
            visits.tap(contender.name, "later", contender.wake)
            visits.idle(program, contender.name, "home", idle_seconds)
    sleep(REST_SECONDS)
    samples.add(contender.name, "memory used", program.pss())


def _table(samples: Samples, wanted: set[str], idle_seconds: int) -> Table:
    table = Table(
        "The kiosk beside Chromium's kiosk mode and an empty Qt Quick window",
        ("", "kiosk", "Chromium", "empty window", "kiosk : Chromium", "kiosk : empty"),
    )

    def add(
        text: str,
        unit: str,
        what: str,
        of_chromium: float | None = None,
        of_empty: float | None = None,
    ) -> None:
        kiosk = samples.of("kiosk", what)
        chromium, empty = samples.of("Chromium", what), samples.of("empty window", what)
        limits = []
        if of_chromium is not None:
            limit = f"≤ {of_chromium:g} × Chromium"
            # A tick more or less is chance.
            value = ratio(kiosk, chromium if unit != "ticks" else max(chromium or 0, 1))
            limits.append(Limit(value if chromium is not None else None, of_chromium, limit))
        if of_empty is not None:
            limits.append(Limit(ratio(kiosk, empty), of_empty, f"≤ {of_empty:g} × empty"))
        numbers = [shown(number, unit) for number in (kiosk, chromium, empty)]
        ratios = [shown(ratio(kiosk, number), "×") for number in (chromium, empty)]
        table.add((text, *numbers, *ratios), limits)

    if "start" in wanted:
        add("first full screen, usual start", "s", "start usual", 0.7, 1.2)
        add("first full screen, very first start", "s", "start first", of_empty=1.6)
        add("home, touched at the first picture", "s", "start to home", 0.6)
    if "memory" in wanted:
        add("memory (PSS), first picture", "MiB", "memory first", 0.35)
        add("memory (PSS), after a walk and the keyboard", "MiB", "memory used", 0.35)
    if "idle" in wanted:
        untouched = f"processor ticks in {idle_seconds} s untouched"
        add(f"{untouched}, home", "ticks", "idle home", 1)
        change = ", one change of poster" if idle_seconds > POSTER_SECONDS else ""
        add(f"{untouched}, attract loop{change}", "ticks", "idle first", 1)
    if "tap" in wanted:
        for visit in ("first", "later"):
            _tap_row(table, samples, visit)
    return table


def _tap_row(table: Table, samples: Samples, visit: str) -> None:
    """The slowest place counts; the page has only one."""
    slowest = samples.slowest("kiosk", f"tap {visit}")
    if slowest is None:
        return
    place, kiosk = slowest
    at_rest = samples.of("kiosk", f"settled {visit} {place}")
    chromium = samples.of("Chromium", f"tap {visit}")
    table.add(
        (
            f"tap to next screen, {visit} visit, slowest place (at rest)",
            f"{place} {shown(kiosk, 's')} ({shown(at_rest, 's')})",
            f"{shown(chromium, 's')} ({shown(samples.of('Chromium', f'settled {visit}'), 's')})",
            "-",
            shown(ratio(kiosk, chromium), "×"),
            "-",
        ),
        [Limit(kiosk, 0.1, "≤ 100 ms")],
    )
