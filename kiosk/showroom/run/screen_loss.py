"""Tells a screen that was switched off from a crash.

cage up to 0.1.4 ends when its last screen goes off, and Qt ends the process without a word to us
when its connection to the compositor breaks; but for the one that it logs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.operation.screens import are_screens_off

BROKEN_CONNECTION = "The Wayland connection broke"
"""How Qt's message begins."""


class ScreenLoss(logging.Handler):
    """Calls `before_end` where the compositor has gone with the screen. Comes from any thread."""

    def __init__(self, before_end: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._before_end = before_end

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith(BROKEN_CONNECTION) and are_screens_off():
            self._before_end()
