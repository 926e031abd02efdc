"""Puts a restored data folder in place of the present one, whatever interrupts it.

    .restoring/new     complete, and on disk: from here on there is no way back, only forward
    .restoring/old     takes what was in the data folder, entry by entry
    .restoring/placed  `new` renamed, once nothing of the old is left outside
    replaced-…         `old` renamed, once everything is in its place

Renaming works where the parent of the data folder belongs to the system and where the folder is a
drive of its own, so everything stays inside the folder.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kiosk.files import sync_folder
from kiosk.operation.backup.archive import REPLACED_PREFIX, belongs_to_the_machine
from kiosk.operation.folders import INTERRUPTED_RESTORE_NAME, FolderRefused
from kiosk.signups.form import new_id

NEW, OLD, PLACED = "new", "old", "placed"


def begin_swap(folder: Path, staged: Path) -> None:
    """Decide to put `staged` in place, which holds a complete `new`; `complete_swap` does the rest.

    Raises:
        OSError: nothing has changed.
    """
    (staged / OLD).mkdir(mode=0o700)
    sync_folder(staged)
    staged.rename(folder / INTERRUPTED_RESTORE_NAME)


def complete_swap(folder: Path) -> Path:
    """Put everything in place; returns the folder that has what was there before.

    Does what is left to do, so it can be interrupted and called again. Hold the command lock, while
    no kiosk runs.

    Raises:
        FolderRefused: an entry cannot be moved; call again.
    """
    work = folder / INTERRUPTED_RESTORE_NAME
    aside = folder / f"{REPLACED_PREFIX}{datetime.now():%Y%m%dT%H%M%S}-{new_id()[-6:]}"
    try:
        sync_folder(folder)
        if (work / NEW).is_dir():
            _move(folder, work / OLD)
            (work / NEW).rename(work / PLACED)
            sync_folder(work)
        if (work / PLACED).is_dir():
            _move(work / PLACED, folder)
            (work / PLACED).rmdir()
            sync_folder(work)
        if (work / OLD).is_dir():
            (work / OLD).rename(aside)
        sync_folder(folder)
        work.rmdir()
        sync_folder(folder)
    except OSError as error:
        raise FolderRefused(
            f"a restore of {folder} was interrupted and cannot be completed ({error.strerror});"
            " fix the folder's permissions or check its disk, then start the kiosk or run the"
            " command again"
        ) from error
    with suppress(OSError):
        aside.rmdir()  # nothing was there before
    return aside


def movable_entries(folder: Path) -> list[Path]:
    """What a restore replaces, a journal before its database.

    A database without its journal would be taken for complete.
    """
    entries = [entry for entry in folder.iterdir() if not belongs_to_the_machine(entry.name)]
    return sorted(entries, reverse=True)


def _move(source: Path, target: Path) -> None:
    for entry in movable_entries(source):
        entry.rename(target / entry.name)
    sync_folder(target)
    sync_folder(source)
