"""Writing very many rows without keeping a visitor waiting: some at a time, with pauses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from kiosk.signups.store.database import ROWS_AT_ONCE, Database

LEAST_AT_ONCE = 20
HOLD_SECONDS = 0.1
"""How long a visitor's signup may be kept waiting; a slow disk does less in it."""
PAUSE_SECONDS = 0.05
"""A signup that waits is tried far more often, and gets in between."""


class Pace:
    """How many rows are written before a pause: as many as the disk takes in `HOLD_SECONDS`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.rows = min(most, ROWS_AT_ONCE)
        self._held = self._seconds_a_row = 0.0

    @contextmanager
    def writing(self, database: Database) -> Iterator[None]:
        """A transaction, and room for a visitor's before one that would keep it waiting."""
        if self._held and self._held + self.rows * self._seconds_a_row > HOLD_SECONDS:
            sleep(PAUSE_SECONDS)
            self._held = 0.0
        with database.transaction():
            began = monotonic()
            yield
        held = monotonic() - began
        self._held += held
        self._seconds_a_row = held / self.rows
        fitting = min(2 * self.rows, int(self.rows * HOLD_SECONDS / max(held, 1e-6)))
        self.rows = min(self._most, max(LEAST_AT_ONCE, fitting))
