"""What a running kiosk logs: on the console from the start, in its data folder a little later.

Where the console is systemd's journal, each line begins with its priority, see sd-daemon(3); the
journal adds the time by itself.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

from kiosk.operation.folders import LOG_NAME

LOG_FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")

PRIORITIES = {
    logging.CRITICAL: 2,
    logging.ERROR: 3,
    logging.WARNING: 4,
    logging.INFO: 6,
    logging.DEBUG: 7,
}
"""As in syslog(3)."""

log = logging.getLogger(__name__)


class JournalFormatter(logging.Formatter):
    """Gives every line of a message its priority: the journal stores each line by itself."""

    def __init__(self) -> None:
        super().__init__("%(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        prefix = f"<{PRIORITIES.get(record.levelno, 5)}>"
        return "\n".join(f"{prefix}{line}" for line in super().format(record).splitlines())


def log_to_console() -> None:
    """For the whole process, faults of ours included."""
    console = logging.StreamHandler(sys.stderr)
    console.setFormatter(JournalFormatter() if _is_journal() else LOG_FORMAT)
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


def _is_journal() -> bool:
    """Whether the standard error stream is still the journal's, see systemd.exec(5)."""
    try:
        stream = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError, AttributeError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{stream.st_dev}:{stream.st_ino}"


def _log_fault(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """A bug of ours: its kind and where it was, without its text, which may hold what was typed."""
    places = "".join(traceback.format_tb(trace))
    log.critical("%s\n%s", kind.__name__, places)
