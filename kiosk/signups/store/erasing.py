"""Erasure: of one address on request, of what is older than a day, of what was kept long enough.

What is erased leaves a receipt with its ids, without the address, and stays in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from kiosk.signups.crypto.sealing import OpeningKey, SealingKey
from kiosk.signups.form import is_address
from kiosk.signups.store.database import (
    ROWS_AT_ONCE,
    QueueDamaged,
    QueueUnavailable,
    Row,
    remove_copies,
    stored_moment,
)
from kiosk.signups.store.pace import Pace
from kiosk.signups.store.queue import LEAST_NUMBER, SPAN, VOID_EXPORTS, WAITING, Queue
from kiosk.signups.store.record import Unreadable, person_of, require_noted
from kiosk.signups.store.suppression import canonical, is_secret, suppress_address

Reason = Literal["request", "by hand", "retention"]
Progress = Callable[[int, int], None]
"""Told how many of how many are done."""

_BEFORE = "typeof(created_at) = 'text' AND created_at < ?"
MOST_PASSES = 3
"""Over what lay open, and over what came meanwhile from a kiosk that had not seen the key yet."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased; `number` is None where no signup of an address was found.

    `exports` are the numbers of the exports whose files still hold it.

    `unreadable` pairs the id of each signup that could not be compared with the reason. `remains`
    says what keeps traces in the file or a copy of it; empty where nothing does.
    """

    number: int | None
    created_at: datetime
    count: int
    exports: tuple[int, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()
    remains: str = ""


def erase_address(
    queue: Queue,
    email: str,
    now: datetime,
    *,
    opening: OpeningKey | None = None,
    sealing: SealingKey | None = None,
    suppress: bool = False,
    progress: Progress | None = None,
) -> Receipt:
    """Remove every signup of an address in any spelling; with `suppress`, add it to the list.

    An impossible address is removed too, and added to the list if a signup had it.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue; nothing was erased.
    """
    wanted_address = canonical(email)
    total, numbers, unreadable = queue.select("all"), [], []
    for searched, record in enumerate(queue.selected(), start=1):
        try:
            if canonical(person_of(record, opening).email) == wanted_address:
                numbers.append(record.number)
        except Unreadable as reason:
            unreadable.append((record.id, str(reason)))
        if progress is not None:
            progress(searched, total)
    _choose(queue, "SELECT ?", [(number,) for number in numbers])

    def put_on_list() -> None:
        if suppress:
            if sealing is not None:
                queue.note_key(sealing, now)
            suppress_address(queue, email, opening, sealing)

    if numbers:
        receipt = _erase_chosen(queue, "request", now, put_on_list)
    else:
        receipt = Receipt(None, now, 0)
        if is_address(email.strip()):
            with queue.transaction():
                put_on_list()
    unreadable += receipt.unreadable
    return replace(receipt, unreadable=tuple(unreadable), remains=_remains(queue))


def made_before(queue: Queue, day: date) -> tuple[int, int]:
    """The number of signups made before a day in showroom time, and how many of them wait."""
    older = waiting = 0
    for start, end in queue.spans():
        values = (day.isoformat(), start, end)
        older += queue.number(f"SELECT count(*) FROM signups WHERE {_BEFORE} AND {SPAN}", values)
        waiting += queue.number(
            f"SELECT count(*) FROM signups WHERE {_BEFORE} AND {SPAN} AND {WAITING}", values
        )
    return older, waiting


def erase_before(queue: Queue, day: date, now: datetime) -> Receipt:
    """Remove every signup made before a day in the showroom's own time.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue; nothing was erased.
    """
    _choose(
        queue,
        f"SELECT number FROM signups WHERE {_BEFORE} AND {SPAN}",
        ((day.isoformat(), *span) for span in queue.spans()),
    )
    return replace(_erase_chosen(queue, "by hand", now), remains=_remains(queue))


def erase_overdue(queue: Queue, days: int, now: datetime) -> Receipt | None:
    """Remove signups first exported more than `days` days ago; None if there are none.

    At most `ROWS_AT_ONCE`, oldest first, because the running kiosk calls this and a visitor may be
    waiting. Call again while something is removed.

    Call only while the clock is trusted. For signups exported while it was not, the period starts
    with the first such call.

    Signups made with an untrusted clock stay, since their age is unknown.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue; nothing was erased.
    """
    limit = now - timedelta(days=days)
    # The clock is right now, so the period of earlier exports starts now.
    for (number,) in queue.query(
        f"SELECT number FROM exports WHERE kept_since IS NULL AND number NOT IN ({VOID_EXPORTS})"
    ):
        with suppress(QueueDamaged):
            queue.change(
                "UPDATE exports SET kept_since = ? WHERE number = ?", (now.isoformat(), number)
            )
    due = [
        number
        for number, since in queue.query(
            f"SELECT number, kept_since FROM exports WHERE number NOT IN ({VOID_EXPORTS})"
        )
        if _is_before(since, limit)
    ]
    _choose(
        queue,
        # A clock that had fallen back must not make anything overdue, by either date.
        "SELECT number FROM signups JOIN exported ON exported.signup = number"
        " WHERE export = ? AND created_at < ? AND clock_trusted IS NOT 0",
        [(number, limit.isoformat()) for number in due],
    )
    unreadable = _leave_out_undatable(queue)
    if not queue.number("SELECT count(*) FROM chosen"):
        return None
    remove_copies(queue.file.parent)  # first: once the signups are gone, nobody would come back
    queue.change(
        "DELETE FROM chosen WHERE number NOT IN"
        " (SELECT number FROM chosen ORDER BY number LIMIT ?)",
        (ROWS_AT_ONCE,),
    )
    receipt = _erase_chosen(queue, "retention", now)
    if receipt.count == 0:  # the database is damaged around all of them
        queue.change("DELETE FROM erasures WHERE number = ?", (receipt.number,))
    unreadable += receipt.unreadable
    return replace(receipt, unreadable=tuple(unreadable), remains=_remains(queue))


def _is_before(since: object, limit: datetime) -> bool:
    """Not so where it is damaged: nobody can tell how long that was kept."""
    with suppress(QueueDamaged):
        return isinstance(since, str) and stored_moment(since) < limit
    return False


def seal_in_place(
    queue: Queue, key: SealingKey, now: datetime, progress: Progress | None = None
) -> int:
    """Seal all unencrypted signups, leaving no trace in the file; returns how many.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue; what was sealed stays sealed, and another
            call continues from there.
    """
    sealed_count, previous, pace = 0, LEAST_NUMBER, Pace(ROWS_AT_ONCE)
    with queue.transaction():
        queue.note_key(key, now)
        for number, secret in queue.query(
            "SELECT number, secret FROM suppression_keys WHERE key_id IS NULL"
        ):
            if is_secret(secret):
                with suppress(QueueDamaged), queue.savepoint():
                    queue.change(
                        "UPDATE suppression_keys SET secret = ?, key_id = ? WHERE number = ?",
                        (key.seal(secret), key.id, number),
                    )
        total = queue.count_unsealed()
    for _ in range(MOST_PASSES):
        newest = queue.number("SELECT coalesce(max(number), 0) FROM signups")
        while rows := queue.query(
            "SELECT number, personal FROM signups JOIN people USING (number)"
            " WHERE key_id IS NULL AND number > ? AND number <= ? ORDER BY number LIMIT ?",
            (previous, newest, pace.rows),
        ):
            sealed_count += _seal_some(queue, key, rows, pace)
            previous = rows[-1][0]
            if progress is not None:
                progress(sealed_count, total)
        previous = max(previous, newest)
    remove_copies(queue.file.parent)
    return sealed_count


def _seal_some(queue: Queue, key: SealingKey, rows: Sequence[Row], pace: Pace) -> int:
    """Seal a batch and return how many; boxes are closed before the transaction begins."""
    boxes = [(key.seal_slot(slot), number, slot) for number, slot in rows if type(slot) is bytes]
    try:
        with pace.writing(queue):
            return _store_boxes(queue, key, boxes)
    except QueueDamaged:
        with pace.writing(queue):
            return sum(_store_box(queue, key, box) for box in boxes)


def _store_boxes(queue: Queue, key: SealingKey, boxes: Sequence[tuple[bytes, int, bytes]]) -> int:
    """Within the caller's transaction; rows erased or sealed meanwhile stay as they are."""
    queue.change_many("UPDATE people SET personal = ? WHERE number = ? AND personal = ?", boxes)
    return queue.change_many(
        "UPDATE signups SET key_id = ? WHERE number = ? AND key_id IS NULL"
        " AND (SELECT personal FROM people WHERE people.number = signups.number) = ?",
        [(key.id, number, box) for box, number, _ in boxes],
    )


