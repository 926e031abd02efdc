"""Writes a backup while the kiosk runs."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kiosk.files import opened_regular_file
from kiosk.operation.backup.archive import (
    DATA_PREFIX,
    LIST_NAME,
    UNFINISHED_PREFIX,
    BackupList,
    BackupRefused,
    ListedFile,
    format_list,
    is_left_out,
    is_restorable_name,
)
from kiosk.signups.output_files import new_file, partial_path
from kiosk.signups.store.database import (
    FILE_NAME,
    SIDECAR_SUFFIXES,
    QueueUnavailable,
    connect,
    copy_database,
    damaged_files,
)
from kiosk.signups.store.queue import Queue

SQLITE_HEADER = b"SQLite format 3\0"
PIECE_BYTES = 1 << 20
MEMBER_DATE = (1980, 1, 1, 0, 0, 0)
"""Of every member, so that the clock need not be right."""


@dataclass(frozen=True, slots=True)
class BackupResult:
    """`left_out` names what is neither a file nor a folder, or has a name that none may have."""

    listed: BackupList
    left_out: tuple[str, ...]


def back_up(folder: Path, queue: Queue | None, out: Path, now: datetime) -> BackupResult:
    """Write the data folder into a new file whose name ends in .zip, complete or not at all.

    Databases are copied in one state by SQLite. `queue` is the open queue, where there is one; hold
    the command lock.

    Raises:
        BackupRefused: a file cannot be read.
        OutputRefused: the file cannot be written.
        QueueUnavailable, QueueDamaged: from the queue.
        ValueError: the name has another ending.
    """
    if out.suffix.lower() != ".zip":
        raise ValueError(f"{out.name} does not end in .zip")
    with new_file(out) as file, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        return _Writer(folder, queue, out, archive).write(now)


class _Writer:
    def __init__(self, folder: Path, queue: Queue | None, out: Path, archive: ZipFile) -> None:
        self._folder = folder
        self._queue = queue
        self._archive = archive
        # On the destination's disk: the kiosk's own may be full.
        self._copy = partial_path(out.with_name(f"{out.stem}.database.zip"))
        self._left_out: list[str] = []
        self._files: list[ListedFile] = []

    def write(self, now: datetime) -> BackupResult:
        signup_count = self._write_databases()
        written = {file.name for file in self._files}
        sidecars = {f"{name}{suffix}" for name in written for suffix in SIDECAR_SUFFIXES}
        for name in self._names():
            if not is_restorable_name(name):
                self._left_out.append(name)
            elif name not in written | sidecars:
                self._write_file(name)
        listed = BackupList(now, tuple(self._files), signup_count)
        self._archive.writestr(_member(LIST_NAME), format_list(listed))
        return BackupResult(listed, tuple(self._left_out))

    def _write_databases(self) -> int:
        """First, so that no key or consent is missing that a signup refers to."""
        signup_count = 0
        if self._queue is not None:
            with self._copied(self._queue.copy_to) as (copy, connection):
                (signup_count,) = connection.execute("SELECT count(*) FROM signups").fetchone()
                self._add(FILE_NAME, copy)
        aside = {file.name for file in damaged_files(self._folder)}
        for name in list(self._names()):
            is_other = name != FILE_NAME and name not in aside and is_restorable_name(name)
            if is_other and self._is_database(name):
                make_copy = partial(_copy_other, self._folder / name)
                # A damaged one is written as it is, like any file.
                with suppress(sqlite3.Error), self._copied(make_copy) as (copy, _):
                    self._add(name, copy)
        return signup_count

    @contextmanager
    def _copied(
        self, make_copy: Callable[[Path], None]
    ) -> Iterator[tuple[BinaryIO, sqlite3.Connection]]:
        """An intact copy of a database: its bytes, and a connection to it."""
        file = self._copy
        file.unlink(missing_ok=True)
        try:
            make_copy(file)
            with closing(sqlite3.connect(file)) as connection:
                if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    raise sqlite3.DatabaseError("the copy is damaged")
                with opened_regular_file(file) as opened:
                    yield opened, connection
        except QueueUnavailable as error:
            raise BackupRefused(
                f"the signups cannot be copied to {file.parent} ({error}); choose a folder that has"
                " free space, or try again"
            ) from error
        finally:
            file.unlink(missing_ok=True)

    def _is_database(self, name: str) -> bool:
        try:
            with opened_regular_file(self._folder / name) as opened:
                return opened.read(len(SQLITE_HEADER)) == SQLITE_HEADER
        except OSError:
            return False

    def _names(self) -> Iterator[str]:
        """The names of all files, relative to the folder."""
        for here, folders, files in os.walk(self._folder, onerror=self._cannot_list):
            at = Path(here).relative_to(self._folder)
            is_skipped = is_left_out if at == Path() else _is_unfinished
            folders[:] = sorted(name for name in folders if not is_skipped(name))
            for name in sorted(files):
                if not is_skipped(name):
                    yield (at / name).as_posix()

    def _cannot_list(self, error: OSError) -> None:
        raise BackupRefused(_unreadable(error.filename, error)) from error

    def _write_file(self, name: str) -> None:
        file = self._folder / name
        try:
            if not stat.S_ISREG(file.stat().st_mode):
                self._left_out.append(name)
                return
            opened = opened_regular_file(file)
        except FileNotFoundError:  # the kiosk removed it meanwhile, or a link leads nowhere
            if file.is_symlink():
                self._left_out.append(name)
            return
        except OSError as error:
            raise BackupRefused(_unreadable(str(file), error)) from error
        with opened:
            self._add(name, opened)

    def _add(self, name: str, source: BinaryIO) -> None:
        digest, size = sha256(), 0
        with self._archive.open(_member(f"{DATA_PREFIX}{name}"), "w", force_zip64=True) as target:
            while piece := self._read(source, name):
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        self._files.append(ListedFile(name, size, digest.hexdigest()))

    def _read(self, source: BinaryIO, name: str) -> bytes:
        try:
            return source.read(PIECE_BYTES)
        except OSError as error:
            raise BackupRefused(_unreadable(str(self._folder / name), error)) from error


def _copy_other(file: Path, copy: Path) -> None:
    with closing(connect(file, "rw")) as source:
        copy_database(source, copy)


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, MEMBER_DATE)
    member.external_attr = (stat.S_IFREG | 0o600) << 16
    member.compress_type = ZIP_DEFLATED
    return member


def _is_unfinished(name: str) -> bool:
    return name.startswith(UNFINISHED_PREFIX)


def _unreadable(name: str, error: OSError) -> str:
    return f"{name} cannot be read ({error.strerror}); fix its permissions or check its disk"
