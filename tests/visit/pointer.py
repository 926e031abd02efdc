"""Whether a pointer is seen on an X server: it is no part of any picture taken of the screen."""

from __future__ import annotations

import ctypes


class _CursorImage(ctypes.Structure):
    """`XFixesCursorImage`, see Xfixes.h; a pixel is ARGB in a long."""

    _fields_ = (
        *((name, ctypes.c_short) for name in ("x", "y")),
        *((name, ctypes.c_ushort) for name in ("width", "height", "xhot", "yhot")),
        ("serial", ctypes.c_ulong),
        ("pixels", ctypes.POINTER(ctypes.c_ulong)),
    )


def is_pointer_seen(display: str) -> bool:
    """Whether any pixel of it would cover one of the screen."""
    x11, xfixes = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXfixes.so.3")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    xfixes.XFixesGetCursorImage.restype = ctypes.POINTER(_CursorImage)
    server = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    assert server.value is not None
    event, error = ctypes.c_int(), ctypes.c_int()
    assert xfixes.XFixesQueryExtension(server, ctypes.byref(event), ctypes.byref(error))
    image = xfixes.XFixesGetCursorImage(server).contents
    is_seen = any(image.pixels[n] >> 24 & 0xFF for n in range(image.width * image.height))
    x11.XCloseDisplay(server)
    return is_seen
