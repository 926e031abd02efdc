"""The counts on disk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.usage import store
from kiosk.usage.store import (
    FILE_NAME,
    MAX_SET_ASIDE,
    MAX_SUBJECTS_A_DAY,
    UsageUnavailable,
    damaged_files,
    read_counts,
    store_counts,
)
from kiosk.usage.visit import OTHERS, WHOLE_DAY, Amount, Key, Tally

NOW = datetime(2026, 11, 28, 12, 30, tzinfo=UTC)
DAY = NOW.date()
KEEP_FROM = date(2024, 10, 1)
VISIT = Key(DAY, 12, "visit", "")
CARS = Key(DAY, WHOLE_DAY, "place", "cars")


def tally_of(amounts: dict[Key, Amount], **names: str) -> Tally:
    tally = Tally()
    for key, amount in amounts.items():
        tally.add(key, amount)
    tally.names = names
    return tally


connect = store._connect
USUAL = tally_of({VISIT: Amount(1, 40), CARS: Amount(1, 30)}, cars="Cars")


def add(folder: Path, tally: Tally = USUAL, keep_from: date = KEEP_FROM) -> Path | None:
    return store_counts(folder, tally, keep_from, NOW)


def test_counts_add_up(tmp_path: Path) -> None:
    add(tmp_path)
    add(tmp_path)

    counts = read_counts(tmp_path)

    assert counts.amounts == {VISIT: Amount(2, 80), CARS: Amount(2, 60)}
    assert counts.names == {"cars": "Cars"}


def test_nothing_counted_is_nothing_read(tmp_path: Path) -> None:
    assert read_counts(tmp_path) == ({}, {})
    assert list(tmp_path.iterdir()) == []


def test_a_place_has_the_name_that_it_had_last(tmp_path: Path) -> None:
    add(tmp_path)
    add(tmp_path, tally_of({CARS: Amount(1)}, cars="Our cars"))

    assert read_counts(tmp_path).names == {"cars": "Our cars"}


def test_counts_of_two_kiosks_do_not_meet(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    add(tmp_path / "first")

    assert read_counts(tmp_path / "first").amounts[VISIT] == Amount(1, 40)
    assert read_counts(tmp_path / "second").amounts == {}


def test_counts_can_be_read_from_a_day_on(tmp_path: Path) -> None:
    before = VISIT._replace(day=date(2026, 11, 27))
    add(tmp_path, tally_of({VISIT: Amount(1), before: Amount(1)}))

    assert list(read_counts(tmp_path, DAY).amounts) == [VISIT]


def test_counts_are_kept_for_as_long_as_they_may_be_and_names_as_long_as_counts(
    tmp_path: Path,
) -> None:
    old = Key(date(2024, 9, 30), WHOLE_DAY, "place", "team")
    last = Key(date(2024, 10, 1), WHOLE_DAY, "place", "cars")
    add(tmp_path, tally_of({old: Amount(1), last: Amount(1)}, team="Team", cars="Cars"))

    counts = read_counts(tmp_path)

    assert list(counts.amounts) == [last]
    assert counts.names == {"cars": "Cars"}


def test_what_a_day_names_is_bounded(tmp_path: Path) -> None:
    for part in range(3):
        keys = [Key(DAY, WHOLE_DAY, "entry", f"cars/{part}-{n}") for n in range(300)]
        add(tmp_path, tally_of(dict.fromkeys(keys, Amount(1))))
    add(tmp_path, tally_of({Key(DAY, WHOLE_DAY, "entry", "cars/0-0"): Amount(1)}))

    amounts = read_counts(tmp_path).amounts

    assert len(amounts) == MAX_SUBJECTS_A_DAY + 1
    assert amounts[Key(DAY, WHOLE_DAY, "entry", OTHERS)].visits == 900 - MAX_SUBJECTS_A_DAY
    assert amounts[Key(DAY, WHOLE_DAY, "entry", "cars/0-0")].visits == 2


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    add(tmp_path)

    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def _fill_with_garbage(file: Path) -> None:
    file.write_bytes(b"\xa5" * 8192)


def _tear_first_page(file: Path) -> None:
    with file.open("r+b") as handle:
        handle.seek(100)
        handle.write(b"\xff" * 3000)


def _make_another_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE counts (number)")
        connection.commit()


def _break_a_number(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE counts SET visits = 9223372036854775807")
        connection.commit()


@pytest.mark.parametrize(
    "damage", [_fill_with_garbage, _tear_first_page, _make_another_database, _break_a_number]
)
def test_a_damaged_file_is_set_aside_whole_and_counting_begins_anew(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    add(tmp_path)
    damage(tmp_path / FILE_NAME)
    before = (tmp_path / FILE_NAME).read_bytes()

    aside = add(tmp_path)

    assert aside is not None
    assert damaged_files(tmp_path) == [aside]
    assert aside.read_bytes() == before
    assert read_counts(tmp_path).amounts[VISIT] == Amount(1, 40)


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    assert read_counts(tmp_path).amounts == {}

    assert add(tmp_path) is None
    assert read_counts(tmp_path).amounts[VISIT] == Amount(1, 40)


def test_a_disk_that_damages_every_file_is_not_filled_with_them(tmp_path: Path) -> None:
    for _ in range(MAX_SET_ASIDE):
        _fill_with_garbage(tmp_path / FILE_NAME)
        assert add(tmp_path)
    _fill_with_garbage(tmp_path / FILE_NAME)

    with pytest.raises(UsageUnavailable, match="again and again"):
        add(tmp_path)
    assert len(damaged_files(tmp_path)) == MAX_SET_ASIDE


def test_a_newer_file_is_neither_read_nor_changed(tmp_path: Path) -> None:
    add(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 2")
    before = (tmp_path / FILE_NAME).read_bytes()

    for use in (lambda: add(tmp_path), lambda: read_counts(tmp_path)):
        with pytest.raises(UsageUnavailable, match="newer version"):
            use()
    assert (tmp_path / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
@pytest.mark.parametrize("name", [FILE_NAME, f"{FILE_NAME}-journal"])
def test_a_pipe_or_a_folder_in_place_of_the_file_stops_nobody(
    tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    if name != FILE_NAME:
        add(tmp_path)
    make(tmp_path / name)

    with pytest.raises(UsageUnavailable):
        add(tmp_path)
    with pytest.raises(UsageUnavailable):
        read_counts(tmp_path)


def test_a_file_that_somebody_else_uses_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LOCK_TIMEOUT_SECONDS", 0.01)
    add(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(UsageUnavailable, match="another program"):
            add(tmp_path)
    add(tmp_path)
    assert read_counts(tmp_path).amounts[VISIT].visits == 2


def test_a_full_disk_is_told_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path)
    before = (tmp_path / FILE_NAME).stat().st_size
    entries = [Key(DAY, WHOLE_DAY, "entry", f"cars/{n:>100}") for n in range(400)]
    many = tally_of(dict.fromkeys(entries, Amount(1)))

    with monkeypatch.context() as full:
        full.setattr(store, "_connect", _connect_to_a_full_disk)
        with pytest.raises(UsageUnavailable, match="the disk is full"):
            add(tmp_path, many)
    assert read_counts(tmp_path).amounts == {VISIT: Amount(1, 40), CARS: Amount(1, 30)}
    assert (tmp_path / FILE_NAME).stat().st_size == before

    add(tmp_path, many)
    assert len(read_counts(tmp_path).amounts) == 402


def _connect_to_a_full_disk(file: Path, mode: str) -> sqlite3.Connection:
    """As SQLite sees one: no page can be added."""
    connection = connect(file, mode)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    return connection


def test_a_write_that_was_cut_off_is_undone_before_the_counts_are_read(tmp_path: Path) -> None:
    add(tmp_path)
    file, journal = tmp_path / FILE_NAME, tmp_path / f"{FILE_NAME}-journal"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE counts SET visits = 7")
        connection.execute("CREATE TABLE filler AS SELECT zeroblob(100000) AS bytes")
        cut = file.read_bytes(), journal.read_bytes()
    file.write_bytes(cut[0])
    journal.write_bytes(cut[1])

    assert read_counts(tmp_path).amounts[VISIT].visits == 1