def _store_box(queue: Queue, key: SealingKey, box: tuple[bytes, int, bytes]) -> int:
    """Returns 0 if the database is damaged around the row."""
    try:
        with queue.savepoint():
            return _store_boxes(queue, key, [box])
    except QueueDamaged:
        return 0


def _choose(queue: Queue, statement: str, values: Iterable[tuple[object, ...]]) -> None:
    queue.change("DROP TABLE IF EXISTS temp.chosen")
    queue.change("CREATE TEMP TABLE chosen (number INTEGER PRIMARY KEY)")
    for row in values:  # one at a time, because reading locks the file too
        queue.change(f"INSERT OR IGNORE INTO chosen {statement}", row)


def _leave_out_undatable(queue: Queue) -> list[tuple[str, str]]:
    """Skip chosen rows that cannot be recorded as erased; returns each id with the reason.

    An invalid time may compare as earlier than any day.
    """
    unreadable = []
    previous: object = LEAST_NUMBER
    while rows := queue.query(
        "SELECT number, id, created_at FROM chosen JOIN signups USING (number)"
        " WHERE number > ? ORDER BY number LIMIT ?",
        (previous, ROWS_AT_ONCE),
    ):
        for number, id_, created_at in rows:
            try:
                require_noted(id_, created_at)
            except Unreadable as reason:
                unreadable.append(
                    (id_ if isinstance(id_, str) and id_ else f"signup {number}", str(reason))
                )
                queue.change("DELETE FROM chosen WHERE number = ?", (number,))
        previous = rows[-1][0]
    return unreadable


