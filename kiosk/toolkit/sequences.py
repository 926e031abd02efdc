"""The sequences of keys that write one character together, as X11 and Wayland know them."""

from __future__ import annotations

import ctypes
import os
from typing import Final

LIBRARY: Final = "libxkbcommon.so.0"
"""Qt's own plugins for both platforms need it."""
USUAL_LOCALE: Final = "en_US.UTF-8"
"""Its sequences are those of nearly every locale."""
LONGEST: Final = 64
"""Bytes of a composed text, its end included."""

COMPOSING, COMPOSED = 1, 2
"""Of `enum xkb_compose_status`."""


class Sequences:
    """The locale's table of sequences, and how far one has come (libxkbcommon)."""

    def __init__(self) -> None:
        """Read the table, which takes some 10 ms.

        Raises:
            OSError: the library or the table is missing.
        """
        library = ctypes.CDLL(LIBRARY)
        pointer, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
        signatures = {
            "xkb_context_new": (pointer, [number]),
            "xkb_compose_table_new_from_locale": (pointer, [pointer, text, number]),
            "xkb_compose_state_new": (pointer, [pointer, number]),
            "xkb_compose_state_feed": (number, [pointer, ctypes.c_uint32]),
            "xkb_compose_state_get_status": (number, [pointer]),
            "xkb_compose_state_get_utf8": (number, [pointer, text, ctypes.c_size_t]),
            "xkb_compose_state_reset": (None, [pointer]),
        }
        for name, (result, arguments) in signatures.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
        context = library.xkb_context_new(0)
        tables = (
            library.xkb_compose_table_new_from_locale(context, locale.encode(), 0)
            for locale in (_locale(), USUAL_LOCALE)
        )
        table = next((table for table in tables if table), None)
        if table is None:
            raise OSError("no table of sequences for this locale")
        self._library = library
        self._state = library.xkb_compose_state_new(table, 0)

    def feed(self, keysym: int) -> bool:
        """Take a key; False for one that has no part in sequences, as Shift."""
        return bool(self._library.xkb_compose_state_feed(self._state, keysym))

    @property
    def is_begun(self) -> bool:
        """Whether more keys are awaited."""
        return self._status() == COMPOSING

    def take_text(self) -> str:
        """What a finished sequence writes, once; empty while none is."""
        if self._status() != COMPOSED:
            return ""
        buffer = ctypes.create_string_buffer(LONGEST)
        self._library.xkb_compose_state_get_utf8(self._state, buffer, LONGEST)
        self.reset()
        return buffer.value.decode()

    def reset(self) -> None:
        self._library.xkb_compose_state_reset(self._state)

    def _status(self) -> int:
        return int(self._library.xkb_compose_state_get_status(self._state))


def _locale() -> str:
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    name = next((value for name in names if (value := os.environ.get(name))), "")
    return name if name.lower().endswith(("utf-8", "utf8")) else USUAL_LOCALE
