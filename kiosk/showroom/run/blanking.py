"""Keeps an X server from blanking the screen, as it does after ten minutes without a touch.

A desktop's own power settings are the desktop's; Wayland compositors for kiosks do not blank.
"""

from __future__ import annotations

import ctypes
import logging

X11, EXTENSIONS = "libX11.so.6", "libXext.so.6"
NEVER, DO_NOT_BLANK, NO_EXPOSURES = 0, 0, 0

log = logging.getLogger(__name__)


def keep_lit() -> None:
    """Turn off the screen saver and the power saving of the X server that `DISPLAY` names."""
    try:
        x11, extensions = ctypes.CDLL(X11), ctypes.CDLL(EXTENSIONS)
    except OSError as error:
        log.warning("the X server may blank the screen (%s); turn that off with xset", error)
        return
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if display.value is None:
        log.warning("the X server may blank the screen: it does not respond")
        return
    x11.XSetScreenSaver(display, NEVER, NEVER, DO_NOT_BLANK, NO_EXPOSURES)
    first = ctypes.c_int()
    has_power_saving = extensions.DPMSQueryExtension(
        display, ctypes.byref(first), ctypes.byref(first)
    )
    if has_power_saving and extensions.DPMSCapable(display):
        extensions.DPMSSetTimeouts(display, NEVER, NEVER, NEVER)
        extensions.DPMSDisable(display)
    x11.XCloseDisplay(display)  # waits until the server has read it all
