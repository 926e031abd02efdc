"""Tells when the system's clock was set, and when the machine has slept; see timerfd_create(2).

The kernel cancels a timer at such a jump, so that nothing needs to wake up and look.
"""

from __future__ import annotations

import ctypes
import logging
import os
import time

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

TFD_TIMER_ABSTIME, TFD_TIMER_CANCEL_ON_SET = 1, 2
FAR_AWAY = 2**40
"""Seconds since 1970; the timer is there to be cancelled."""

log = logging.getLogger(__name__)


class ClockWatch(QObject):
    """`jumped` comes within a moment of a jump, also of one that sleep made; never where the kernel
    cannot tell.
    """

    jumped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._timer = self._libc.timerfd_create(time.CLOCK_REALTIME, os.O_NONBLOCK | os.O_CLOEXEC)
        if self._timer < 0 or not self._arm():
            log.warning("changes of the clock will be noticed late: %s", _reason())
            return
        self._notifier = QSocketNotifier(self._timer, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._tell)
        self.destroyed.connect(_Closing(self._timer))

    def _arm(self) -> bool:
        flags = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET
        never = (ctypes.c_long * 4)(0, 0, FAR_AWAY, 0)
        return bool(self._libc.timerfd_settime(self._timer, flags, never, None) == 0)

    @Slot()
    def _tell(self) -> None:
        try:
            os.read(self._timer, 8)
        except BlockingIOError:
            return
        except OSError:  # cancelled: the clock has jumped
            pass
        self._arm()
        self.jumped.emit()


class _Closing:
    """Closes a file with the object that used it."""

    def __init__(self, file: int) -> None:
        self._file = file

    def __call__(self) -> None:
        os.close(self._file)


def _reason() -> str:
    return os.strerror(ctypes.get_errno())
