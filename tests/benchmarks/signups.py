"""Storing and exporting signups with very many of them waiting."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import perf_counter, sleep

from kiosk.signups.queue import COLUMNS, FILE_NAME, Queue
from kiosk.signups.signup import Signup, new_id
from tests.benchmarks.contenders import ROOT
from tests.benchmarks.samples import Limit, Samples, Say, Table, ratio, shown

FEW = 10_000
INSERTS_A_ROUND = 200
BEGAN = datetime(2024, 1, 1, 9, tzinfo=timezone(timedelta(hours=-6)))
WORDING = (
    "Yes, please put me on the mailing list and send MINI news and offers to my email address. My"
    " details are used for this and shared with no one. I may change my mind at any time."
)
EMPTY, FEW_NAME, MANY = "empty", "few", "many"


def measure(folder: Path, rounds: int, many: int, say: Say) -> Table:
    """Insert into an empty and a full queue by turns, export a few and very many."""
    samples = Samples()
    folders = {EMPTY: folder / "empty", FEW_NAME: folder / "few", MANY: folder / "many"}
    for name, count in ((EMPTY, 0), (FEW_NAME, FEW), (MANY, many)):
        say(f"a queue of {count:,} signups")
        _fill(folders[name], count)
    for number in range(rounds):
        say(f"signups, round {number + 1} of {rounds}")
        with Queue.open(folders[EMPTY]) as empty, Queue.open(folders[MANY]) as full:
            for _ in range(INSERTS_A_ROUND):
                for name, queue in ((EMPTY, empty), (MANY, full)):
                    signup = _signup(0)
                    began = perf_counter()
                    queue.add(signup)
                    samples.add(name, "insert", perf_counter() - began)
        for name in (FEW_NAME, MANY):
            seconds, peak = _export(folders[name], folder / f"{name}-{number}.csv")
            samples.add(name, "export", seconds)
            samples.add(name, "peak", peak)
    return _table(samples, many)


def _fill(folder: Path, count: int) -> None:
    """Signups in one transaction; one by one would take the disk hours."""
    folder.mkdir(parents=True)
    with Queue.open(folder):
        pass
    marks = ", ".join("?" * len(COLUMNS.split(", ")))
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.executemany(
            f"INSERT INTO signups ({COLUMNS}) VALUES ({marks})",
            (
                (
                    *(s.id, s.created_at.isoformat(), s.email, s.name, s.postal_code),
                    *(s.consent_wording, s.consent_version, s.language),
                )
                for s in map(_signup, range(count))
            ),
        )


def _signup(number: int) -> Signup:
    return Signup(
        id=new_id(),
        created_at=BEGAN + timedelta(seconds=number),
        email=f"visitor.{number}@example.org",
        name=f"Visitor Number {number}",
        postal_code="62301",
        consent_wording=WORDING,
        consent_version="2024-1",
        language="en",
    )


def _export(data: Path, out: Path) -> tuple[float, float]:
    """Seconds and MiB at the peak of `kiosk export --all`."""
    began = perf_counter()
    exporting = subprocess.Popen(
        [sys.executable, ROOT / "main.py", "export", "--all", "--data", data, "--out", out],
        stdout=subprocess.DEVNULL,
    )
    peak = 0.0
    while exporting.poll() is None:
        # The kernel's own count for a finished child includes what its parent had before exec.
        with suppress(OSError, IndexError):
            status = Path(f"/proc/{exporting.pid}/status").read_text()
            peak = max(peak, int(status.split("VmHWM:")[1].split()[0]) / 1024)
        sleep(0.005)
    seconds = perf_counter() - began
    if exporting.returncode:
        raise RuntimeError("the export failed")
    out.unlink()
    return seconds, peak


def _table(samples: Samples, many: int) -> Table:
    table = Table(
        f"Signups: {many:,} in the queue", ("", "empty", f"{FEW:,}", f"{many:,}", "ratio")
    )
    empty, full = samples.of(EMPTY, "insert"), samples.of(MANY, "insert")
    table.add(
        ("an insert", _ms(empty), "-", _ms(full), shown(ratio(full, empty), "×")),
        [Limit(ratio(full, empty), 1.2, "≤ 1.2 × empty")],
    )
    few, all_of_them = samples.of(FEW_NAME, "export"), samples.of(MANY, "export")
    table.add(
        (
            "`kiosk export` to CSV",
            *("-", shown(few, "s"), shown(all_of_them, "s"), shown(ratio(all_of_them, few), "×")),
        )
    )
    few, all_of_them = samples.of(FEW_NAME, "peak"), samples.of(MANY, "peak")
    table.add(
        (
            "its memory at the peak",
            *("-", shown(few, "MiB"), shown(all_of_them, "MiB")),
            shown(ratio(all_of_them, few), "×"),
        ),
        [Limit(ratio(all_of_them, few), 1.2, "flat: ≤ 1.2 ×")],
    )
    return table


def _ms(seconds: float | None) -> str:
    return "-" if seconds is None else f"{1000 * seconds:.2f} ms"
