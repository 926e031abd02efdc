"""Of a database that is gone, its journal gives back the pages that a cut-off write had noted."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.store.current_key import last_used_key
from kiosk.signups.store.database import FILE_NAME, journal_path, orphaned_journals, set_aside
from kiosk.signups.store.erasure import erase_address
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.recovery import recover
from kiosk.signups.store.rollback_journal import HEADER, MAGIC, read_journal
from tests.conftest import make_signup
from tests.long_runs import IS_LONG
from tests.signups.stored import flip, ids_in, no_chance, recover_into

NOW = datetime(2026, 5, 2, 8, 0, tzinfo=UTC)
SIGNUPS, ERASED = 200, 7
KEY = PrivateKey(b"\x07" * 32)
SMALL_CACHE, LARGE_CACHE = 1, 10_000
"""With a small one SQLite writes into the database before the end, and syncs the journal first."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("template")


@pytest.fixture(params=[SMALL_CACHE, LARGE_CACHE], ids=["synced", "not synced"])
def journal(request: pytest.FixtureRequest, template: Path) -> Path:
    """Left of a write to every signup that was cut off; the database itself is gone."""
    folder = template / str(request.param)
    stored = folder / "signups.damaged-x.sqlite3-journal"
    if not folder.exists():
        folder.mkdir()
        with no_chance(), Queue.open(folder) as queue:
            for number in range(SIGNUPS):
                signup = make_signup(email=f"visitor.{number}@example.com")
                queue.add(signup, KEY.public_key if number % 2 else None)
            erase_address(queue, f"visitor.{ERASED - 1}@example.com", NOW)
        _cut_off_a_write(folder, request.param, stored)
    return stored


_CHANGED = {
    "signups": "kiosk",
    "consents": "notice",
    "sealing_keys": "installed_at",
    "erased": "day",
}


def _cut_off_a_write(folder: Path, cache: int, stored: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA cache_size = {cache}")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE people SET personal = zeroblob(length(personal))")
        for table, column in _CHANGED.items():
            connection.execute(f"UPDATE {table} SET {column} = {column} || '!'")
        shutil.copy(journal_path(folder / FILE_NAME), stored)
        connection.execute("ROLLBACK")


def test_every_signup_whose_pages_are_noted_comes_back(journal: Path, tmp_path: Path) -> None:
    before = journal.read_bytes()

    result, ids = recover_into(tmp_path / "fresh", journal, NOW)

    assert ids == ids_in(journal.with_name(FILE_NAME))
    assert (result.readable_count, result.without_consent_count) == (SIGNUPS - 1, 0)
    assert journal.read_bytes() == before


def test_what_was_erased_stays_erased(journal: Path, tmp_path: Path) -> None:
    (erased,) = ids_in(journal.with_name(FILE_NAME), "erased")
    with Queue.open(tmp_path) as queue:
        recover(queue, journal, NOW)
        assert queue.query("SELECT id FROM erased") == [(erased,)]
        address = "visitor.20@example.com"
        assert erase_address(queue, address, NOW, private_key=KEY).count == 1

        recover(queue, journal, NOW)

        assert erase_address(queue, address, NOW, private_key=KEY).count == 0


def test_a_journal_that_was_cut_gives_what_is_left_of_it(journal: Path, tmp_path: Path) -> None:
    raw, cut = journal.read_bytes(), tmp_path / "signups.damaged-y.sqlite3-journal"
    counts = []
    for part in (0, 1, 27, 28, 511, 513, 4000, 20_000, len(raw) // 2, len(raw) - 1):
        cut.write_bytes(raw[:part])
        counts.append(recover_into(tmp_path / "fresh", cut, NOW)[0].readable_count)

    assert counts == sorted(counts)
    assert counts[-1] > SIGNUPS // 2


@pytest.mark.parametrize("at", range(0, HEADER.size, 1 if IS_LONG else 3))
def test_a_flip_in_its_header_brings_no_error_and_nothing_wrong(
    journal: Path, tmp_path: Path, at: int
) -> None:
    raw, damaged = bytearray(journal.read_bytes()), tmp_path / "signups.damaged-y.sqlite3-journal"
    raw[at] ^= 1 << at % 8
    damaged.write_bytes(raw)

    assert recover_into(tmp_path / "fresh", damaged, NOW)[1] <= ids_in(journal.with_name(FILE_NAME))


@pytest.mark.parametrize("seed", range(20 if IS_LONG else 4))
def test_flips_bring_nothing_that_was_erased(journal: Path, tmp_path: Path, seed: int) -> None:
    raw, damaged = bytearray(journal.read_bytes()), tmp_path / "signups.damaged-y.sqlite3-journal"
    chance = random.Random(seed)
    flip(raw, chance, chance.choice([1, 3, 30]))
    damaged.write_bytes(raw)

    result, ids = recover_into(tmp_path / "fresh", damaged, NOW)

    assert not ids & ids_in(journal.with_name(FILE_NAME), "erased")
    assert result.readable_count < SIGNUPS


def test_a_journal_of_a_write_that_came_to_its_end_gives_nothing(
    journal: Path, tmp_path: Path
) -> None:
    ended = tmp_path / "signups.damaged-y.sqlite3-journal"
    ended.write_bytes(bytes(HEADER.size) + journal.read_bytes()[HEADER.size :])

    assert recover_into(tmp_path / "fresh", ended, NOW)[0].readable_count == 0


def test_a_number_of_a_page_that_damage_made_takes_no_memory(tmp_path: Path) -> None:
    journal = tmp_path / "signups.damaged-y.sqlite3-journal"
    header = HEADER.pack(MAGIC, 1, 0, 1, 512, 4096).ljust(512, b"\0")
    journal.write_bytes(header + (0xFFFFFFF0).to_bytes(4, "big") + bytes(4100))

    assert read_journal(journal).count == 0


def test_the_key_that_signups_were_sealed_to_is_known_from_it(
    journal: Path, tmp_path: Path
) -> None:
    shutil.copy(journal, journal_path(tmp_path / FILE_NAME))
    stored = set_aside(tmp_path, NOW)

    assert orphaned_journals(tmp_path) == [stored]
    with Queue.open(tmp_path) as queue:
        assert last_used_key(tmp_path, queue) == KEY.public_key
