"""Locks on a data folder: one for the running kiosk, one for the commands on its signups."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kiosk.files import open_regular_file
from kiosk.operation.folders import (
    COMMAND_LOCK_NAME,
    INTERRUPTED_RESTORE_NAME,
    KIOSK_LOCK_NAME,
    AlreadyRunning,
    FolderRefused,
    refuse_read_only_disk,
    require_owner,
)

LOCK_TRIES = 5
LOCK_PAUSE_SECONDS = 0.05


@contextmanager
def kiosk_lock(folder: Path) -> Iterator[None]:
    """Lock the data folder for one running kiosk; the system unlocks it even after a kill.

    Raises:
        AlreadyRunning: another kiosk has locked it.
        FolderRefused: it cannot be locked.
    """
    require_owner(folder)
    with _open_lock(folder / KIOSK_LOCK_NAME) as lock:
        if not _lock_with_retries(lock):
            raise AlreadyRunning(
                f"another kiosk is using {folder}; close it, or pass another folder with --data"
            )
        if is_restore_interrupted(folder):
            with command_lock(folder):
                pass  # which completes it
        yield


@contextmanager
def command_lock(folder: Path) -> Iterator[None]:
    """Serialise exports, erasures and the like; a running kiosk is not affected.

    Completes a restore that was interrupted.

    Raises:
        FolderRefused: another command is running, or that is unknown.
    """
    require_owner(folder)
    with _open_lock(folder / COMMAND_LOCK_NAME) as lock:
        if not _lock_with_retries(lock):
            raise FolderRefused(
                f"another command is using the signups in {folder}; wait until it has finished"
            )
        if is_restore_interrupted(folder):
            from kiosk.operation.backup.swap import complete_swap

            complete_swap(folder)
        yield


def is_restore_interrupted(folder: Path) -> bool:
    """Whether a restore of a data folder is not completed; whoever takes a lock completes it."""
    return os.path.lexists(folder / INTERRUPTED_RESTORE_NAME)


def _open_lock(file: Path) -> IO[str]:
    try:
        return os.fdopen(open_regular_file(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "a")
    except OSError as error:
        refuse_read_only_disk(file.parent, error)
        raise FolderRefused(
            f"{file} cannot be opened ({error.strerror}); remove it, or pass another folder with"
            " --data"
        ) from None


def _lock_with_retries(lock: IO[str]) -> bool:
    """Take the lock, retrying because another process's `is_in_use` may hold it for an instant."""
    for _ in range(LOCK_TRIES):
        if _try_lock(lock, fcntl.LOCK_EX):
            return True
        time.sleep(LOCK_PAUSE_SECONDS)
    return False


def _try_lock(lock: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_in_use(folder: Path) -> bool:
    try:
        with os.fdopen(open_regular_file(folder / KIOSK_LOCK_NAME, os.O_RDONLY)) as lock:
            return not _try_lock(lock, fcntl.LOCK_SH)
    except OSError:
        return False
