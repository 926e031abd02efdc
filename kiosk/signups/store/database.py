"""The database of signups on the local disk: opened, brought to today's schema, kept private.

A commit counts only once it is on the disk: `journal_mode=DELETE` with `synchronous=EXTRA` also
syncs the folder after the journal is gone. What is deleted is overwritten (`secure_delete`).
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from time import monotonic, sleep
from typing import Any, Self, TypeVar

from kiosk.files import identity, name_whole, open_plain, require_plain, sync_folder
from kiosk.signups.form import new_id
from kiosk.signups.store import migrations
from kiosk.signups.store.mending import (
    LAST_NUMBER,
    damaged_counters,
    has_damaged_version,
    mend_counters,
    mend_version,
)
from kiosk.signups.store.migrations import migrate

FILE_NAME = "signups.sqlite3"
COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite opens beside a database where it is there; it would wait for a pipe for ever."""
UNFINISHED = ".recovering-"
"""How the folder of a recovery begins; it is gone when that ends, unless by a kill."""
LOCK_WAIT_SECONDS = 5.0
LOCK_POLL_SECONDS = 0.002
"""SQLite itself looks ten times a second after a while, and misses the gaps between visitors."""
CONSTRAINT_DATATYPE = 3091
"""SQLITE_CONSTRAINT_DATATYPE, of which Python 3.11 does not know the name."""
ROWS_AT_ONCE = 500
"""Read or written in one go: meanwhile the kiosk cannot store, and memory holds them."""
MOST_VERSIONS = 255
"""A schema beyond is not a newer one, but damaged."""
SYNCHRONOUS = "EXTRA"
"""What a commit waits for: the file and its folder."""
FORMATS_FOR_WRITING = {0, 1, 2}
"""At this place of the header; SQLite only reads a file that names another, for ever."""
PLACE_OF_FORMAT = 18

MOST_FINDINGS = 1_000_000
"""Of one look at a file; what concerns the whole of it must not be cut off by what does not."""

Row = tuple[Any, ...]
Result = TypeVar("Result")

log = logging.getLogger(__name__)


class QueueUnavailable(Exception):
    """The world keeps the queue from working now (disk full, read-only, locked); try again."""


class QueueTooNew(QueueUnavailable):
    """The file was written by a newer version of the kiosk; it is left as it is."""


class QueueMoved(QueueUnavailable):
    """The file of this name is no longer the one that was opened."""


class QueueDamaged(Exception):
    """The file is not a sound database; `set_aside` keeps it whole and makes room."""


