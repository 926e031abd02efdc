"""Storing, exporting, counting and erasing signups with very many of them in the queue."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import perf_counter, sleep

from kiosk.signups.export.xlsx import MAX_ROWS
from kiosk.signups.store.database import FILE_NAME, LOCK_TIMEOUT_SECONDS
from kiosk.signups.store.ledger import read_ledger
from kiosk.signups.store.queue import ExportRecord, Queue
from tests.benchmarks.contenders import HERE, ROOT
from tests.benchmarks.inserting import longest_insert_during
from tests.benchmarks.queues import (
    BEGAN,
    PASSPHRASE,
    address,
    fill,
    forget_exports,
    make_key,
    signup,
)
from tests.benchmarks.samples import Limit, Samples, Say, Table, ratio, shown

FEW = 10_000
INSERTS_A_ROUND = 200
LONGEST_WAIT_SECONDS = 1.0
MANAGERS_PATIENCE_SECONDS = 60.0
MOST_TIMES = 1.2
MOST_TIMES_SQLITE, MOST_TIMES_BOXES, MOST_TIMES_CSV = 3, 1.5, 3
EMPTY, SOME, MANY = "empty", "few", "many"
SEALED_EMPTY, SEALED_SOME, SEALED_MANY = "sealed empty", "sealed few", "sealed many"

SQLITE = (
    "SELECT signups.id, created_at, substr(created_at, -6) AS utc_offset, clock_trusted,"
    " 'pending' AS status, 'no' AS suppressed, 1 AS stands_for,"
    " json_extract(CAST(personal AS TEXT), '$.email') AS email,"
    " json_extract(CAST(personal AS TEXT), '$.name') AS name,"
    " json_extract(CAST(personal AS TEXT), '$.postal_code') AS postal_code,"
    " language, ticked, version, wording, consent_id, kiosk, content_version"
    " FROM signups JOIN people USING (number)"
    " JOIN consents ON consents.id = consent_id ORDER BY number"
)
"""What `kiosk export` writes, as far as SQL can."""


def measure(folder: Path, rounds: int, many: int, sealed: int, say: Say) -> Iterator[Table]:
    """Few and very many by turns, the kiosk and others by turns."""
    return _Measurement(folder, rounds, many, sealed, say).tables()


class _Measurement:
    def __init__(self, folder: Path, rounds: int, many: int, sealed: int, say: Say) -> None:
        self._folder = folder
        self._rounds = rounds
        self._say = say
        self._samples = Samples()
        self._many, self._sealed = many, sealed
        self._counts = {EMPTY: 0, SOME: FEW, MANY: many}
        self._counts |= {SEALED_EMPTY: 0, SEALED_SOME: FEW, SEALED_MANY: sealed}
        self._kinds = [("CSV", "csv", ()), ("JSON lines", "jsonl", ())]
        self._fits_a_sheet = many + INSERTS_A_ROUND * rounds < MAX_ROWS
        if self._fits_a_sheet:
            self._kinds.append(("XLSX", "xlsx", ()))
        self._kinds.append(("CSV, `--dedupe`", "csv", ("--dedupe",)))

    def tables(self) -> Iterator[Table]:
        self._folder.mkdir(parents=True)
        self._key_file = self._folder / "manager.key"
        self._key = make_key(self._key_file)
        for name, count in self._counts.items():
            self._say(f"a queue of {count:,} signups{', sealed' if self._is_sealed(name) else ''}")
            fill(
                self._folder / name, count, self._key.public_key if self._is_sealed(name) else None
            )
        self._each_round("inserts", self._insert)
        yield self._inserts()
        self._each_round("exports", self._beside_others)
        yield self._others()
        self._say("exports of every kind, few and many")
        self._peaks()
        yield self._memory()
        self._each_round("ledger, locks, erasures", self._manage)
        yield self._managing()

    def _each_round(self, what: str, measure_once: Callable[[int], None]) -> None:
        for number in range(self._rounds):
            self._say(f"{what}, round {number + 1} of {self._rounds}")
            measure_once(number)

    @staticmethod
    def _is_sealed(name: str) -> bool:
        return name.startswith("sealed")

    def _insert(self, _: int) -> None:
        with ExitStack() as stack:
            queues = {
                name: stack.enter_context(Queue.open(self._folder / name))
                for name in (EMPTY, MANY, SEALED_EMPTY, SEALED_MANY)
            }
            for _ in range(INSERTS_A_ROUND):
                for name, queue in queues.items():
                    arriving = signup(0)
                    key = self._key.public_key if self._is_sealed(name) else None
                    with self._timed(name, "insert"):
                        queue.add(arriving, key)

    def _inserts(self) -> Table:
        table = Table(
            f"An insert at 0, at {self._many:,} signups and at {self._sealed:,} sealed ones",
            ("", "at 0", "at many", "ratio"),
        )
        seconds = {name: self._samples.of(name, "insert") for name in self._counts}
        for text, empty, full in (
            ("in the open", seconds[EMPTY], seconds[MANY]),
            ("sealed", seconds[SEALED_EMPTY], seconds[SEALED_MANY]),
        ):
            times = ratio(full, empty)
            table.add((text, _ms(empty), _ms(full), shown(times, "×")), [_most(times)])
        table.add(
            (
                "sealed : in the open",
                shown(ratio(seconds[SEALED_EMPTY], seconds[EMPTY]), "×"),
                shown(ratio(seconds[SEALED_MANY], seconds[MANY]), "×"),
                "-",
            )
        )
        return table

    def _beside_others(self, number: int) -> None:
        contenders = [
            lambda: self._export(MANY, "CSV", "csv"),
            lambda: self._export(SEALED_MANY, "CSV", "csv"),
            *([lambda: self._export(MANY, "XLSX", "xlsx")] if self._fits_a_sheet else []),
            self._open_boxes,
        ]
        if shutil.which("sqlite3"):
            contenders.append(self._sqlite)
        turn = number % len(contenders)
        for contender in (*contenders[turn:], *contenders[:turn]):
            contender()

    def _sqlite(self) -> None:
        """Debian's command-line tool; the result goes into a file as ours does."""
        out = self._folder / "sqlite3.csv"
        with out.open("wb") as file, self._timed("sqlite3", "export"):
            subprocess.run(
                [
                    "sqlite3",
                    "-readonly",
                    "-csv",
                    "-header",
                    self._folder / MANY / FILE_NAME,
                    SQLITE,
                ],
                stdout=file,
                check=True,
            )
        out.unlink()

    def _open_boxes(self) -> None:
        with self._timed("nacl", "export"):
            subprocess.run(
                [
                    *(sys.executable, HERE / "open_boxes.py"),
                    *(self._folder / SEALED_MANY / FILE_NAME, self._key.raw.hex()),
                ],
                check=True,
            )

    def _export(self, name: str, kind: str, ending: str, *options: str) -> None:
        """Note the seconds of `kiosk export --all` and its memory at the peak."""
        out = self._folder / f"out.{ending}"
        key = ("--key", str(self._key_file)) if self._is_sealed(name) else ()
        began = perf_counter()
        exporting = self._start("export", name, "--all", "--out", str(out), *key, *options)
        peak = 0.0
        while exporting.poll() is None:
            # The kernel's own count for a finished child includes what its parent had before exec.
            with suppress(OSError, IndexError):
                status = Path(f"/proc/{exporting.pid}/status").read_text()
                peak = max(peak, int(status.split("VmHWM:")[1].split()[0]) / 1024)
            sleep(0.01)
        self._samples.add(name, f"export {kind}", perf_counter() - began)
        self._samples.add(name, f"memory {kind}", peak)
        if exporting.returncode:
            raise RuntimeError(f"the export to {out.name} failed")
        out.unlink()
        forget_exports(self._folder / name)

    def _start(self, command: str, name: str, *options: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, ROOT / "main.py", command, "--data", self._folder / name, *options],
            env=os.environ | {"KIOSK_PASSPHRASE": PASSPHRASE},
            stdout=subprocess.DEVNULL,
        )

    def _others(self) -> Table:
        table = Table(
            "`kiosk export --all` to CSV beside other programs",
            ("", "kiosk", "beside it", "ratio"),
        )
        csv, sealed = (self._samples.of(name, "export CSV") for name in (MANY, SEALED_MANY))
        boxes, sqlite = (self._samples.of(other, "export") for other in ("nacl", "sqlite3"))
        many = f"{self._many:,} in the open"
        for text, kiosk, other, most in (
            (f"{many}, beside `sqlite3 -csv -header`", csv, sqlite, MOST_TIMES_SQLITE),
            (
                f"{self._sealed:,} sealed, beside opening the boxes alone",
                *(sealed, boxes, MOST_TIMES_BOXES),
            ),
            (
                f"{many}, XLSX beside CSV",
                *(self._samples.of(MANY, "export XLSX"), csv, MOST_TIMES_CSV),
            ),
        ):
            times = ratio(kiosk, other)
            table.add(
                (text, shown(kiosk, "s"), shown(other, "s"), shown(times, "×")),
                [Limit(times, most, f"≤ {most} ×")],
            )
        return table

    def _peaks(self) -> None:
        """Once: unlike times, memory hardly varies, and XLSX takes minutes for a million."""
        for kind, ending, options in self._kinds:
            for name in (SOME, MANY):
                self._export(name, kind, ending, *options)
        for name in (SEALED_SOME, SEALED_MANY):
            self._export(name, "CSV", "csv")

    def _memory(self) -> Table:
        table = Table(
            f"`kiosk export --all` of {FEW:,}, of {self._many:,} and of {self._sealed:,} sealed:"
            " memory at the peak",
            ("", "few", "many", "ratio", "few take", "many take"),
        )
        kinds = [(kind, kind, SOME, MANY) for kind, _, _ in self._kinds]
        for text, kind, few, many in (*kinds, ("CSV, sealed", "CSV", SEALED_SOME, SEALED_MANY)):
            memory = [self._samples.of(name, f"memory {kind}") for name in (few, many)]
            seconds = [self._samples.of(name, f"export {kind}") for name in (few, many)]
            times = ratio(memory[1], memory[0])
            table.add(
                (
                    *(text, *(shown(number, "MiB") for number in memory), shown(times, "×")),
                    *(shown(number, "s") for number in seconds),
                ),
                [_most(times)],
            )
        return table

    def _manage(self, number: int) -> None:
        for name in (SOME, MANY):
            for command in ("signups", "health"):
                with self._timed(name, command):
                    self._start(command, name).wait()
            self._hold_locks(name)
            with self._timed(name, "erase"):
                status = self._start("erase", name, address(number + 1)).wait()
            if status:
                raise RuntimeError("the erasure failed")

    def _hold_locks(self, name: str) -> None:
        with Queue.open(self._folder / name) as queue:
            with self._timed(name, "check"):
                queue.is_intact()
            with self._timed(name, "ledger"):
                read_ledger(queue)
            count = queue.select("all")
            facts = ExportRecord(BEGAN, "a.csv", "csv", 0, "", "all", count, count)
            queue.lock_timeout = MANAGERS_PATIENCE_SECONDS
            longest = longest_insert_during(lambda: queue.mark_exported(facts), self._folder / name)
            self._samples.add(name, "insert while marking", longest)
            with self._timed(name, "ledger of exported"):
                read_ledger(queue)
        forget_exports(self._folder / name)

    def _managing(self) -> Table:
        table = Table(
            f"What a manager asks for with {FEW:,} and {self._many:,} signups; how long the file is"
            " locked",
            ("", "few", "many"),
        )
        waits = f"≤ {LOCK_TIMEOUT_SECONDS:g} s, for which the kiosk waits"
        for text, what, locks in (
            ("`kiosk signups`", "signups", False),
            ("`kiosk health`", "health", False),
            ("`kiosk erase ADDRESS`", "erase", False),
            ("locked: the ledger, nothing exported", "ledger", True),
            ("locked: the ledger, all exported", "ledger of exported", True),
            ("locked: the check for damage", "check", True),
            ("the longest insert while all are marked as exported", "insert while marking", True),
        ):
            few, many = (self._samples.of(name, what) for name in (SOME, MANY))
            limits = [Limit(many, LOCK_TIMEOUT_SECONDS, waits)] if locks else []
            if what.startswith("insert"):
                limits = [Limit(many, LONGEST_WAIT_SECONDS, f"≤ {LONGEST_WAIT_SECONDS:g} s")]
            table.add((text, shown(few, "s"), shown(many, "s")), limits)
        return table

    @contextmanager
    def _timed(self, who: str, what: str) -> Iterator[None]:
        """Note the seconds of a block."""
        began = perf_counter()
        yield
        self._samples.add(who, what, perf_counter() - began)


def _most(times: float | None) -> Limit:
    return Limit(times, MOST_TIMES, f"≤ {MOST_TIMES} ×")


def _ms(seconds: float | None) -> str:
    return "-" if seconds is None else f"{1000 * seconds:.2f} ms"
