"""Signups that a newer version of the kiosk has migrated, where an older one has to go on.

They are set aside, and the copy from before the migration takes their place. Once the newer
version is back, `recover` adds what they hold.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from kiosk.files import open_regular_file, sync_folder
from kiosk.signups.form import new_id
from kiosk.signups.store import migrations
from kiosk.signups.store.database import (
    FILE_NAME,
    LOCK_TIMEOUT_SECONDS,
    MAX_VERSION,
    SIDECAR_SUFFIXES,
    QueueDamaged,
    QueueUnavailable,
    translated_errors,
)
from kiosk.signups.store.repair import has_damaged_version


def newer_files(folder: Path) -> list[Path]:
    """The databases of newer versions that were set aside in a data folder."""
    return sorted(folder.glob("signups.newer-*.sqlite3"))


def is_newer(file: Path) -> bool:
    """Whether a database is one of a newer version; what an interrupted write has left is undone.

    Raises:
        QueueUnavailable: it cannot be opened.
    """
    try:
        with translated_errors():
            os.close(open_regular_file(file, os.O_RDWR))
            uri = f"{file.absolute().as_uri()}?mode=rw"
            with closing(sqlite3.connect(uri, uri=True, timeout=LOCK_TIMEOUT_SECONDS)) as opened:
                if has_damaged_version(opened):
                    return False
                (version,) = opened.execute("PRAGMA user_version").fetchone()
    except QueueDamaged:
        return False
    except OSError as error:
        raise QueueUnavailable(f"{file} cannot be opened ({error.strerror})") from error
    return migrations.LATEST_VERSION < int(version) <= MAX_VERSION


def set_newer_aside(folder: Path, now: datetime) -> Path | None:
    """Set the signups of a newer version aside, and go on with the copy from before it.

    Nothing is deleted, and what interrupts it is completed by the next call. Hold the kiosk's lock
    and the command lock. Returns the new name; None if there are none of a newer version.

    Raises:
        QueueUnavailable: the disk or the lock refuses.
    """
    file = folder / FILE_NAME
    aside = None
    try:
        if file.exists():
            if not is_newer(file):
                return None
            _require_closed(file)
            aside = folder / f"signups.newer-{now:%Y%m%dT%H%M%S}-{new_id()[-6:]}.sqlite3"
            file.rename(aside)
            sync_folder(folder)  # before an older file takes its name
        copy = file.with_suffix(f".before-{migrations.LATEST_VERSION + 1}.sqlite3")
        if copy.is_file() and newer_files(folder):
            copy.rename(file)
            sync_folder(folder)
    except OSError as error:
        raise QueueUnavailable(
            f"{file} was written by a newer version of the kiosk and cannot be set aside"
            f" ({error.strerror}); check the data folder's permissions and its disk"
        ) from error
    return aside


def _require_closed(file: Path) -> None:
    """Whoever closes a database last removes what SQLite keeps beside it."""
    for suffix in SIDECAR_SUFFIXES:
        if file.with_name(f"{file.name}{suffix}").exists():
            raise QueueUnavailable(f"{file} is in use by another program; close it, then try again")
