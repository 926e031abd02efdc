"""The ledger: each signup that was ever captured is waiting, exported or erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.signups.store.database import QueueDamaged, Row, parse_timestamp
from kiosk.signups.store.queue import INCOMPLETE_EXPORTS, IS_WAITING, ExportRecord, Queue

UNKNOWN_DAY = "?"
"""A day that cannot be read."""


@dataclass(frozen=True, slots=True)
class Counts:
    """`captured` is counted when a signup arrives, the others from the rows that exist."""

    captured: int = 0
    waiting: int = 0
    exported: int = 0
    erased: int = 0

    @property
    def unaccounted(self) -> int:
        """Captured signups that are missing; negative if there are more than were captured."""
        return self.captured - self.waiting - self.exported - self.erased


@dataclass(frozen=True, slots=True)
class DayCounts:
    """A day in the showroom's local time; `last_export` is when its signups were last exported."""

    day: str
    counts: Counts
    last_export: datetime | None = None


@dataclass(frozen=True, slots=True)
class Erasure:
    """The receipt of an erasure, without the address."""

    number: int
    created_at: datetime
    reason: str
    signup_count: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The counts of each day in order, with all exports and erasures.

    `counts_by_key` has the number of signups sealed to each key, newest key first.
    """

    days: tuple[DayCounts, ...]
    exports: tuple[ExportRecord, ...]
    erasures: tuple[Erasure, ...]
    unsealed_count: int = 0
    key_id: str | None = None
    counts_by_key: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> Counts:
        return sum_of(self.days)

    @property
    def is_balanced(self) -> bool:
        """Whether every day balances: one day's surplus does not hide another's loss."""
        return all(day.counts.unaccounted == 0 for day in self.days)

    @property
    def oldest_waiting(self) -> date | None:
        """The first day with signups that were never exported; None if none wait."""
        waiting = [day.day for day in self.days if day.counts.waiting > 0]
        for day in sorted(waiting):
            with suppress(ValueError):  # a damaged day
                return date.fromisoformat(day)
        return None

    @property
    def last_export(self) -> datetime | None:
        """When signups were last exported; None if never."""
        return max((export.created_at for export in self.exports), default=None)


def sum_of(days: Iterable[DayCounts]) -> Counts:
    counts = [day.counts for day in days]
    return Counts(
        sum(each.captured for each in counts),
        sum(each.waiting for each in counts),
        sum(each.exported for each in counts),
        sum(each.erased for each in counts),
    )


def read_ledger(queue: Queue) -> Ledger:
    """Read the ledger from one consistent snapshot.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue.
    """
    with queue.snapshot():
        captured = _count_by_day(queue, "SELECT day, captured FROM days")
        present = _count_by_day(
            queue, "SELECT substr(created_at, 1, 10), count(*) FROM signups GROUP BY 1"
        )
        waiting = _count_by_day(
            queue,
            "SELECT substr(created_at, 1, 10), count(*) FROM signups"
            f" WHERE {IS_WAITING} GROUP BY 1",
        )
        erased = _count_by_day(queue, "SELECT day, count(*) FROM erased GROUP BY 1")
        last = _count_by_day(
            queue,
            "SELECT substr(created_at, 1, 10), max(export) FROM signups"
            " JOIN exported ON exported.signup = signups.number"
            f" WHERE export NOT IN ({INCOMPLETE_EXPORTS}) GROUP BY 1",
        )
        exports = queue.exports()
        erasures = queue.query(
            "SELECT number, created_at, reason, signup_count FROM erasures ORDER BY number"
        )
        unsealed = queue.count_unsealed()
        key = queue.latest_key()
        keys = queue.query(
            "SELECT key_id, count(*) FROM signups WHERE key_id IS NOT NULL"
            " GROUP BY key_id ORDER BY max(number) DESC"
        )
    at = {export.number: export.created_at for export in exports}
    days = tuple(
        DayCounts(
            day,
            Counts(
                captured.get(day, 0),
                waiting.get(day, 0),
                present.get(day, 0) - waiting.get(day, 0),
                erased.get(day, 0),
            ),
            at.get(last.get(day, 0)),
        )
        for day in sorted(captured.keys() | present.keys() | erased.keys())
    )
    return Ledger(
        days,
        tuple(exports),
        tuple(filter(None, map(_parse_erasure, erasures))),
        unsealed,
        key.id if key else None,
        {key_id: count for key_id, count in keys if isinstance(key_id, str)},
    )


def _parse_erasure(row: Row) -> Erasure | None:
    """None if the row is damaged."""
    number, when, reason, count = row
    if not (isinstance(reason, str) and isinstance(count, int)):
        return None
    try:
        return Erasure(number, parse_timestamp(when), reason, count)
    except QueueDamaged:
        return None


def _count_by_day(queue: Queue, statement: str) -> dict[str, int]:
    """Skips damaged counts and adds up damaged days as unknown, so that they do not balance."""
    counts: dict[str, int] = {}
    for day, count in queue.query(statement):
        name = day if isinstance(day, str) and day else UNKNOWN_DAY
        if isinstance(count, int):
            counts[name] = counts.get(name, 0) + count
    return counts
