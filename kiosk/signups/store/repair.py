"""Repairs metadata damage that would block new signups although no signup is lost."""

from __future__ import annotations

import logging
import sqlite3

from kiosk.signups.store import migrations

MAX_ROWID = (1 << 63) - (1 << 32)
"""Beyond it SQLite would soon run out of rowids and report a full disk."""
MAX_COUNT = 1 << 48
"""Highest plausible value of a counter."""

log = logging.getLogger(__name__)

_LAST_NUMBER_QUERIES = {
    "signups": "SELECT max(coalesce((SELECT max(number) FROM signups), 0),"
    f" coalesce((SELECT max(signup) FROM erased WHERE signup <= {MAX_COUNT}), 0))",
    "exports": "SELECT coalesce(max(number), 0) FROM exports",
    "erasures": "SELECT coalesce(max(number), 0) FROM erasures",
    "suppression_keys": "SELECT coalesce(max(number), 0) FROM suppression_keys",
}
"""For each table, a query for the last number used by its rows."""


def has_damaged_version(connection: sqlite3.Connection) -> bool:
    """Whether the schema version in the header is wrong although the tables are current."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == migrations.LATEST_VERSION:
        return False
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {sql for (sql,) in rows} == migrations.schema_statements()


def repair_version(connection: sqlite3.Connection) -> None:
    if has_damaged_version(connection):
        connection.execute(f"PRAGMA user_version = {migrations.LATEST_VERSION}")
        log.error("the version in the header of the signups was damaged and has been repaired")


def damaged_counters(connection: sqlite3.Connection) -> dict[str, int]:
    """Tables whose rowid counter would block signups or reuse a number, with the right value."""
    damaged = {}
    for table, statement in _LAST_NUMBER_QUERIES.items():
        (last_number,) = connection.execute(statement).fetchone()
        rows = connection.execute(
            "SELECT CASE typeof(seq) WHEN 'integer' THEN seq END FROM sqlite_sequence"
            " WHERE name = ?",
            (table,),
        ).fetchall()
        counter = rows[0][0] if rows else 0
        if counter is None or not last_number <= counter <= MAX_ROWID:
            damaged[table] = last_number
    return damaged


def repair_counters(connection: sqlite3.Connection) -> None:
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
