"""Tells the service manager that the kiosk has started, what it shows, and that it is alive.

It hears nothing more if the event loop stops, if frames are no longer drawn, or if the thread that
stores signups is stuck although its disk responds: a restart mends these. It would not mend a
screen that is off, a dead file share or a hung disk, where the attract loop is better than nothing.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtQuick import QQuickWindow

from kiosk.operation.notify import ServiceManager
from kiosk.showroom.run.worker_check import WorkerCheck

SIGNS_PER_INTERVAL = 3
"""One may come late, and one may be lost."""

log = logging.getLogger(__name__)


class ServiceReporter(QObject):
    """Created when the start is over, which it reports."""

    def __init__(
        self,
        manager: ServiceManager,
        window: QQuickWindow,
        worker: WorkerCheck,
        mode: str = "",
        parent: QObject | None = None,
    ) -> None:
        """`mode` is how the kiosk runs, if that is anything but normal."""
        super().__init__(parent)
        self._manager = manager
        self._mode = mode
        self._window = window
        self._worker = worker
        self._has_drawn = False
        self._is_frame_awaited = False
        self._is_worker_well = True
        manager.ready()
        if manager.watchdog_seconds is not None:
            window.frameSwapped.connect(self._on_frame)
            interval = int(1000 * manager.watchdog_seconds / SIGNS_PER_INTERVAL)
            self._timer = QTimer(self, interval=interval)
            self._timer.timeout.connect(self._check)
            self._timer.start()

    @Slot(str)
    def describe(self, version: str) -> None:
        """Report which version is on screen."""
        shown = f"version {version} on screen" if version else "running"
        self._manager.describe(f"{self._mode}: {shown}" if self._mode else shown)

    @Slot()
    def _check(self) -> None:
        """Ask for a frame, whose arrival is the sign of life.

        A screen that has shown nothing yet may be off, and waits for no frame: else a kiosk whose
        screen is switched on in the morning would be restarted all night.
        """
        if not self._check_worker():
            return
        self._is_frame_awaited = self._has_drawn and self._window.isExposed()
        if not self._is_frame_awaited:
            self._manager.keep_alive()
        self._window.update()

    def _check_worker(self) -> bool:
        is_well = self._worker.is_well()
        if self._is_worker_well and not is_well:
            log.error("the thread that stores signups is stuck; waiting to be restarted")
        self._is_worker_well = is_well
        return is_well

    @Slot()
    def _on_frame(self) -> None:
        self._has_drawn = True
        if self._is_frame_awaited:
            self._is_frame_awaited = False
            self._manager.keep_alive()
