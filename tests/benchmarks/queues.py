"""Queues of very many signups, in the open and sealed, and a key that costs nothing to unlock."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch

from nacl.pwhash import argon2id

from kiosk.signups.crypto.keys import create_key_pair
from kiosk.signups.crypto.sealed_box import PrivateKey, PublicKey
from kiosk.signups.form import Consent, Person, Provenance, Signup, consent_id, new_id
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.stored_signup import encode_or_seal

PASSPHRASE = "correct horse battery staple"
BEGAN = datetime(2024, 1, 1, 9, tzinfo=timezone(timedelta(hours=-6)))
APART = timedelta(seconds=30)
CONSENT = Consent(
    "2024-1",
    "en",
    "Yes, please put me on the mailing list and send MINI news and offers to my email address. My"
    " details are used for this and shared with no one. I may change my mind at any time.",
    "Example Motors, 1 Example Street, Springfield. " * 10,
)


def signup(number: int) -> Signup:
    """The signup of a visitor of that number; an id of its own each time."""
    return Signup(
        new_id(),
        Person(address(number), f"Visitor Number {number}", "62301"),
        CONSENT,
        Provenance(BEGAN + number * APART, True, "front window", "0" * 64),
    )


def address(number: int) -> str:
    """The address of the visitor of that number."""
    return f"visitor.{number}@example.org"


def fill(folder: Path, count: int, key: PublicKey | None = None) -> None:
    """Signups in one transaction; one by one would take the disk hours."""
    folder.mkdir(parents=True)
    words = (CONSENT.version, CONSENT.language, CONSENT.wording, CONSENT.notice)
    consent = consent_id(*words)
    with Queue.open(folder) as queue:
        if key is not None:
            queue.save_key(key, BEGAN)
    people: list[bytes] = []

    def row(signup: Signup) -> tuple[object, ...]:
        personal, key_id = encode_or_seal(signup, key)
        people.append(personal)
        provenance = signup.provenance
        return (
            *(
                signup.id,
                provenance.created_at.isoformat(),
                provenance.kiosk,
                provenance.content_version,
            ),
            *(",".join(signup.ticked), consent, key_id),
        )

    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("INSERT INTO consents VALUES (?, ?, ?, ?, ?)", (consent, *words))
        connection.executemany(
            "INSERT INTO signups (id, created_at, clock_trusted, kiosk, content_version, ticked,"
            " consent_id, key_id) VALUES (?, ?, 1, ?, ?, ?, ?, ?)",
            map(row, map(signup, range(count))),
        )
        connection.executemany("INSERT INTO people (personal) VALUES (?)", zip(people, strict=True))


def forget_exports(folder: Path) -> None:
    """So that the next export finds what the last one found."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("DELETE FROM exported")
        connection.execute("DELETE FROM exports")


def make_key(file: Path) -> PrivateKey:
    """A manager's key for which argon2id does next to nothing.

    The usual 3 passes over 256 MiB would hide how much memory the export itself takes.
    """
    with (
        patch.object(argon2id, "OPSLIMIT_MODERATE", argon2id.OPSLIMIT_MIN),
        patch.object(argon2id, "MEMLIMIT_MODERATE", argon2id.MEMLIMIT_MIN),
    ):
        return create_key_pair(file, PASSPHRASE, BEGAN)
