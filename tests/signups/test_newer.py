"""An older kiosk goes on where a newer one has migrated the signups, and none is ever lost."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.signups.store import database, migrations, newer
from kiosk.signups.store.database import (
    FILE_NAME,
    SIDECAR_SUFFIXES,
    QueueUnavailable,
    migration_backups,
)
from kiosk.signups.store.newer import is_newer, newer_files, set_newer_aside
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.recovery import recover
from tests.conftest import make_signup
from tests.signups.stored import ids_in

NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)


def add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE days ADD COLUMN weather TEXT")


def become_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, this is a kiosk whose signups have a schema of their own."""
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add_column))
    monkeypatch.setattr(migrations, "LATEST_VERSION", migrations.LATEST_VERSION + 1)


def add(folder: Path, email: str) -> str:
    signup = make_signup(email=email)
    with Queue.open(folder) as queue:
        queue.add(signup)
    return signup.id


def test_going_back_and_forward_again_loses_no_signup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = add(tmp_path, "before@example.com")
    with monkeypatch.context() as forward:
        become_newer(forward)
        during = add(tmp_path, "during@example.com")
    assert is_newer(tmp_path / FILE_NAME)

    aside = set_newer_aside(tmp_path, NOW)
    assert aside is not None
    assert newer_files(tmp_path) == [aside]
    assert ids_in(tmp_path / FILE_NAME) == {before}
    after = add(tmp_path, "after@example.com")
    assert set_newer_aside(tmp_path, NOW) is None

    become_newer(monkeypatch)
    with Queue.open(tmp_path) as queue:
        result = recover(queue, aside, NOW)
    assert (result.readable_count, result.restored_count, result.lost_count) == (2, 1, 0)
    assert ids_in(tmp_path / FILE_NAME) == {before, during, after}


def make_newer(file: Path, journal_mode: str = "DELETE") -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal_mode}")
        connection.execute("CREATE TABLE visits (day TEXT)")
        connection.execute("PRAGMA user_version = 99")


def test_without_a_copy_new_signups_start_from_nothing(tmp_path: Path) -> None:
    add(tmp_path, "before@example.com")
    make_newer(tmp_path / FILE_NAME)

    aside = set_newer_aside(tmp_path, NOW)

    assert aside is not None
    assert not (tmp_path / FILE_NAME).exists()
    after = add(tmp_path, "after@example.com")
    assert ids_in(tmp_path / FILE_NAME) == {after}


def test_a_write_ahead_log_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, "before@example.com")
    file = tmp_path / FILE_NAME
    make_newer(file, "WAL")
    writer = sqlite3.connect(file)
    writer.execute("UPDATE days SET captured = 7")
    writer.commit()

    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.1)
    with pytest.raises(QueueUnavailable, match="in use by another program"):
        set_newer_aside(tmp_path, NOW)
    assert file.exists()
    writer.close()
    aside = set_newer_aside(tmp_path, NOW)

    assert aside is not None
    assert [path.name for path in tmp_path.iterdir()] == [aside.name]
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT captured FROM days").fetchall() == [(7,)]


@pytest.mark.parametrize("mode", ["EXCLUSIVE", "IMMEDIATE"])
def test_what_another_program_writes_to_is_not_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    add(tmp_path, "before@example.com")
    file = tmp_path / FILE_NAME
    make_newer(file)
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute(f"BEGIN {mode}")
        with pytest.raises(QueueUnavailable):
            set_newer_aside(tmp_path, NOW)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def add_before_an_update(folder: Path) -> str:
    """A signup in a database that a newer version then migrates; returns its id."""
    before = add(folder, "before@example.com")
    file = folder / FILE_NAME
    copy = file.with_suffix(f".before-{migrations.LATEST_VERSION + 1}.sqlite3")
    copy.write_bytes(file.read_bytes())
    make_newer(file)
    return before


