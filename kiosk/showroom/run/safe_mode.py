"""What the kiosk does after three crashes in a row: as little as possible that may crash.

It shows the version that last ran well and never touches the content file, which may be what makes
it crash. It draws in software, which leaves out the graphics driver and all videos. Crashes are
counted in `operation/start_record.py`.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from kiosk.showroom.run.restart import RESTART
from kiosk.showroom.viewmodels.session import SessionViewModel

TRIAL_MS = 3600_000

log = logging.getLogger(__name__)


class SafeMode(QObject):
    """Lasts for an hour without a crash, and then until nobody is at the screen."""

    def __init__(self, session: SessionViewModel) -> None:
        super().__init__(session)
        self._session = session
        trial = QTimer(self, singleShot=True, interval=TRIAL_MS)
        trial.timeout.connect(self._wait_for_a_calm_moment)
        trial.start()

    @Slot()
    def _wait_for_a_calm_moment(self) -> None:
        self._session.phaseChanged.connect(self._leave_if_calm)
        self._leave_if_calm()

    @Slot()
    def _leave_if_calm(self) -> None:
        if self._session.phase == "attract":
            log.info("an hour in safe mode without a crash; starting again as usual")
            QCoreApplication.exit(RESTART)
