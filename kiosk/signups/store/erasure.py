"""Erasure: of an address on request, of signups before a day, and after the retention period.

Each erasure leaves a receipt with the ids, without the address, and stays in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from kiosk.signups.crypto.sealed_box import PrivateKey, PublicKey
from kiosk.signups.form import is_email_address
from kiosk.signups.store.batch_pacer import BatchPacer
from kiosk.signups.store.database import (
    BATCH_SIZE,
    QueueDamaged,
    QueueUnavailable,
    Row,
    parse_timestamp,
    remove_migration_backups,
)
from kiosk.signups.store.queue import (
    IN_RANGE,
    INCOMPLETE_EXPORTS,
    IS_WAITING,
    MIN_NUMBER,
    Progress,
    Queue,
)
from kiosk.signups.store.stored_signup import UnreadableSignup, decode_person, require_id_and_time
from kiosk.signups.store.suppression import canonical_address, is_secret, suppress_address

Reason = Literal["request", "by hand", "retention", "recovered"]
_BEFORE = "typeof(created_at) = 'text' AND created_at < ?"
MAX_PASSES = 3
"""More than one pass, for signups that a kiosk stored before it saw the new key."""


@dataclass(frozen=True, slots=True)
class ErasureResult:
    """What was erased; `number` is the receipt's, None if no signup had the address.

    `exports` are the numbers of the exports whose files still contain it. `unreadable` pairs the id
    of each signup that could not be compared with the reason. `remaining_copy` says which copy
    could not be removed; empty if none is left.
    """

    number: int | None
    created_at: datetime
    count: int
    exports: tuple[int, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()
    remaining_copy: str = ""


def erase_address(
    queue: Queue,
    email: str,
    now: datetime,
    *,
    private_key: PrivateKey | None = None,
    public_key: PublicKey | None = None,
    suppress: bool = False,
    progress: Progress | None = None,
) -> ErasureResult:
    """Erase every signup of an address in any spelling; with `suppress`, add it to the list.

    An invalid address is erased too, and added to the list only if a signup had it.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue; nothing was erased.
    """
    canonical_email = canonical_address(email)
    total, numbers, unreadable = queue.select("all"), [], []
    for searched, record in enumerate(queue.selected(), start=1):
        try:
            if canonical_address(decode_person(record, private_key).email) == canonical_email:
                numbers.append(record.number)
        except UnreadableSignup as reason:
            unreadable.append((record.id, str(reason)))
        if progress is not None:
            progress(searched, total)
    _fill_chosen(queue, "SELECT ?", [(number,) for number in numbers])

    def put_on_list() -> None:
        if suppress:
            if public_key is not None:
                queue.save_key(public_key, now)
            suppress_address(queue, email, private_key, public_key)

    if numbers:
        receipt = _erase_chosen(queue, "request", now, put_on_list)
    else:
        receipt = ErasureResult(None, now, 0)
        if is_email_address(email.strip()):
            with queue.transaction():
                put_on_list()
    unreadable += receipt.unreadable
    return replace(receipt, unreadable=tuple(unreadable), remaining_copy=_remove_backups(queue))


def count_before(queue: Queue, day: date) -> tuple[int, int]:
    """Count the signups made before a day in local time, and those of them that wait for export."""
    older = waiting = 0
    for start, end in queue.number_ranges():
        values = (day.isoformat(), start, end)
        older += queue.query_int(
            f"SELECT count(*) FROM signups WHERE {_BEFORE} AND {IN_RANGE}", values
        )
        waiting += queue.query_int(
            f"SELECT count(*) FROM signups WHERE {_BEFORE} AND {IN_RANGE} AND {IS_WAITING}", values
        )
    return older, waiting


def erase_before(queue: Queue, day: date, now: datetime) -> ErasureResult:
    """Erase every signup made before a day in the showroom's local time.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue; nothing was erased.
    """
    _fill_chosen(
        queue,
        f"SELECT number FROM signups WHERE {_BEFORE} AND {IN_RANGE}",
        ((day.isoformat(), *span) for span in queue.number_ranges()),
    )
    return replace(_erase_chosen(queue, "by hand", now), remaining_copy=_remove_backups(queue))


def erase_ids(queue: Queue, ids: Iterable[str], now: datetime) -> int:
    """Erase the signups with these ids, which another database lists as erased; returns how many.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue; call again to erase the rest.
    """
    _fill_chosen(queue, "SELECT number FROM signups WHERE id = ?", ((id_,) for id_ in ids))
    if not queue.query_int("SELECT count(*) FROM chosen"):
        return 0
    return _erase_chosen(queue, "recovered", now).count


def erased_on_request(queue: Queue, until: datetime | None) -> Iterator[str]:
    """The ids of signups that somebody had erased, up to a time; not those whose time was over."""
    receipts = {
        number
        for number, at in queue.query(
            "SELECT number, created_at FROM erasures WHERE reason <> 'retention'"
        )
        if until is None or not _is_after(at, until)
    }
    previous = MIN_NUMBER
    while receipts and (
        rows := queue.query(
            "SELECT signup, id, erasure FROM erased WHERE signup > ? ORDER BY signup LIMIT ?",
            (previous, BATCH_SIZE),
        )
    ):
        yield from (id_ for _, id_, receipt in rows if receipt in receipts and type(id_) is str)
        previous = rows[-1][0]


def erase_expired(queue: Queue, days: int, now: datetime) -> ErasureResult | None:
    """Erase signups first exported more than `days` days ago; None if there are none.

    Erases at most `BATCH_SIZE`, oldest first, because the running kiosk calls this and a visitor
    may be waiting. Call again while something is erased.

    Call only while the clock is trusted. For signups exported while it was not, the retention
    period starts with the first such call. Signups made with an untrusted clock stay, since their
    age is unknown.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue; nothing was erased.
    """
    limit = now - timedelta(days=days)
    # The clock is trusted now, so the period of earlier exports starts now.
    for (number,) in queue.query(
        "SELECT number FROM exports WHERE kept_since IS NULL"
        f" AND number NOT IN ({INCOMPLETE_EXPORTS})"
    ):
        with suppress(QueueDamaged):
            queue.execute(
                "UPDATE exports SET kept_since = ? WHERE number = ?", (now.isoformat(), number)
            )
    due = [
        number
        for number, since in queue.query(
            f"SELECT number, kept_since FROM exports WHERE number NOT IN ({INCOMPLETE_EXPORTS})"
        )
        if _is_before(since, limit)
    ]
    _fill_chosen(
        queue,
        # Both dates must be old: the clock may have been set back.
        "SELECT number FROM signups JOIN exported ON exported.signup = number"
        " WHERE export = ? AND created_at < ? AND clock_trusted IS NOT 0",
        [(number, limit.isoformat()) for number in due],
    )
    unreadable = _drop_damaged(queue)
    if not queue.query_int("SELECT count(*) FROM chosen"):
        return None
    remove_migration_backups(
        queue.file.parent
    )  # first: without signups left to erase, nobody would come back
    queue.execute(
        "DELETE FROM chosen WHERE number NOT IN"
        " (SELECT number FROM chosen ORDER BY number LIMIT ?)",
        (BATCH_SIZE,),
    )
    receipt = _erase_chosen(queue, "retention", now)
    if receipt.count == 0:  # every row is unreadable
        queue.execute("DELETE FROM erasures WHERE number = ?", (receipt.number,))
    unreadable += receipt.unreadable
    return replace(receipt, unreadable=tuple(unreadable), remaining_copy=_remove_backups(queue))


def _is_before(since: object, limit: datetime) -> bool:
    """False if the timestamp is damaged: its age is unknown."""
    with suppress(QueueDamaged):
        return isinstance(since, str) and parse_timestamp(since) < limit
    return False


def _is_after(at: object, limit: datetime) -> bool:
    """False if the timestamp is damaged."""
    with suppress(QueueDamaged):
        return isinstance(at, str) and parse_timestamp(at) > limit
    return False


def seal_in_place(
    queue: Queue, key: PublicKey, now: datetime, progress: Progress | None = None
) -> int:
    """Seal all unencrypted signups, leaving no trace in the file; returns how many.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue; sealed signups stay sealed, and another call
            continues from there.
    """
    sealed_count, previous, pacer = 0, MIN_NUMBER, BatchPacer(BATCH_SIZE)
    with queue.transaction():
        queue.save_key(key, now)
        for number, secret in queue.query(
            "SELECT number, secret FROM suppression_keys WHERE key_id IS NULL"
        ):
            if is_secret(secret):
                with suppress(QueueDamaged), queue.savepoint():
                    queue.execute(
                        "UPDATE suppression_keys SET secret = ?, key_id = ? WHERE number = ?",
                        (key.seal(secret), key.id, number),
                    )
        total = queue.count_unsealed()
    for _ in range(MAX_PASSES):
        newest = queue.query_int("SELECT coalesce(max(number), 0) FROM signups")
        while rows := queue.query(
            "SELECT number, personal FROM signups JOIN people USING (number)"
            " WHERE key_id IS NULL AND number > ? AND number <= ? ORDER BY number LIMIT ?",
            (previous, newest, pacer.batch_size),
        ):
            sealed_count += _seal_batch(queue, key, rows, pacer)
            previous = rows[-1][0]
            if progress is not None:
                progress(sealed_count, total)
        previous = max(previous, newest)
    remove_migration_backups(queue.file.parent)
    return sealed_count


def _seal_batch(queue: Queue, key: PublicKey, rows: Sequence[Row], pacer: BatchPacer) -> int:
    """Seal a batch and return how many; encrypts before the transaction begins."""
    boxes = [(key.seal_padded(slot), number, slot) for number, slot in rows if type(slot) is bytes]
    try:
        with pacer.transaction(queue):
            return _store_boxes(queue, key, boxes)
    except QueueDamaged:
        with pacer.transaction(queue):
            return sum(_store_box(queue, key, box) for box in boxes)


def _store_boxes(queue: Queue, key: PublicKey, boxes: Sequence[tuple[bytes, int, bytes]]) -> int:
    """Within the caller's transaction; rows erased or sealed meanwhile stay as they are."""
    queue.execute_many("UPDATE people SET personal = ? WHERE number = ? AND personal = ?", boxes)
    return queue.execute_many(
        "UPDATE signups SET key_id = ? WHERE number = ? AND key_id IS NULL"
        " AND (SELECT personal FROM people WHERE people.number = signups.number) = ?",
        [(key.id, number, box) for box, number, _ in boxes],
    )


