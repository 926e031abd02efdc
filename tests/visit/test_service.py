"""The kiosk as a service, in a process of its own: it says when it is ready, and that it lives."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Contents
from tests.visit.conftest import Launch, consoles

INTERVAL_SECONDS = 0.6
OFF_SCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}

pytestmark = pytest.mark.slow(reason="waits for what should not come")


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        yield listening


def listen(manager: socket.socket, seconds: float) -> list[str]:
    """What comes within so many seconds."""
    deadline = time.monotonic() + seconds
    heard = []
    while (left := deadline - time.monotonic()) > 0:
        manager.settimeout(left)
        try:
            heard.append(manager.recv(1024).decode())
        except TimeoutError:
            break
    return heard


def wait_for(manager: socket.socket, message: str) -> list[str]:
    """Everything up to a message; fails after a minute."""
    manager.settimeout(60)
    heard = [manager.recv(1024).decode()]
    while heard[-1] != message:
        heard.append(manager.recv(1024).decode())
    return heard


def test_a_kiosk_is_ready_with_its_first_frame_and_silent_while_it_hangs(
    launch: Launch, contents: Contents, manager: socket.socket, tmp_path: Path
) -> None:
    kiosk = launch(
        *("--content", contents.write(contents.timeline()), "--data", tmp_path / "data"),
        NOTIFY_SOCKET=manager.getsockname(),
        WATCHDOG_USEC=str(int(INTERVAL_SECONDS * 1e6)),
        **OFF_SCREEN,
    )

    assert wait_for(manager, "READY=1") == ["READY=1"]
    wait_for(manager, "STATUS=version 1 on screen")
    assert listen(manager, 5 * INTERVAL_SECONDS).count("WATCHDOG=1") >= 5

    kiosk.send_signal(signal.SIGSTOP)
    listen(manager, INTERVAL_SECONDS)  # what was on its way
    assert listen(manager, 3 * INTERVAL_SECONDS) == []

    kiosk.send_signal(signal.SIGCONT)
    assert wait_for(manager, "WATCHDOG=1")
    assert kiosk.poll() is None
    assert "ERROR" not in consoles(tmp_path)