class Database:
    """One SQLite file; one thread at a time. Every method may raise the errors above."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self.file = file
        self.identity = identity(file)
        self.patience = LOCK_WAIT_SECONDS
        """Seconds to wait for others who write, at each step."""

    @classmethod
    def open(cls, folder: Path, *, create: bool = True, patience: float | None = None) -> Self:
        """Open the database of a data folder, bringing an older file to today's schema.

        `patience` is how many seconds to wait for others who write, here and at each step later.

        Raises:
            QueueUnavailable: the disk or the lock refuses, or there is no file and not `create`.
            QueueTooNew: see there.
            QueueDamaged: see there.
        """
        file = folder / FILE_NAME
        if not file.exists():
            if journal_of(file).exists():
                raise QueueDamaged(f"{file.name} is gone, and only its journal is left")
            if not create:
                raise QueueUnavailable(f"{folder} holds no signups yet")
            with translated():
                _create_whole(file)
        with translated():
            _require_access(file)
            _require_writable_format(file)
            _require_plain_companions(file)
            connection = sqlite3.connect(
                file, timeout=LOCK_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
        opened = cls(connection, file)
        opened.patience = LOCK_WAIT_SECONDS if patience is None else patience
        try:
            with translated():
                opened._patiently(lambda: _prepare(connection, file))
            connection.execute("PRAGMA busy_timeout = 0")  # from now on it is waited for here
        except BaseException:
            connection.close()
            raise
        return opened

    @classmethod
    def look(cls, folder: Path) -> Self:
        """Open the database of a data folder for reading alone: nothing is made or migrated.

        Raises:
            QueueUnavailable: there is no file, it is of an older version, or a write to it was
                cut off and not taken back yet; all of this `open` puts right.
            QueueTooNew, QueueDamaged: as for `open`.
        """
        file = folder / FILE_NAME
        if not file.is_file():  # SQLite would wait for a pipe
            raise QueueUnavailable(
                f"{file} is missing or is not a regular file; look at what is there"
            )
        _require_plain_companions(file)
        _require_writable_format(file)
        with translated():
            connection = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode=ro",
                uri=True,
                timeout=LOCK_WAIT_SECONDS,
                isolation_level=None,
            )
        try:
            with translated():
                if has_damaged_version(connection):
                    raise QueueUnavailable(
                        f"the version in {file.name} is damaged; the next signup or export repairs"
                        " it"
                    )
                if _version(connection, file) < migrations.LATEST:
                    raise QueueUnavailable(f"{file.name} is not ready yet; start the kiosk once")
                _read_schema(connection)
        except QueueUnavailable as error:
            connection.close()
            if _is_cut_off(error.__cause__):
                raise QueueUnavailable(
                    f"a write to {file.name} was cut off; start the kiosk once"
                ) from error
            raise
        except BaseException:
            connection.close()
            raise
        return cls(connection, file)

    def is_in_place(self) -> bool:
        """Whether the file of this name is still the one that was opened."""
        return self.identity == identity(self.file)

    def require_plain_companions(self) -> None:
        """What SQLite opens beside the file may have become something else since it was opened.

        Raises:
            QueueUnavailable: SQLite would fail on it, or wait for ever.
        """
        _require_plain_companions(self.file)

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of a statement, all at once: an open cursor would hold the file's lock.

        A text that is no UTF-8 comes as bytes.
        """
        with translated():
            try:
                return self._patiently(
                    lambda: self._connection.execute(statement, values).fetchall()
                )
            except sqlite3.OperationalError as error:
                if "Could not decode" not in str(error):
                    raise
            return self._query_garbled(statement, values)

    def _query_garbled(self, statement: str, values: Sequence[object]) -> list[Row]:
        """As `query`; a text that is no UTF-8 comes as bytes, so that it stops nothing else."""
        self._connection.text_factory = _text_or_bytes
        try:
            return self._connection.execute(statement, values).fetchall()
        finally:
            self._connection.text_factory = str

    def number(self, statement: str, values: Sequence[object] = ()) -> int:
        """The first column of the first row, as a whole number."""
        rows = self.query(statement, values)
        try:
            return int(rows[0][0])
        except (LookupError, TypeError, ValueError) as error:
            raise QueueDamaged("a number is missing") from error

    def change(self, statement: str, values: Sequence[object] = ()) -> int:
        """Run one statement that writes; returns how many rows it changed."""
        with translated(statement):
            return self._patiently(lambda: self._connection.execute(statement, values).rowcount)

    def change_many(self, statement: str, rows: Sequence[Row]) -> int:
        """Run one statement that writes, for each of the rows; returns how many it changed."""
        with translated():
            return self._patiently(lambda: self._connection.executemany(statement, rows).rowcount)

    def _patiently(self, action: Callable[[], Result]) -> Result:
        """Do what may find the file locked, until it does not; nothing was done then."""
        until = monotonic() + self.patience
        while True:
            try:
                return action()
            except sqlite3.OperationalError as error:
                code = getattr(error, "sqlite_errorcode", 0) & 0xFF
                if code != sqlite3.SQLITE_BUSY or monotonic() > until:
                    raise
            sleep(LOCK_POLL_SECONDS)

    def damaged_counters(self) -> list[str]:
        """The tables whose counter is damaged; whoever next opens the file to write mends it."""
        with translated():
            return list(self._patiently(lambda: damaged_counters(self._connection)))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is written inside, or nothing; on the disk when it ends."""
        self.change("BEGIN IMMEDIATE")
        try:
            yield
            self.change("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with suppress(sqlite3.DatabaseError):
                    self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Inside a transaction: all of what is written inside, or nothing of that alone."""
        self.change("SAVEPOINT part")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.DatabaseError):
                self._connection.execute("ROLLBACK TO part")
                self._connection.execute("RELEASE part")
            raise
        self.change("RELEASE part")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one moment; the kiosk cannot store meanwhile, so be brief."""
        self.change("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.DatabaseError):
                self._connection.execute("COMMIT")

    def is_sound(self) -> bool:
        """Whether every page of the file is in order (`PRAGMA quick_check`).

        A value in it may be wrong all the same: that concerns its row alone.

        Raises:
            QueueUnavailable: it cannot be told now.
        """
        try:
            return all(
                result == "ok" or _OF_ONE_CELL.match(result)
                for (result,) in self.query(f"PRAGMA quick_check({MOST_FINDINGS})")
            )
        except QueueDamaged:
            return False


def set_aside(folder: Path, now: datetime) -> Path:
    """Rename a damaged database and its journal, to make way for a new one.

    Nothing is deleted. Returns the new name.
    """
    file = folder / FILE_NAME
    aside = folder / f"signups.damaged-{now:%Y%m%dT%H%M%S}-{new_id()[-6:]}.sqlite3"
    journal = journal_of(file)
    if journal.exists():  # first: beside a new file, SQLite would roll it back into that
        journal.rename(folder / f"{aside.name}-journal")
        sync_folder(folder)  # after a power cut, SQLite would delete it beside a new file
    if file.exists():
        file.rename(aside)
        sync_folder(folder)  # before a new file takes its name
    renamed = aside if aside.exists() else journal_of(aside)
    log.error("the signup database was damaged and is kept as %s", renamed.name)
    return renamed


def journal_of(file: Path) -> Path:
    """The rollback journal of a database."""
    return file.with_name(f"{file.name}-journal")


def set_aside_damaged(folder: Path, now: datetime) -> Path | None:
    """Set the database of a data folder aside if it is damaged; None if it is sound.

    A running kiosk stores nothing in it meanwhile, and continues with a new one.

    Raises:
        QueueUnavailable: its state is unknown, or the disk refuses.
    """
    file = folder / FILE_NAME
    if not (file.exists() or journal_of(file).exists()):
        return None
    try:
        with Database.open(folder, create=False) as database:
            if database.is_sound():
                return None
    except QueueDamaged:
        pass
    with _held(file):
        try:
            return set_aside(folder, now)
        except OSError as error:
            raise QueueUnavailable(
                f"{file} is damaged and cannot be set aside ({error.strerror}); check the data"
                " folder's permissions and its disk"
            ) from error


@contextmanager
def _held(file: Path) -> Iterator[None]:
    """Keep others from writing to a file, if it can still be locked."""
    uri = f"{file.absolute().as_uri()}?mode=rw"
    with ExitStack() as stack:
        with suppress(sqlite3.Error, UnicodeDecodeError):
            connection = sqlite3.connect(uri, uri=True, timeout=LOCK_WAIT_SECONDS)
            stack.callback(connection.close)
            connection.execute("BEGIN IMMEDIATE")
        yield


def set_aside_files(folder: Path) -> list[Path]:
    """The damaged databases kept in a data folder."""
    return sorted(folder.glob("signups.damaged-*.sqlite3"))


def set_aside_journals(folder: Path) -> list[Path]:
    """The journals of damaged databases: they hold signups as well."""
    return sorted(folder.glob("signups.damaged-*.sqlite3-journal"))


def lone_journals(folder: Path) -> list[Path]:
    """Journals whose database is gone."""
    journals = set_aside_journals(folder)
    return [file for file in journals if not file.with_name(file.name[: -len("-journal")]).exists()]


def unfinished(folder: Path) -> list[Path]:
    """Leftovers of interrupted recoveries."""
    return sorted(folder.glob(f"{UNFINISHED}*"))


def remove_unfinished(folder: Path) -> None:
    """Remove leftovers of interrupted recoveries; none may be running meanwhile."""
    for leftover in unfinished(folder):
        rmtree(leftover, ignore_errors=True)


def copies(folder: Path) -> list[Path]:
    """The copies taken before migrations."""
    return sorted(folder.glob("signups.before-*.sqlite3"))


def remove_copies(folder: Path) -> None:
    """Overwrite and remove copies from before migrations, which hold signups erased since.

    Raises:
        QueueUnavailable: one of them is still there.
    """
    for file in copies(folder):
        try:
            with os.fdopen(open_plain(file, os.O_RDWR), "r+b") as copy_file:
                for _ in range(0, file.stat().st_size, 1 << 20):
                    copy_file.write(bytes(1 << 20))
                copy_file.flush()
                os.fsync(copy_file.fileno())
            file.unlink()
        except OSError as error:
            raise QueueUnavailable(
                f"{file} is an older copy with the same signups and could not be removed"
                f" ({error.strerror}); remove it"
            ) from error


def _create_whole(file: Path) -> None:
    """A file that is there without a schema is damaged, so it gets its name once it has one."""
    partial = file.with_name(f".{file.name}.new-{os.getpid()}")
    try:
        partial.unlink(missing_ok=True)
        _create_private(partial)
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
            migrate(connection, 0)
        with suppress(FileExistsError):  # another process was faster
            name_whole(partial, file)
        sync_folder(file.parent)
    except OSError as error:
        raise _refused(file, error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _create_private(file: Path) -> None:
    """Addresses are for the kiosk's own user alone."""
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _require_access(file: Path) -> None:
    try:
        os.close(open_plain(file, os.O_RDWR))
    except OSError as error:
        raise _refused(file, error) from error


