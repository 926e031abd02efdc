"""Kiosks that crash three times in a row, each in a process of its own that is killed."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.operation.health import examine
from kiosk.operation.health_socket import request_status
from kiosk.operation.start_record import RECORD_NAME, StartRecord
from kiosk.operation.status import Status
from tests.conftest import Contents
from tests.visit.conftest import Launch, consoles


class Machine:
    """A kiosk that is started again and again on one data folder."""

    def __init__(self, launch: Launch, content: Path, folder: Path) -> None:
        self._launch = launch
        self._content = content
        self._folder = folder
        self.data = folder / "data"
        self.renderer = "software"
        self._manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._manager.bind(str(folder / "notify"))
        self._manager.settimeout(60)

    def start(self) -> subprocess.Popen[str]:
        """Start and wait for the first frame."""
        program = self.begin()
        while self._manager.recv(1024) != b"READY=1":
            pass
        return program

    def begin(self) -> subprocess.Popen[str]:
        return self._launch(
            *("--content", self._content, "--data", self.data),
            NOTIFY_SOCKET=str(self._folder / "notify"),
            QT_QPA_PLATFORM="offscreen",
            QT_QUICK_BACKEND=self.renderer,
        )

    def wait_for_version(self, version: str) -> Status:
        """The status once a version is on screen; fails after a minute."""
        deadline = time.monotonic() + 60
        while (status := request_status(self.data)).version != version:
            assert time.monotonic() < deadline, status
            time.sleep(0.05)
        return status

    def crash(self, times: int) -> None:
        for _ in range(times):
            end(self.start(), signal.SIGKILL)

    def close(self) -> None:
        self._manager.close()


def end(program: subprocess.Popen[str], how: signal.Signals) -> None:
    program.send_signal(how)
    assert program.wait(30) == -how


@pytest.fixture
def machine(launch: Launch, contents: Contents, tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(launch, contents.write(contents.timeline()), tmp_path)
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup would have it ignored
    yield machine
    signal.signal(signal.SIGHUP, before)
    machine.close()


def crashes(data: Path) -> int:
    return int(json.loads((data / RECORD_NAME).read_bytes())["crashes"])


def test_after_three_crashes_the_last_good_version_is_shown_until_the_kiosk_is_restarted(
    machine: Machine, contents: Contents
) -> None:
    first = machine.start()
    machine.wait_for_version("1")
    StartRecord(machine.data).succeed(1)  # as after a minute
    contents.write(contents.timeline(), home={"headline": "Crash", "lead": "This."})
    machine.wait_for_version("2")
    end(first, signal.SIGKILL)
    machine.crash(3)

    safe = machine.start()
    status = machine.wait_for_version("1")
    assert status.safe_since == status.started
    (finding,) = [f for f in examine(machine.data) if f.name == "safe mode"]
    assert finding.needs_attention
    assert "version 1 is shown without videos" in finding.text
    log = (machine.data / "kiosk.log").read_text("utf-8")
    assert log.count("safe mode after several crashes") == 1

    end(safe, signal.SIGTERM)
    machine.start()
    assert machine.wait_for_version("2").safe_since == ""
    assert not [f for f in examine(machine.data) if f.name == "safe mode"]


def test_two_crashes_are_not_enough(machine: Machine) -> None:
    machine.crash(2)

    machine.start()

    assert machine.wait_for_version("1").safe_since == ""


def test_crashes_before_the_first_frame_count(machine: Machine) -> None:
    for number in range(1, 4):
        program = machine.begin()
        while not (machine.data / RECORD_NAME).exists() or crashes(machine.data) < number:
            assert program.poll() is None
        end(program, signal.SIGKILL)

    machine.start()

    assert machine.wait_for_version("1").safe_since != ""  # read from the file: none is stored


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_kiosk_that_was_asked_to_end_has_not_crashed(
    machine: Machine, how: signal.Signals
) -> None:
    program = machine.start()
    machine.wait_for_version("1")
    assert crashes(machine.data) == 1

    end(program, how)

    assert crashes(machine.data) == 0


def test_safe_mode_draws_in_software_whatever_the_environment_asks_for(
    machine: Machine, tmp_path: Path
) -> None:
    """Off screen there is no OpenGL, which a kiosk that tries it first says."""
    machine.renderer = "rhi"
    end(machine.start(), signal.SIGKILL)
    assert "OpenGL fails" in consoles(tmp_path)
    assert crashes(machine.data) == 1  # although it has begun twice
    machine.crash(2)
    tried = consoles(tmp_path).count("OpenGL fails")

    machine.start()

    assert machine.wait_for_version("1").safe_since != ""
    assert consoles(tmp_path).count("OpenGL fails") == tried