def _store_box(queue: Queue, key: PublicKey, box: tuple[bytes, int, bytes]) -> int:
    """As `_store_boxes` for one row; 0 if the database is damaged there."""
    try:
        with queue.savepoint():
            return _store_boxes(queue, key, [box])
    except QueueDamaged:
        return 0


def _fill_chosen(queue: Queue, statement: str, values: Iterable[tuple[object, ...]]) -> None:
    queue.execute("DROP TABLE IF EXISTS temp.chosen")
    queue.execute("CREATE TEMP TABLE chosen (number INTEGER PRIMARY KEY)")
    for row in values:  # one statement each, because reading locks the file too
        queue.execute(f"INSERT OR IGNORE INTO chosen {statement}", row)


def _drop_damaged(queue: Queue) -> list[tuple[str, str]]:
    """Unchoose rows that cannot be recorded as erased; returns each id with the reason.

    An invalid time may compare as earlier than any day.
    """
    unreadable = []
    previous: object = MIN_NUMBER
    while rows := queue.query(
        "SELECT number, id, created_at FROM chosen JOIN signups USING (number)"
        " WHERE number > ? ORDER BY number LIMIT ?",
        (previous, BATCH_SIZE),
    ):
        for number, id_, created_at in rows:
            try:
                require_id_and_time(id_, created_at)
            except UnreadableSignup as reason:
                unreadable.append(
                    (id_ if isinstance(id_, str) and id_ else f"signup {number}", str(reason))
                )
                queue.execute("DELETE FROM chosen WHERE number = ?", (number,))
        previous = rows[-1][0]
    return unreadable


