"""Notes that a start went well, once the kiosk has run for a while."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.operation.start_record import StartRecord
from kiosk.toolkit.runner import Runner, logs_kind

PROOF_MS = 60_000
"""What makes a start crash does so within a minute: drivers, pictures, videos on posters."""

log = logging.getLogger(__name__)


class StartWatch(QObject):
    """Once a version has been on screen long enough, the start and the version have proved good."""

    def __init__(self, record: StartRecord, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._record = record
        self._runner = runner
        self._version = 0
        self._proof = QTimer(self, singleShot=True, interval=PROOF_MS)
        self._proof.timeout.connect(self._note)

    @Slot(str)
    def follow(self, version: str) -> None:
        """Another version is on screen; empty if it has no number."""
        self._version = int(version) if version else 0
        self._proof.start()

    @Slot()
    def _note(self) -> None:
        version = self._version
        failed = logs_kind(log, "the start could not be recorded")
        self._runner.start(lambda: self._record.succeed(version), failed)
