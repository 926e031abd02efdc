"""Repairs damage that would block signups though nothing stored is lost, and logs it."""

from __future__ import annotations

import logging
import sqlite3

from kiosk.signups.store import migrations

LAST_NUMBER = (1 << 63) - (1 << 32)
"""Beyond it SQLite would soon run out of numbers, and take the disk for full."""
MOST = 1 << 48
"""Of anything that is counted here."""

log = logging.getLogger(__name__)

_LAST_NUMBERS = {
    "signups": "SELECT max(coalesce((SELECT max(number) FROM signups), 0),"
    f" coalesce((SELECT max(signup) FROM erased WHERE signup <= {MOST}), 0))",
    "exports": "SELECT coalesce(max(number), 0) FROM exports",
    "erasures": "SELECT coalesce(max(number), 0) FROM erasures",
    "suppression_keys": "SELECT coalesce(max(number), 0) FROM suppression_keys",
}
"""For each table, the last number used, judged by its rows."""


def has_damaged_version(connection: sqlite3.Connection) -> bool:
    """Whether the version in the header is wrong: the tables are exactly today's."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == migrations.LATEST:
        return False
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {sql for (sql,) in rows} == migrations.known_statements()


def mend_version(connection: sqlite3.Connection) -> None:
    """Repair a damaged version in the header."""
    if has_damaged_version(connection):
        connection.execute(f"PRAGMA user_version = {migrations.LATEST}")
        log.error("the version in the header of the signups was damaged and has been repaired")


def damaged_counters(connection: sqlite3.Connection) -> dict[str, int]:
    """Tables whose counter would block signups or reuse a number, with the right value."""
    damaged = {}
    for table, statement in _LAST_NUMBERS.items():
        (last_number,) = connection.execute(statement).fetchone()
        rows = connection.execute(
            "SELECT CASE typeof(seq) WHEN 'integer' THEN seq END FROM sqlite_sequence"
            " WHERE name = ?",
            (table,),
        ).fetchall()
        counter = rows[0][0] if rows else 0
        if counter is None or not last_number <= counter <= LAST_NUMBER:
            damaged[table] = last_number
    return damaged


def mend_counters(connection: sqlite3.Connection) -> None:
    """Set damaged counters to the last number used."""
    if not damaged_counters(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table, last_number in damaged_counters(connection).items():
            connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, last_number))
            log.error("the counter of %s was damaged; it continues after %d", table, last_number)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
