"""What a backup is: a ZIP file with the data folder's files below `data/`, and a list of them.

The list, `backup.json`, comes last and has each file's size and SHA-256, so that a restore notices
whatever is missing, damaged or added.
"""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from kiosk import __version__
from kiosk.operation.folders import (
    COMMAND_LOCK_NAME,
    KIOSK_LOCK_NAME,
    LOG_NAME,
    START_SCREENS_NAME,
    STICK_COPY_PREFIX,
)
from kiosk.operation.health_socket import SOCKET_NAME
from kiosk.operation.machine import MACHINE_NAME
from kiosk.operation.screen_measure import SCREEN_NAME
from kiosk.operation.start_record import RECORD_NAME
from kiosk.refused import Refused
from kiosk.signups.store.migrations import LATEST_VERSION

FORMAT = 1
LIST_NAME = "backup.json"
DATA_PREFIX = "data/"
MAX_LIST_BYTES = 64_000_000
"""A hundred times the list of ten thousand pictures."""
REPLACED_PREFIX = "replaced-"
"""Folders, inside the data folder, with what a restore has replaced."""
UNFINISHED_PREFIX = "."
"""Of what a write, a recovery or a restore is still working on."""
MIGRATION_COPY_PREFIX = "signups.before-"

LOCKS = frozenset({KIOSK_LOCK_NAME, COMMAND_LOCK_NAME, SOCKET_NAME})


class BackupRefused(Refused):
    """A backup cannot be made or restored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of the data folder; `name` is relative to it, with slashes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupList:
    """`signup_count` is how many signups it has; `kiosk_version` made it."""

    created_at: datetime
    files: tuple[ListedFile, ...]
    signup_count: int
    kiosk_version: str = __version__

    @property
    def size(self) -> int:
        """In bytes, once everything is unpacked."""
        return sum(file.size for file in self.files)


def belongs_to_the_machine(name: str) -> bool:
    """Whether an entry of the data folder stays where it is, whatever is restored.

    Locks, the socket and the log are in use by name; the screen was measured here; and what a
    restore has replaced, or is about to, is no part of the data.
    """
    return (
        name in LOCKS
        or name in {LOG_NAME, SCREEN_NAME}
        or name.startswith((f"{LOG_NAME}.", REPLACED_PREFIX, UNFINISHED_PREFIX))
    )


def replaced_folders(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{REPLACED_PREFIX}*"))


def is_left_out(name: str) -> bool:
    """Whether an entry of the data folder is left out of backups.

    The start screens, the machine's note and the record of starts are made again by the next start,
    the copy before a migration is an older copy of what the database holds, and a copy from a stick
    is not shown yet.
    """
    return (
        belongs_to_the_machine(name)
        or name in {START_SCREENS_NAME, MACHINE_NAME, RECORD_NAME}
        or name.startswith((MIGRATION_COPY_PREFIX, STICK_COPY_PREFIX))
    )


def is_restorable_name(name: str) -> bool:
    """Whether a file of this name, relative to the folder, stays inside it on any system."""
    try:
        name.encode()
    except UnicodeEncodeError:  # bytes that are not UTF-8
        return False
    return not any(
        part in {"", ".", ".."} or "\\" in part or "\0" in part for part in name.split("/")
    )


def format_list(listed: BackupList) -> bytes:
    values = {
        "format": FORMAT,
        "schema": LATEST_VERSION,
        "kiosk": listed.kiosk_version,
        "created_at": listed.created_at.isoformat(timespec="seconds"),
        "signups": listed.signup_count,
        "files": [[file.name, file.size, file.sha256] for file in listed.files],
    }
    return json.dumps(values, indent=1).encode()


def parse_list(raw: bytes) -> BackupList:
    """The list as it was stored.

    Raises:
        BackupRefused: it was written by a newer version of the kiosk.
        ValueError: it is no list of ours.
    """
    try:
        values = json.loads(raw)
        version = str(values["kiosk"])
        if values["format"] > FORMAT or values["schema"] > LATEST_VERSION:
            raise BackupRefused(
                f"it was made by version {version} of the kiosk, which is newer than this one;"
                " install that version, then restore it"
            )
        files = tuple(ListedFile(str(n), int(size), str(sha)) for n, size, sha in values["files"])
        created_at = datetime.fromisoformat(values["created_at"])
        listed = BackupList(created_at, files, int(values["signups"]), version)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("its list cannot be read") from error
    _require_plain_names([file.name for file in files])
    if any(file.size < 0 for file in files):
        raise ValueError("its list has a negative size")
    return listed


def _require_plain_names(names: list[str]) -> None:
    """Refuse names that would lead out of the folder, meet each other or hinder the kiosk."""
    folders: set[str] = set()
    for name in names:
        if not is_restorable_name(name):
            raise ValueError(f"it holds a file named {name!r}, which leads out of the data folder")
        if is_left_out(name.split("/")[0]):
            raise ValueError(f"it holds a file named {name!r}, which no backup holds")
        folders.update(map(str, PurePosixPath(name).parents))
    if len(set(names)) < len(names) or not folders.isdisjoint(names):
        raise ValueError("two of its files have the same name")


def require_plain_files(members: list[ZipInfo], listed: BackupList) -> None:
    """Refuse members that are missing, added, of another size, or anything but plain files.

    Raises:
        ValueError: says which.
    """
    sizes = {f"{DATA_PREFIX}{file.name}": file.size for file in listed.files}
    found = [member for member in members if member.filename != LIST_NAME]
    for member in found:
        if sizes.pop(member.filename, None) != member.file_size:
            raise ValueError(f"{member.filename!r} in it is not as it was listed")
        if stat.S_IFMT(member.external_attr >> 16) not in {0, stat.S_IFREG}:
            raise ValueError(f"{member.filename!r} in it is not a plain file")
    if sizes or len(members) != len(found) + 1:
        raise ValueError("files are missing")
