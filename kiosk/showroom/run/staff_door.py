"""Opens the staff area where somebody holds the corner, and lets go of all of it afterward."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtQuick import QQuickWindow

from kiosk.operation.clock_judge import read_steady_clock
from kiosk.operation.status import Status
from kiosk.showroom.run.restart import RESTART
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import DaemonThread, Runner

if TYPE_CHECKING:
    from kiosk.showroom.staff.area import StaffViewModel

SET_UP_SECONDS = 600
"""How long after a kiosk's very first start a PIN may be chosen by touch, while it is set up."""
SERVICE_VARIABLE = "NOTIFY_SOCKET"
"""Set by a service manager, which starts a kiosk again however it has ended."""


class StaffDoor(QObject):
    """The only way into the staff area."""

    def __init__(
        self,
        data: Path,
        window: QQuickWindow,
        showroom: ShowroomViewModel,
        read_status: Callable[[], Status],
        *,
        is_first_start: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._data = data
        self._window = window
        self._showroom = showroom
        self._read_status = read_status
        self._is_first_start = is_first_start
        self._started = read_steady_clock()
        self._runner: Runner | None = None
        self._staff: StaffViewModel | None = None
        showroom.staffCalled.connect(self._open)
        showroom.offer_staff_area()

    @Slot()
    def _open(self) -> None:
        """The visitor's session ends first: nothing typed is seen or kept."""
        if self._staff is not None:
            return
        from kiosk.showroom.staff.area import StaffViewModel

        if self._runner is None:
            # Without a parent: a job that still runs when the kiosk ends needs it to report to.
            self._runner = Runner(DaemonThread("staff"))
        self._showroom.session.end()
        can_leave = SERVICE_VARIABLE not in os.environ
        self._staff = StaffViewModel(
            *(self._data, self._runner, self._may_choose_pin, self._read_status),
            can_leave=can_leave,
            parent=self,
        )
        self._staff.closed.connect(self._close)
        self._staff.leaving.connect(lambda: end(0))
        self._staff.restarting.connect(lambda: end(RESTART))
        self._window.installEventFilter(self._staff)
        self._showroom.show_staff(self._staff)

    @Slot()
    def _close(self) -> None:
        if self._staff is None:
            return
        staff, self._staff = self._staff, None
        self._window.removeEventFilter(staff)
        self._showroom.show_staff(None)
        staff.deleteLater()

    def _may_choose_pin(self) -> bool:
        """Never on a kiosk that has been in use, where a visitor could hold the corner."""
        since = (read_steady_clock() - self._started).total_seconds()
        return self._is_first_start and since < SET_UP_SECONDS


def end(status: int) -> None:
    """Leave the event loop."""
    QCoreApplication.exit(status)
