"""Erases signups that were kept as long as the form promises."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.operation.folders import FolderRefused
from kiosk.operation.locks import command_lock
from kiosk.toolkit.runner import Runner, logs_kind

if TYPE_CHECKING:
    from kiosk.content.model import Content
    from kiosk.signups.store.local_store import LocalSignupStore

LOOK_MS = 6 * 3600 * 1000

log = logging.getLogger(__name__)


class Retention(QObject):
    """Looks when a content is shown and every few hours; never by a clock that may be wrong."""

    def __init__(
        self,
        data: Path,
        runner: Runner,
        is_clock_trusted: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._data = data
        self._runner = runner
        self._is_clock_trusted = is_clock_trusted
        self._signup_store: LocalSignupStore | None = None
        self._days: int | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._erase)

    def follow(self, signup_store: LocalSignupStore, content: Content) -> None:
        """Keep to what a content's form says."""
        from kiosk.places.signup.model import SignupForm

        forms = (place for place in content.places if isinstance(place, SignupForm))
        self._signup_store = signup_store
        self._days = next((form.privacy.retention_days for form in forms), None)
        self._timer.start()
        self._erase()

    @Slot()
    def _erase(self) -> None:
        signup_store, days = self._signup_store, self._days
        if signup_store is not None and days is not None and self._is_clock_trusted():
            job = partial(self._erase_some, signup_store, days)
            failed = logs_kind(log, "expired signups could not be erased")
            self._runner.run(job, self._go_on, failed)

    def _erase_some(self, signup_store: LocalSignupStore, days: int) -> bool:
        """Returns whether there are more."""
        try:
            with command_lock(self._data):
                return signup_store.erase_expired(days)
        except FolderRefused as error:  # an export, say; the next time will do
            log.info("%s", error)
            return False

    def _go_on(self, is_more_overdue: bool) -> None:
        """Some at a time, so that a signup that arrives meanwhile is next."""
        if is_more_overdue:
            self._erase()
