"""What the service manager hears, on a real socket, and that its silence harms nobody."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.operation.notify import ServiceManager


@pytest.fixture(params=["a path", "abstract"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "notify") if request.param == "a path" else f"@kiosk-{uuid4()}"


@pytest.fixture
def manager(address: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{address[1:]}" if address.startswith("@") else address)
        listening.settimeout(5)
        yield listening


def test_each_message_arrives_as_systemd_reads_it(address: str, manager: socket.socket) -> None:
    service = ServiceManager.from_environment({"NOTIFY_SOCKET": address})

    service.ready()
    service.describe("version 7\non screen\nREADY=1")
    service.keep_alive()

    assert [manager.recv(1024).decode() for _ in range(3)] == [
        "READY=1",
        "STATUS=version 7 on screen READY=1",
        "WATCHDOG=1",
    ]


def test_a_manager_that_reads_nothing_blocks_nobody(address: str, manager: socket.socket) -> None:
    service = ServiceManager(address)

    for _ in range(10_000):
        service.keep_alive()


@pytest.mark.parametrize("address", ["", "vsock:2:1234", "notify", "/nobody/is/there", "@nobody"])
def test_without_a_manager_nothing_happens(address: str) -> None:
    service = ServiceManager.from_environment({"NOTIFY_SOCKET": address})

    service.ready()
    service.keep_alive()


@pytest.mark.parametrize(
    ("variables", "seconds"),
    [
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "1500000", "WATCHDOG_PID": str(os.getpid())}, 1.5),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_signs_of_life_are_given_to_whoever_asks_this_process(
    variables: dict[str, str], seconds: float | None
) -> None:
    asked = ServiceManager.from_environment({"NOTIFY_SOCKET": "@manager"} | variables)
    unheard = ServiceManager.from_environment(variables)

    assert (asked.watchdog_seconds, unheard.watchdog_seconds) == (seconds, None)
