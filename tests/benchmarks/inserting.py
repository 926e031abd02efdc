"""A visitor who signs up again and again, and how long the longest signup took.

Run as a program: the data folder, and a file that ends it once it is there.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, sleep

from kiosk.signups.store.queue import Queue
from tests.benchmarks.contenders import ROOT
from tests.benchmarks.queues import signup

PAUSE_SECONDS = 0.02


def longest_insert_during(action: Callable[[], object], folder: Path) -> float:
    """Seconds that the slowest signup took while something else was done to the queue."""
    stop = folder / "enough"
    stop.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.benchmarks.inserting", str(folder), str(stop)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as visitor:
        assert visitor.stdout is not None
        visitor.stdout.readline()
        try:
            action()
        finally:
            stop.touch()
        return float(visitor.stdout.read())


def _insert(folder: Path, stop: Path) -> None:
    longest = 0.0
    with Queue.open(folder) as queue:
        print("ready", flush=True)
        while not stop.exists():
            began = perf_counter()
            queue.add(signup(0))
            longest = max(longest, perf_counter() - began)
            sleep(PAUSE_SECONDS)
    print(longest)


if __name__ == "__main__":
    _insert(*map(Path, sys.argv[1:]))
