"""What a running kiosk logs: on the console from the start, in its data folder a little later."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

from kiosk.operation.folders import LOG_NAME

LOG_FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")

log = logging.getLogger(__name__)


def log_to_console() -> None:
    """For the whole process, faults of ours included."""
    console = logging.StreamHandler(sys.stderr)
    console.setFormatter(LOG_FORMAT)
    logging.getLogger().addHandler(console)
    logging.getLogger().setLevel(logging.INFO)
    logging.raiseExceptions = False  # a log on a full disk is no reason for a traceback
    sys.excepthook = _log_fault


def log_to_file(folder: Path) -> None:
    """Once a start; on the short path after the first frame, since importing this takes time."""
    from kiosk.showroom.run.log_file import LogFile

    if any(isinstance(handler, LogFile) for handler in logging.getLogger().handlers):
        return
    try:
        file = LogFile(folder)
    except OSError as error:  # then the console must do
        log.error("%s cannot be written (%s); remove it", folder / LOG_NAME, error.strerror)
        return
    file.setFormatter(LOG_FORMAT)
    logging.getLogger().addHandler(file)


def _log_fault(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """A bug of ours: its kind and where it was, without its text, which may hold what was typed."""
    places = "".join(traceback.format_tb(trace))
    log.critical("%s\n%s", kind.__name__, places)