def _erase_chosen(
    queue: Queue, reason: Reason, now: datetime, extra_write: Callable[[], None] | None = None
) -> ErasureResult:
    """Erase in batches, so that visitors never wait long; `extra_write` runs with the first.

    Unreadable rows stay and are listed in the result.
    """
    unreadable = _drop_damaged(queue)
    exports: set[int] = set()

    def insert_receipt() -> int:
        queue.execute(
            "INSERT INTO erasures (created_at, reason, signup_count) VALUES (?, ?, 0)",
            (now.isoformat(), reason),
        )
        number = queue.query_int("SELECT last_insert_rowid()")
        if extra_write is not None:
            extra_write()
        return number

    receipt, total, has_more, pacer = 0, 0, True, BatchPacer(BATCH_SIZE)
    while has_more:
        wanted = pacer.batch_size
        rows = _next_batch(queue, wanted)
        exports.update(_exports_of(queue, rows))
        try:
            with pacer.transaction(queue):
                number = receipt or insert_receipt()
                count = _erase_rows(queue, number, rows)
        except QueueDamaged:
            with pacer.transaction(queue):
                number = receipt or insert_receipt()
                count = _erase_one_by_one(queue, number, rows, unreadable)
        queue.execute_many("DELETE FROM chosen WHERE number = ?", [row[:1] for row in rows])
        receipt, total, has_more = number, total + count, len(rows) == wanted
    return ErasureResult(receipt, now, total, tuple(sorted(exports)), tuple(unreadable))


