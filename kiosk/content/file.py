"""The content file on the disk: read whole or refused in a sentence. Imports nothing slow."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from kiosk.files import read_regular_file
from kiosk.refused import Refused

HISTORY_NAME = "history"
HOLD_NAME = "hold.json"
"""The folder of what was shown, in the data folder, and the note in it of what is shown instead of
the file: `kiosk.content.versions.history` keeps them, and is slow to import.
"""

MAX_BYTES = 8_000_000
"""Ten thousand entries are under 4 MB."""

SETTLED_NS = 3_000_000_000
"""For so long a file may change again without its times telling: FAT counts in two seconds."""

FileStamp = tuple[str, int, int, int]
Fingerprint = tuple[FileStamp, ...]
T = TypeVar("T")


class ContentUnreadable(Refused):
    """The file could not be read at all; the message is one sentence for staff."""


def assets_of(file: Path) -> Path:
    """The assets folder that belongs to a content file: the one beside it."""
    return resolve_link(file).parent / "assets"


def resolve_link(file: Path) -> Path:
    """The file itself where `file` is a link to it; `file` where it leads to itself."""
    return Path(os.path.realpath(file))  # Path.resolve() raises where a link leads to itself


def read_bytes(file: Path) -> bytes:
    """The file's bytes.

    Raises:
        ContentUnreadable: it is missing, a folder, unreadable or far too large.
    """
    try:
        if file.is_dir():
            raise ContentUnreadable(f"{file} is a folder; pass the content file inside it")
        if file.exists() and not file.is_file():
            raise ContentUnreadable(f"{file} is not a regular file; pass a content file")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise ContentUnreadable(
                f"{file} is {size / 1_000_000:.0f} MB; a content file has at most"
                f" {MAX_BYTES // 1_000_000} MB, so this is probably another file"
            )
        return read_regular_file(file)
    except FileNotFoundError:
        raise ContentUnreadable(f"{file} does not exist; check the name and the folder") from None
    except PermissionError:
        raise ContentUnreadable(
            f"{file} cannot be read by this user; fix its permissions"
        ) from None
    except (OSError, ValueError) as error:
        raise ContentUnreadable(f"{file} cannot be read ({error}); check the disk") from None


def not_responding(file: Path, since: str = "") -> str:
    """One sentence for staff about a file on a share that hangs."""
    while_silent = f" since {since}" if since else ""
    return f"{file} does not respond{while_silent}; check the network or the file server"


def fingerprint(file: Path) -> Fingerprint:
    """Names, sizes and times of the file and of every picture: equal while nothing has changed."""
    found = [file_stamp(file)]
    for folder, _, names in os.walk(assets_of(file)):
        found += [file_stamp(Path(folder, name)) for name in sorted(names)]
    return tuple(found)


def file_stamp(file: Path) -> FileStamp:
    """Name, size, time of the last change, and of the last change to its permissions as well.

    -1 for what is not there.
    """
    try:
        status = file.stat()
    except OSError:
        return str(file), -1, -1, -1
    return str(file), status.st_size, status.st_mtime_ns, status.st_ctime_ns


def inode_of(file: Path) -> int:
    """What tells a file from another that took its place; 0 for what is not there."""
    try:
        return file.stat().st_ino
    except OSError:
        return 0


class FileCache(Generic[T]):
    """What was found out about files, for as long as they are certainly the same."""

    def __init__(self) -> None:
        self._found: dict[Path, tuple[tuple[int, ...], T]] = {}

    def get(self, file: Path, find: Callable[[Path], T]) -> T:
        """What `find` says of a file, asked again where the file may have changed since.

        Raises:
            OSError: the file is not there; and whatever `find` raises.
        """
        now = file.stat()  # before it is read: what changes meanwhile shows the next time
        stamp = (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)
        known = self._found.get(file)
        if known is not None and known[0] == stamp:
            return known[1]
        self._found.pop(file, None)
        found = find(file)
        if max(now.st_mtime_ns, now.st_ctime_ns) + SETTLED_NS < time.time_ns():
            self._found[file] = (stamp, found)
        return found
