"""Writing very many rows in batches with pauses, so that visitors' signups are not delayed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from kiosk.signups.store.database import BATCH_SIZE, Database

MIN_BATCH_SIZE = 20
MAX_HOLD_SECONDS = 0.1
"""How long a batch may delay a visitor's signup; a slow disk writes fewer rows in it."""
PAUSE_SECONDS = 0.05
"""Waiting signups retry far more often than this, so they get through."""


class BatchPacer:
    """Adapts the batch size to what the disk writes in `MAX_HOLD_SECONDS`."""

    def __init__(self, max_batch_size: int) -> None:
        self._max_batch_size = max_batch_size
        self.batch_size = min(max_batch_size, BATCH_SIZE)
        self._held = self._seconds_per_row = 0.0

    @contextmanager
    def transaction(self, database: Database) -> Iterator[None]:
        """A transaction for one batch, after a pause if it would hold the lock for too long."""
        if self._held and self._held + self.batch_size * self._seconds_per_row > MAX_HOLD_SECONDS:
            sleep(PAUSE_SECONDS)
            self._held = 0.0
        with database.transaction():
            start = monotonic()
            yield
        held = monotonic() - start
        self._held += held
        self._seconds_per_row = held / self.batch_size
        fitting = min(
            2 * self.batch_size, int(self.batch_size * MAX_HOLD_SECONDS / max(held, 1e-6))
        )
        self.batch_size = min(self._max_batch_size, max(MIN_BATCH_SIZE, fitting))
