"""Recovers from another database: its readable signups, or what happened to those here."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from shutil import copyfile, rmtree

from kiosk.files import NO_SPACE, open_regular_file, require_regular_file
from kiosk.signups.crypto.sealed_box import PublicKey
from kiosk.signups.store.database import BATCH_SIZE, RECOVERY_PREFIX, QueueUnavailable
from kiosk.signups.store.erasure import erase_ids
from kiosk.signups.store.pages import Pages
from kiosk.signups.store.queue import ExportNumbers, Progress, Queue
from kiosk.signups.store.rollback_journal import JOURNAL_SUFFIX, read_journal
from kiosk.signups.store.salvage import SalvageReader
from kiosk.signups.store.stored_signup import LOST_CONSENT, StoredSignup
from kiosk.signups.store.suppression import is_secret, restore_suppressed

UNKNOWN_KEY = b""
ExportMarks = Mapping[int, tuple[int, ...]]
READ_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What sqlite3 raises for a damaged file, whose bytes its messages may quote undecoded."""


@dataclass(frozen=True, slots=True)
class RecoveryResult:
    """What a recovery found in a damaged database.

    Of `readable_count` signups, `restored_count` were new to the queue and `without_consent_count`
    lack their consent text. `lost_count` is how many more the file says it held; None if it no
    longer says. `is_complete`: its erased ids and its suppression list were read completely.
    `has_erasures`: it lists erasures, whose receipts are not restored. `export_count` exports are
    known here now. `unmarked_count` signups were exported and wait again, because their mark or its
    export is unreadable; None if the file no longer says how many.
    """

    readable_count: int
    restored_count: int
    lost_count: int | None
    without_consent_count: int = 0
    is_complete: bool = True
    has_erasures: bool = False
    export_count: int = 0
    unmarked_count: int | None = 0


def recover(
    queue: Queue,
    damaged: Path,
    now: datetime,
    progress: Progress | None = None,
    *,
    public_key: PublicKey | None = None,
) -> RecoveryResult:
    """Restore the readable signups of a damaged database to the queue.

    Restores its exports, erased ids and suppression list too. Unencrypted signups are sealed if
    there is a key. The damaged file is not changed. Idempotent: known ids are not stored again.

    Raises:
        QueueUnavailable: the file cannot be read, was written by a newer version or is the queue's
            own, or the queue is unavailable.
        QueueDamaged: from the queue.
    """
    _require_other_database(queue, damaged)
    with _open_salvage(queue, damaged) as salvage:
        numbers, marks = _restore_what_became(queue, salvage, now)
        readable = restored = without_consent = 0
        records = (_with_consent(queue, record) for record in salvage.signups(progress))
        while batch := list(islice(records, BATCH_SIZE)):
            for key_id in {record.key_id for record in batch if record.key_id is not None}:
                queue.save_earlier_key(key_id, UNKNOWN_KEY, now)
            readable += len(batch)
            without_consent += sum(record.consent == LOST_CONSENT for record in batch)
            restored += queue.restore_signups(batch, public_key)
            _restore_marks(queue, batch, marks, numbers)
        is_list_complete = _restore_suppressed(queue, salvage, now, public_key, numbers)
        expected = salvage.expected_count()
        return RecoveryResult(
            readable,
            restored,
            None if expected is None else max(0, expected - readable),
            without_consent,
            is_list_complete and salvage.is_complete("erased"),
            not salvage.is_complete("erasures") or any(salvage.rows("erasures")),
            len(numbers),
            _count_unmarked(salvage, marks),
        )


@dataclass(frozen=True, slots=True)
class LaterFacts:
    """What another database knows of the queue's signups.

    `erased_count` signups were erased here because they are erased there. `missing_count` signups
    are there and neither here nor erased here.
    """

    erased_count: int
    missing_count: int


def adopt_later_facts(
    queue: Queue, other: Path, now: datetime, *, public_key: PublicKey | None = None
) -> LaterFacts:
    """Adopt from a later state of the queue whatever happened to its signups, and no signup itself.

    What is erased there is erased here, what was exported does not wait again, and the suppression
    list is complete. The other database may be damaged; it is not changed.

    Raises:
        QueueUnavailable: as for `recover`.
        QueueDamaged: from the queue.
    """
    _require_other_database(queue, other)
    with _open_salvage(queue, other) as salvage:
        erased_count = erase_ids(queue, [id_ for id_, _ in salvage.erased()], now)
        numbers, marks = _restore_what_became(queue, salvage, now)
        missing_count, records = 0, salvage.signups()
        while batch := list(islice(records, BATCH_SIZE)):
            missing_count += sum(not queue.knows(record.id) for record in batch)
            _restore_marks(queue, batch, marks, numbers)
        _restore_suppressed(queue, salvage, now, public_key, numbers)
        return LaterFacts(erased_count, missing_count)


def restore_erased(queue: Queue, damaged: Path, now: datetime) -> None:
    """Restore the erased ids of a damaged database, so that none of them can be recovered.

    Raises:
        QueueUnavailable, QueueDamaged: as for `recover`.
    """
    _require_other_database(queue, damaged)
    with _open_salvage(queue, damaged) as salvage:
        _restore_erased(queue, salvage, now)


