"""Keeps an X server from blanking the screen, as it does after ten minutes without a touch, and has
it switch the panel off at night.

A desktop's own power settings are the desktop's; Wayland compositors for kiosks do not blank.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

X11, EXTENSIONS = "libX11.so.6", "libXext.so.6"
NEVER, DO_NOT_BLANK, NO_EXPOSURES = 0, 0, 0
ON, OFF = 0, 3
"""DPMSModeOn and DPMSModeOff (X11/extensions/dpmsconst.h)."""

log = logging.getLogger(__name__)


def keep_lit() -> None:
    """Turn off the screen saver and the power saving of the X server that `DISPLAY` names."""
    with _server() as server:
        if server is None:
            return
        server.x11.XSetScreenSaver(server.display, NEVER, NEVER, DO_NOT_BLANK, NO_EXPOSURES)
        if server.has_power_saving():
            server.extensions.DPMSSetTimeouts(server.display, NEVER, NEVER, NEVER)
            server.extensions.DPMSDisable(server.display)


def switch_panel(*, on: bool) -> bool:
    """Have the X server switch the panel on or off; returns whether it can."""
    with _server() as server:
        if server is None or not server.has_power_saving():
            return False
        server.extensions.DPMSEnable(server.display)
        server.extensions.DPMSForceLevel(server.display, ON if on else OFF)
        if on:
            server.extensions.DPMSDisable(server.display)
        return True


class _Server(NamedTuple):
    """A connection to an X server, through its own libraries."""

    x11: ctypes.CDLL
    extensions: ctypes.CDLL
    display: ctypes.c_void_p

    def has_power_saving(self) -> bool:
        first = ctypes.c_int()
        return bool(
            self.extensions.DPMSQueryExtension(
                self.display, ctypes.byref(first), ctypes.byref(first)
            )
            and self.extensions.DPMSCapable(self.display)
        )


@contextmanager
def _server() -> Iterator[_Server | None]:
    """None, with a line in the log, where there is no server to talk to."""
    try:
        x11, extensions = ctypes.CDLL(X11), ctypes.CDLL(EXTENSIONS)
    except OSError as error:
        log.warning("the X server may blank the screen (%s); turn that off with xset", error)
        yield None
        return
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if display.value is None:
        log.warning("the X server may blank the screen: it does not respond")
        yield None
        return
    try:
        yield _Server(x11, extensions, display)
    finally:
        x11.XCloseDisplay(display)  # waits until the server has read it all
