"""Processes of their own that hold a kiosk's data folder."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Python
from tests.drives import Drives

HOLD = """
import select, sys
from pathlib import Path
from kiosk.operation.locks import kiosk_lock
from kiosk.operation.health_socket import HealthSocket
from kiosk.operation.status import Status, read_status
folder = Path(sys.argv[1])
with kiosk_lock(folder):
    health_socket = HealthSocket(folder)
    print("held", flush=True)
    while health_socket in select.select([health_socket, sys.stdin], [], [])[0]:
        health_socket.answer(read_status(folder)._replace(refused=""))
"""
Hold = Callable[[Path], subprocess.Popen[str]]


def holder(python: Python, code: str) -> Hold:
    """Starts processes that run some code on a folder, and say when they hold it."""

    def hold(folder: Path) -> subprocess.Popen[str]:
        process = python(code, folder)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    return hold


@pytest.fixture
def running_kiosk(python: Python) -> Hold:
    """Another process that holds the data folder and answers as a running kiosk does."""
    return holder(python, HOLD)


@pytest.fixture
def drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drives:
    """A machine with a data folder, without a stick."""
    drives = Drives(tmp_path, monkeypatch)
    drives.data.mkdir()
    return drives
