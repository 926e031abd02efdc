"""Jobs of the staff area, off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from kiosk.toolkit.runner import Runner

T = TypeVar("T")

log = logging.getLogger(__name__)


class Work:
    """One job after another; what is done after the staff area was closed goes nowhere."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._is_open = True
        self._closing: list[Callable[[], None]] = []

    def on_close(self, end: Callable[[], None]) -> None:
        """Have something ended when nobody waits for it any more."""
        self._closing.append(end)

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `job` in the background, then `done` with its result; a bug is logged."""

        def deliver(result: T) -> None:
            if self._is_open:
                done(result)

        def report(error: Exception) -> None:
            log.error("the staff area could not do what was asked for", exc_info=error)
            if self._is_open and failed is not None:
                failed(error)

        self._runner.run(job, deliver, report)

    def close(self) -> None:
        """Deliver nothing any more, and end what was to be ended."""
        self._is_open = False
        while self._closing:
            self._closing.pop()()
