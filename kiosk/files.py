"""Files that must be there whole or not at all, and may turn out to be something else.

A data folder is lived in: by other programs, by restored copies, by people who are curious. What
lies in a file's place there must neither stop the kiosk nor lead it elsewhere.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

CANNOT_BE_ASKED = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF, errno.EACCES}
"""What a file system says that cannot sync a folder."""
MOST_BYTES = 1_000_000
"""A thousand times as much as any of them has."""


def read_plain(file: Path) -> bytes:
    """The bytes of a plain file, however many; whatever else has its name is not waited for.

    Raises:
        OSError: it is missing, refused, or no plain file.
    """
    with os.fdopen(open_plain(file, os.O_RDONLY), "rb") as opened:
        return opened.read()


def read_small(file: Path, most: int = MOST_BYTES) -> bytes:
    """All of a small file; a pipe or a device in its place is not waited for.

    Raises:
        OSError: it is missing, refused, no plain file, or larger than `most` bytes.
    """
    with os.fdopen(open_plain(file, os.O_RDONLY), "rb") as opened:
        content = opened.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
    return content


def write_small(file: Path, content: bytes, *, survives_power_cut: bool = False) -> None:
    """Write beside the file and rename into place: a reader finds the old one or the new one.

    For the owner alone. A link in its place is replaced, not followed.

    Raises:
        OSError: the disk refuses; what was there stays.
    """
    partial = file.with_name(f".{file.name}.part")
    partial.unlink(missing_ok=True)  # left by a kill
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            if survives_power_cut:
                opened.flush()
                os.fsync(handle)
        partial.replace(file)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def open_plain(file: Path, flags: int) -> int:
    """A descriptor of a plain file, which is made where `flags` say so, for its owner alone.

    Raises:
        OSError: it is missing, refused, or no plain file.
    """
    require_plain(file)  # opening a device may already do something
    handle = os.open(file, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        _require_plain(os.fstat(handle).st_mode, file)  # another one may be there since
    except OSError:
        os.close(handle)
        raise
    return handle


def require_plain(file: Path) -> None:
    """Refuse what others would open and wait for, such as a pipe; a missing file is fine.

    Raises:
        OSError: it is no plain file, or cannot be told.
    """
    with suppress(FileNotFoundError):
        _require_plain(file.stat().st_mode, file)


def open_private(file: str, flags: int) -> int:
    """Open for the owner alone from the first byte; a file system without owners does not mind."""
    return os.open(file, flags, 0o600)


def identity(path: Path) -> tuple[int, int] | None:
    """Tells a file or folder from another one that has its name later; None where it is not."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def require_same(folder: Path, before: tuple[int, int] | None) -> None:
    """A folder whose drive was taken away is another one: the empty place on the machine's disk.

    Raises:
        OSError: `ENODEV`.
    """
    if identity(folder) != before:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))


def name_whole(partial: Path, file: Path) -> None:
    """Give a file that is whole its name, in the same folder; `partial` may stay as another name.

    Raises:
        FileExistsError: the name is taken; nothing is overwritten.
        OSError: it cannot be named; `ENODEV` where its disk was taken away meanwhile.
    """
    try:
        os.link(partial, file)
    except FileExistsError:
        raise
    except OSError:  # FAT on a stick knows no second names
        if os.path.lexists(file):
            raise FileExistsError from None
        try:
            partial.rename(file)
        except FileNotFoundError:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV)) from None


def sync_folder(folder: Path) -> None:
    """A new name must reach the disk too; some file systems (FAT on a stick) cannot be asked.

    Raises:
        OSError: the disk refuses, or is gone.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in CANNOT_BE_ASKED:
            raise


def _require_plain(mode: int, file: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "Not a plain file", str(file))
