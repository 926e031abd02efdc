"""Signups out of a damaged database: whatever can still be read comes back into the queue."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any
from uuid import UUID

from kiosk.signups.database import UNFINISHED, QueueUnavailable
from kiosk.signups.migrations import LATEST
from kiosk.signups.queue import Queue
from kiosk.signups.record import Record, Unreadable, person_of
from kiosk.signups.sealing import SealingKey
from kiosk.signups.signup import Consent
from kiosk.signups.suppression import HASH_BYTES, restore_suppressed

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""

ROWS_AT_ONCE = 500
LEAST_ROW_BYTES, LEAST_ERASED_BYTES = 100, 40
"""A signup and an erased id take more: bounds the search where nothing that can be trusted tells
how many there were."""
UNKNOWN_KEY = b""


@dataclass(frozen=True, slots=True)
class Recovered:
    """`found` signups could be read, `new` of them were not in the queue.

    `lost` is how many more the damaged file says it held; None where it no longer says. `is_whole`
    tells whether its erased ids and its suppression list were read to the end, `has_history`
    whether it lists exports or erasures, which stay in it alone.
    """

    found: int
    new: int
    lost: int | None
    is_whole: bool = True
    has_history: bool = False


def recover(
    queue: Queue,
    damaged: Path,
    now: datetime,
    progress: Progress | None = None,
    *,
    sealing: SealingKey | None = None,
) -> Recovered:
    """Bring the readable signups of a damaged database into the queue, where they wait.

    With them come its erased ids and its suppression list. What lies open is sealed where there is
    a key. The damaged file is left as it is. Known ids are not stored again, so that it may be done
    twice.

    Raises:
        QueueUnavailable: the file cannot be read, is of another version or the queue's own, or the
            queue refuses.
        QueueDamaged: from the queue.
    """
    _refuse_itself(queue, damaged)
    with _opened(queue, damaged) as (connection, size):
        if _first(connection, "PRAGMA user_version") not in {LATEST, None}:
            raise QueueUnavailable(f"{damaged} was written by another version of the kiosk")
        last = _last_number(connection, size)
        erased_read = _restore_erased(
            queue, connection, range(_least(connection, size), last + 1), now
        )
        records = _records(queue, connection, last, progress)
        found = new = 0
        while some := list(islice(records, ROWS_AT_ONCE)):
            _note_keys(queue, connection, {record.key_id for record in some}, now)
            found += len(some)
            new += queue.restore(some, sealing)
        is_list_whole = _restore_suppressed(queue, connection, now, sealing)
        held = _first(connection, "SELECT count(*) FROM signups NOT INDEXED")
        captured = _first(connection, "SELECT sum(captured) FROM days")
        erased = _first(connection, "SELECT count(*) FROM erased")
        history = [
            _first(connection, f"SELECT count(*) FROM {table}") for table in ("exports", "erasures")
        ]
    if captured is not None and erased is not None:
        held = captured - erased
    return Recovered(
        found,
        new,
        None if held is None else max(0, held - found),
        is_list_whole and erased is not None and erased_read >= erased,
        any(count != 0 for count in history),
    )


def restore_erased(queue: Queue, damaged: Path, now: datetime) -> None:
    """Bring the ids that a damaged database knows as erased, so that none of them comes back.

    Raises:
        QueueUnavailable, QueueDamaged: as for `recover`.
    """
    _refuse_itself(queue, damaged)
    with _opened(queue, damaged) as (connection, size):
        last = _last_number(connection, size)
        _restore_erased(queue, connection, range(_least(connection, size), last + 1), now)


def _refuse_itself(queue: Queue, damaged: Path) -> None:
    with suppress(OSError):
        if damaged.samefile(queue.file):
            raise QueueUnavailable(
                f"{damaged} is the database in use; name one that was set aside or an older copy"
            )


@contextmanager
def _opened(queue: Queue, damaged: Path) -> Iterator[tuple[sqlite3.Connection, int]]:
    """A copy of the damaged database, with its size in bytes."""
    with _copy(damaged, queue.file.parent) as copy, closing(sqlite3.connect(copy)) as connection:
        connection.text_factory = bytes
        yield connection, copy.stat().st_size


@contextmanager
def _copy(damaged: Path, beside: Path) -> Iterator[Path]:
    """A copy to work on, with the journal that belongs to it: opening may roll that back."""
    folder = beside / f"{UNFINISHED}{os.getpid()}"
    try:
        folder.mkdir(mode=0o700)
        for file in (damaged, damaged.with_name(f"{damaged.name}-journal")):
            if file.exists() or file == damaged:
                os.close(os.open(folder / file.name, os.O_CREAT | os.O_WRONLY, 0o600))
                copyfile(file, folder / file.name)
        yield folder / damaged.name
    except OSError as error:
        raise QueueUnavailable(
            f"{damaged} cannot be copied ({error.strerror}); name a damaged database, and make"
            " room on the disk of the data folder"
        ) from error
    finally:
        rmtree(folder, ignore_errors=True)


def _records(
    queue: Queue, connection: sqlite3.Connection, last: int, progress: Progress | None
) -> Iterator[Record]:
    consents: dict[Any, Consent | None] = {}
    for number in range(1, last + 1):
        if progress is not None:
            progress(number, last)
        row = _row(
            connection,
            "SELECT id, created_at, clock_trusted, kiosk, content_version, ticked, consent_id,"
            " key_id FROM signups WHERE number = ?",
            number,
        )
        slot = _row(connection, "SELECT personal FROM people WHERE number = ?", number)
        if row is None or slot is None:
            continue
        *facts, said, key_id = row
        if said not in consents:
            consents[said] = _consent(connection, said) or queue.consent(_text(said))
        with suppress(ValueError, TypeError, AttributeError, Unreadable):
            yield _checked(number, facts, consents[said], slot[0], key_id)


def _checked(
    number: int, facts: list[Any], consent: Consent | None, personal: Any, key_id: Any
) -> Record:
    """The record, where everything in it is what it should be; one of several errors elsewhere."""
    id_, created_at, trusted, kiosk, content_version, ticked = facts
    record = Record(
        number,
        str(UUID(_text(id_))),
        datetime.fromisoformat(_text(created_at)).isoformat(),
        None if trusted is None else int(trusted),
        _text(kiosk),
        _text(content_version),
        _text(ticked),
        _present(consent),
        bytes(memoryview(personal)),
        None if key_id is None else _text(key_id),
    )
    if record.key_id is None:
        person_of(record, None)
    return record


def _present(consent: Consent | None) -> Consent:
    if consent is None:
        raise ValueError
    return consent


def _text(raw: Any) -> str:
    text: str = raw.decode()
    return text


def _consent(connection: sqlite3.Connection, said: Any) -> Consent | None:
    row = _row(
        connection,
        "SELECT version, language, wording, notice FROM consents WHERE id = CAST(? AS TEXT)",
        said,
    )
    try:
        return None if row is None else Consent(*map(_text, row))
    except (UnicodeDecodeError, AttributeError):
        return None


def _restore_erased(
    queue: Queue, connection: sqlite3.Connection, numbers: range, now: datetime
) -> int:
    """Bring the erased ids with their days; returns how many could be read."""
    erased = _erased(connection, numbers)
    count = 0
    while some := list(islice(erased, ROWS_AT_ONCE)):
        queue.restore_erased(some, now)
        count += len(some)
    return count


def _erased(connection: sqlite3.Connection, numbers: range) -> Iterator[tuple[str, str]]:
    for number in numbers:
        row = _row(connection, "SELECT id, day FROM erased WHERE signup = ?", number)
        if row is not None:
            with suppress(ValueError, AttributeError):
                id_, day = map(_text, row)
                yield str(UUID(id_)), date.fromisoformat(day).isoformat()


def _restore_suppressed(
    queue: Queue, connection: sqlite3.Connection, now: datetime, sealing: SealingKey | None
) -> bool:
    """Bring the suppression list; returns whether all of it could be read."""
    hashes: dict[int, set[bytes]] = {}
    is_whole = True
    for order in ("ASC", "DESC"):  # from both ends up to where the damage lies
        try:
            for said, number in connection.execute(
                f"SELECT hash, suppression_key FROM suppressed ORDER BY hash {order}"
            ):
                if isinstance(said, bytes) and len(said) == HASH_BYTES and isinstance(number, int):
                    hashes.setdefault(number, set()).add(said)
                else:
                    is_whole = False
            break
        except sqlite3.DatabaseError:
            is_whole = False
    for number, some in sorted(hashes.items()):
        row = _row(
            connection, "SELECT secret, key_id FROM suppression_keys WHERE number = ?", number
        )
        try:
            secret, key_id = row or (None, None)
            key = None if key_id is None else _text(key_id)
            if not isinstance(secret, bytes) or (key is None and not secret.isalnum()):
                raise ValueError
        except (ValueError, AttributeError):
            is_whole = False  # of no use without it
            continue
        with queue.transaction():
            _note_keys(queue, connection, {key}, now)
            restore_suppressed(queue, secret, key, some, sealing, now)
    return is_whole


def _note_keys(
    queue: Queue, connection: sqlite3.Connection, key_ids: set[str | None], now: datetime
) -> None:
    """The queue must know each key, be it by its id alone, that a box is sealed to."""
    for key_id in key_ids - {None}:
        row = _row(connection, "SELECT public_key FROM sealing_keys WHERE key_id = ?", key_id)
        queue.note_key_id(str(key_id), row[0] if row else UNKNOWN_KEY, now)


def _least(connection: sqlite3.Connection, size: int) -> int:
    """The lowest number of an erased id: below zero where it was brought from another file."""
    told = _first(connection, "SELECT min(signup) FROM erased")
    return max(min(1, told or 1), -size // LEAST_ERASED_BYTES)


def _last_number(connection: sqlite3.Connection, size: int) -> int:
    told = [
        _first(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'signups'"),
        _first(connection, "SELECT max(number) FROM signups"),
    ]
    most = size // LEAST_ROW_BYTES
    known = [number for number in told if number is not None and number >= 0]
    return max(known) if known else most


def _first(connection: sqlite3.Connection, statement: str) -> int | None:
    row = _row(connection, statement)
    return row[0] if row and isinstance(row[0], int) else None


def _row(connection: sqlite3.Connection, statement: str, *values: object) -> tuple[Any, ...] | None:
    """One row, None where it is not there or cannot be read."""
    try:
        row: tuple[Any, ...] | None = connection.execute(statement, values).fetchone()
    except sqlite3.DatabaseError:
        return None
    return row
