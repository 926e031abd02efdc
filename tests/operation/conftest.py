"""Processes of their own that hold a kiosk's data folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from kiosk.operation.folders import sole_use
with sole_use(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""
Hold = Callable[[Path], subprocess.Popen[str]]


@pytest.fixture
def running_kiosk() -> Iterator[Hold]:
    """Another process that holds the data folder as a running kiosk does."""
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
