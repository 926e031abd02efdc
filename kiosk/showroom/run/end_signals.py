"""Ends the kiosk when it is asked to from outside, which is no crash."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from kiosk.timeout import CallTimedOut, call_within

END_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SIG_DFL = 0
PATIENCE_SECONDS = 1.0
"""For a disk that hangs."""


def end_on_signals(before_end: Callable[[str], None]) -> None:
    """Call `before_end` with the name of such a signal, then end as the system would have done.

    In a thread of its own, so that a kiosk whose event loop is stuck ends, too. Signals that are
    ignored, as with `nohup`, stay ignored.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)
    for number in END_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave_it_to_the_thread)
    libc = ctypes.CDLL(None)

    def wait() -> None:
        number = os.read(reading, 1)[0]
        try:
            with suppress(CallTimedOut):
                name = signal.Signals(number).name
                call_within(PATIENCE_SECONDS, lambda: before_end(name))
        finally:
            libc.signal(number, SIG_DFL)  # Python lets only its main thread do this
            os.kill(os.getpid(), number)

    Thread(target=wait, name="end signals", daemon=True).start()


def _leave_it_to_the_thread(*_: object) -> None:
    pass
