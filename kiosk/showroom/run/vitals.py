"""What a running kiosk tells of itself, on the disk and to whoever asks."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kiosk.operation.clock import SYSTEM_CLOCK
from kiosk.operation.status import Status, StatusFile, text_of
from kiosk.toolkit.runner import Runner

if TYPE_CHECKING:
    from PySide6.QtCore import QSocketNotifier

    from kiosk.operation.lifeline import Lifeline

log = logging.getLogger(__name__)


class Vitals(QObject):
    """Answers `health` from the thread that draws; the disk is written on the other one."""

    def __init__(
        self, folder: Path, status: Status, runner: Runner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._file = StatusFile(folder, status)
        self._runner = runner
        self._lifeline: Lifeline | None = None
        self._request_notifier: QSocketNotifier | None = None

    def open(self) -> None:
        """Begin to answer, and write what is known so far; not for the first frame."""
        from PySide6.QtCore import QSocketNotifier

        from kiosk.operation.lifeline import Lifeline

        self._runner.run(self._file.write, _ignore, _log_failure)
        if self._lifeline is not None:
            return
        try:
            self._lifeline = Lifeline(self._folder)
        except OSError as error:  # FAT has no sockets
            log.warning("'kiosk health' cannot tell whether this kiosk hangs: %s", error.strerror)
            return
        self._request_notifier = QSocketNotifier(
            self._lifeline.fileno(), QSocketNotifier.Type.Read, self
        )
        self._request_notifier.activated.connect(self._answer)

    def change(self, **values: str) -> None:
        """Take other values of `Status`; from any thread."""
        if self._file.change(**values):
            self._runner.run(self._file.write, _ignore, _log_failure)

    def note_refusal(self, reason: str, now: datetime) -> None:
        """Why the last signup could not be stored; empty where it was."""
        if bool(reason) != bool(self._file.status.refused):
            self.change(refused=reason, refused_at=_minute(now) if reason else "")

    def note_silence(self, now: datetime) -> bool:
        """The content file does not answer; returns whether that is new."""
        if self._file.status.silent_since:
            return False
        self.change(silent_since=_minute(now))
        return True

    def note_answer(self) -> bool:
        """The content file answers; returns whether that is new."""
        if not self._file.status.silent_since:
            return False
        self.change(silent_since="")
        return True

    def close(self) -> None:
        """Answer no more."""
        if self._lifeline is not None and self._request_notifier is not None:
            self._request_notifier.setEnabled(False)
            self._lifeline.close()
            self._lifeline = None

    @Slot()
    def _answer(self) -> None:
        if self._lifeline is not None:
            self._lifeline.answer(self._file.status)


def first_status(before: Status, content: Path) -> Status:
    """What is known as the kiosk starts; what was known of the clock stays so."""
    return replace(
        before,
        content=str(content),
        started=text_of(SYSTEM_CLOCK.now()),
        version="",
        refused="",
        refused_at="",
        silent_since="",
    )


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _ignore(_: object) -> None:
    pass


def _log_failure(error: Exception) -> None:
    log.error("the status could not be written", exc_info=error)
