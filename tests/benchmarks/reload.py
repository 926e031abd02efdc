"""A saved change while the kiosk runs: what it costs, and what a thousand of them leave behind."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from tests.benchmarks.contenders import CONTENT, ROOT
from tests.benchmarks.large_content import LARGE, SMALL, write_large
from tests.benchmarks.processes import measured_by
from tests.benchmarks.samples import Limit, Samples, Say, Table, ratio, shown
from tests.benchmarks.screen import Screen

TIMES = 1000
MOST_SHARE = 1.0
"""Of what reading the whole file costs, in the same run."""
MOST_TURN_SECONDS = 0.1
MOST_GROWTH_KIB = 1.0
PLACES = {"attract": "the attract loop", "home": "home"}


def measure(screen: Screen, folder: Path, rounds: int, say: Say, many: int = TIMES) -> Table:
    """Reload both files, then the small one very many times."""
    samples = Samples()
    files = {SMALL: _copied(folder / SMALL), LARGE: write_large(folder / LARGE)}
    for name, file in files.items():
        times = many if name == SMALL else 0
        say(f"reloads of the {name} file" + (f", then {times:,} more" if times else ""))
        words = (file, folder / f"{name}-data", rounds, times)
        samples.add_all(name, measured_by("reloading.py", *words, display=screen.display))
    return _table(samples, many)


def _copied(folder: Path) -> Path:
    folder.mkdir(parents=True)
    copytree(ROOT / "assets", folder / "assets")
    file = folder / "content.yaml"
    file.write_bytes(CONTENT.read_bytes())
    return file


def _table(samples: Samples, many: int) -> Table:
    table = Table(
        "One offer of the content is changed and saved while the kiosk runs",
        ("", "content.yaml", "10,000 entries", "ratio"),
    )
    _row(table, samples, "the whole file read, as at a start", "whole load", [])
    for key, place in PLACES.items():
        what = f"background {key}"
        limits = [
            Limit(share, MOST_SHARE, f"≤ {MOST_SHARE:g} × the whole file")
            for name in (SMALL, LARGE)
            if (share := ratio(samples.of(name, what), samples.of(name, "whole load"))) is not None
        ]
        _row(table, samples, f"read, checked and kept in the background, on {place}", what, limits)
        _row(table, samples, f"swapped on the GUI thread, on {place}", f"swap {key}", [])
        what = f"longest turn {key}"
        limits = [
            Limit(samples.of(name, what), MOST_TURN_SECONDS, "≤ 100 ms") for name in (SMALL, LARGE)
        ]
        _row(table, samples, f"longest turn of the event loop, on {place}", what, limits)
    growth = samples.of(SMALL, "growth")
    if growth is not None:
        limit = Limit(growth, MOST_GROWTH_KIB, f"≤ {MOST_GROWTH_KIB:g} KiB")
        text = f"memory in use more with each of {many:,} reloads, a place visited after each"
        table.add((text, f"{growth:.2f} KiB", "-", "-"), [limit])
    return table


def _row(table: Table, samples: Samples, text: str, what: str, limits: list[Limit]) -> None:
    small, large = samples.of(SMALL, what), samples.of(LARGE, what)
    worst = max(limits, key=lambda limit: limit.value or 0, default=None)
    table.add(
        (text, shown(small, "s"), shown(large, "s"), shown(ratio(large, small), "×")),
        [] if worst is None else [worst],
    )
