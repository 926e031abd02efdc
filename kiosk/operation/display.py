"""Checks that there is a screen to show the kiosk on."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path

from kiosk.refused import Refused

X11_SOCKETS = Path("/tmp/.X11-unix")
ADVICE = (
    "start the kiosk from the desktop, or set QT_QPA_PLATFORM=eglfs on a machine without one"
    " (QT_QPA_PLATFORM=vnc shows it over the network)"
)


class DisplayMissing(Refused):
    """There is no screen; the message says what to do."""


def require_display(environment: Mapping[str, str]) -> None:
    """Make sure that Qt will find a screen, since it ends the process otherwise.

    Raises:
        DisplayMissing: neither X11 nor Wayland answers and no other platform is asked for.
    """
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform not in {"", "xcb", "wayland"}:
        return
    wayland = environment.get("WAYLAND_DISPLAY") if platform != "xcb" else None
    x11 = environment.get("DISPLAY") if platform != "wayland" else None
    if not wayland and not x11:
        raise DisplayMissing(f"there is no display; {ADVICE}")
    if wayland:
        file = Path(environment.get("XDG_RUNTIME_DIR", "/run"), wayland)
        if _answers(file):
            return
        if not x11:
            raise DisplayMissing(f"the Wayland display '{wayland}' does not respond; {ADVICE}")
    if x11 is None or x11.partition(":")[0] not in {"", "unix"}:
        return  # a display on another machine: left to Qt
    number = x11.rpartition(":")[2].partition(".")[0]
    if not _answers(X11_SOCKETS / f"X{number}"):
        raise DisplayMissing(f"the display '{x11}' does not respond; {ADVICE}")


def _answers(file: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(2)
        try:
            client.connect(str(file))
        except OSError:
            return False
    return True
