"""Saves the start screens for the next start."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.showroom import start_screens
from kiosk.toolkit.runner import Runner, logs_kind

log = logging.getLogger(__name__)


class StartScreensFile:
    """Writes the start screens in the background when they change."""

    def __init__(self, data: Path, runner: Runner) -> None:
        self._data = data
        self._runner = runner
        self._saved: tuple[str, start_screens.StartScreens] | None = None

    def set_saved(self, digest: str, screens: start_screens.StartScreens) -> None:
        self._saved = start_screens.content_key(digest, self._data), screens

    def save(self, digest: str, assets: Path, screens: start_screens.StartScreens) -> None:
        failed = logs_kind(log, "the start screens could not be saved")
        self._runner.start(lambda: self._write(digest, assets, screens), failed)

    def _write(self, digest: str, assets: Path, screens: start_screens.StartScreens) -> None:
        current = start_screens.content_key(digest, self._data), screens
        if current != self._saved:
            self._saved = current
            start_screens.save_start_screens(self._data, current[0], assets, screens)
