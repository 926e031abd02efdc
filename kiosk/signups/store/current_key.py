"""The key that signups are sealed to: once one was sealed, none is ever stored unencrypted.

If the installed key is lost, it is found in the database, in its copy in the data folder, or in
databases that were set aside.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from kiosk.signups.crypto.keys import (
    PUBLIC_KEY_FILE,
    KeyRefused,
    load_backup_key,
    load_installed_key,
)
from kiosk.signups.crypto.sealed_box import KEY_ID, PublicKey
from kiosk.signups.store.database import damaged_files, orphaned_journals
from kiosk.signups.store.pages import LEAF_TABLE, Pages, Row, Text
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.rollback_journal import JOURNAL_SUFFIX, read_journal

SIGNUP_COLUMN_COUNTS = {9, 10}
"""Columns of a signup row, whose last one is the key id, in all versions of the schema."""


def current_key(folder: Path, queue: Queue) -> PublicKey | None:
    """The key to seal to: the installed one, or the last one used if that is lost.

    Raises:
        KeyRefused: there was a key, but none can be read; nothing may be stored unencrypted.
    """
    try:
        key = load_installed_key(folder)
    except KeyRefused:  # `kiosk health` reports it
        key = last_used_key(folder, queue)
        if key is None:
            raise
    return key or last_used_key(folder, queue)


def last_used_key(folder: Path, queue: Queue) -> PublicKey | None:
    """The last key used, whatever is installed; None if nothing was ever sealed.

    Raises:
        KeyRefused: signups were sealed, but it can no longer be read to which key.
    """
    key = queue.latest_key() or load_backup_key(folder)
    if key is not None:
        return key
    is_sealed = queue.has_sealed()
    for file in reversed([*orphaned_journals(folder), *damaged_files(folder)]):
        with suppress(OSError):
            stat = file.stat()
            key, holds_sealed = _scan_for_keys(file, stat.st_size, stat.st_mtime_ns)
            if key is not None:
                return key
            is_sealed = is_sealed or holds_sealed
    if is_sealed:
        raise KeyRefused(
            f"signups were sealed to a key that can no longer be found; restore {PUBLIC_KEY_FILE}"
            " from a copy, or create another key with 'kiosk keys create --replace'"
        )
    return None


@lru_cache(maxsize=16)  # called before each signup on a kiosk without a key
def _scan_for_keys(file: Path, _size: int, _changed: int) -> tuple[PublicKey | None, bool]:
    """The last key saved in a damaged file, and whether any signup in it is sealed."""
    pages = read_journal(file) if file.name.endswith(JOURNAL_SUFFIX) else Pages.open(file)
    keys: dict[int, PublicKey] = {}
    is_sealed = False
    for number in range(1, pages.count + 1):
        for row in pages.rows(number, [LEAF_TABLE]):
            match row.values:
                case (Text() as key_id, bytes() as public, Text()):
                    key = PublicKey(public)
                    if key.id.encode() == key_id:
                        keys[row.rowid or 0] = key
                    continue
            is_sealed = is_sealed or _is_sealed(row)
            break  # the first row shows which table the page belongs to
    return (keys[max(keys)] if keys else None), is_sealed


def _is_sealed(row: Row) -> bool:
    key_id = row.values[-1]
    return (
        len(row.values) in SIGNUP_COLUMN_COUNTS
        and isinstance(key_id, Text)
        and KEY_ID.fullmatch(key_id.decode(errors="replace")) is not None
    )
