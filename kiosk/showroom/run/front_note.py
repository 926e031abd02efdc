"""Keeps the note by which the next start shows the attract loop and home at once."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.showroom import opening
from kiosk.toolkit.runner import Runner

log = logging.getLogger(__name__)


class FrontNote:
    """Written in the background, and only where it says something else than before."""

    def __init__(self, data: Path, runner: Runner) -> None:
        self._data = data
        self._runner = runner
        self._noted: tuple[str, opening.Front] | None = None

    def know(self, digest: str, front: opening.Front) -> None:
        """This was read from the note."""
        self._noted = opening.shown_digest(digest, self._data), front

    def keep(self, digest: str, assets: Path, front: opening.Front) -> None:
        """Note what a content shows first."""
        self._runner.run(lambda: self._write(digest, assets, front), _ignore, _log_failure)

    def _write(self, digest: str, assets: Path, front: opening.Front) -> None:
        noted = opening.shown_digest(digest, self._data), front
        if noted != self._noted:
            self._noted = noted
            opening.remember(self._data, noted[0], assets, front)


def _ignore(_: object) -> None:
    pass


def _log_failure(error: Exception) -> None:
    log.error("the note for the next start could not be written: %s", type(error).__name__)
