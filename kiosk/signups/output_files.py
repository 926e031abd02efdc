"""Files for people to take away: written under a temporary name and renamed when complete."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from kiosk.files import read_small_file

UNPLUGGED = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN}
"""Errors of writing to a USB stick that was pulled out."""


_PARTIAL = re.compile(r"\..+\.part-(\d+)", re.DOTALL)
_EXPORT = re.compile(r".+\.(?:csv|xlsx|jsonl)\.part-\d+", re.IGNORECASE | re.DOTALL)
KEY_FILE_PREFIX = b'{\n  "note": "'
"""What every key file begins with."""


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
    """Remove what interrupted exports and key creations left behind."""
    with suppress(OSError):
        for file in folder.iterdir():
            match = _PARTIAL.fullmatch(file.name)
            if match is not None and not _is_alive(int(match[1])) and _is_ours(file):
                with suppress(OSError):
                    file.unlink()


def _is_ours(file: Path) -> bool:
    """Whether the kiosk wrote a file: exports by name, keys (of any name) by content."""
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
