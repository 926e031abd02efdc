"""Signups out of a damaged database: whatever can still be read comes back into the queue."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from shutil import copyfile, rmtree

from kiosk.files import require_plain
from kiosk.signups.crypto.sealing import SealingKey
from kiosk.signups.store.database import ROWS_AT_ONCE, UNFINISHED, QueueUnavailable
from kiosk.signups.store.journals import ENDING, pages_in
from kiosk.signups.store.pages import Pages
from kiosk.signups.store.queue import Numbers, Queue
from kiosk.signups.store.record import NO_CONSENT, Record
from kiosk.signups.store.remains import Progress, Remains
from kiosk.signups.store.suppression import is_secret, restore_suppressed

UNKNOWN_KEY = b""
REFUSALS = (sqlite3.Error, UnicodeDecodeError)
"""Of SQLite to read a damaged file; it may quote bytes of the file that are no text."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """`found` signups could be read, `new` of them were not in the queue.

    `lost` is how many more the damaged file says it held; None where it no longer says. Of `found`,
    `wordless` lack the words that were agreed to. `is_whole` tells whether its erased ids and its
    suppression list were read to the end, `has_history` whether it lists erasures, which stay in it
    alone. `exports` of its list are known here now; `unmarked` counts what was exported and waits
    again, for the mark or the export that it names cannot be read (None where the file no longer
    tells how much that is).
    """

    found: int
    new: int
    lost: int | None
    wordless: int = 0
    is_whole: bool = True
    has_history: bool = False
    exports: int = 0
    unmarked: int | None = 0


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
        QueueUnavailable: the file cannot be read, is of a newer version or the queue's own, or the
            queue refuses.
        QueueDamaged: from the queue.
    """
    _refuse_itself(queue, damaged)
    with _remains(queue, damaged) as remains:
        _restore_erased(queue, remains, now)
        for key_id, public in reversed(remains.keys.items()):
            queue.note_earlier_key(key_id, public, now)
        numbers = queue.restore_exports(remains.exports)
        marks = remains.marks()
        found = new = wordless = 0
        records = (_with_words(queue, record) for record in remains.signups(progress))
        while batch := list(islice(records, ROWS_AT_ONCE)):
            for key_id in {record.key_id for record in batch if record.key_id is not None}:
                queue.note_earlier_key(key_id, UNKNOWN_KEY, now)
            found += len(batch)
            wordless += sum(record.consent == NO_CONSENT for record in batch)
            new += queue.restore(batch, sealing)
            queue.restore_marks(
                (numbers[export], record.id)
                for record in batch
                for export in marks.get(record.number, ())
                if export in numbers
            )
        is_list_whole = _restore_suppressed(queue, remains, now, sealing, numbers)
        held_count = remains.held()
        return Recovered(
            found,
            new,
            None if held_count is None else max(0, held_count - found),
            wordless,
            is_list_whole and remains.is_whole("erased"),
            not remains.is_whole("erasures") or any(remains.rows("erasures")),
            len(numbers),
            _count_unmarked(remains, marks),
        )


def restore_erased(queue: Queue, damaged: Path, now: datetime) -> None:
    """Bring the ids that a damaged database knows as erased, so that none of them comes back.

    Raises:
        QueueUnavailable, QueueDamaged: as for `recover`.
    """
    _refuse_itself(queue, damaged)
    with _remains(queue, damaged) as remains:
        _restore_erased(queue, remains, now)


def _refuse_itself(queue: Queue, damaged: Path) -> None:
    with suppress(OSError):
        if damaged.samefile(queue.file):
            raise QueueUnavailable(
                f"{damaged} is the database in use; name one that was set aside or an older copy"
            )


@contextmanager
def _remains(queue: Queue, damaged: Path) -> Iterator[Remains]:
    """What a copy of the damaged database holds, an unfinished write to it taken back."""
    if damaged.name.endswith(ENDING):
        try:
            pages = pages_in(damaged)
        except OSError as error:
            raise QueueUnavailable(f"{damaged} cannot be read ({error.strerror})") from error
        yield _own_remains(damaged, pages)
        return
    with _copy(damaged, queue.file.parent) as copy:
        with closing(sqlite3.connect(copy)) as connection, suppress(*REFUSALS):
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield _own_remains(damaged, Pages.of(copy))


def _own_remains(damaged: Path, pages: Pages) -> Remains:
    remains = Remains(pages)
    if remains.is_newer():
        raise QueueUnavailable(
            f"{damaged} was written by a newer version of the kiosk; install that version again"
        )
    return remains


@contextmanager
def _copy(damaged: Path, beside: Path) -> Iterator[Path]:
    """A copy to work on, with the journal that belongs to it: opening may roll that back."""
    folder = beside / f"{UNFINISHED}{os.getpid()}"
    try:
        folder.mkdir(mode=0o700)
        for file in (damaged, damaged.with_name(f"{damaged.name}-journal")):
            if file.exists() or file == damaged:
                require_plain(file)
                os.close(os.open(folder / file.name, os.O_CREAT | os.O_WRONLY, 0o600))
                copyfile(file, folder / file.name)
        yield folder / damaged.name
    except OSError as error:
        raise QueueUnavailable(
            f"{damaged} cannot be copied ({error.strerror}); name a damaged database, and free"
            " some space on the disk of the data folder"
        ) from error
    finally:
        rmtree(folder, ignore_errors=True)


def _with_words(queue: Queue, record: Record) -> Record:
    """With the words of the queue, where the damaged file has lost its own."""
    if record.consent != NO_CONSENT:
        return record
    return record._replace(consent=queue.consent(record.consent_id) or NO_CONSENT)


def _restore_erased(queue: Queue, remains: Remains, now: datetime) -> None:
    erased = remains.erased()
    while some := list(islice(erased, ROWS_AT_ONCE)):
        queue.restore_erased(some, now)


def _restore_suppressed(
    queue: Queue, remains: Remains, now: datetime, sealing: SealingKey | None, numbers: Numbers
) -> bool:
    """Bring the suppression list; returns whether all of it could be read."""
    is_whole = remains.is_whole("suppressed") and remains.is_whole("suppression_keys")
    hashes: dict[int, dict[bytes, int]] = {}
    for keyed_hash, number, after_export in remains.suppressed():
        hashes.setdefault(number, {})[keyed_hash] = numbers.get(after_export, 0)
    for number, hashes_of_secret in sorted(hashes.items()):
        secret, key_id = remains.secrets.get(number, (b"", None))
        if key_id is None and not is_secret(secret):
            is_whole = False  # of no use without it
            continue
        with queue.transaction():
            if key_id is not None:
                queue.note_earlier_key(key_id, UNKNOWN_KEY, now)
            restore_suppressed(queue, secret, key_id, hashes_of_secret, sealing, now)
    return is_whole


def _count_unmarked(remains: Remains, marks: Mapping[int, tuple[int, ...]]) -> int | None:
    """How many were exported and are not marked so; None where nobody can tell."""
    if not remains.is_whole("exports"):
        return None
    exported_counts = Counter(export for exports in marks.values() for export in exports)
    unmarked = sum(
        max(0, facts.signup_count - exported_counts[number])
        for number, (facts, _) in remains.exports.items()
    )
    without_export = sum(remains.exports.keys().isdisjoint(exports) for exports in marks.values())
    return unmarked + without_export
