"""Files that are wrong many times over: what one costs, and one of twice the size."""

from __future__ import annotations

import gc
from pathlib import Path
from time import process_time

from kiosk.content.check.loading import load
from tests.benchmarks.samples import Limit, Samples, Say, Table, ratio, shown
from tests.content.check.heavy_files import HEAVY

MANY = 8_000
MOST_TIMES = 2.5
MOST_SECONDS = 2.0
ONCE, TWICE = "once", "twice"


def measure(folder: Path, rounds: int, say: Say) -> Table:
    """Read each kind of file in both sizes."""
    samples = Samples()
    folder.mkdir(parents=True)
    for number in range(rounds):
        say(f"files full of mistakes, round {number + 1} of {rounds}")
        for kind, write in HEAVY.items():
            for size, count in ((ONCE, MANY), (TWICE, 2 * MANY)):
                file = folder / "content.yaml"
                file.write_text(write(count), encoding="utf-8")
                samples.add(size, f"read {kind}", _seconds(file))
    return _table(samples)


def _seconds(file: Path) -> float:
    """Of the processor, which other programs share."""
    gc.collect()
    gc.disable()  # as the kiosk does while it reads
    began = process_time()
    load(file)
    seconds = process_time() - began
    gc.enable()
    return seconds


def _table(samples: Samples) -> Table:
    table = Table(
        f"A file with a mistake {MANY:,} times", ("kind", "once", "twice as often", "ratio")
    )
    kinds = sorted(HEAVY, key=lambda kind: -(samples.of(TWICE, f"read {kind}") or 0))
    for kind in kinds[:5]:
        once, twice = (samples.of(size, f"read {kind}") for size in (ONCE, TWICE))
        times = ratio(twice, once)
        table.add(
            (f"slowest: {kind}", shown(once, "s"), shown(twice, "s"), shown(times, "×")),
            [
                Limit(times, MOST_TIMES, f"≤ {MOST_TIMES} ×"),
                Limit(once, MOST_SECONDS, f"≤ {MOST_SECONDS:g} s"),
            ],
        )
    return table