def _require_other_database(queue: Queue, damaged: Path) -> None:
    """Refuse the queue's own database, and what is none at all."""
    try:
        os.close(open_regular_file(damaged, os.O_RDONLY))
    except FileNotFoundError:
        raise QueueUnavailable(f"{damaged} does not exist; check the name and the folder") from None
    except IsADirectoryError:
        raise QueueUnavailable(f"{damaged} is a folder; pass a database inside it") from None
    except OSError as error:
        raise QueueUnavailable(
            f"{damaged} cannot be read ({error.strerror}); check its permissions and the disk"
        ) from error
    with suppress(OSError):
        if damaged.samefile(queue.file):
            raise QueueUnavailable(
                f"{damaged} is the database in use; choose one that was set aside, or an older copy"
            )


@contextmanager
def _open_salvage(queue: Queue, damaged: Path) -> Iterator[SalvageReader]:
    """Open a copy of the damaged database, after rolling back an unfinished write."""
    if damaged.name.endswith(JOURNAL_SUFFIX):
        try:
            pages = read_journal(damaged)
        except OSError as error:
            raise QueueUnavailable(
                f"{damaged} cannot be read ({error.strerror}); check its permissions and the disk"
            ) from error
        yield _salvage_pages(damaged, pages)
        return
    with _copy(damaged, queue.file.parent) as copy:
        with closing(sqlite3.connect(copy)) as connection, suppress(*READ_ERRORS):
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield _salvage_pages(damaged, Pages.open(copy))


def _salvage_pages(damaged: Path, pages: Pages) -> SalvageReader:
    salvage = SalvageReader(pages)
    if salvage.is_newer():
        raise QueueUnavailable(
            f"{damaged} was written by a newer version of the kiosk; install that version again"
        )
    return salvage


@contextmanager
def _copy(damaged: Path, beside: Path) -> Iterator[Path]:
    """Copy a database with its journal: opening it may roll that back."""
    folder = beside / f"{RECOVERY_PREFIX}{os.getpid()}"
    try:
        folder.mkdir(mode=0o700)
        for file in (damaged, damaged.with_name(f"{damaged.name}-journal")):
            if file.exists() or file == damaged:
                require_regular_file(file)
                os.close(os.open(folder / file.name, os.O_CREAT | os.O_WRONLY, 0o600))
                copyfile(file, folder / file.name)
        yield folder / damaged.name
    except OSError as error:
        remedy = "free some space on" if error.errno in NO_SPACE else "check its disk and"
        raise QueueUnavailable(
            f"{damaged} cannot be copied ({error.strerror}); {remedy} the disk of the data folder"
        ) from error
    finally:
        rmtree(folder, ignore_errors=True)


def _with_consent(queue: Queue, record: StoredSignup) -> StoredSignup:
    """The signup with the queue's consent text, if the damaged file has lost its own."""
    if record.consent != LOST_CONSENT:
        return record
    return record._replace(consent=queue.consent(record.consent_id) or LOST_CONSENT)


def _restore_what_became(
    queue: Queue, salvage: SalvageReader, now: datetime
) -> tuple[ExportNumbers, ExportMarks]:
    """Restore erased ids, keys and exports; returns what the marks of exports are restored by."""
    _restore_erased(queue, salvage, now)
    for key_id, public in reversed(salvage.keys.items()):
        queue.save_earlier_key(key_id, public, now)
    return queue.restore_exports(salvage.exports), salvage.export_marks()


def _restore_erased(queue: Queue, salvage: SalvageReader, now: datetime) -> None:
    erased = salvage.erased()
    while batch := list(islice(erased, BATCH_SIZE)):
        queue.restore_erased(batch, now)


def _restore_marks(
    queue: Queue, batch: Sequence[StoredSignup], marks: ExportMarks, numbers: ExportNumbers
) -> None:
    queue.restore_export_marks(
        (numbers[export], record.id)
        for record in batch
        for export in marks.get(record.number, ())
        if export in numbers
    )


def _restore_suppressed(
    queue: Queue,
    salvage: SalvageReader,
    now: datetime,
    public_key: PublicKey | None,
    numbers: ExportNumbers,
) -> bool:
    """Restore the suppression list; returns whether all of it could be read."""
    is_complete = salvage.is_complete("suppressed") and salvage.is_complete("suppression_keys")
    hashes: dict[int, dict[bytes, int]] = {}
    for keyed_hash, number, after_export in salvage.suppressed():
        hashes.setdefault(number, {})[keyed_hash] = numbers.get(after_export, 0)
    for number, hashes_of_secret in sorted(hashes.items()):
        secret, key_id = salvage.secrets.get(number, (b"", None))
        if key_id is None and not is_secret(secret):
            is_complete = False  # hashes are useless without their secret
            continue
        with queue.transaction():
            if key_id is not None:
                queue.save_earlier_key(key_id, UNKNOWN_KEY, now)
            restore_suppressed(queue, secret, key_id, hashes_of_secret, public_key, now)
    return is_complete


def _count_unmarked(salvage: SalvageReader, marks: ExportMarks) -> int | None:
    """How many exported signups have lost their mark; None if that is not known.

    A database that went through a restore knows exports of signups that it never held.
    """
    if not salvage.is_complete("exports"):
        return None
    without_export = sum(salvage.exports.keys().isdisjoint(exports) for exports in marks.values())
    if salvage.are_marks_complete():
        return without_export
    exported_counts = Counter(export for exports in marks.values() for export in exports)
    unmarked = sum(
        max(0, facts.signup_count - exported_counts[number])
        for number, (facts, _) in salvage.exports.items()
    )
    return unmarked + without_export
