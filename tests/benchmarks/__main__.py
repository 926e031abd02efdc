"""`python -m tests.benchmarks [--only NAME]... [--rounds N] [--signups N] [--sealed N]`."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import beside, large_content, mistakes, photographs, reload, signups, storm
from tests.benchmarks.contenders import Chromium
from tests.benchmarks.samples import Say, Table
from tests.benchmarks.screen import NothingShown, Screen, ScreenUnusable

CONTENT, RELOAD, PHOTOGRAPHS = "content", "reload", "photographs"
MISTAKES, SIGNUPS, STORM = "mistakes", "signups", "storm"
QUICK_SIGNUPS, QUICK_SEALED, QUICK_RELOADS = 20_000, 2_000, 50
QUIET_LOAD = 0.7
NAMES = (*beside.FIGURES, CONTENT, RELOAD, PHOTOGRAPHS, MISTAKES, STORM, SIGNUPS)


def main() -> int:
    """Measure what was asked for and print it; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="default: 5")
    parser.add_argument(
        "--only", action="append", choices=NAMES, default=[], metavar="NAME", help=", ".join(NAMES)
    )
    parser.add_argument(
        "--signups", type=int, default=200_000, metavar="N", help="in the queue (200000)"
    )
    parser.add_argument(
        "--sealed", type=int, default=50_000, metavar="N", help="sealed, in a queue apart (50000)"
    )
    parser.add_argument("--markdown", action="store_true", help="no word but the tables")
    parser.add_argument("--quick", action="store_true", help="one round of smaller sets")
    options = parser.parse_args()
    options.idle, options.reloads = beside.IDLE_SECONDS, reload.TIMES
    options.taps = storm.TAPS
    if options.quick:
        options.rounds, options.signups, options.sealed = 1, QUICK_SIGNUPS, QUICK_SEALED
        options.idle, options.reloads = beside.QUICK_IDLE_SECONDS, QUICK_RELOADS
        options.taps = storm.QUICK_TAPS
    if min(options.rounds, options.signups, options.sealed) < 1:
        parser.error("--rounds, --signups and --sealed must be at least 1")
    # So that a kill, too, leaves no process and no file behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Python caches what it compiles, as on a user's machine; for whatever is started from here.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

    def say(text: str) -> None:
        if not options.markdown:
            print(f"… {text}", file=sys.stderr, flush=True)

    if not Chromium.is_here():
        say("skipped Chromium: it is not installed (Debian's package chromium)")
    print(_machine(), end="\n\n")
    if options.quick:
        print("Quick: one round of smaller sets; `make benchmark` is what counts.", end="\n\n")
    load = os.getloadavg()[0]
    try:
        with TemporaryDirectory(prefix="kiosk-benchmark-") as folder:
            wanted = set(options.only or NAMES)
            for table in _tables(options, wanted, Path(folder), say):
                print(table.markdown(), end="\n\n", flush=True)
        print(_quietness(load, os.getloadavg()[0]))
    except (ScreenUnusable, NothingShown) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2
    return 0


def _tables(
    options: argparse.Namespace, wanted: set[str], folder: Path, say: Say
) -> Iterator[Table]:
    if wanted & {*beside.FIGURES, CONTENT, RELOAD, PHOTOGRAPHS}:
        with Screen() as screen:
            if wanted & set(beside.FIGURES):
                figures = wanted & set(beside.FIGURES)
                yield beside.measure(
                    screen, folder / "beside", options.rounds, figures, say, options.idle
                )
            if CONTENT in wanted:
                yield large_content.measure(screen, folder / "content", options.rounds, say)
            if RELOAD in wanted:
                yield reload.measure(
                    screen, folder / "reload", options.rounds, say, options.reloads
                )
            if PHOTOGRAPHS in wanted:
                yield from photographs.measure(screen, folder / PHOTOGRAPHS, options.rounds, say)
    if MISTAKES in wanted:
        yield mistakes.measure(folder / "mistakes", options.rounds, say)
    if STORM in wanted:
        yield storm.measure(options.taps, say)
    if SIGNUPS in wanted:
        yield from signups.measure(
            folder / "signups", options.rounds, options.signups, options.sealed, say
        )


def _quietness(before: float, after: float) -> str:
    """Whether others had the processors: a benchmark itself keeps one or two of them busy."""
    is_quiet = before < QUIET_LOAD and after < (os.cpu_count() or 1) + QUIET_LOAD
    word = "quiet" if is_quiet else "busy, so that only ratios count"
    return f"The machine was {word}: load {before:.1f} at the start, {after:.1f} at the end."


def _machine() -> str:
    """One line on what this was measured with."""
    from PySide6 import __version__ as pyside

    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"{os.cpu_count()} × {processor}",
        f"{memory:.0f} GiB",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
        f"PySide6 {pyside}",
        "Xvfb 1920x1080",
        f"load {os.getloadavg()[0]:.1f}",
    ]
    if Chromium.is_here():
        output = subprocess.run(
            ["chromium", "--version"], capture_output=True, text=True, check=False
        )
        parts.insert(-2, " ".join(output.stdout.split()[:2]))
    return ", ".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
