"""Files to take away: written under a temporary name and renamed when complete."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from kiosk.files import read_small

GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN}
"""What writing to a stick comes to that was pulled out."""


_PARTIAL = re.compile(r"\..+\.part-(\d+)", re.DOTALL)
_EXPORT = re.compile(r".+\.(?:csv|xlsx|jsonl)\.part-\d+", re.IGNORECASE | re.DOTALL)
KEY_BEGINS = b'{\n  "note": "'
"""What a key's file begins with, private or public."""


def unwritten(file: Path, error: OSError) -> str:
    """The sentence for somebody who named a file that could not be written."""
    advice = "name a folder that has room and that you may write to"
    if error.errno in GONE:
        advice = "plug the stick in again or name another folder, then run the command again"
    return f"{file} cannot be written ({error.strerror or error}); {advice}"


def partial_of(file: Path) -> Path:
    """The temporary name of a file until it is complete."""
    return file.with_name(f".{file.name}.part-{os.getpid()}")


def remove_leftovers(folder: Path) -> None:
    """Remove leftovers of interrupted exports and keys."""
    with suppress(OSError):
        for file in folder.iterdir():
            match = _PARTIAL.fullmatch(file.name)
            if match is not None and not _is_alive(int(match[1])) and _is_ours(file):
                with suppress(OSError):
                    file.unlink()


def _is_ours(file: Path) -> bool:
    """Whether a leftover is ours: exports by name, keys (which may have any name) by content."""
    if _EXPORT.fullmatch(file.name):
        return True
    try:
        content = read_small(file)
    except OSError:
        return False
    return content.startswith(KEY_BEGINS) or KEY_BEGINS.startswith(content)


def _is_alive(process: int) -> bool:
    """Whether another command may still be writing; this one has only begun."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True
