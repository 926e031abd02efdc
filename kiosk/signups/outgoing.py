"""Files that somebody takes away: written beside their place and named when they are whole."""

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
    """Under which name a file is written until it is whole."""
    return file.with_name(f".{file.name}.part-{os.getpid()}")


def remove_leftovers(folder: Path) -> None:
    """What exports and keys that were cut off left behind: nobody would look for it."""
    with suppress(OSError):
        for left in folder.iterdir():
            found = _PARTIAL.fullmatch(left.name)
            if found is not None and not _is_alive(int(found[1])) and _is_ours(left):
                with suppress(OSError):
                    left.unlink()


def _is_ours(left: Path) -> bool:
    """By its name for an export; a key may have any and begins alike, if it has begun."""
    if _EXPORT.fullmatch(left.name):
        return True
    try:
        written = read_small(left)
    except OSError:
        return False
    return written.startswith(KEY_BEGINS) or KEY_BEGINS.startswith(written)


def _is_alive(process: int) -> bool:
    """Whether another command may still be at work; this one has only begun."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True
