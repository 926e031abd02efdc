"""Processes of their own that hold a kiosk's data folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
HOLD = """
import select, sys
from pathlib import Path
from kiosk.operation.folders import sole_use
from kiosk.operation.lifeline import Lifeline
from kiosk.operation.status import Status, read_status
from dataclasses import replace
folder = Path(sys.argv[1])
with sole_use(folder):
    lifeline = Lifeline(folder)
    print("held", flush=True)
    while lifeline in select.select([lifeline, sys.stdin], [], [])[0]:
        lifeline.answer(replace(read_status(folder), refused=""))
"""
Hold = Callable[[Path], subprocess.Popen[str]]


@pytest.fixture
def running_kiosk() -> Iterator[Hold]:
    """Another process that holds the data folder and answers as a running kiosk does."""
    started: list[subprocess.Popen[str]] = []

    def hold(folder: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(folder)],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    yield hold
    for process in started:
        process.kill()
        process.communicate()
