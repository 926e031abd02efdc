"""Notes which machine the data folder belongs to, and logs if it is another one."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.toolkit.runner import Runner, logs_kind

log = logging.getLogger(__name__)


def note_machine(folder: Path, runner: Runner) -> None:
    """In the background; not needed for the first frame."""
    from kiosk.operation.machine import bind_to_machine

    def report(is_bound: bool) -> None:
        if not is_bound:
            log.warning("%s comes from another machine; 'kiosk health' says what to do", folder)

    failed = logs_kind(log, "the machine could not be noted")
    runner.run(lambda: bind_to_machine(folder), report, failed)
