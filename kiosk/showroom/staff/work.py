"""Jobs of the staff area, off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from kiosk.refused import as_sentence
from kiosk.showroom.staff.words import NOT_DONE
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
        failed: Callable[[str], None] | None = None,
        refusals: type[Exception] | tuple[type[Exception], ...] = (),
    ) -> None:
        """Run `job` in the background, then `done` with its result or `failed` with a sentence.

        That is what one of the `refusals` says; any other error is a bug, which is logged.
        """

        def deliver(result: T) -> None:
            if self._is_open:
                done(result)

        def report(error: Exception) -> None:
            is_refusal = isinstance(error, refusals)
            if not is_refusal:
                log.error("the staff area could not do what was asked for", exc_info=error)
            if self._is_open and failed is not None:
                failed(as_sentence(str(error)) if is_refusal else NOT_DONE)

        self._runner.run(job, deliver, report)

    def close(self) -> None:
        """Deliver nothing any more, and end what was to be ended."""
        self._is_open = False
        while self._closing:
            self._closing.pop()()
