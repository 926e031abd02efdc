"""The steps that bring a signup database to today's schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from kiosk.signups.crypto.sealing import open_slot
from kiosk.signups.form import consent_id

FIRST_DAY = "2024-01-01"
"""No kiosk was older."""

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


def _ledger_evidence_and_seals(connection: sqlite3.Connection) -> None:
    for table in ("signups", "exports", "exported"):
        connection.execute(f"ALTER TABLE {table} RENAME TO first_{table}")
    for statement in _SECOND_SCHEMA:
        connection.execute(statement)
    connection.create_function("consent_id", 4, consent_id, deterministic=True)
    connection.create_function("ending", 1, _ending, deterministic=True)
    for statement in _FROM_FIRST:
        connection.execute(statement)
    for table in ("exported", "exports", "signups"):
        connection.execute(f"DROP TABLE first_{table}")


def _ending(file_name: str) -> str:
    return file_name.rpartition(".")[2].lower()


_SECOND_SCHEMA = (
    # Public halves, so that sealing goes on should the settings lose theirs.
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
    # `number` is the order of arrival, never used again; `personal` lies open where `key_id` is
    # NULL, else sealed to that key.
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
        personal BLOB NOT NULL,
        key_id TEXT REFERENCES sealing_keys (key_id)
    ) STRICT
    """,
    "CREATE INDEX signups_unsealed ON signups (number) WHERE key_id IS NULL",
    # What the ledger counts by, so that it need not read the whole table.
    "CREATE INDEX signups_by_day ON signups (substr(created_at, 1, 10))",
    # Counted apart from the rows, so that a row that is gone is missed.
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
        repeats INTEGER REFERENCES exports (number)
    ) STRICT
    """,
    # Facts of their own, so that a signup's row is never changed; they outlive an erased signup.
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
    # The secret lies open where `key_id` is NULL, else sealed to that key.
    """
    CREATE TABLE suppression_keys (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        secret BLOB NOT NULL,
        key_id TEXT REFERENCES sealing_keys (key_id)
    ) STRICT
    """,
    # `after_export`: the last export there was; a repeat of an earlier one does not know of it.
    """
    CREATE TABLE suppressed (
        hash BLOB PRIMARY KEY,
        suppression_key INTEGER NOT NULL REFERENCES suppression_keys (number),
        after_export INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)

_FROM_FIRST = (
    """
    INSERT INTO consents (id, version, language, wording, notice)
    SELECT DISTINCT consent_id(consent_version, language, consent_wording, ''),
        consent_version, language, consent_wording, ''
    FROM first_signups
    """,
    """
    INSERT INTO signups
        (id, created_at, clock_trusted, kiosk, content_version, ticked, consent_id, personal)
    SELECT id, created_at, NULL, '', '', 'newsletter',
        consent_id(consent_version, language, consent_wording, ''),
        CAST(
            json_object('id', id, 'email', email, 'name', name, 'postal_code', postal_code) AS BLOB
        )
    FROM first_signups ORDER BY id
    """,
    """
    INSERT INTO exports
        (created_at, file_name, format, selection, is_deduped, row_count, signup_count)
    SELECT created_at, file_name, ending(file_name), 'new', 0, signup_count, signup_count
    FROM first_exports ORDER BY id
    """,
    """
    INSERT INTO exported (signup, export)
    SELECT signups.number, (SELECT count(*) FROM first_exports WHERE id <= exported.export_id)
    FROM first_exported AS exported JOIN signups ON signups.id = exported.signup_id
    """,
)


def _people_apart(connection: sqlite3.Connection) -> None:
    connection.create_function("open_slot", 1, open_slot, deterministic=True)
    for statement in _PEOPLE_APART:
        connection.execute(statement)


_PEOPLE_APART = (
    "DROP TRIGGER captured",
    "DROP INDEX signups_unsealed",
    "DROP INDEX signups_by_day",
    "ALTER TABLE signups RENAME TO second_signups",
    # Rows are only ever added at its end or overwritten with as many bytes, so that SQLite never
    # moves one and leaves a copy behind: an erased signup's row stays, all zeros.
    """
    CREATE TABLE people (
        number INTEGER PRIMARY KEY,
        personal BLOB NOT NULL
    ) STRICT
    """,
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
    """
    INSERT INTO signups SELECT number, id, created_at, clock_trusted, kiosk, content_version,
        ticked, consent_id, key_id
    FROM second_signups ORDER BY number
    """,
    """
    INSERT INTO people
    SELECT number, CASE WHEN key_id IS NULL THEN open_slot(personal) ELSE personal END
    FROM second_signups ORDER BY number
    """,
    "DELETE FROM sqlite_sequence WHERE name = 'signups'",
    "UPDATE sqlite_sequence SET name = 'signups' WHERE name = 'second_signups'",
    "DROP TABLE second_signups",  # its pages are overwritten
    "CREATE INDEX signups_unsealed ON signups (number) WHERE key_id IS NULL",
    "CREATE INDEX signups_by_day ON signups (substr(created_at, 1, 10))",
    """
    CREATE TRIGGER captured AFTER INSERT ON signups BEGIN
        INSERT INTO days (day, captured) VALUES (substr(new.created_at, 1, 10), 1)
        ON CONFLICT (day) DO UPDATE SET captured = captured + 1;
    END
    """,
)


def _clock_of_exports(connection: sqlite3.Connection) -> None:
    """Retention counts from `kept_since`: NULL until it is known, after an export by a wrong clock.

    Earlier exports do not tell how their clock was; the ones that a kiosk of ours can have made
    count from when they say.
    """
    connection.execute(
        "ALTER TABLE exports ADD COLUMN clock_trusted INTEGER CHECK (clock_trusted IN (0, 1))"
    )
    connection.execute("ALTER TABLE exports ADD COLUMN kept_since TEXT")
    connection.execute(
        "UPDATE exports SET kept_since = created_at WHERE created_at >= ?", (FIRST_DAY,)
    )


STEPS: tuple[Step, ...] = (
    _first_schema,
    _ledger_evidence_and_seals,
    _people_apart,
    _clock_of_exports,
)
"""Step n brings `user_version` from n to n + 1; steps are only ever added."""

LATEST = len(STEPS)


def known_statements() -> frozenset[str]:
    """What makes the tables of today's schema."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, 0)
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return frozenset(sql for (sql,) in rows)


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
