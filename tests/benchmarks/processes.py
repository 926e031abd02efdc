"""A program under measurement, with everything it starts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

PROC = Path("/proc")
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LEFT_OUT = ("PYTHON", "QT_", "QML", "QSG_", "XDG_", "WAYLAND_", "DBUS_")
"""A developer's or a CI's settings; without PYTHONDONTWRITEBYTECODE Python caches as usual."""


class Started:
    """A running program. A context: at its end the whole tree of processes is gone."""

    def __init__(self, command: list[str], home: Path, display: str) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(LEFT_OUT)}
        (home / "run").mkdir(mode=0o700, parents=True, exist_ok=True)
        with (home / "output.log").open("ab") as output:
            self.at = time.perf_counter()
            self._process = subprocess.Popen(
                command,
                env=environment
                | {
                    "DISPLAY": display,
                    "HOME": str(home),
                    "XDG_RUNTIME_DIR": str(home / "run"),
                    "QT_QPA_PLATFORM": "xcb",
                },
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def pss(self) -> float:
        """Memory of the whole tree in MiB, shared pages in proportion."""
        kib = 0
        for pid in self._tree():
            with suppress(OSError):
                for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        kib += int(line.split()[1])
        return kib / 1024

    def ticks(self) -> int:
        """Clock ticks of processor time that the tree has used."""
        used = 0
        for pid in self._tree():
            with suppress(OSError):
                fields = _stat(pid)
                used += int(fields[11]) + int(fields[12])
        return used

    def stop(self) -> None:
        """End it, gently first."""
        tree = self._tree()
        if self._process.poll() is None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=5)
        for pid in tree | self._tree():
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def _tree(self) -> set[int]:
        """Its processes: those of its session, and children that made a session of their own."""
        parents: dict[int, int] = {}
        tree = set()
        for entry in PROC.iterdir():
            if entry.name.isdigit():
                with suppress(OSError):
                    fields = _stat(int(entry.name))
                    parents[int(entry.name)] = int(fields[1])
                    if int(fields[3]) == self._process.pid:
                        tree.add(int(entry.name))
        while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
            tree |= more
        return tree


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name, which may hold spaces."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def measured_by(script: str, *words: object, display: str = "") -> Any:
    """What a script of this folder prints as JSON at last.

    Raises:
        RuntimeError: it broke off.
    """
    there = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"} if display else {}
    result = subprocess.run(
        [sys.executable, str(HERE / script), *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | there,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"{script} broke off: {result.stderr[-1000:]}")
    return json.loads(result.stdout.splitlines()[-1])
