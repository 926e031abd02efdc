"""What a file still holds comes out of it: every cut of it, and random flips, beside `sqlite3`.

The promise: every readable signup comes out, and none that was erased. The least of it is what
SQLite still reads of the file, and what `sqlite3 .recover` brings back where that program works.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.erasure import erase_address
from kiosk.signups.store.pages import LEAF_TABLE
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup
from tests.long_runs import IS_LONG
from tests.signups.stored import flip, ids_in, no_chance, recover_into

NOW = datetime(2026, 5, 2, 8, 0, tzinfo=UTC)
PAGE_BYTES = 4096
SIGNUPS = 150
FLIPPED_FILES = 500 if IS_LONG else 20
CUTS = range(1, 40) if IS_LONG else [1, 3, 8, 21]
KEY = PrivateKey(b"\x07" * 32)


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("intact")


@pytest.fixture
def file(intact: Path) -> Path:
    """Half of its signups lie open, half are sealed; two are erased, one on the list."""
    file = intact / FILE_NAME
    if not file.exists():
        with no_chance(), Queue.open(intact) as queue:
            for number in range(SIGNUPS):
                signup = make_signup(email=f"visitor.{number}@example.com")
                queue.add(signup, KEY.public_key if number % 2 else None)
            for number in (10, 70):
                erase_address(queue, f"visitor.{number}@example.com", NOW, suppress=number == 70)
    return file


@pytest.fixture
def damaged(file: Path, tmp_path: Path) -> Path:
    """A copy of it to damage."""
    return shutil.copy(file, tmp_path / "signups.damaged-1.sqlite3")


def _read_by_sqlite(damaged: Path) -> set[tuple[str, bytes]]:
    """The signups that SQLite itself still reads, one by one, past what it would refuse."""
    copy = damaged.with_suffix(".copy")
    shutil.copy(damaged, copy)
    ids: set[tuple[str, bytes]] = set()
    with closing(sqlite3.connect(copy)) as connection:
        connection.text_factory = lambda raw: raw.decode(errors="replace")
        for number in range(1, SIGNUPS + 1):
            with suppress(sqlite3.Error):
                connection.execute("PRAGMA writable_schema = ON")
                rows = connection.execute(f"{_READABLE} WHERE number = ?", (number,))
                ids.update(rows.fetchall())
    return ids


def _recover_by_sqlite(damaged: Path, intact: Path) -> set[str]:
    """The signups that `sqlite3 .recover` brings back as they were, or that SQLite reads itself."""
    found = _read_by_sqlite(damaged)
    into = damaged.with_suffix(".recovered")
    if _has_recover(damaged.parent):
        into.unlink(missing_ok=True)
        script = _recovery_script(damaged)
        subprocess.run(["sqlite3", str(into)], input=script, capture_output=True, check=False)
        with closing(sqlite3.connect(into)) as connection, suppress(sqlite3.Error):
            connection.text_factory = lambda raw: raw.decode(errors="replace")
            found.update(connection.execute(_READABLE).fetchall())
    with closing(sqlite3.connect(intact)) as connection:
        return {id_ for id_, _ in found.intersection(connection.execute(_READABLE).fetchall())}


_READABLE = "SELECT id, personal FROM signups JOIN people USING (number)"


def _recovery_script(damaged: Path) -> bytes:
    return subprocess.run(
        ["sqlite3", str(damaged), ".recover"], capture_output=True, timeout=300, check=False
    ).stdout


@cache
def _has_recover(folder: Path) -> bool:
    """Whether there is a `sqlite3` whose `.recover` works: that of Debian 12 does not."""
    if shutil.which("sqlite3") is None:
        return False
    with closing(sqlite3.connect(folder / "probe.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE probe (fact TEXT)")
        connection.execute("INSERT INTO probe VALUES ('proven')")
    return b"proven" in _recovery_script(folder / "probe.sqlite3")


@pytest.mark.parametrize("more", [0, 1, 1000])
@pytest.mark.parametrize("pages", CUTS)
def test_a_file_that_was_cut_gives_what_is_left_of_it(
    file: Path, damaged: Path, tmp_path: Path, pages: int, more: int
) -> None:
    size = max(0, file.stat().st_size - pages * PAGE_BYTES - more)
    os.truncate(damaged, size)

    result, ids = recover_into(tmp_path / "fresh", damaged, NOW)

    assert ids <= ids_in(file, "signups")
    assert result.readable_count == len(ids)
    assert ids >= _recover_by_sqlite(damaged, file)


def test_a_file_without_its_last_page_gives_nearly_all(
    file: Path, damaged: Path, tmp_path: Path
) -> None:
    os.truncate(damaged, file.stat().st_size - PAGE_BYTES)

    assert len(recover_into(tmp_path / "fresh", damaged, NOW)[1]) >= SIGNUPS - 2 - PAGE_BYTES // 176


@pytest.mark.parametrize("page", range(1, 12))
def test_a_page_that_is_gone_takes_only_its_own_with_it(
    file: Path, damaged: Path, tmp_path: Path, page: int
) -> None:
    with damaged.open("r+b") as handle:
        handle.seek((page - 1) * PAGE_BYTES)
        handle.write(b"\xa5" * PAGE_BYTES)

    _, ids = recover_into(tmp_path / "fresh", damaged, NOW)

    assert len(ids) >= SIGNUPS - 2 - PAGE_BYTES // 90
    assert ids >= _recover_by_sqlite(damaged, file)


@pytest.mark.parametrize("part", range(2))
def test_flips_lose_no_readable_signup_and_bring_none_that_was_erased(
    file: Path, damaged: Path, tmp_path: Path, part: int
) -> None:
    erased, all_ = ids_in(file, "erased"), ids_in(file, "signups")
    raw = file.read_bytes()
    for seed in range(part, FLIPPED_FILES, 2):
        chance = random.Random(seed)
        flipped = bytearray(raw)
        flip(flipped, chance, count := chance.choice([1, 1, 3, 30]))
        damaged.write_bytes(flipped)

        result, ids = recover_into(tmp_path / "fresh", damaged, NOW)

        assert not ids & erased, seed
        assert result.readable_count <= SIGNUPS - 2, seed
        if count == 1:  # a cell, or the cells of a page
            assert len(ids & all_) >= SIGNUPS - 2 - PAGE_BYTES // 90, seed
        if seed % 10 == part:
            assert ids >= _recover_by_sqlite(damaged, file), seed


def test_a_cell_that_seems_to_begin_beyond_its_page_is_found_where_sqlite_finds_it(
    file: Path, damaged: Path, tmp_path: Path
) -> None:
    """SQLite takes where a cell begins modulo the size of a page."""
    raw = bytearray(file.read_bytes())
    for page in range(PAGE_BYTES, len(raw), PAGE_BYTES):
        if raw[page] == LEAF_TABLE:
            raw[page + 8] ^= 0x80
    damaged.write_bytes(raw)

    assert recover_into(tmp_path / "fresh", damaged, NOW)[1] == ids_in(file, "signups")


@pytest.mark.parametrize("sequence", [1 << 40, (1 << 63) - 1, -1])
def test_a_counter_that_damage_made_does_not_make_it_endless(
    damaged: Path, tmp_path: Path, sequence: int
) -> None:
    with closing(sqlite3.connect(damaged)) as connection, connection:
        connection.execute("UPDATE sqlite_sequence SET seq = ?", (sequence,))

    assert recover_into(tmp_path / "fresh", damaged, NOW)[0].lost_count == 0


@pytest.mark.parametrize("column", ["id", "version", "language", "wording", "notice"])
def test_a_wrong_letter_in_the_words_of_a_consent_loses_nothing(
    file: Path, damaged: Path, tmp_path: Path, column: str
) -> None:
    with closing(sqlite3.connect(damaged)) as connection, connection:
        connection.execute(f"UPDATE consents SET {column} = '#' || substr({column}, 2)")

    result, ids = recover_into(tmp_path / "fresh", damaged, NOW)

    assert (result.lost_count, ids) == (0, ids_in(file, "signups"))
    with Queue.open(tmp_path / "fresh") as queue:
        queue.select("all")
        faults = {record.fault for record in queue.selected()}
    assert len(faults) == 1
    assert ("was changed" in faults.pop()) == (column != "id")


@pytest.mark.parametrize("column", ["consent_id", "key_id", "kiosk", "created_at"])
def test_a_text_that_is_none_stops_neither_its_signup_nor_the_others(
    file: Path, damaged: Path, tmp_path: Path, column: str
) -> None:
    with closing(sqlite3.connect(damaged)) as connection, connection:
        connection.execute(
            f"UPDATE signups SET {column} = CAST(x'ff' || substr({column}, 2) AS TEXT)"
            " WHERE number = 22"
        )

    result, ids = recover_into(tmp_path / "fresh", damaged, NOW)

    assert (result.readable_count, result.lost_count) == (SIGNUPS - 2, 0)
    assert ids == ids_in(file, "signups")
