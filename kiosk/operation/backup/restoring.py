"""Restores a backup into a data folder, whose later erasures and exports stay as they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree

from kiosk.files import read_small_file
from kiosk.operation.backup.archive import BackupList, BackupRefused, replaced_folders
from kiosk.operation.backup.reading import Backup
from kiosk.operation.backup.swap import NEW, begin_swap, complete_swap, movable_entries
from kiosk.operation.pin import PIN_FILE
from kiosk.signups.crypto.keys import KeyRefused
from kiosk.signups.crypto.sealed_box import PublicKey
from kiosk.signups.store.current_key import current_key
from kiosk.signups.store.database import (
    FILE_NAME,
    RECOVERY_PREFIX,
    QueueDamaged,
    QueueUnavailable,
    damaged_files,
    orphaned_journals,
)
from kiosk.signups.store.newer import newer_files
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.recovery import LaterFacts, adopt_later_facts
from kiosk.signups.store.rollback_journal import JOURNAL_SUFFIX


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """`aside` has what was in the folder before; None if nothing was.

    `erased_count` signups of the backup have been erased since, and are erased now. `missing_count`
    signups were here and are not in the backup; they are in `aside`, as are the databases in
    `unread`, whose erasures and exports are not known. `is_pin_replaced`: the staff's PIN was
    another one here.
    """

    listed: BackupList
    aside: Path | None
    erased_count: int = 0
    missing_count: int = 0
    unread: tuple[str, ...] = ()
    is_pin_replaced: bool = False


def restore(folder: Path, backup: Backup, now: datetime, *, replace: bool) -> RestoreResult:
    """Put a backup in place of what is in a data folder, which is set aside inside it.

    Hold the kiosk's lock and the command lock. Without `replace`, a folder with signups that the
    backup lacks is refused.

    Raises:
        BackupRefused: nothing was changed.
        FolderRefused: the decision is made, and calling `complete_swap` again completes it.
    """
    _require_movable(folder)
    staged = folder / f"{RECOVERY_PREFIX}restore-{os.getpid()}"  # removed by the next command
    try:
        with _refusals(folder):
            staged.mkdir(mode=0o700)
            backup.unpack(staged / NEW)
            facts, unread = _adopt(folder, staged / NEW, now)
            if not replace and (facts.missing_count or unread):
                raise BackupRefused(_refusal(folder, facts, unread))
            begin_swap(folder, staged)
    finally:
        rmtree(staged, ignore_errors=True)
    aside = complete_swap(folder)
    return RestoreResult(
        backup.listed,
        aside if aside.exists() else None,
        facts.erased_count,
        facts.missing_count,
        unread,
        is_pin_replaced=_is_pin_replaced(folder, aside),
    )


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    try:
        yield
    except QueueDamaged as error:
        raise BackupRefused(
            "the signups in the backup are damaged; nothing was changed, choose another backup"
        ) from error
    except QueueUnavailable as error:
        raise BackupRefused(f"the backup cannot be restored: {error}") from error
    except OSError as error:
        raise BackupRefused(
            f"{folder} cannot be written ({error.strerror}); nothing was changed, fix its"
            " permissions or free some space on its disk"
        ) from error


def _is_pin_replaced(folder: Path, aside: Path) -> bool:
    try:
        before = read_small_file(aside / PIN_FILE)
    except OSError:  # there was none, or none that anybody could have used
        return False
    try:
        return read_small_file(folder / PIN_FILE) != before
    except OSError:
        return True


def _require_movable(folder: Path) -> None:
    for entry in movable_entries(folder):
        if entry.is_mount():
            raise BackupRefused(
                f"{entry} is a drive of its own and cannot be set aside; unmount it, then try again"
            )


def _adopt(folder: Path, new: Path, now: datetime) -> tuple[LaterFacts, tuple[str, ...]]:
    """Adopt what the databases of the folder know; and the names of those that cannot be read."""
    others = _databases(folder)
    if not others and not (new / FILE_NAME).exists():
        return LaterFacts(0, 0), ()
    erased_count = missing_count = 0
    unread = []
    with Queue.open(new) as queue:
        if not queue.is_intact():
            raise QueueDamaged("the backup's copy is damaged")
        key = None
        with suppress(KeyRefused):  # `kiosk health` reports it
            key = current_key(new, queue)
        for file in others:
            try:
                facts = adopt_later_facts(queue, file, now, public_key=key)
            except QueueUnavailable:
                unread.append(file.name)
                continue
            erased_count += facts.erased_count
            missing_count += facts.missing_count
        adopt_from_earlier_restores(folder, queue, now, public_key=key)
    return LaterFacts(erased_count, missing_count), tuple(unread)


def adopt_from_earlier_restores(
    folder: Path, queue: Queue, now: datetime, *, public_key: PublicKey | None
) -> None:
    """Adopt what is known of signups that an earlier restore set aside and that are back now.

    An export is forgotten with the signups in it. What cannot be read is left out.

    Raises:
        QueueDamaged: from the queue.
    """
    for replaced in replaced_folders(folder):
        for file in _databases(replaced):
            with suppress(QueueUnavailable):
                adopt_later_facts(queue, file, now, public_key=public_key)


def _databases(folder: Path) -> list[Path]:
    """The present one, or what an interrupted write has left of it, and those set aside."""
    present = folder / FILE_NAME
    journal = present.with_name(f"{FILE_NAME}{JOURNAL_SUFFIX}")
    files = [file for file in (present, journal) if file.exists()][:1]
    return [*damaged_files(folder), *orphaned_journals(folder), *newer_files(folder), *files]


def _refusal(folder: Path, facts: LaterFacts, unread: tuple[str, ...]) -> str:
    if not facts.missing_count:
        return (
            f"{folder / unread[0]} cannot be read, so it is not known what the backup lacks; pass"
            " --replace to set it aside all the same, where 'kiosk recover' can read it"
        )
    number = facts.missing_count
    signups = "1 signup" if number == 1 else f"{number:,} signups"
    return (
        f"{folder} holds {signups} that the backup lacks; pass --replace to set aside what is"
        " there, from where 'kiosk recover' brings signups back"
    )
