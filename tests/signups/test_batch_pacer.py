"""Very many rows are written with a pause whenever a visitor would wait too long, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.signups.store import batch_pacer
from kiosk.signups.store.batch_pacer import MAX_HOLD_SECONDS, PAUSE_SECONDS, BatchPacer

ALL_ROWS = 20_000


class Disk:
    """Takes the same time for each row; counts how long it was held without a pause."""

    def __init__(self, seconds_a_row: float) -> None:
        self.now = self.held = self.longest = 0.0
        self.pauses = 0
        self._seconds_a_row = seconds_a_row

    @contextmanager
    def transaction(self) -> Iterator[None]:
        before = self.now
        yield
        self.held += self.now - before
        self.longest = max(self.longest, self.held)

    def write(self, rows: int) -> None:
        self.now += rows * self._seconds_a_row

    def sleep(self, seconds: float) -> None:
        assert seconds == PAUSE_SECONDS
        self.now += seconds
        self.pauses += 1
        self.held = 0.0


def write_all(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_pacer, "monotonic", lambda: disk.now)
    monkeypatch.setattr(batch_pacer, "sleep", disk.sleep)
    left, writer = ALL_ROWS, BatchPacer(ALL_ROWS)
    while left > 0:
        rows = min(left, writer.batch_size)
        with writer.transaction(disk):  # type: ignore[arg-type]
            disk.write(rows)
        left -= rows


def test_what_a_quick_disk_writes_at_once_is_not_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(MAX_HOLD_SECONDS / ALL_ROWS / 4)
    write_all(disk, monkeypatch)
    assert disk.pauses == 0


@pytest.mark.parametrize("seconds_a_row", [0.000_002, 0.000_01, 0.000_1])
def test_a_visitor_waits_no_longer_than_is_allowed(
    monkeypatch: pytest.MonkeyPatch, seconds_a_row: float
) -> None:
    disk = Disk(seconds_a_row)
    write_all(disk, monkeypatch)
    assert disk.longest <= 1.01 * MAX_HOLD_SECONDS
    assert disk.pauses <= ALL_ROWS * seconds_a_row / MAX_HOLD_SECONDS * 2 + 1
