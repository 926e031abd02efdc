"""The kiosk's log in its data folder, whatever else has got its name there."""

from __future__ import annotations

import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, cast

from kiosk.files import open_regular_file
from kiosk.operation.folders import LOG_NAME

MAX_BYTES = 1_000_000
OLDER_FILES = 2


class LogFile(RotatingFileHandler):
    """Three files at most, for the owner alone.

    A link is not followed and a pipe not waited for. Where an older file cannot be put aside, the
    newest is begun again, so that what follows is still written.

    Raises:
        OSError: something that is no plain file has the log's name.
    """

    def __init__(self, folder: Path) -> None:
        file = folder / LOG_NAME
        super().__init__(file, maxBytes=MAX_BYTES, backupCount=OLDER_FILES, encoding="utf-8")

    def _open(self) -> TextIOWrapper[Any]:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        handle = open_regular_file(Path(self.baseFilename), flags)
        opened = os.fdopen(handle, self.mode, encoding=self.encoding, errors="backslashreplace")
        return cast("TextIOWrapper[Any]", opened)

    def doRollover(self) -> None:
        try:
            super().doRollover()
        except OSError:
            if self.stream is None or self.stream.closed:
                self.stream = self._open()
            self.stream.truncate(0)