def _require_writable_format(file: Path) -> None:
    with suppress(OSError), os.fdopen(open_plain(file, os.O_RDONLY), "rb") as opened:
        header = opened.read(PLACE_OF_FORMAT + 1)
        if len(header) > PLACE_OF_FORMAT and header[-1] not in FORMATS_FOR_WRITING:
            raise QueueDamaged("its header is damaged")


def _require_plain_companions(file: Path) -> None:
    for ending in COMPANIONS:
        companion = file.with_name(f"{file.name}{ending}")
        try:
            require_plain(companion)
        except OSError as error:
            raise QueueUnavailable(
                f"{companion} cannot be read ({error.strerror}), and SQLite needs its name; move"
                " it to another folder"
            ) from error


def _refused(file: Path, error: OSError) -> QueueUnavailable:
    return QueueUnavailable(
        f"{file} cannot be opened ({error.strerror}); check the disk and the data"
        " folder's permissions"
    )


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    mend_version(connection)
    version = _version(connection, file)  # before anything that could write
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    connection.execute("PRAGMA secure_delete = ON")
    if version < migrations.LATEST:
        _copy_before_migration(connection, file, version)
        migrate(connection, version)
    connection.execute("PRAGMA foreign_keys = ON")
    _read_schema(connection)
    mend_counters(connection)


