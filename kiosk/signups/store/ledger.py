"""The ledger: each signup that was ever captured is waiting, exported or erased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.signups.store.database import QueueDamaged, Row, stored_moment
from kiosk.signups.store.queue import VOID_EXPORTS, WAITING, ExportFacts, Queue

UNKNOWN = "?"
"""A day that cannot be read."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Captured is counted when a signup arrives, the others from what is there."""

    captured: int = 0
    waiting: int = 0
    exported: int = 0
    erased: int = 0

    @property
    def missing(self) -> int:
        """Signups that nothing accounts for: below zero where there are more than were captured."""
        return self.captured - self.waiting - self.exported - self.erased


@dataclass(frozen=True, slots=True)
class DayBalance:
    """A day in the showroom's own time; `last_export` is when signups of it were last exported."""

    day: str
    balance: Balance
    last_export: datetime | None = None


@dataclass(frozen=True, slots=True)
class Erasure:
    """The receipt of an erasure; it does not hold the address."""

    number: int
    created_at: datetime
    reason: str
    signup_count: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Days in order, with what was done to their signups.

    `keys` counts the signups by the key they are sealed to, the key of the newest one first.
    """

    days: tuple[DayBalance, ...]
    exports: tuple[ExportFacts, ...]
    erasures: tuple[Erasure, ...]
    unsealed: int = 0
    key_id: str | None = None
    keys: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> Balance:
        """Over all days."""
        days = [day.balance for day in self.days]
        return Balance(
            sum(day.captured for day in days),
            sum(day.waiting for day in days),
            sum(day.exported for day in days),
            sum(day.erased for day in days),
        )

    @property
    def adds_up(self) -> bool:
        """Whether every day is accounted for: one's surplus does not hide another's loss."""
        return all(day.balance.missing == 0 for day in self.days)

    @property
    def last_export(self) -> datetime | None:
        """When signups were last exported."""
        return max((export.created_at for export in self.exports), default=None)


def read_ledger(queue: Queue) -> Ledger:
    """The ledger as it stands, all of it at one moment.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue.
    """
    with queue.snapshot():
        captured = _by_day(queue, "SELECT day, captured FROM days")
        present = _by_day(
            queue, "SELECT substr(created_at, 1, 10), count(*) FROM signups GROUP BY 1"
        )
        waiting = _by_day(
            queue,
            f"SELECT substr(created_at, 1, 10), count(*) FROM signups WHERE {WAITING} GROUP BY 1",
        )
        erased = _by_day(queue, "SELECT day, count(*) FROM erased GROUP BY 1")
        last = _by_day(
            queue,
            "SELECT substr(created_at, 1, 10), max(export) FROM signups"
            " JOIN exported ON exported.signup = signups.number"
            f" WHERE export NOT IN ({VOID_EXPORTS}) GROUP BY 1",
        )
        exports = queue.exports()
        erasures = queue.query(
            "SELECT number, created_at, reason, signup_count FROM erasures ORDER BY number"
        )
        unsealed = queue.count_unsealed()
        key = queue.last_key()
        keys = queue.query(
            "SELECT key_id, count(*) FROM signups WHERE key_id IS NOT NULL"
            " GROUP BY key_id ORDER BY max(number) DESC"
        )
    at = {export.number: export.created_at for export in exports}
    days = tuple(
        DayBalance(
            day,
            Balance(
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
        tuple(filter(None, map(_erasure, erasures))),
        unsealed,
        key.id if key else None,
        {key_id: count for key_id, count in keys if isinstance(key_id, str)},
    )


def _erasure(row: Row) -> Erasure | None:
    """None where something in the row is damaged."""
    number, when, reason, count = row
    if not (isinstance(reason, str) and isinstance(count, int)):
        return None
    try:
        return Erasure(number, stored_moment(when), reason, count)
    except QueueDamaged:
        return None


def _by_day(queue: Queue, statement: str) -> dict[str, int]:
    """What is damaged counts for nothing or for no day, so that its day does not add up."""
    counts: dict[str, int] = {}
    for day, count in queue.query(statement):
        name = day if isinstance(day, str) and day else UNKNOWN
        if isinstance(count, int):
            counts[name] = counts.get(name, 0) + count
    return counts
