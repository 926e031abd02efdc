"""The SQLite database of signups on the local disk: opening, migrating, transactions, damage.

A commit is durable when it returns: `journal_mode=DELETE` with `synchronous=EXTRA` also syncs the
folder after the journal is removed. Deleted content is overwritten (`secure_delete`).
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
from typing import Any, Literal, Self, TypeVar

from kiosk.files import (
    file_identity,
    open_regular_file,
    rename_no_replace,
    require_regular_file,
    sync_folder,
)
from kiosk.refused import Refused
from kiosk.signups.form import new_id
from kiosk.signups.store import migrations
from kiosk.signups.store.migrations import migrate
from kiosk.signups.store.repair import (
    MAX_ROWID,
    damaged_counters,
    has_damaged_version,
    repair_counters,
    repair_version,
)

FILE_NAME = "signups.sqlite3"
SIDECAR_SUFFIXES = ("-journal", "-wal", "-shm")
"""Files that SQLite opens beside a database if they exist; a pipe would block it forever."""
RECOVERY_PREFIX = ".recovering-"
"""Prefix of the folder that a recovery works in; it stays only if the recovery is killed."""
LOCK_TIMEOUT_SECONDS = 5.0
LOCK_POLL_SECONDS = 0.002
"""SQLite's own busy handler polls too rarely to find the gaps between visitors."""
SQLITE_CONSTRAINT_DATATYPE = 3091
"""Python 3.11 does not export it."""
BATCH_SIZE = 500
"""Rows read or written at once: they block the kiosk's writes and are held in memory."""
COPIED_PAGES = 2000
"""8 MB, which take a few milliseconds."""
MAX_VERSION = 255
"""A higher version is not newer, but damaged."""
SYNCHRONOUS = "EXTRA"
"""A commit waits for the file and its folder."""
WRITABLE_FORMATS = {0, 1, 2}
"""File format write version in the header; SQLite opens a file with any other as read-only."""
WRITE_FORMAT_OFFSET = 18

MAX_CHECK_RESULTS = 1_000_000
"""Results of one check; errors in single values must not displace those of the whole file."""

Row = tuple[Any, ...]
Result = TypeVar("Result")

log = logging.getLogger(__name__)


class QueueUnavailable(Refused):
    """The environment prevents it for now (disk full, read-only, locked); try again."""


class QueueTooNew(QueueUnavailable):
    """The file was written by a newer version of the kiosk; it is not changed."""


class QueueMoved(QueueUnavailable):
    """The file was replaced or removed since it was opened."""


class QueueDamaged(Exception):
    """The database is corrupt; `set_aside` renames it to make way for a new one."""


