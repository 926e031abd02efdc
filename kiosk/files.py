"""Atomic writes, and reads that accept regular files only.

Other programs, backups and curious people change data folders too. A pipe, a link or a folder in
place of a file must neither block the kiosk nor redirect its writes.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

SYNC_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF, errno.EACCES}
"""Errors of file systems that cannot sync a folder."""
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
"""Errors of a disk that is full, or full for this user."""
MAX_BYTES = 1_000_000
"""A thousand times the size of any such file."""


def read_regular_file(file: Path) -> bytes:
    """Read a regular file of any size, without blocking on a pipe.

    Raises:
        OSError: it is missing, not readable or not a regular file.
    """
    with opened_regular_file(file) as opened:
        return opened.read()


def opened_regular_file(file: Path) -> BufferedReader:
    """A regular file to read piece by piece.

    Raises:
        OSError: it is missing, not readable or not a regular file.
    """
    return os.fdopen(open_regular_file(file, os.O_RDONLY), "rb")


def read_small_file(file: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a small regular file, without blocking on a pipe.

    Raises:
        OSError: it is missing, not readable, not a regular file, or too large.
    """
    with opened_regular_file(file) as opened:
        content = opened.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
    return content


def why_unreadable(file: Path, error: OSError, remedy: str) -> str:
    """What `read_small_file` met, and what to do; `remedy` where a file refuses."""
    if isinstance(error, IsADirectoryError):
        return f"{file} is a folder; remove it"
    if error.errno == errno.EFBIG:
        return f"{file} is larger than {MAX_BYTES // 1_000_000} MB, so it is another; move it away"
    if error.errno == errno.EINVAL:
        return f"{file} is not a regular file; remove it"
    return f"{file} cannot be read ({error.strerror}); {remedy}"


def write_small_file(file: Path, content: bytes, *, survives_power_cut: bool = False) -> None:
    """Write a file atomically, readable by its owner only.

    A link in its place is replaced, not followed.

    Raises:
        OSError: writing fails; the old file stays.
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


def open_regular_file(file: Path, flags: int) -> int:
    """Open a regular file and return its descriptor; a new file is readable by its owner only.

    Raises:
        OSError: it is missing, not accessible or not a regular file.
    """
    require_regular_file(file)  # opening a device may already have an effect
    handle = os.open(file, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        _require_regular(os.fstat(handle).st_mode, file)  # it may have been replaced since
    except OSError:
        os.close(handle)
        raise
    return handle


def require_regular_file(file: Path) -> None:
    """Refuse anything but a regular file or a missing one, since opening a pipe would block.

    Raises:
        OSError: it is not a regular file, or cannot be examined.
    """
    with suppress(FileNotFoundError):
        _require_regular(file.stat().st_mode, file)


def open_private(file: str, flags: int) -> int:
    """An opener for `open` that creates files readable by their owner only."""
    return os.open(file, flags, 0o600)


def file_identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of a file or folder, which change if it is replaced; None if missing."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def require_same_folder(folder: Path, before: tuple[int, int] | None) -> None:
    """Refuse a folder that is no longer the same, such as the mount point of a removed drive.

    Raises:
        OSError: `ENODEV`.
    """
    if file_identity(folder) != before:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))


def rename_no_replace(partial: Path, file: Path) -> None:
    """Give a complete file its final name in the same folder; `partial` may stay as a second link.

    Raises:
        FileExistsError: the name is taken; nothing is overwritten.
        OSError: it cannot be renamed; `ENODEV` if its drive was removed meanwhile.
    """
    try:
        os.link(partial, file)
    except FileExistsError:
        raise
    except OSError:  # FAT on a USB stick has no hard links
        if os.path.lexists(file):
            raise FileExistsError from None
        try:
            partial.rename(file)
        except FileNotFoundError:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV)) from None


def sync_file(file: Path) -> None:
    """Have what was written into a file, or the names in a folder, on disk.

    Raises:
        OSError: the disk reports an error, or the file system cannot.
    """
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that a new name is on disk; ignored on file systems that cannot (FAT).

    Raises:
        OSError: the disk reports an error, or is gone.
    """
    try:
        sync_file(folder)
    except OSError as error:
        if error.errno not in SYNC_UNSUPPORTED:
            raise


def _require_regular(mode: int, file: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "Not a regular file", str(file))