def _erase_chosen(
    queue: Queue, reason: Reason, now: datetime, extra_write: Callable[[], None] | None = None
) -> Receipt:
    """Erase in batches, so that visitors never wait long; `extra_write` runs with the first.

    What cannot be read stays and is named in the receipt.
    """
    unreadable = _leave_out_undatable(queue)
    exports: set[int] = set()

    def begin() -> int:
        queue.change(
            "INSERT INTO erasures (created_at, reason, signup_count) VALUES (?, ?, 0)",
            (now.isoformat(), reason),
        )
        number = queue.number("SELECT last_insert_rowid()")
        if extra_write is not None:
            extra_write()
        return number

    receipt, total, is_more, pace = 0, 0, True, Pace(ROWS_AT_ONCE)
    while is_more:
        wanted = pace.rows
        rows = _next_chosen(queue, wanted)
        exports.update(_exports_of(queue, rows))
        try:
            with pace.writing(queue):
                number = receipt or begin()
                count = _erase_rows(queue, number, rows)
        except QueueDamaged:
            with pace.writing(queue):
                number = receipt or begin()
                count = _erase_one_by_one(queue, number, rows, unreadable)
        queue.change_many("DELETE FROM chosen WHERE number = ?", [row[:1] for row in rows])
        receipt, total, is_more = number, total + count, len(rows) == wanted
    return Receipt(receipt, now, total, tuple(sorted(exports)), tuple(unreadable))


def _next_chosen(queue: Queue, limit: int) -> list[Row]:
    return queue.query(
        "SELECT number, id FROM chosen JOIN signups USING (number) ORDER BY number LIMIT ?",
        (limit,),
    )


def _exports_of(queue: Queue, rows: Sequence[Row]) -> Iterator[int]:
    """The exports whose files contain any of these rows, which are in order."""
    if rows:
        exports = queue.query(
            "SELECT DISTINCT export FROM exported JOIN chosen ON chosen.number = signup"
            " WHERE signup BETWEEN ? AND ?",
            (rows[0][0], rows[-1][0]),
        )
        # A damaged cell may hold anything.
        yield from (export for (export,) in exports if isinstance(export, int))


def _erase_rows(queue: Queue, receipt: int, rows: Sequence[Row]) -> int:
    """Within the caller's transaction; returns how many."""
    numbers = [(number,) for number, _ in rows]
    for statement in (
        # Row by row: for many at once SQLite may keep the old pages in the system's temporary
        # folder. With as many bytes as before, so that they are overwritten where they lie.
        "UPDATE people SET personal = zeroblob(length(personal)) WHERE number = ?",
        "INSERT INTO erased (signup, id, day, erasure)"
        f" SELECT number, id, substr(created_at, 1, 10), {receipt} FROM signups WHERE number = ?",
        "DELETE FROM signups WHERE number = ?",
    ):
        queue.change_many(statement, numbers)
    queue.change(
        "UPDATE erasures SET signup_count = signup_count + ? WHERE number = ?",
        (len(rows), receipt),
    )
    return len(rows)


def _erase_one_by_one(
    queue: Queue, receipt: int, rows: Sequence[Row], unreadable: list[tuple[str, str]]
) -> int:
    """As `_erase_rows`, leaving in place what the database is damaged around."""
    count = 0
    for row in rows:
        try:
            with queue.savepoint():
                count += _erase_rows(queue, receipt, [row])
        except QueueDamaged:
            unreadable.append((row[1], "the database is damaged around it"))
    return count


def _remains(queue: Queue) -> str:
    """What was erased is overwritten already; older copies still hold it."""
    try:
        remove_copies(queue.file.parent)
    except QueueUnavailable as error:
        return str(error)
    return ""
