"""What is stored: as the signup that was handed in, very many at once, the same in each run."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from itertools import count
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from nacl.bindings import crypto_box, crypto_box_seed_keypair

from kiosk.signups import form
from kiosk.signups.crypto import sealed_box
from kiosk.signups.crypto.sealed_box import PrivateKey, PublicKey, pad_for_sealing
from kiosk.signups.form import Provenance, Signup
from kiosk.signups.store import suppression
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.recovery import RecoveryResult, recover
from kiosk.signups.store.stored_signup import (
    StoredSignup,
    decode_person,
    encode_person,
    parse_created_at,
)


def signup_of(record: StoredSignup, key: PrivateKey | None) -> Signup:
    """The whole signup of a record.

    Raises:
        UnreadableSignup: from the record.
    """
    trusted = None if record.clock_trusted is None else bool(record.clock_trusted)
    return Signup(
        record.id,
        decode_person(record, key),
        record.consent,
        Provenance(parse_created_at(record), trusted, record.kiosk, record.content_version),
        tuple(filter(None, record.ticked.split(","))),
    )


def signups_in(queue: Queue, key: PrivateKey | None = None) -> list[Signup]:
    queue.select("all")
    return [signup_of(record, key) for record in queue.selected()]


def store_many(queue: Queue, signup: Signup, many: int) -> None:
    """Store a signup and copies of it with ids of their own, `many` in all, within a moment."""
    queue.add(signup)
    number = queue.query_int("SELECT max(number) FROM signups")
    copies = [(number + n, replace(signup, id=f"{signup.id[:-8]}{n:08x}")) for n in range(1, many)]
    record = "created_at, clock_trusted, kiosk, content_version, ticked, consent_id, key_id"
    with queue.transaction():
        queue._connection.executemany(
            f"INSERT INTO signups (id, {record}) SELECT ?, {record} FROM signups WHERE number = ?",
            [(copy.id, number) for _, copy in copies],
        )
        queue._connection.executemany(
            "INSERT INTO people VALUES (?, ?)",
            [(n, pad_for_sealing(encode_person(copy))) for n, copy in copies],
        )


def flip(raw: bytearray, chance: Random, bits: int) -> None:
    for _ in range(bits):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


@contextmanager
def no_chance() -> Iterator[None]:
    """Whatever is stored inside is, byte for byte, the same in each run."""
    chance, clock = Random(7), count(1_700_000_000_000_000_000, 1_000_000)

    def seal(key: PublicKey, text: bytes) -> bytes:
        public, private = crypto_box_seed_keypair(chance.randbytes(32))
        nonce = blake2b(public + key.raw, digest_size=24).digest()
        return public + crypto_box(sealed_box._padded(text), nonce, key.raw, private)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form, "token_bytes", chance.randbytes)
        patch.setattr(form, "time", SimpleNamespace(time_ns=lambda: next(clock)))
        patch.setattr(suppression, "token_hex", lambda size: chance.randbytes(size).hex())
        patch.setattr(PublicKey, "seal", seal)
        yield


def ids_in(file: Path, table: str = "signups") -> set[str]:
    """The ids in a table of a database file."""
    with closing(sqlite3.connect(file)) as connection:
        return {id_ for (id_,) in connection.execute(f"SELECT id FROM {table}")}


def recover_into(folder: Path, damaged: Path, now: datetime) -> tuple[RecoveryResult, set[str]]:
    """What comes out of a damaged file, into a queue of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with Queue.open(folder) as queue:
        result = recover(queue, damaged, now)
    return result, ids_in(folder / FILE_NAME)
