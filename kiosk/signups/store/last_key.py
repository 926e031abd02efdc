"""Which key signups are sealed to: once one was, never again in the open.

Should the settings lose the installed half, three others know it: the database, its copy in the
data folder, and the databases that were set aside.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from kiosk.signups.crypto.keys import PUBLIC_NAME, KeyRefused, copied, installed
from kiosk.signups.crypto.sealing import KEY_ID, SealingKey
from kiosk.signups.store.database import lone_journals, set_aside_files
from kiosk.signups.store.journals import ENDING, pages_in
from kiosk.signups.store.pages import LEAF_TABLE, Pages, Row, Text
from kiosk.signups.store.queue import Queue

SEALED_COLUMNS = {9, 10}
"""Of a signup that names its key in the last one, in every version of the schema that has keys."""


def key_in_use(folder: Path, queue: Queue) -> SealingKey | None:
    """What signups are sealed to: the installed key, or the one used last where that is lost.

    Raises:
        KeyRefused: there was a key and none can be read; nothing may be stored in the open.
    """
    try:
        key = installed(folder)
    except KeyRefused:  # health tells of it
        key = earlier_key(folder, queue)
        if key is None:
            raise
    return key or earlier_key(folder, queue)


def earlier_key(folder: Path, queue: Queue) -> SealingKey | None:
    """The key that was used last, whatever is installed; None where nothing was ever sealed.

    Raises:
        KeyRefused: signups were sealed, and to which key can no longer be read.
    """
    key = queue.last_key() or copied(folder)
    if key is not None:
        return key
    is_sealed = queue.is_sealed()
    for file in reversed([*lone_journals(folder), *set_aside_files(folder)]):
        with suppress(OSError):
            stat = file.stat()
            key, holds_sealed = _read_keys(file, stat.st_size, stat.st_mtime_ns)
            if key is not None:
                return key
            is_sealed = is_sealed or holds_sealed
    if is_sealed:
        raise KeyRefused(
            f"signups were sealed to a key that can no longer be found; restore {PUBLIC_NAME}"
            " from a copy, or create another key with 'kiosk keys create --replace'"
        )
    return None


@lru_cache(maxsize=16)  # asked for before each signup of a kiosk without a key
def _read_keys(file: Path, _size: int, _changed: int) -> tuple[SealingKey | None, bool]:
    """The key noted last in a damaged file, and whether a signup in it is sealed."""
    pages = pages_in(file) if file.name.endswith(ENDING) else Pages.of(file)
    noted: dict[int, SealingKey] = {}
    is_sealed = False
    for number in range(1, pages.count + 1):
        for row in pages.rows(number, [LEAF_TABLE]):
            match row.values:
                case (Text() as key_id, bytes() as public, Text()):
                    key = SealingKey(public)
                    if key.id.encode() == key_id:
                        noted[row.rowid or 0] = key
                    continue
            is_sealed = is_sealed or _is_sealed(row)
            break  # the first row tells what kind of page it is
    return (noted[max(noted)] if noted else None), is_sealed


def _is_sealed(row: Row) -> bool:
    key_id = row.values[-1]
    return (
        len(row.values) in SEALED_COLUMNS
        and isinstance(key_id, Text)
        and KEY_ID.fullmatch(key_id.decode(errors="replace")) is not None
    )