def _version(connection: sqlite3.Connection, file: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if not 1 <= version <= MOST_VERSIONS:
        raise QueueDamaged("it has no version")
    if version > migrations.LATEST:
        raise QueueTooNew(
            f"{file.name} was written by a newer version of the kiosk; install that version again"
        )
    return version


def _read_schema(connection: sqlite3.Connection) -> None:
    """A file of other make, a torn first page or a number out of bounds fails this."""
    for statement in (
        "SELECT number, length(id), length(key_id) FROM signups LIMIT 1",
        "SELECT number, length(personal) FROM people LIMIT 1",
        "SELECT length(day), length(captured) FROM days LIMIT 1",
        "SELECT length(name), length(seq) FROM sqlite_sequence LIMIT 1",
    ):
        connection.execute(statement).fetchone()
    too_far = "SELECT 1 FROM signups WHERE number > ?"
    if connection.execute(too_far, (LAST_NUMBER,)).fetchone():
        raise QueueDamaged("a number is damaged")


def _copy_before_migration(connection: sqlite3.Connection, file: Path, version: int) -> None:
    """Whole or not at all, and not of a file that another process has migrated meanwhile."""
    copy_file = file.with_suffix(f".before-{version + 1}.sqlite3")
    partial = file.with_suffix(f".before-{version + 1}.part.sqlite3")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection, file) != version:
            return
        partial.unlink(missing_ok=True)  # of a copy that was cut off
        _create_private(partial)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(partial)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")
            source.backup(copy)
        partial.rename(copy_file)
        sync_folder(file.parent)
    except OSError as error:
        raise QueueUnavailable(
            f"{copy_file} cannot be written ({error.strerror}); check the disk and the data"
            " folder's permissions"
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _text_or_bytes(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


@contextmanager
def translated(statement: str = "") -> Iterator[None]:
    """SQLite's errors as ours: what the world does, what damage is; anything else is a bug.

    A value of a wrong kind is damage where it lay in the file, a bug where `statement` brings it.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extended part
        if code in _THE_WORLDS:
            raise QueueUnavailable(_THE_WORLDS[code]) from error
        is_broken = code in _DAMAGE or _breaks_constraint(error, statement)
        if is_broken or _SAYS_DAMAGE.search(str(error)):
            raise QueueDamaged(str(error)) from error
        raise
    except UnicodeDecodeError as error:
        raise QueueDamaged("a text is not text") from error


def stored_moment(text: str) -> datetime:
    """A time that was stored in ISO 8601.

    Raises:
        QueueDamaged: it is none.
    """
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo is not None else moment.astimezone()
    except (ValueError, TypeError, OverflowError) as error:
        raise QueueDamaged("a time is not a time") from error


def _breaks_constraint(error: sqlite3.DatabaseError, statement: str) -> bool:
    """No statement of ours does so in a sound file, unless a bug hands in a wrong type."""
    name = getattr(error, "sqlite_errorname", "")
    kind = name.removeprefix("SQLITE_CONSTRAINT_")
    if getattr(error, "sqlite_errorcode", 0) == CONSTRAINT_DATATYPE:
        table = str(error).rpartition(" ")[2].partition(".")[0]
        return not statement.startswith(f"INSERT INTO {table} ")
    return kind in {"CHECK", "FOREIGNKEY", "NOTNULL", "PRIMARYKEY", "ROWID", "UNIQUE"}


def _is_cut_off(error: BaseException | None) -> bool:
    """Whether a journal waits to be rolled back, which a mere reader may not do."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK"


_OF_ONE_CELL = re.compile(r"(NULL|TEXT|NUMERIC|non-\w+) value in |CHECK constraint failed in ")
_SAYS_DAMAGE = re.compile(
    "no such (table|column)|has no column named|already exists|malformed|Could not decode to UTF-8"
    "|duplicate column name|unsupported file format"
)
"""What a half-overwritten or foreign file leads to without SQLite calling it damage."""

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


_THE_WORLDS = {
    sqlite3.SQLITE_BUSY: "another program is using the signups; try again in a moment",
    sqlite3.SQLITE_LOCKED: "another program is using the signups; try again in a moment",
    sqlite3.SQLITE_FULL: "the disk is full; free some space on it",
    sqlite3.SQLITE_READONLY: "the signups may not be written; fix the data folder's permissions",
    sqlite3.SQLITE_IOERR: "the disk does not answer; check it",
    sqlite3.SQLITE_CANTOPEN: "the signups cannot be opened; check the data folder's permissions",
    sqlite3.SQLITE_PERM: "the signups may not be opened; fix the data folder's permissions",
    sqlite3.SQLITE_AUTH: "the signups may not be opened; fix the data folder's permissions",
    sqlite3.SQLITE_NOLFS: "the disk cannot hold a file of this size",
}