class Database:
    """One SQLite file, for one thread at a time. Every method may raise the errors above."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self.file = file
        self.identity = file_identity(file)
        self.lock_timeout = LOCK_TIMEOUT_SECONDS
        """Seconds to wait for a lock, for each statement."""

    @classmethod
    def open(cls, folder: Path, *, create: bool = True, lock_timeout: float | None = None) -> Self:
        """Open the database of a data folder for writing, migrating an older one.

        `lock_timeout` is how many seconds to wait for a lock, here and for each statement later.

        Raises:
            QueueUnavailable: the disk or the lock refuses, or there is no file and not `create`.
            QueueTooNew: see there.
            QueueDamaged: see there.
        """
        file = folder / FILE_NAME
        if not file.exists():
            if journal_path(file).exists():
                raise QueueDamaged(f"{file.name} is gone, and only its journal is left")
            if not create:
                raise QueueUnavailable(f"{folder} holds no signups yet")
            with translated_errors():
                _create_atomically(file)
        with translated_errors():
            _require_access(file)
            _require_writable_format(file)
            require_regular_sidecars(file)
            connection = sqlite3.connect(
                file, timeout=LOCK_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
            )
        opened = cls(connection, file)
        opened.lock_timeout = LOCK_TIMEOUT_SECONDS if lock_timeout is None else lock_timeout
        try:
            with translated_errors():
                opened._retry_while_locked(lambda: _prepare(connection, file))
            connection.execute("PRAGMA busy_timeout = 0")  # `_retry_while_locked` waits instead
        except BaseException:
            connection.close()
            raise
        return opened

    @classmethod
    def open_read_only(cls, folder: Path) -> Self:
        """Open the database of a data folder read-only: nothing is created or migrated.

        Raises:
            QueueUnavailable: there is no file, its schema is older, or an interrupted write has not
                been rolled back yet; `open` corrects all of these.
            QueueTooNew, QueueDamaged: as for `open`.
        """
        file = folder / FILE_NAME
        if not file.is_file():  # SQLite would wait for a pipe
            raise QueueUnavailable(
                f"{file} is missing or is not a regular file; look at what is there"
            )
        require_regular_sidecars(file)
        _require_writable_format(file)
        with translated_errors():
            connection = connect(file, "ro")
        try:
            with translated_errors():
                if has_damaged_version(connection):
                    raise QueueUnavailable(
                        f"the version in {file.name} is damaged; the next signup or export repairs"
                        " it"
                    )
                if _schema_version(connection, file) < migrations.LATEST_VERSION:
                    raise QueueUnavailable(f"{file.name} is not ready yet; start the kiosk once")
                _probe_tables(connection)
        except QueueUnavailable as error:
            connection.close()
            if _has_hot_journal(error.__cause__):
                raise QueueUnavailable(
                    f"a write to {file.name} was interrupted; start the kiosk once"
                ) from error
            raise
        except BaseException:
            connection.close()
            raise
        return cls(connection, file)

    def is_same_file(self) -> bool:
        return self.identity == file_identity(self.file)

    def require_regular_sidecars(self) -> None:
        """Check again that what SQLite opens beside the file is a regular file.

        Raises:
            QueueUnavailable: SQLite would fail on it, or wait forever.
        """
        require_regular_sidecars(self.file)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Fetch all rows of a statement: an open cursor would hold the file's lock.

        A text that is not UTF-8 is returned as bytes.
        """
        with translated_errors():
            try:
                return self._retry_while_locked(
                    lambda: self._connection.execute(statement, values).fetchall()
                )
            except sqlite3.OperationalError as error:
                if "Could not decode" not in str(error):
                    raise
            return self._query_lenient(statement, values)

    def _query_lenient(self, statement: str, values: Sequence[object]) -> list[Row]:
        """As `query`, returning texts that are not UTF-8 as bytes."""
        self._connection.text_factory = _decoded_or_bytes
        try:
            return self._connection.execute(statement, values).fetchall()
        finally:
            self._connection.text_factory = str

    def query_int(self, statement: str, values: Sequence[object] = ()) -> int:
        """The first column of the first row, as an integer."""
        rows = self.query(statement, values)
        try:
            return int(rows[0][0])
        except (LookupError, TypeError, ValueError) as error:
            raise QueueDamaged("a number is missing") from error

    def execute(self, statement: str, values: Sequence[object] = ()) -> int:
        """Run a statement that writes; returns how many rows it changed."""
        with translated_errors(statement):
            return self._retry_while_locked(
                lambda: self._connection.execute(statement, values).rowcount
            )

    def execute_many(self, statement: str, rows: Sequence[Row]) -> int:
        """Run a statement that writes for each of the rows; returns how many it changed."""
        with translated_errors():
            return self._retry_while_locked(
                lambda: self._connection.executemany(statement, rows).rowcount
            )

    def _retry_while_locked(self, action: Callable[[], Result]) -> Result:
        """Retry an action that fails without effect while the file is locked."""
        deadline = monotonic() + self.lock_timeout
        while True:
            try:
                return action()
            except sqlite3.OperationalError as error:
                code = getattr(error, "sqlite_errorcode", 0) & 0xFF
                if code != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                    raise
            sleep(LOCK_POLL_SECONDS)

    def damaged_counters(self) -> list[str]:
        """The tables whose rowid counter is damaged; `open` repairs it."""
        with translated_errors():
            return list(self._retry_while_locked(lambda: damaged_counters(self._connection)))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything written inside, or nothing; on disk when it ends."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with suppress(sqlite3.DatabaseError):
                    self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Inside a transaction: keep everything written inside, or undo only that."""
        self.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.DatabaseError):
                self._connection.execute("ROLLBACK TO part")
                self._connection.execute("RELEASE part")
            raise
        self.execute("RELEASE part")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read a consistent state; the kiosk cannot write meanwhile, so be brief."""
        self.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.DatabaseError):
                self._connection.execute("COMMIT")

    def copy_to(self, file: Path) -> None:
        """Copy the current state into a new file, while the kiosk goes on writing."""
        with translated_errors():
            copy_database(self._connection, file)

    def is_intact(self) -> bool:
        """Whether the structure of the file is intact (`PRAGMA quick_check`).

        Single values may still be wrong, which only affects their rows.

        Raises:
            QueueUnavailable: it cannot be checked now.
        """
        try:
            return all(
                result == "ok" or _VALUE_ERROR.match(result)
                for (result,) in self.query(f"PRAGMA quick_check({MAX_CHECK_RESULTS})")
            )
        except QueueDamaged:
            return False


