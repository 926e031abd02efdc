"""Started by test_export_killed: forks a worker a round that exports, and has it killed.

`python -m tests.faults.export_killing FOLDER ENDING` leaves a folder a round, with a data folder
and what there is of an export. strace kills a worker as it enters the n-th of its writes, the n-th
of its syncs and so on, until it comes through.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import xlsxwriter  # noqa: F401 # once, instead of in every worker

from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.store.queue import Queue
from tests.faults.system_calls import CHANGING
from tests.faults.visitors import now

PR_SET_PTRACER, ANY = 0x59616D61, ctypes.c_ulong(-1)


def one_round(folder: Path, ending: str, call: str, count: int) -> int:
    """Export until the call is made for the `count`-th time; returns the worker's exit status."""
    waiting, go = os.pipe()
    worker = os.fork()
    if worker == 0:
        try:
            ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANY)
            os.read(waiting, 1)
            with Queue.open(folder / "data") as queue:
                export(queue, ExportRequest(folder / f"out.{ending}"), now())
            os._exit(0)
        finally:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
            os._exit(1)
    strace = subprocess.Popen(
        [
            *("strace", "-p", str(worker), "-o", "/dev/null", "-e", f"trace={call}"),
            *("-e", f"inject={call}:signal=KILL:when={count}"),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert strace.stderr is not None
    said = strace.stderr.readline()
    assert "attached" in said, said
    os.write(go, b"!")
    status = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    strace.communicate()
    os.close(waiting)
    os.close(go)
    return status


def main(folder: Path, ending: str) -> None:
    """A round for each call of each kind."""
    for call in CHANGING:
        for count in itertools.count(1):
            here = folder / "rounds" / f"{call} {count}"
            shutil.copytree(folder / "data", here / "data")
            status = one_round(here, ending, call, count)
            if status != -signal.SIGKILL:
                assert status == 0, f"an export fell by itself: {status}"
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
