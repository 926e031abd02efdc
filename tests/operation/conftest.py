"""Processes of their own that hold a kiosk's data folder."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Python

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
def running_kiosk(python: Python) -> Hold:
    """Another process that holds the data folder and answers as a running kiosk does."""

    def hold(folder: Path) -> subprocess.Popen[str]:
        process = python(HOLD, folder)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    return hold
