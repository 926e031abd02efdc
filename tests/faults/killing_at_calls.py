"""Started by tests: forks a worker a round that exports, backs up or restores, and has it killed.

`python -m tests.faults.killing_at_calls FOLDER ENDING` leaves a folder a round, with a data folder
and what there is of an export; with `backup` for the ending a backup, with `restore` a data folder
into which `FOLDER/backup.zip` was restored. strace kills a worker as it enters the n-th of its
writes, the n-th of its syncs and so on, until it comes through.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import xlsxwriter  # noqa: F401 # once, instead of in every worker

from kiosk.operation.backup.reading import opened_backup
from kiosk.operation.backup.restoring import restore
from kiosk.operation.backup.writing import back_up
from kiosk.operation.locks import command_lock, kiosk_lock
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.store.queue import Queue
from tests.faults.system_calls import CHANGING
from tests.faults.visitors import now

PR_SET_PTRACER, ANY = 0x59616D61, ctypes.c_ulong(-1)


def back_up_into(folder: Path) -> None:
    data = folder / "data"
    with command_lock(data), Queue.open(data) as queue:
        back_up(data, queue, folder / "out.zip", now())


def restore_over(folder: Path) -> None:
    data = folder / "data"
    with (
        opened_backup(folder.parents[1] / "backup.zip") as backup,
        kiosk_lock(data),
        command_lock(data),
    ):
        restore(data, backup, now(), replace=True)


def export_into(folder: Path, ending: str) -> None:
    with Queue.open(folder / "data") as queue:
        export(queue, ExportRequest(folder / f"out.{ending}"), now())


def one_round(action: Callable[[], None], call: str, count: int) -> int:
    """Act until the call is made for the `count`-th time; returns the worker's exit status."""
    waiting, go = os.pipe()
    worker = os.fork()
    if worker == 0:
        try:
            ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANY)
            os.read(waiting, 1)
            action()
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
    line = strace.stderr.readline()
    assert "attached" in line, line
    os.write(go, b"!")
    status = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    strace.communicate()
    os.close(waiting)
    os.close(go)
    return status


ACTIONS: dict[str, Callable[[Path], None]] = {"backup": back_up_into, "restore": restore_over}


def main(folder: Path, ending: str) -> None:
    """A round for each call of each kind."""
    for call in CHANGING:
        for count in itertools.count(1):
            here = folder / "rounds" / f"{call} {count}"
            shutil.copytree(folder / "data", here / "data")
            action = ACTIONS.get(ending, partial(export_into, ending=ending))
            status = one_round(partial(action, here), call, count)
            if status != -signal.SIGKILL:
                assert status == 0, f"a worker fell by itself: {status}"
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
