"""Files that reach the disk whole, for their owner alone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def private(file: str, flags: int) -> int:
    """Open for the owner alone from the first byte; a file system without owners does not mind."""
    return os.open(file, flags, 0o600)


def name_whole(partial: Path, file: Path) -> None:
    """Give a file that is whole its name, in the same folder; `partial` may stay as another name.

    Raises:
        FileExistsError: the name is taken; nothing is overwritten.
    """
    try:
        os.link(partial, file)
    except FileExistsError:
        raise
    except OSError:  # FAT on a stick knows no second names
        if os.path.lexists(file):
            raise FileExistsError from None
        partial.rename(file)


def sync_folder(folder: Path) -> None:
    """A new name must reach the disk too; some file systems (FAT on a stick) cannot be asked."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
