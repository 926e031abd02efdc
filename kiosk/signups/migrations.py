"""The steps that bring a signup database to today's schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Step = Callable[[sqlite3.Connection], None]


def _first_schema(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE signups (
            id TEXT PRIMARY KEY,
            created_at TEXT NOT NULL,
            email TEXT NOT NULL,
            name TEXT NOT NULL,
            postal_code TEXT NOT NULL,
            consent_wording TEXT NOT NULL,
            consent_version TEXT NOT NULL,
            language TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE exports (
            id TEXT PRIMARY KEY,
            created_at TEXT NOT NULL,
            file_name TEXT NOT NULL,
            signup_count INTEGER NOT NULL
        ) STRICT
        """
    )
    # A fact of its own, so that a signup's row never changes.
    connection.execute(
        """
        CREATE TABLE exported (
            signup_id TEXT PRIMARY KEY REFERENCES signups (id),
            export_id TEXT NOT NULL REFERENCES exports (id)
        ) STRICT, WITHOUT ROWID
        """
    )


STEPS: tuple[Step, ...] = (_first_schema,)
"""Step n brings `user_version` from n to n + 1; steps are only ever added."""

LATEST = len(STEPS)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Run every step after `version`, each with its `user_version` in one transaction."""
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
