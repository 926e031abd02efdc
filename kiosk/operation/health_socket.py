"""Liveness of a running kiosk: a socket in its data folder, answered on demand.

A heartbeat file would wake an idle machine, wear its disk, and say nothing if the disk is full.
Here the drawing thread answers, or nobody does.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.operation.status import Status, parse_status

SOCKET_NAME = "alive.sock"
TIMEOUT_SECONDS = 3.0
"""A frame takes 16 ms, and nothing on the drawing thread takes 100 ms."""
MAX_BYTES = 64_000
BACKLOG = 8


class NoSocket(Exception):
    """No socket to ask: no kiosk, or a file system without sockets."""


class NoAnswer(Exception):
    """A kiosk has the socket but does not answer."""


class HealthSocket:
    """The kiosk's end of the socket; never blocks. Belongs to the holder of the folder's lock."""

    def __init__(self, folder: Path) -> None:
        """Listen in a data folder.

        Raises:
            OSError: the file system has no sockets, or refuses.
        """
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        try:
            with _address(folder) as address:
                with suppress(FileNotFoundError):
                    os.unlink(address)  # noqa: PTH108 # of a kiosk that was killed
                self._socket.bind(address)
            self._socket.listen(BACKLOG)
        except OSError:
            self._socket.close()
            raise

    def fileno(self) -> int:
        """The descriptor that becomes readable when somebody asks."""
        return self._socket.fileno()

    def answer(self, status: Status) -> None:
        """Answer all pending clients; one that has disconnected is not an error."""
        text = json.dumps(status._asdict()).encode()
        with suppress(BlockingIOError):
            while True:
                client, _ = self._socket.accept()
                with client, suppress(OSError):
                    client.setblocking(False)
                    client.sendall(text)

    def close(self) -> None:
        """Stop listening; the name stays, and the next kiosk removes it."""
        self._socket.close()


def request_status(folder: Path, timeout: float = TIMEOUT_SECONDS) -> Status:
    """The current status of a data folder's kiosk.

    `timeout` is in seconds.

    Raises:
        NoSocket, NoAnswer: see the classes.
    """
    deadline = time.monotonic() + timeout
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client, _address(folder) as address:
        client.settimeout(timeout)
        while True:
            try:
                client.connect(address)
                break
            except BlockingIOError:  # the backlog is full
                if time.monotonic() >= deadline:
                    raise NoAnswer from None
                time.sleep(0.01)
            except OSError as error:
                raise NoSocket(str(error)) from None
        try:
            received = b"".join(iter(lambda: client.recv(MAX_BYTES), b""))
        except OSError:
            raise NoAnswer from None
    if not received:
        raise NoAnswer
    return parse_status(received)


@contextmanager
def _address(folder: Path) -> Iterator[str]:
    """The socket's path, short enough for `sockaddr_un` (108 bytes) wherever the folder is."""
    direct = str(folder / SOCKET_NAME)
    if len(os.fsencode(direct)) < 100:
        yield direct
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{SOCKET_NAME}"
    finally:
        os.close(handle)
