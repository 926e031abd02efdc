"""A kiosk without its window, whose two threads do their work when the test lets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk.operation.clock import Clock
from kiosk.showroom.run.kiosk import Kiosk, RunOptions
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.signups.form import Signup
from kiosk.signups.store.queue import Queue
from kiosk.toolkit.runner import Runner
from tests.conftest import HandDrained
from tests.faults.visitors import take_stock


class Windowless:
    """As `run` builds it. The caller closes it."""

    def __init__(self, content: Path, data: Path, work_off: Callable[[], None]) -> None:
        self.content, self.data = content, data
        self.reading, self.storing = HandDrained(), HandDrained()
        self._work_off = work_off
        self.kiosk: Kiosk | None = None

    def start(self) -> None:
        """Start, as after the machine was switched off and on."""
        self.close()
        self.showroom = ShowroomViewModel()
        runners = (Runner(executor, self.showroom) for executor in (self.reading, self.storing))
        self.kiosk = Kiosk(
            RunOptions(self.content, self.data, None, Clock()), self.showroom, *runners
        )
        self.kiosk.open_start_screens()
        QTimer.singleShot(0, self.reading.drain)  # what the start waits for
        self.kiosk.open()
        self.showroom.presented.emit()  # by the window, after its first frame

    def close(self) -> None:
        if self.kiosk is not None:
            self.kiosk.close()

    def store(self) -> None:
        """The disk of the data folder answers; that of the content does not."""
        while self.storing.drain():
            self._work_off()

    def work(self) -> None:
        """Both answer."""
        while self.reading.drain() + self.storing.drain():
            self._work_off()

    def open_form(self) -> None:
        """As a visitor comes to it."""
        self.showroom.navigation.goHome()
        self.showroom.navigation.open("signup")
        self.store()

    def send_form(self, address: str = "vera@example.com") -> str:
        """Fill it in and send it; returns what became of it."""
        form = self.showroom.navigation.place
        form.email, form.consented = address, True
        form.submit()
        self.store()
        return str(form.state)

    def stored(self) -> list[Signup]:
        """In a database that is sound and a ledger that adds up."""
        with Queue.open(self.data) as queue:
            return take_stock(queue).signups
