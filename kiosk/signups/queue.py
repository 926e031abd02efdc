"""The queue of signups on the local disk.

A signup counts only once its commit is on the disk: `journal_mode=DELETE` with
`synchronous=EXTRA` also syncs the folder after the journal is gone.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Self

from kiosk.signups.migrations import LATEST, migrate
from kiosk.signups.signup import Signup, new_id

FILE_NAME = "signups.sqlite3"
LOCK_WAIT_SECONDS = 5.0
ROWS_AT_ONCE = 1000
COLUMNS = "id, created_at, email, name, postal_code, consent_wording, consent_version, language"

log = logging.getLogger(__name__)


class QueueUnavailable(Exception):
    """The world keeps the queue from working now (disk full, read-only, locked); try again."""


class QueueTooNew(QueueUnavailable):
    """The file was written by a newer version of the kiosk; it is left as it is."""


class QueueDamaged(Exception):
    """The file is not a sound database; `set_aside` keeps it whole and makes room."""


Choice = Literal["new", "all"] | date
"""Which signups: not exported yet, every one, or those since a day in the showroom's own time."""


class Queue:
    """Signups in one SQLite file; one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self.file = file
        self._identity = _identity(file)

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> Self:
        """Open the queue of a data folder, bringing an older file to today's schema.

        Raises:
            QueueUnavailable: the disk or the lock refuses, or there is no file and not `create`.
            QueueTooNew: see there.
            QueueDamaged: see there.
        """
        file = folder / FILE_NAME
        if not create and not file.exists():
            raise QueueUnavailable(f"{folder} holds no signups yet")
        with _translated():
            _create_private(file)
            connection = sqlite3.connect(
                file, timeout=LOCK_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
        try:
            with _translated():
                _prepare(connection, file)
        except BaseException:
            connection.close()
            raise
        return cls(connection, file)

    @classmethod
    def look(cls, folder: Path) -> Self:
        """Open the queue of a data folder for reading alone: nothing is made, mended or migrated.

        Raises:
            QueueUnavailable: there is no file, it is of an older version, or a write to it was
                cut off and not taken back yet; all of this `open` puts right.
            QueueTooNew, QueueDamaged: as for `open`.
        """
        file = folder / FILE_NAME
        with _translated():
            connection = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode=ro",
                uri=True,
                timeout=LOCK_WAIT_SECONDS,
                isolation_level=None,
            )
        try:
            with _translated():
                if _version(connection, file) < LATEST:
                    raise QueueUnavailable(f"{file.name} is not ready yet; start the kiosk once")
                _read_schema(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection, file)

    def is_in_place(self) -> bool:
        """Whether the file is still the one that was opened, neither removed nor replaced."""
        return self._identity is not None and _identity(self.file) == self._identity

    def close(self) -> None:
        """Close the file; the queue is of no use afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, signup: Signup) -> None:
        """Store a signup; returns only once it is on the disk. The same id is stored once.

        Raises:
            QueueUnavailable: nothing was stored, try again.
            QueueDamaged: nothing was stored, set the file aside first.
        """
        with _translated(), self._transaction():
            self._connection.execute(
                f"INSERT INTO signups ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO NOTHING",
                (signup.id, signup.created_at.isoformat(), *astuple(signup)[2:]),
            )

    def count(self, choice: Choice = "all") -> int:
        """How many signups a choice holds."""
        where, values = _where(choice)
        with _translated():
            row = self._connection.execute(f"SELECT count(*) FROM signups {where}", values)
            return int(row.fetchone()[0])

    def select(self, choice: Choice = "all") -> int:
        """Settle which signups `selected` and `mark_exported` are about; returns how many.

        Their ids go into a temporary table: later arrivals stay out, and memory stays flat.
        """
        where, values = _where(choice)
        with _translated():
            self._connection.execute("DROP TABLE IF EXISTS temp.selected")
            self._connection.execute(
                f"CREATE TEMP TABLE selected AS SELECT id FROM signups {where} ORDER BY id", values
            )
            row = self._connection.execute("SELECT count(*) FROM selected").fetchone()
            return int(row[0])

    def selected(self) -> Iterator[Signup]:
        """The selected signups in the order they were made.

        Read a thousand at a time: a reader keeps the kiosk from storing while it holds the file.
        """
        last = 0
        while rows := self._selected_after(last):
            for _, id_, created_at, *rest in rows:
                try:
                    yield Signup(id_, datetime.fromisoformat(created_at), *rest)
                except ValueError as error:
                    raise QueueDamaged(f"signup {id_} cannot be read") from error
            last = rows[-1][0]

    def _selected_after(self, last: int) -> list[tuple[Any, ...]]:
        with _translated():
            return self._connection.execute(
                f"SELECT selected.rowid, {COLUMNS} FROM selected JOIN signups USING (id)"
                " WHERE selected.rowid > ? ORDER BY selected.rowid LIMIT ?",
                (last, ROWS_AT_ONCE),
            ).fetchall()

    def mark_exported(self, file_name: str, at: datetime) -> None:
        """Record that the file with the selected signups is safely written: all of them or none."""
        export = new_id()
        with _translated(), self._transaction():
            self._connection.execute(
                "INSERT INTO exports (id, created_at, file_name, signup_count)"
                " SELECT ?, ?, ?, count(*) FROM selected",
                (export, at.isoformat(), file_name),
            )
            self._connection.execute(
                "INSERT INTO exported (signup_id, export_id) SELECT id, ? FROM selected WHERE true"
                " ON CONFLICT (signup_id) DO NOTHING",
                (export,),
            )

    def last_export(self) -> datetime | None:
        """When signups were last exported."""
        with _translated():
            row = self._connection.execute("SELECT max(created_at) FROM exports").fetchone()
        return datetime.fromisoformat(row[0]) if row[0] else None

    def is_sound(self) -> bool:
        """Whether every page of the file is in order (`PRAGMA quick_check`).

        Raises:
            QueueUnavailable: it cannot be told now.
        """
        try:
            with _translated():
                row = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        except QueueDamaged:
            return False
        return bool(row[0] == "ok")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def set_aside(folder: Path, now: datetime) -> Path:
    """Rename a damaged database, with its journal, so that a fresh one can begin.

    Nothing is deleted. Returns the new name.
    """
    file = folder / FILE_NAME
    aside = folder / f"signups.damaged-{now:%Y%m%dT%H%M%S}-{new_id()[-6:]}.sqlite3"
    journal = folder / f"{FILE_NAME}-journal"
    if journal.exists():  # first, since beside a fresh file it would be rolled back into that
        journal.rename(folder / f"{aside.name}-journal")
    file.rename(aside)
    log.error("the signup database was damaged and is kept as %s", aside.name)
    return aside