def connect(file: Path, mode: Literal["ro", "rw"]) -> sqlite3.Connection:
    """Open a database that exists, in transactions of the caller's own."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=LOCK_TIMEOUT_SECONDS,
        isolation_level=None,
    )


def copy_database(source: sqlite3.Connection, file: Path) -> None:
    """Copy a database that others go on writing to, into a new file for its owner only.

    A few pages at a time, so that no writer waits; SQLite begins again when somebody has written.

    Raises:
        sqlite3.Error, OSError: it cannot be copied.
    """
    _create_private(file)
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        source.backup(copy, pages=COPIED_PAGES, sleep=LOCK_POLL_SECONDS)


def set_aside(folder: Path, now: datetime) -> Path:
    """Rename a damaged database and its journal, to make way for a new one.

    Nothing is deleted. Returns the new name.
    """
    file = folder / FILE_NAME
    aside = folder / f"signups.damaged-{now:%Y%m%dT%H%M%S}-{new_id()[-6:]}.sqlite3"
    journal = journal_path(file)
    if journal.exists():  # first: SQLite would roll it back into a new file beside it
        journal.rename(folder / f"{aside.name}-journal")
        sync_folder(folder)  # after a power cut, SQLite would delete it beside a new file
    if file.exists():
        file.rename(aside)
        sync_folder(folder)  # before a new file takes its name
    renamed = aside if aside.exists() else journal_path(aside)
    log.error("the signup database was damaged and has been renamed to %s", renamed.name)
    return renamed


def journal_path(file: Path) -> Path:
    return file.with_name(f"{file.name}-journal")


def set_aside_if_damaged(folder: Path, now: datetime) -> Path | None:
    """Set the database of a data folder aside if it is damaged; None if it is intact.

    A running kiosk cannot write to it meanwhile, and continues with a new one.

    Raises:
        QueueUnavailable: it cannot be checked or renamed.
    """
    file = folder / FILE_NAME
    if not (file.exists() or journal_path(file).exists()):
        return None
    try:
        with Database.open(folder, create=False) as database:
            if database.is_intact():
                return None
    except QueueDamaged:
        pass
    with _write_locked(file):
        try:
            return set_aside(folder, now)
        except OSError as error:
            raise QueueUnavailable(
                f"{file} is damaged and cannot be set aside ({error.strerror}); check the data"
                " folder's permissions and its disk"
            ) from error


@contextmanager
def _write_locked(file: Path) -> Iterator[None]:
    """Lock a file against writes, if it can still be locked."""
    with ExitStack() as stack:
        with suppress(sqlite3.Error, UnicodeDecodeError):
            connection = connect(file, "rw")
            stack.callback(connection.close)
            connection.execute("BEGIN IMMEDIATE")
        yield


def damaged_files(folder: Path) -> list[Path]:
    """The damaged databases that were set aside in a data folder."""
    return sorted(folder.glob("signups.damaged-*.sqlite3"))


def damaged_journals(folder: Path) -> list[Path]:
    """The journals of damaged databases, which hold signups too."""
    return sorted(folder.glob("signups.damaged-*.sqlite3-journal"))


def orphaned_journals(folder: Path) -> list[Path]:
    """Journals whose database is gone."""
    journals = damaged_journals(folder)
    return [file for file in journals if not file.with_name(file.name[: -len("-journal")]).exists()]


def leftover_recoveries(folder: Path) -> list[Path]:
    """Working folders of interrupted recoveries."""
    return sorted(folder.glob(f"{RECOVERY_PREFIX}*"))


def remove_leftover_recoveries(folder: Path) -> None:
    """Remove working folders of interrupted recoveries; no recovery may be running."""
    for leftover in leftover_recoveries(folder):
        rmtree(leftover, ignore_errors=True)


def migration_backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("signups.before-*.sqlite3"))


def remove_migration_backups(folder: Path) -> None:
    """Overwrite and remove the copies made before migrations: they hold signups erased since.

    Raises:
        QueueUnavailable: one of them is still there.
    """
    for file in migration_backups(folder):
        try:
            with os.fdopen(open_regular_file(file, os.O_RDWR), "r+b") as copy_file:
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


def _create_atomically(file: Path) -> None:
    """Create the tables under a temporary name: a file without them would count as damaged."""
    partial = file.with_name(f".{file.name}.new-{os.getpid()}")
    try:
        partial.unlink(missing_ok=True)
        _create_private(partial)
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
            migrate(connection, 0)
        with suppress(FileExistsError):  # another process was faster
            rename_no_replace(partial, file)
        sync_folder(file.parent)
    except OSError as error:
        raise _cannot_open(file, error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _create_private(file: Path) -> None:
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _require_access(file: Path) -> None:
    try:
        os.close(open_regular_file(file, os.O_RDWR))
    except OSError as error:
        raise _cannot_open(file, error) from error


def _require_writable_format(file: Path) -> None:
    with suppress(OSError), os.fdopen(open_regular_file(file, os.O_RDONLY), "rb") as opened:
        header = opened.read(WRITE_FORMAT_OFFSET + 1)
        if len(header) > WRITE_FORMAT_OFFSET and header[-1] not in WRITABLE_FORMATS:
            raise QueueDamaged("its header is damaged")


def require_regular_sidecars(file: Path) -> None:
    for ending in SIDECAR_SUFFIXES:
        companion = file.with_name(f"{file.name}{ending}")
        try:
            require_regular_file(companion)
        except OSError as error:
            raise QueueUnavailable(
                f"{companion} cannot be read ({error.strerror}), and SQLite needs its name; move"
                " it to another folder"
            ) from error


def _cannot_open(file: Path, error: OSError) -> QueueUnavailable:
    return QueueUnavailable(
        f"{file} cannot be opened ({error.strerror}); check the disk and the data"
        " folder's permissions"
    )


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    repair_version(connection)
    version = _schema_version(connection, file)  # before anything that could write
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    connection.execute("PRAGMA secure_delete = ON")
    if version < migrations.LATEST_VERSION:
        _back_up_before_migration(connection, file, version)
        migrate(connection, version)
    connection.execute("PRAGMA foreign_keys = ON")
    _probe_tables(connection)
    repair_counters(connection)


def _schema_version(connection: sqlite3.Connection, file: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if not 1 <= version <= MAX_VERSION:
        raise QueueDamaged("it has no version")
    if version > migrations.LATEST_VERSION:
        raise QueueTooNew(
            f"{file.name} was written by a newer version of the kiosk; install that version again,"
            " or run 'kiosk recover --set-newer-aside' to go on without it"
        )
    return version


def _probe_tables(connection: sqlite3.Connection) -> None:
    """Fails for another program's file, a torn first page, or a number out of range."""
    for statement in (
        "SELECT number, length(id), length(key_id) FROM signups LIMIT 1",
        "SELECT number, length(personal) FROM people LIMIT 1",
        "SELECT length(day), length(captured) FROM days LIMIT 1",
        "SELECT length(name), length(seq) FROM sqlite_sequence LIMIT 1",
    ):
        connection.execute(statement).fetchone()
    too_far = "SELECT 1 FROM signups WHERE number > ?"
    if connection.execute(too_far, (MAX_ROWID,)).fetchone():
        raise QueueDamaged("a number is damaged")


