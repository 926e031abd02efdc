"""How a running kiosk shows that it is alive: a socket in its data folder, answered on demand.

A file that is written now and then would wake an idle machine, wear its disk, and tell nothing
where the disk is full. Whoever asks here gets an answer from the thread that draws, or none.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from kiosk.operation.status import Status, parse_status

SOCKET_NAME = "alive.sock"
PATIENCE_SECONDS = 3.0
"""A frame takes 16 ms, and nothing that the kiosk does on the thread that draws takes 100 ms."""
MOST_BYTES = 64_000
MOST_WAITING = 8


class NoLifeline(Exception):
    """There is nobody to ask: no kiosk, or a file system without sockets."""


class NoAnswer(Exception):
    """A kiosk holds the socket and does not answer."""


class Lifeline:
    """The kiosk's end. Never blocks; one data folder has one, whoever holds its lock."""

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
            self._socket.listen(MOST_WAITING)
        except OSError:
            self._socket.close()
            raise

    def fileno(self) -> int:
        """Readable once somebody asks."""
        return self._socket.fileno()

    def answer(self, status: Status) -> None:
        """Answer everybody who asks just now; one who has gone meanwhile is no fault."""
        text = json.dumps(asdict(status), ensure_ascii=False).encode()
        with suppress(BlockingIOError):
            while True:
                asking, _ = self._socket.accept()
                with asking, suppress(OSError):
                    asking.setblocking(False)
                    asking.sendall(text)

    def close(self) -> None:
        """Stop listening; the name stays, and the next kiosk removes it."""
        self._socket.close()


def ask(folder: Path, patience: float = PATIENCE_SECONDS) -> Status:
    """What the kiosk of a data folder says of itself now.

    `patience` is in seconds.

    Raises:
        NoLifeline, NoAnswer: see there.
    """
    until = time.monotonic() + patience
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking, _address(folder) as address:
        asking.settimeout(patience)
        while True:
            try:
                asking.connect(address)
                break
            except BlockingIOError:  # too many wait already
                if time.monotonic() >= until:
                    raise NoAnswer from None
                time.sleep(0.01)
            except OSError as error:
                raise NoLifeline(str(error)) from None
        try:
            received = b"".join(iter(lambda: asking.recv(MOST_BYTES), b""))
        except OSError:
            raise NoAnswer from None
    if not received:
        raise NoAnswer
    return parse_status(received)


@contextmanager
def _address(folder: Path) -> Iterator[str]:
    """The socket's name, short enough for `sockaddr_un` (108 bytes) wherever the folder lies."""
    direct = str(folder / SOCKET_NAME)
    if len(os.fsencode(direct)) < 100:
        yield direct
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{SOCKET_NAME}"
    finally:
        os.close(handle)
