"""A kiosk that is alive answers at once; one that is not, never."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from kiosk.operation.health_socket import (
    SOCKET_NAME,
    HealthSocket,
    NoAnswer,
    NoSocket,
    request_status,
)
from kiosk.operation.status import Status

BYTES = b"\xff"
"""Linux lets names be anything; these are no text."""
ALIVE = Status(content=f"Räder{os.fsdecode(BYTES)}.yaml", version="7")


@contextmanager
def _answering(health_socket: HealthSocket) -> Iterator[None]:
    """The thread that draws, with nothing else to do."""
    result = Event()

    def answer() -> None:
        while not result.is_set():
            if select.select([health_socket], [], [], 0.01)[0]:
                health_socket.answer(ALIVE)

    thread = Thread(target=answer)
    thread.start()
    try:
        yield
    finally:
        result.set()
        thread.join()


def test_who_is_alive_says_how_it_is(tmp_path: Path) -> None:
    with closing(HealthSocket(tmp_path)) as health_socket, _answering(health_socket):
        assert [request_status(tmp_path) for _ in range(20)] == [ALIVE] * 20


def test_who_is_busy_gives_no_sign(tmp_path: Path) -> None:
    with closing(HealthSocket(tmp_path)), pytest.raises(NoAnswer):
        request_status(tmp_path, timeout=0.05)


def test_many_who_ask_a_busy_kiosk_do_not_block_each_other(tmp_path: Path) -> None:
    """More than may wait in line."""
    with closing(HealthSocket(tmp_path)) as health_socket:
        for _ in range(20):
            with pytest.raises(NoAnswer):
                request_status(tmp_path, timeout=0.01)
        with _answering(health_socket):
            assert request_status(tmp_path) == ALIVE


def test_nobody_is_there_to_be_asked(tmp_path: Path) -> None:
    with pytest.raises(NoSocket):
        request_status(tmp_path)
    HealthSocket(tmp_path).close()  # killed: its name stays
    assert (tmp_path / SOCKET_NAME).is_socket()
    with pytest.raises(NoSocket):
        request_status(tmp_path)


def test_the_next_kiosk_takes_the_name_over(tmp_path: Path) -> None:
    HealthSocket(tmp_path).close()

    with closing(HealthSocket(tmp_path)) as health_socket, _answering(health_socket):
        assert request_status(tmp_path) == ALIVE


def test_it_works_however_deep_the_folder_lies(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)

    with closing(HealthSocket(deep)) as health_socket, _answering(health_socket):
        assert request_status(deep) == ALIVE


def test_what_stands_in_the_place_of_the_socket_is_told(tmp_path: Path) -> None:
    (tmp_path / SOCKET_NAME).mkdir()

    with pytest.raises(OSError, match=r"directory|permitted"):
        HealthSocket(tmp_path)
    with pytest.raises(NoSocket):
        request_status(tmp_path)
