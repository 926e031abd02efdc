"""The schema of the signup database, and the steps that migrate an older one to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

Step = Callable[[sqlite3.Connection], None]


def _create_tables(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA_1:
        connection.execute(statement)


_SCHEMA_1 = (
    # Public keys, so that sealing continues if the installed one is lost.
    """
    CREATE TABLE sealing_keys (
        key_id TEXT PRIMARY KEY,
        public_key BLOB NOT NULL,
        installed_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE consents (
        id TEXT PRIMARY KEY,
        version TEXT NOT NULL,
        language TEXT NOT NULL,
        wording TEXT NOT NULL,
        notice TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # `number` is the order of arrival; numbers are never reused.
    """
    CREATE TABLE signups (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL,
        clock_trusted INTEGER CHECK (clock_trusted IN (0, 1)),
        kiosk TEXT NOT NULL,
        content_version TEXT NOT NULL,
        ticked TEXT NOT NULL,
        consent_id TEXT NOT NULL REFERENCES consents (id),
        key_id TEXT REFERENCES sealing_keys (key_id)
    ) STRICT
    """,
    # `personal` is unencrypted where the signup's `key_id` is NULL, else sealed to that key. Rows
    # are only appended or overwritten with as many bytes, so that SQLite never moves one and leaves
    # a copy behind: the row of an erased signup stays, all zeros.
    """
    CREATE TABLE people (
        number INTEGER PRIMARY KEY,
        personal BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX signups_unsealed ON signups (number) WHERE key_id IS NULL",
    # For the ledger, so that it need not read the whole table.
    "CREATE INDEX signups_by_day ON signups (substr(created_at, 1, 10))",
    # Counted separately from the rows, so that a lost row is noticed.
    """
    CREATE TABLE days (
        day TEXT PRIMARY KEY,
        captured INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER captured AFTER INSERT ON signups BEGIN
        INSERT INTO days (day, captured) VALUES (substr(new.created_at, 1, 10), 1)
        ON CONFLICT (day) DO UPDATE SET captured = captured + 1;
    END
    """,
    # Retention counts from `kept_since`: NULL after an export with an untrusted clock, until known.
    """
    CREATE TABLE exports (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        created_at TEXT NOT NULL,
        file_name TEXT NOT NULL,
        format TEXT NOT NULL,
        size INTEGER,
        sha256 TEXT,
        selection TEXT NOT NULL,
        is_deduped INTEGER NOT NULL,
        row_count INTEGER NOT NULL,
        signup_count INTEGER NOT NULL,
        repeats INTEGER REFERENCES exports (number),
        clock_trusted INTEGER CHECK (clock_trusted IN (0, 1)),
        kept_since TEXT
    ) STRICT
    """,
    # A table of its own, so that a signup's row is never changed; it outlives an erased signup.
    """
    CREATE TABLE exported (
        signup INTEGER NOT NULL,
        export INTEGER NOT NULL REFERENCES exports (number),
        PRIMARY KEY (signup, export)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX exported_by_export ON exported (export)",
    """
    CREATE TABLE erasures (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        created_at TEXT NOT NULL,
        reason TEXT NOT NULL,
        signup_count INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE erased (
        signup INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        day TEXT NOT NULL,
        erasure INTEGER NOT NULL REFERENCES erasures (number)
    ) STRICT
    """,
    # The secret is unencrypted where `key_id` is NULL, else sealed to that key.
    """
    CREATE TABLE suppression_keys (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        secret BLOB NOT NULL,
        key_id TEXT REFERENCES sealing_keys (key_id)
    ) STRICT
    """,
    # `after_export`: the last export at that time; repeats of earlier exports ignore the entry.
    """
    CREATE TABLE suppressed (
        hash BLOB PRIMARY KEY,
        suppression_key INTEGER NOT NULL REFERENCES suppression_keys (number),
        after_export INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)

STEPS: tuple[Step, ...] = (_create_tables,)
"""Step n brings `user_version` from n to n + 1; steps are only ever added.

Each changes a statement of the schema: by these an older kiosk tells the file of a newer one from a
damaged version number (`repair.has_damaged_version`), which it would set back.
"""

LATEST_VERSION = len(STEPS)


def schema_statements() -> frozenset[str]:
    """The SQL statements of the current schema."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, 0)
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return frozenset(sql for (sql,) in rows)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Run every step after `version`, each in one transaction with its `user_version`."""
    for number, step in enumerate(STEPS[version:], start=version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have migrated while this one waited for the lock.
            if connection.execute("PRAGMA user_version").fetchone()[0] < number:
                step(connection)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