def _next_batch(queue: Queue, limit: int) -> list[Row]:
    return queue.query(
        "SELECT number, id FROM chosen JOIN signups USING (number) ORDER BY number LIMIT ?",
        (limit,),
    )


def _exports_of(queue: Queue, rows: Sequence[Row]) -> Iterator[int]:
    """The exports whose files contain any of these rows, which are sorted."""
    if rows:
        exports = queue.query(
            "SELECT DISTINCT export FROM exported JOIN chosen ON chosen.number = signup"
            " WHERE signup BETWEEN ? AND ?",
            (rows[0][0], rows[-1][0]),
        )
        # A damaged cell may contain anything.
        yield from (export for (export,) in exports if isinstance(export, int))


def _erase_rows(queue: Queue, receipt: int, rows: Sequence[Row]) -> int:
    """Within the caller's transaction; returns how many."""
    numbers = [(number,) for number, _ in rows]
    for statement in (
        # Row by row: for many at once, SQLite may write the old pages to the system's temporary
        # folder. With the same length, so that they are overwritten in place.
        "UPDATE people SET personal = zeroblob(length(personal)) WHERE number = ?",
        "INSERT INTO erased (signup, id, day, erasure)"
        f" SELECT number, id, substr(created_at, 1, 10), {receipt} FROM signups WHERE number = ?",
        "DELETE FROM signups WHERE number = ?",
    ):
        queue.execute_many(statement, numbers)
    queue.execute(
        "UPDATE erasures SET signup_count = signup_count + ? WHERE number = ?",
        (len(rows), receipt),
    )
    return len(rows)


def _erase_one_by_one(
    queue: Queue, receipt: int, rows: Sequence[Row], unreadable: list[tuple[str, str]]
) -> int:
    """As `_erase_rows`, skipping rows around which the database is damaged."""
    count = 0
    for row in rows:
        try:
            with queue.savepoint():
                count += _erase_rows(queue, receipt, [row])
        except QueueDamaged:
            unreadable.append((row[1], "the database is damaged around it"))
    return count


def _remove_backups(queue: Queue) -> str:
    """Remove older copies, which still contain what was erased; returns why one could not be."""
    try:
        remove_migration_backups(queue.file.parent)
    except QueueUnavailable as error:
        return str(error)
    return ""
