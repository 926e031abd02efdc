"""Ends an application gently when the system or Ctrl+C asks for it."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class QuitOnSignal(QObject):
    """Qt's event loop does not return to Python by itself; a byte on a socket wakes it."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._sockets = socket.socketpair()
        for end in self._sockets:
            end.setblocking(False)
        receiving, sending = self._sockets
        signal.set_wakeup_fd(sending.fileno())
        self._notifier = QSocketNotifier(receiving.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(application.quit)
        for number in SIGNALS:
            signal.signal(number, lambda *_: None)