def set_aside_files(folder: Path) -> list[Path]:
    """The damaged databases kept in a data folder."""
    return sorted(folder.glob("signups.damaged-*.sqlite3"))


def _where(choice: Choice) -> tuple[str, tuple[str, ...]]:
    if choice == "all":
        return "", ()
    if choice == "new":
        return "WHERE id NOT IN (SELECT signup_id FROM exported)", ()
    # `created_at` is local time with its offset, so its text begins with the showroom's own day.
    return "WHERE created_at >= ?", (choice.isoformat(),)


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _create_private(file: Path) -> None:
    """Addresses are for the kiosk's own user alone."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise QueueUnavailable(
            f"{file} cannot be opened ({error.strerror}); check the data folder's rights and disk"
        ) from error


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    version = _version(connection, file)  # before anything that could write
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < LATEST:
        if version > 0:
            _copy_before_migration(connection, file, version)
        migrate(connection, version)
    _read_schema(connection)


def _version(connection: sqlite3.Connection, file: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > LATEST:
        raise QueueTooNew(
            f"{file.name} was written by a newer version of the kiosk; install that version again"
        )
    return version


def _read_schema(connection: sqlite3.Connection) -> None:
    """A file of other make or a torn first page fails this."""
    connection.execute(f"SELECT {COLUMNS} FROM signups LIMIT 1").fetchone()


def _copy_before_migration(connection: sqlite3.Connection, file: Path, version: int) -> None:
    copy_file = file.with_suffix(f".before-{version + 1}.sqlite3")
    _create_private(copy_file)
    with closing(sqlite3.connect(copy_file)) as copy:
        connection.backup(copy)


@contextmanager
def _translated() -> Iterator[None]:
    """SQLite's errors as ours: what the world does, what damage is; anything else is a bug."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extended part
        if code in _THE_WORLDS:
            raise QueueUnavailable(_THE_WORLDS[code]) from error
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB} or _SAYS_DAMAGE.search(
            str(error)
        ):
            raise QueueDamaged(str(error)) from error
        raise


_SAYS_DAMAGE = re.compile("no such (table|column)|already exists|Could not decode to UTF-8")
"""What a half-overwritten or foreign file leads to without SQLite calling it damage."""


_THE_WORLDS = {
    sqlite3.SQLITE_BUSY: "another program is using the signups; try again in a moment",
    sqlite3.SQLITE_LOCKED: "another program is using the signups; try again in a moment",
    sqlite3.SQLITE_FULL: "the disk is full; make room on it",
    sqlite3.SQLITE_READONLY: "the signups may not be written; change the rights of the data folder",
    sqlite3.SQLITE_IOERR: "the disk does not answer; check it",
    sqlite3.SQLITE_CANTOPEN: "the signups cannot be opened; check the rights of the data folder",
    sqlite3.SQLITE_PERM: "the signups may not be opened; change the rights of the data folder",
    sqlite3.SQLITE_AUTH: "the signups may not be opened; change the rights of the data folder",
    sqlite3.SQLITE_NOLFS: "the disk cannot hold a file of this size",
}
