"""Reads a backup, which may be damaged, cut off, or made to do harm."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from kiosk.files import open_private, opened_regular_file, sync_folder
from kiosk.operation.backup.archive import (
    DATA_PREFIX,
    LIST_NAME,
    MAX_LIST_BYTES,
    BackupList,
    BackupRefused,
    ListedFile,
    parse_list,
    require_plain_files,
)

PIECE_BYTES = 1 << 20
SPARE_BYTES = 100_000_000
"""To be left free on the disk once everything is unpacked."""
COMPRESSIONS = frozenset({ZIP_STORED, ZIP_DEFLATED})
DAMAGE = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)
"""What `zipfile` raises for a file that is damaged, cut off or encrypted."""


@contextmanager
def opened_backup(file: Path) -> Iterator[Backup]:
    """A backup whose list and members agree; their contents are checked as they are unpacked.

    Raises:
        BackupRefused: it cannot be read, is damaged or incomplete, or is of a newer version.
    """
    with _unreadable_as_refusal(file):
        opened = opened_regular_file(file)
    with opened:
        with _unreadable_as_refusal(file), _damage_as_refusal(file):
            archive = ZipFile(opened)
            if any(each.compress_type not in COMPRESSIONS for each in archive.infolist()):
                raise ValueError("a file in it is compressed as none in a backup is")
            if archive.getinfo(LIST_NAME).file_size > MAX_LIST_BYTES:
                raise ValueError("its list is too long")
            listed = parse_list(archive.read(LIST_NAME))
            require_plain_files(archive.infolist(), listed)
        yield Backup(file, archive, listed)


@contextmanager
def _unreadable_as_refusal(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupRefused(
            f"{file} cannot be read ({error.strerror}); choose the .zip file that 'kiosk backup'"
            " wrote"
        ) from error


@contextmanager
def _damage_as_refusal(file: Path) -> Iterator[None]:
    try:
        yield
    except BackupRefused as error:
        raise BackupRefused(f"{file} cannot be restored: {error}") from error
    except KeyError as error:
        raise BackupRefused(
            f"{file} is not a backup of a kiosk; choose the .zip file that 'kiosk backup' wrote"
        ) from error
    except DAMAGE as error:
        raise BackupRefused(
            f"{file} is damaged or incomplete ({error}); nothing was changed, choose another backup"
        ) from error


class Backup:
    """An opened backup."""

    def __init__(self, file: Path, archive: ZipFile, listed: BackupList) -> None:
        self.file = file
        self.listed = listed
        self._archive = archive

    def unpack(self, folder: Path) -> None:
        """Unpack everything into a new folder, for its owner only, and wait until it is on disk.

        Raises:
            BackupRefused: it is damaged, or there is no room for it.
            OSError: the folder cannot be written.
        """
        free = shutil.disk_usage(folder.parent).free
        if self.listed.size + SPARE_BYTES > free:
            needed = (self.listed.size + SPARE_BYTES) // 1_000_000
            raise BackupRefused(
                f"{self.file} needs {needed:,} MB to be restored, and the data folder's disk has"
                f" {free // 1_000_000:,} MB free; free some space on it"
            )
        folder.mkdir(mode=0o700)
        with _damage_as_refusal(self.file):
            for listed in self.listed.files:
                self._unpack(listed, folder)
        for here, _, _ in os.walk(folder):
            sync_folder(Path(here))

    def _unpack(self, listed: ListedFile, folder: Path) -> None:
        target = folder / listed.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest, size = sha256(), 0
        with (
            self._archive.open(f"{DATA_PREFIX}{listed.name}") as source,
            open(target, "xb", opener=open_private) as file,
        ):
            while piece := self._read(source):
                size += len(piece)
                if size > listed.size:  # whatever the member's header says
                    break
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if size != listed.size or digest.hexdigest() != listed.sha256:
            raise ValueError(f"{listed.name!r} in it is not as it was written")

    def _read(self, source: IO[bytes]) -> bytes:
        with _unreadable_as_refusal(self.file):
            return source.read(PIECE_BYTES)
