"""Notifications to the service manager that started the kiosk; see sd_notify(3).

The protocol is one datagram on a socket. What Python's package index offers for it has not been
maintained for years, and the man page itself recommends to write these lines.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

MICROSECONDS = 1_000_000


class ServiceManager:
    """Without one, or if it does not listen, nothing happens. Never blocks."""

    def __init__(self, address: str = "", watchdog_seconds: float | None = None) -> None:
        """`address`: the path of a socket; one that begins with `@` is abstract."""
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self.watchdog_seconds = watchdog_seconds if address else None
        """How often it wants to hear that the kiosk is alive, at least; None if it does not."""

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> ServiceManager:
        """As `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` describe it."""
        address = variables.get("NOTIFY_SOCKET", "")
        if not address.startswith(("/", "@")):  # VSOCK, which is for whole machines
            return cls()
        return cls(address, _watchdog_seconds(variables))

    def ready(self) -> None:
        self._send("READY=1")

    def describe(self, text: str) -> None:
        """What the kiosk is doing, in a line, for `systemctl status`."""
        self._send(f"STATUS={' '.join(text.split())}")

    def keep_alive(self) -> None:
        self._send("WATCHDOG=1")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        with (
            suppress(OSError),  # nobody listens, or too much is waiting to be read
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as client,
        ):
            client.setblocking(False)
            client.sendto(message.encode(), self._address)


def _watchdog_seconds(variables: Mapping[str, str]) -> float | None:
    interval, process = variables.get("WATCHDOG_USEC", ""), variables.get("WATCHDOG_PID", "")
    is_meant = not process or process == str(os.getpid())
    if not interval.isdecimal() or not is_meant:
        return None
    return int(interval) / MICROSECONDS or None
