"""Files for people to take away: written under a temporary name and renamed when complete."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from kiosk.files import (
    file_identity,
    open_private,
    opened_regular_file,
    read_small_file,
    rename_no_replace,
    require_same_folder,
    sync_folder,
)
from kiosk.refused import Refused

UNPLUGGED = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN}
"""Errors of writing to a USB stick that was pulled out."""


_PARTIAL = re.compile(r"\..+\.part-(\d+)", re.DOTALL)
_EXPORT = re.compile(r".+\.(?:csv|xlsx|jsonl|sealed|zip|html)\.part-\d+", re.IGNORECASE | re.DOTALL)
KEY_FILE_PREFIX = b'{\n  "note": "'
"""What every key file begins with."""


class OutputRefused(Refused):
    """A file could not be written; the message says why and what to do."""


@contextmanager
def new_file(out: Path, folder: tuple[int, int] | None = None) -> Iterator[BinaryIO]:
    """Write a file for its owner only, which gets its name once it is complete and on disk.

    `folder` is the identity of its folder from when the command began, which may since have become
    the mount point of a stick that was pulled out.

    Raises:
        OutputRefused: the name is taken, or it cannot be written; no part of it is left.
    """
    identity = folder or file_identity(out.parent)
    refuse_to_overwrite(out)
    remove_partial_files(out.parent)
    partial = partial_path(out)
    try:
        with open(partial, "xb", opener=open_private) as file:
            require_same_folder(out.parent, identity)
            yield file
            file.flush()
            os.fsync(file.fileno())
        try:
            rename_no_replace(partial, out)
        except FileExistsError:
            raise _already_exists(out) from None
        partial.unlink(missing_ok=True)
        sync_folder(out.parent)
    except OSError as error:
        raise OutputRefused(write_error_message(out, error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def digest_on_disk(file: BinaryIO, out: Path) -> str:
    """The SHA-256 of what `new_file` has written so far, read back from the disk.

    Raises:
        OSError: it cannot be synced or read.
    """
    file.flush()
    os.fsync(file.fileno())
    with opened_regular_file(partial_path(out)) as written:
        if hasattr(os, "posix_fadvise"):  # else it would come from memory
            os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file_digest(written, "sha256").hexdigest()


def refuse_to_overwrite(out: Path) -> None:
    """Refuse a name that is taken.

    Raises:
        OutputRefused: something has it already.
    """
    if os.path.lexists(out):
        raise _already_exists(out)


def _already_exists(out: Path) -> OutputRefused:
    return OutputRefused(f"{out} already exists and is not overwritten; choose another file")


def write_error_message(file: Path, error: OSError) -> str:
    """The message for a file that could not be written."""
    advice = "choose a folder that has free space and that you can write to"
    if error.errno in UNPLUGGED:
        advice = "plug the USB stick in again or choose another folder, then repeat the command"
    return f"{file} cannot be written ({error.strerror or error}); {advice}"


def partial_path(file: Path) -> Path:
    """The temporary path of a file until it is complete."""
    return file.with_name(f".{file.name}.part-{os.getpid()}")


def remove_partial_files(folder: Path) -> None:
    """Remove what interrupted exports, backups, reports and key creations left behind."""
    with suppress(OSError):
        for file in folder.iterdir():
            match = _PARTIAL.fullmatch(file.name)
            if match is not None and not _is_alive(int(match[1])) and _is_ours(file):
                with suppress(OSError):
                    file.unlink()


def _is_ours(file: Path) -> bool:
    """Whether the kiosk wrote a file: exports, backups and reports by name, keys by content."""
    if _EXPORT.fullmatch(file.name):
        return True
    try:
        content = read_small_file(file)
    except OSError:
        return False
    return content.startswith(KEY_FILE_PREFIX) or KEY_FILE_PREFIX.startswith(content)


def _is_alive(process: int) -> bool:
    """Whether another process may still be writing it; this one has only started."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True