def interrupt_a_write(file: Path) -> None:
    """As a power cut does: pages are written, and the journal holds what they were."""
    journal, torn = file.with_name(f"{file.name}-journal"), file.with_name("torn")
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE days SET captured = 7")
        for number in range(200):
            writer.execute("INSERT INTO visits VALUES (?)", (str(number) * 300,))
        torn.write_bytes(file.read_bytes())
        records = journal.read_bytes()
    torn.replace(file)
    journal.write_bytes(records)


@pytest.mark.parametrize("content", [b"", bytes(512), bytes(512) + b"old pages" * 1000])
@pytest.mark.parametrize("suffix", SIDECAR_SUFFIXES)
def test_what_a_power_cut_leaves_beside_a_newer_database_is_in_nobodys_way(
    tmp_path: Path, content: bytes, suffix: str
) -> None:
    before = add_before_an_update(tmp_path)
    file = tmp_path / FILE_NAME
    newer_bytes = file.read_bytes()
    file.with_name(f"{FILE_NAME}{suffix}").write_bytes(content)

    aside = set_newer_aside(tmp_path, NOW)

    assert aside is not None
    assert aside.read_bytes() == newer_bytes
    names = {path.name for path in tmp_path.iterdir()}
    assert {FILE_NAME, aside.name} <= names <= {FILE_NAME, aside.name, f"{aside.name}{suffix}"}
    assert ids_in(tmp_path / FILE_NAME) == {before}


def test_an_interrupted_write_is_undone_in_the_newer_database_and_not_in_the_older_one(
    tmp_path: Path,
) -> None:
    before = add_before_an_update(tmp_path)
    file = tmp_path / FILE_NAME
    newer_bytes = file.read_bytes()
    interrupt_a_write(file)
    assert file.read_bytes() != newer_bytes

    aside = set_newer_aside(tmp_path, NOW)

    assert aside is not None
    assert aside.read_bytes() == newer_bytes
    assert {path.name for path in tmp_path.iterdir()} == {FILE_NAME, aside.name}
    assert ids_in(tmp_path / FILE_NAME) == {before}


def test_a_journal_without_its_database_is_not_left_for_the_older_one(tmp_path: Path) -> None:
    before = add_before_an_update(tmp_path)
    file = tmp_path / FILE_NAME
    interrupt_a_write(file)
    file.rename(tmp_path / "signups.newer-20240502T080000-abcdef.sqlite3")

    set_newer_aside(tmp_path, NOW)

    assert ids_in(tmp_path / FILE_NAME) == {before}
    assert len(list(tmp_path.glob("signups.newer-*.sqlite3-journal"))) == 1


def test_a_pipe_in_place_of_the_journal_is_a_sentence(tmp_path: Path) -> None:
    add_before_an_update(tmp_path)
    os.mkfifo(tmp_path / f"{FILE_NAME}-journal")

    with pytest.raises(QueueUnavailable, match="Not a regular file"):
        set_newer_aside(tmp_path, NOW)


def test_every_step_changes_the_schema_by_which_an_older_kiosk_knows_a_newer_file() -> None:
    schemas = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in migrations.STEPS:
            step(connection)
            rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
            schemas.append({sql for (sql,) in rows})
    assert all(schemas.count(schema) == 1 for schema in schemas)


def test_what_a_power_cut_interrupts_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = add_before_an_update(tmp_path)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(newer, "sync_folder", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            set_newer_aside(tmp_path, NOW)
    assert not (tmp_path / FILE_NAME).exists()

    set_newer_aside(tmp_path, NOW)

    assert ids_in(tmp_path / FILE_NAME) == {before}
    assert migration_backups(tmp_path) == []
    assert len(newer_files(tmp_path)) == 1


@pytest.mark.parametrize("content", [b"", b"no database at all" * 1000])
def test_what_is_damaged_is_not_newer(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)

    assert set_newer_aside(tmp_path, NOW) is None

    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_with_no_signups_there_is_nothing_to_set_aside(tmp_path: Path) -> None:
    assert set_newer_aside(tmp_path, NOW) is None
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()

    with pytest.raises(QueueUnavailable, match="cannot be opened"):
        set_newer_aside(tmp_path, NOW)
