"""Reports the status of a running kiosk in `status.json` and over a socket."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kiosk.operation.clock import SYSTEM_CLOCK
from kiosk.operation.run_record import begin_run
from kiosk.operation.status import Status, StatusFile, format_timestamp
from kiosk.toolkit.runner import Runner

if TYPE_CHECKING:
    from PySide6.QtCore import QSocketNotifier

    from kiosk.operation.health_socket import HealthSocket

log = logging.getLogger(__name__)


class StatusReporter(QObject):
    """Answers `kiosk health` on the drawing thread, and writes the file on another."""

    def __init__(
        self, folder: Path, status: Status, runner: Runner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._file = StatusFile(folder, status)
        self._runner = runner
        self._socket: HealthSocket | None = None
        self._request_notifier: QSocketNotifier | None = None

    def open(self) -> None:
        """Start to answer, and write the file; not needed for the first frame."""
        from PySide6.QtCore import QSocketNotifier

        from kiosk.operation.health_socket import HealthSocket

        self._runner.start(self._file.write, _log_failure)
        if self._socket is not None:
            return
        try:
            self._socket = HealthSocket(self._folder)
        except OSError as error:  # FAT has no sockets
            log.warning("'kiosk health' cannot tell whether this kiosk hangs: %s", error.strerror)
            return
        self._request_notifier = QSocketNotifier(
            self._socket.fileno(), QSocketNotifier.Type.Read, self
        )
        self._request_notifier.activated.connect(self._answer)

    def update(self, **values: str) -> None:
        """Update values of `Status`; from any thread."""
        if self._file.change(**values):
            self._runner.start(self._file.write, _log_failure)

    def set_refusal(self, reason: str, now: datetime) -> None:
        """Set why the last signup could not be stored; empty if it was stored."""
        if bool(reason) != bool(self._file.status.refused):
            self.update(refused=reason, refused_at=_minute(now) if reason else "")

    def set_silent_since(self, since: datetime | None) -> bool:
        """When the content file ceased to respond, None if it does; returns whether that is new."""
        is_new = (since is not None) != bool(self._file.status.silent_since)
        if is_new:
            self.update(silent_since="" if since is None else _minute(since))
        return is_new

    def note_end(self, end: str) -> None:
        """Note how this run ends, on disk at once; from any thread."""
        self._file.change(end=end, ended=format_timestamp(SYSTEM_CLOCK.now()))
        self._file.write()

    @property
    def status(self) -> Status:
        return self._file.status

    def close(self) -> None:
        if self._socket is not None and self._request_notifier is not None:
            self._request_notifier.setEnabled(False)
            self._socket.close()
            self._socket = None

    @Slot()
    def _answer(self) -> None:
        if self._socket is not None:
            self._socket.answer(self._file.status)


def initial_status(before: Status, content: Path, *, is_safe_mode: bool = False) -> Status:
    """The status when the kiosk starts; what was known about the clock is kept."""
    status = begin_run(before, SYSTEM_CLOCK.now())
    return status._replace(
        content=str(content),
        safe_since=status.started if is_safe_mode else "",
        version="",
        refused="",
        refused_at="",
        silent_since="",
        unplayed="",
        uncounted="",
    )


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _log_failure(error: Exception) -> None:
    log.error("the status could not be written", exc_info=error)