def _back_up_before_migration(connection: sqlite3.Connection, file: Path, version: int) -> None:
    """Copy the file atomically, unless another process has migrated it meanwhile."""
    copy_file = file.with_suffix(f".before-{version + 1}.sqlite3")
    partial = file.with_suffix(f".before-{version + 1}.part.sqlite3")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _schema_version(connection, file) != version:
            return
        partial.unlink(missing_ok=True)  # left by an interrupted copy
        with closing(sqlite3.connect(file)) as source:
            copy_database(source, partial)
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


def _decoded_or_bytes(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


@contextmanager
def translated_errors(statement: str = "") -> Iterator[None]:
    """Translate SQLite's errors into environment errors and damage; anything else is a bug.

    A value of the wrong type is damage if it was read from the file, a bug if `statement` wrote it.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary result code
        if code in _ENVIRONMENT_ERRORS:
            raise QueueUnavailable(_ENVIRONMENT_ERRORS[code]) from error
        is_corrupt = code in _CORRUPTION_CODES or _is_corrupt_constraint(error, statement)
        if is_corrupt or _CORRUPTION_MESSAGE.search(str(error)):
            raise QueueDamaged(str(error)) from error
        raise
    except UnicodeDecodeError as error:
        raise QueueDamaged("a text is not text") from error


def parse_timestamp(text: str) -> datetime:
    """Parse a stored ISO 8601 timestamp; local time if it has no offset.

    Raises:
        QueueDamaged: it is not a timestamp.
    """
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo is not None else moment.astimezone()
    except (ValueError, TypeError, OverflowError) as error:
        raise QueueDamaged("a time is not a time") from error


def _is_corrupt_constraint(error: sqlite3.DatabaseError, statement: str) -> bool:
    """Our statements violate no constraint of an intact file, unless a bug passes wrong types."""
    name = getattr(error, "sqlite_errorname", "")
    kind = name.removeprefix("SQLITE_CONSTRAINT_")
    if getattr(error, "sqlite_errorcode", 0) == SQLITE_CONSTRAINT_DATATYPE:
        table = str(error).rpartition(" ")[2].partition(".")[0]
        return not statement.startswith(f"INSERT INTO {table} ")
    return kind in {"CHECK", "FOREIGNKEY", "NOTNULL", "PRIMARYKEY", "ROWID", "UNIQUE"}


def _has_hot_journal(error: BaseException | None) -> bool:
    """Whether a journal has to be rolled back, which a read-only connection cannot do."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK"


_VALUE_ERROR = re.compile(r"(NULL|TEXT|NUMERIC|non-\w+) value in |CHECK constraint failed in ")
_CORRUPTION_MESSAGE = re.compile(
    "no such (table|column)|has no column named|already exists|malformed|Could not decode to UTF-8"
    "|duplicate column name|unsupported file format"
)
"""Messages for partly overwritten or foreign files that SQLite does not call corrupt."""

_CORRUPTION_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


_ENVIRONMENT_ERRORS = {
    sqlite3.SQLITE_BUSY: "another program is using the signups; try again in a moment",
    sqlite3.SQLITE_LOCKED: "another program is using the signups; try again in a moment",
    sqlite3.SQLITE_FULL: "the disk is full; free some space on it",
    sqlite3.SQLITE_READONLY: "the signups may not be written; fix the data folder's permissions",
    sqlite3.SQLITE_IOERR: "the disk does not respond; check it",
    sqlite3.SQLITE_CANTOPEN: "the signups cannot be opened; check the data folder's permissions",
    sqlite3.SQLITE_PERM: "the signups may not be opened; fix the data folder's permissions",
    sqlite3.SQLITE_AUTH: "the signups may not be opened; fix the data folder's permissions",
    sqlite3.SQLITE_NOLFS: "the disk cannot hold a file of this size",
}
