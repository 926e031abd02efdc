"""The counts on disk: `usage.sqlite3` in the data folder.

A count may be lost, a signup never: they share neither a file nor a thread.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, get_args

from kiosk.files import open_regular_file, require_regular_file
from kiosk.refused import Refused
from kiosk.usage.visit import OTHERS, Amount, Key, Measure, Tally

FILE_NAME = "usage.sqlite3"
VERSION = 1
LOCK_TIMEOUT_SECONDS = 3.0
MAX_SUBJECTS_A_DAY = 500
"""Of each measure: content whose names change all day must not fill the disk."""
MAX_SET_ASIDE = 5
"""A disk that damages every new file must not be filled with them."""

SCHEMA = f"""
CREATE TABLE counts (
    day TEXT NOT NULL CHECK (length(day) = 10),
    hour INTEGER NOT NULL CHECK (hour BETWEEN -1 AND 23),
    measure TEXT NOT NULL,
    subject TEXT NOT NULL,
    visits INTEGER NOT NULL CHECK (visits > 0),
    seconds INTEGER NOT NULL CHECK (seconds >= 0),
    PRIMARY KEY (day, hour, measure, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE names (place TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""
ADD = """
INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET visits = visits + excluded.visits, seconds = seconds + excluded.seconds
"""
NAME = "INSERT INTO names VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name"
FORGET_NAMES = """
DELETE FROM names WHERE place NOT IN (SELECT subject FROM counts WHERE measure = 'place')
"""

_ENVIRONMENT_ERRORS = {
    sqlite3.SQLITE_BUSY: "another program is using it; close it",
    sqlite3.SQLITE_LOCKED: "another program is using it; close it",
    sqlite3.SQLITE_FULL: "the disk is full; free some space on it",
    sqlite3.SQLITE_READONLY: "it may not be written; fix its permissions",
    sqlite3.SQLITE_IOERR: "the disk does not respond; check it",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check the data folder's permissions",
    sqlite3.SQLITE_PERM: "it may not be opened; fix its permissions",
    sqlite3.SQLITE_AUTH: "it may not be opened; fix its permissions",
    sqlite3.SQLITE_NOMEM: "memory is short; close other programs",
}


class UsageUnavailable(Refused):
    """The counts cannot be read or written for now; the message says why."""


class UsageDamaged(Exception):
    """The file is not a database of counts, or no longer."""


class Counts(NamedTuple):
    """The stored counts, and the names that places had last, by their ids."""

    amounts: dict[Key, Amount]
    names: dict[str, str]


def store_counts(folder: Path, tally: Tally, keep_from: date, now: datetime) -> Path | None:
    """Add counts to those in a data folder, and remove those of days before `keep_from`.

    A damaged file is set aside, whole, and a new one begun. Returns its new name, or None.

    Raises:
        UsageUnavailable: nothing was added.
    """
    try:
        _add(folder, tally, keep_from)
    except UsageDamaged:
        aside = _set_aside(folder, now)
        try:
            _add(folder, tally, keep_from)
        except UsageDamaged as error:
            raise UsageUnavailable(
                f"{FILE_NAME} cannot be written ({error}); check the disk"
            ) from None
        return aside
    return None


def read_counts(folder: Path, since: date | None = None) -> Counts:
    """The counts of a data folder, or those from a day on; none where there is no file.

    Raises:
        UsageUnavailable, UsageDamaged: see there.
    """
    if not os.path.lexists(folder / FILE_NAME):
        return Counts({}, {})
    try:
        return _read(folder, since, "ro")
    except UsageUnavailable as error:
        if getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_READONLY_ROLLBACK":
            raise
    return _read(folder, since, "rw")  # a write was interrupted, and has to be undone first


def damaged_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("usage.damaged-*.sqlite3"))


def _add(folder: Path, tally: Tally, keep_from: date) -> None:
    with _opened(folder, "rw") as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        _prepare(connection)
        known: dict[tuple[date, Measure], set[str]] = {}
        for key, amount in tally.amounts.items():
            day, hour, measure, subject = _within_bounds(connection, key, known)
            connection.execute(ADD, (day.isoformat(), hour, measure, subject, *amount))
        connection.executemany(NAME, list(tally.names.items()))
        expired = "DELETE FROM counts WHERE day < ?"
        if connection.execute(expired, (keep_from.isoformat(),)).rowcount:
            connection.execute(FORGET_NAMES)
        connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection) -> None:
    """Create the tables in a new file; refuse one that is not ours or not of this version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (table_count,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if (version, table_count) == (0, 0):
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
    else:
        _require_version(version)


def _require_version(version: int) -> None:
    if version > VERSION:
        raise UsageUnavailable(
            f"{FILE_NAME} was written by a newer version of the kiosk; install that version again"
        )
    if version < VERSION:
        raise UsageDamaged("it has no version")


def _within_bounds(
    connection: sqlite3.Connection, key: Key, known: dict[tuple[date, Measure], set[str]]
) -> Key:
    """The key itself, or the one of all others, where a day has too many subjects already."""
    group = (key.day, key.measure)
    if group not in known:
        rows = connection.execute(
            "SELECT subject FROM counts WHERE day = ? AND measure = ?",
            (key.day.isoformat(), key.measure),
        )
        known[group] = {subject for (subject,) in rows}
    if key.subject not in known[group] and len(known[group]) >= MAX_SUBJECTS_A_DAY:
        return key._replace(subject=OTHERS)
    known[group].add(key.subject)
    return key


def _read(folder: Path, since: date | None, mode: str) -> Counts:
    with _opened(folder, mode) as connection:
        (table_count,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if (version, table_count) == (0, 0):
            return Counts({}, {})
        _require_version(version)
        first = "" if since is None else since.isoformat()
        rows = connection.execute(
            "SELECT day, hour, measure, subject, visits, seconds FROM counts WHERE day >= ?"
            " ORDER BY day, hour, measure, subject",
            (first,),
        ).fetchall()
        names = dict(connection.execute("SELECT place, name FROM names").fetchall())
    try:
        amounts = {
            Key(date.fromisoformat(day), hour, measure, subject): Amount(visits, seconds)
            for day, hour, measure, subject, visits, seconds in rows
            if measure in get_args(Measure)
        }
    except ValueError as error:
        raise UsageDamaged("a day is not a day") from error
    return Counts(amounts, names)


@contextmanager
def _opened(folder: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """The database, created for its owner only where it is to be written."""
    file = folder / FILE_NAME
    try:
        if mode == "rw":
            os.close(open_regular_file(file, os.O_RDWR | os.O_CREAT))
        for path in (file, _journal(file)):
            require_regular_file(path)  # SQLite would wait for a pipe
    except OSError as error:
        raise UsageUnavailable(
            f"{file} cannot be opened ({error.strerror}); check its permissions and the disk"
        ) from error
    with _translated_errors(), closing(_connect(file, mode)) as connection:
        yield connection


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=LOCK_TIMEOUT_SECONDS,
        isolation_level=None,
    )


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:  # a bug, which must not cost a file
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary result code
        if code in _ENVIRONMENT_ERRORS:
            reason = _ENVIRONMENT_ERRORS[code]
            raise UsageUnavailable(f"{FILE_NAME} cannot be used: {reason}") from error
        raise UsageDamaged(str(error)) from error
    except UnicodeDecodeError as error:
        raise UsageDamaged("a text is not text") from error


def _set_aside(folder: Path, now: datetime) -> Path:
    """Rename a damaged file and its journal; nothing is deleted."""
    file = folder / FILE_NAME
    if len(damaged_files(folder)) >= MAX_SET_ASIDE:
        raise UsageUnavailable(f"{file} is damaged again and again; check the disk")
    aside = folder / f"usage.damaged-{now:%Y%m%dT%H%M%S}.sqlite3"
    number = 2
    while os.path.lexists(aside):
        aside = folder / f"usage.damaged-{now:%Y%m%dT%H%M%S}-{number}.sqlite3"
        number += 1
    try:
        if _journal(file).exists():  # first: SQLite would roll it back into a new file beside it
            _journal(file).rename(_journal(aside))
        file.rename(aside)
    except OSError as error:
        raise UsageUnavailable(
            f"{file} is damaged and cannot be set aside ({error.strerror}); check the data folder's"
            " permissions and its disk"
        ) from error
    return aside


def _journal(file: Path) -> Path:
    return file.with_name(f"{file.name}-journal")
