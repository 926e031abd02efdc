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
    MAX_VERSION,
    SIDECAR_SUFFIXES,
    QueueDamaged,
    QueueUnavailable,
    connect,
    require_regular_sidecars,
    translated_errors,
)
from kiosk.signups.store.pages import FILE_HEADER_BYTES, Pages
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
            require_regular_sidecars(file)
            with closing(connect(file, "rw")) as opened:
                if has_damaged_version(opened):
                    return False
                (version,) = opened.execute("PRAGMA user_version").fetchone()
    except QueueDamaged:
        return False
    except OSError as error:
        raise QueueUnavailable(
            f"{file} cannot be opened ({error.strerror}); check its permissions and the disk"
        ) from error
    return migrations.LATEST_VERSION < int(version) <= MAX_VERSION


def can_read(file: Path) -> bool:
    """Whether a database is not of a newer version, by its header alone: nothing is undone."""
    try:
        with os.fdopen(open_regular_file(file, os.O_RDONLY), "rb") as opened:
            pages = Pages(opened.read(FILE_HEADER_BYTES))
    except OSError:
        return False
    return 0 < pages.user_version <= migrations.LATEST_VERSION


def set_newer_aside(folder: Path, now: datetime) -> Path | None:
    """Set the signups of a newer version aside, and go on with the copy from before it.

    Nothing is deleted, and what interrupts it is completed by the next call. Hold the kiosk's lock
    and the command lock. Returns the new name; None if there are none of a newer version.

    Raises:
        QueueUnavailable: the disk or the lock refuses.
    """
    file = folder / FILE_NAME
    name = folder / f"signups.newer-{now:%Y%m%dT%H%M%S}-{new_id()[-6:]}.sqlite3"
    aside = None
    try:
        if file.exists():
            if not is_newer(file):
                return None
            _require_closed(file)
            _set_sidecars_aside(file, name)
            aside = file.rename(name)
            sync_folder(folder)  # before an older file takes its name
        copy = file.with_suffix(f".before-{migrations.LATEST_VERSION + 1}.sqlite3")
        if copy.is_file() and newer_files(folder):
            _set_sidecars_aside(file, name)
            copy.rename(file)
            sync_folder(folder)
    except OSError as error:
        raise QueueUnavailable(
            f"{file} was written by a newer version of the kiosk and cannot be set aside"
            f" ({error.strerror}); check the data folder's permissions and its disk"
        ) from error
    return aside


def _require_closed(file: Path) -> None:
    """Refuse a database that somebody has open; nothing is written into it.

    What lies beside it is no evidence: a power cut can leave an empty or a cleared journal, which
    SQLite neither plays back nor removes.
    """
    try:
        with translated_errors(), closing(connect(file, "rw")) as opened:
            opened.execute("PRAGMA locking_mode = EXCLUSIVE")  # with a write-ahead log, too
            opened.execute("BEGIN EXCLUSIVE")
    except QueueUnavailable as error:
        if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        raise QueueUnavailable(
            f"{file} is in use by another program; close it, then try again"
        ) from error


def _set_sidecars_aside(file: Path, aside: Path) -> None:
    """Before the database: SQLite would play them back into an older one of its name."""
    for suffix in SIDECAR_SUFFIXES:
        sidecar = file.with_name(f"{file.name}{suffix}")
        if sidecar.exists():
            sidecar.rename(aside.with_name(f"{aside.name}{suffix}"))
            sync_folder(file.parent)
