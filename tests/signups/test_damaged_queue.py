"""A damaged database is told as such, kept whole, and never stops the kiosk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.signups.store import database as database_module
from kiosk.signups.store.database import (
    FILE_NAME,
    QueueDamaged,
    QueueUnavailable,
    damaged_files,
    set_aside,
)
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.stored_signup import UnreadableSignup
from tests.conftest import make_signup
from tests.signups.stored import signup_of, signups_in, store_many

Damage = Callable[[Path], None]
NOW = datetime(2024, 5, 2, 8, 0, 59, tzinfo=UTC)
PAGE = 4096


def _tear_header(file: Path) -> None:
    with file.open("r+b") as handle:
        handle.write(b"\0" * 100)


def _tear_first_page(file: Path) -> None:
    with file.open("r+b") as handle:
        handle.seek(100)
        handle.write(b"\xff" * (PAGE - 100))


def _fill_with_garbage(file: Path) -> None:
    file.write_bytes(os.urandom(10 * PAGE))


def _fill_with_text(file: Path) -> None:
    file.write_text("These are not the signups you are looking for.\n" * 200)


def _cut_in_half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // PAGE // 2 * PAGE)


def _tear_middle_page(file: Path) -> None:
    with file.open("r+b") as handle:
        handle.seek(file.stat().st_size // PAGE // 2 * PAGE)
        handle.write(b"\xa5" * PAGE)


AT_ONCE = [_tear_header, _tear_first_page, _fill_with_garbage, _fill_with_text, _cut_in_half]
ANYWHERE = [*AT_ONCE, _tear_middle_page]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of some hundred pages."""
    with Queue.open(tmp_path) as queue:
        store_many(queue, make_signup(name="Vera " * 180), 300)
    return tmp_path / FILE_NAME


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalSignupStore]:
    store = LocalSignupStore(tmp_path, lambda: NOW)
    yield store
    store.close()


@pytest.mark.parametrize("damage", AT_ONCE)
def test_a_damaged_file_is_told_when_it_is_opened(
    tmp_path: Path, database: Path, damage: Damage
) -> None:
    damage(database)
    before = database.read_bytes()

    for opened in (Queue.open, Queue.open_read_only):
        with pytest.raises(QueueDamaged):
            opened(tmp_path)

    assert database.read_bytes() == before


def test_damage_further_in_is_found_by_looking_at_every_page(
    tmp_path: Path, database: Path
) -> None:
    with Queue.open_read_only(tmp_path) as queue:
        assert queue.is_intact()

    _tear_middle_page(database)

    with Queue.open_read_only(tmp_path) as queue:
        assert not queue.is_intact()


def test_reading_over_a_torn_page_is_told_as_damage(tmp_path: Path, database: Path) -> None:
    _tear_middle_page(database)

    with Queue.open(tmp_path) as queue, pytest.raises(QueueDamaged):
        signups_in(queue)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("created_at = 'yesterday'", "its time is damaged"),
        ("created_at = ''", "its time is damaged"),
        ("created_at = '2024-05-01\"09:30:00+00:00'", "its time is damaged"),
        ("created_at = '20240501T093000+0000'", "its time is damaged"),
        ("personal = x'fffe'", "its personal data are damaged"),
        ("personal = x''", "its personal data are damaged"),
        ("personal = CAST('[]' AS BLOB)", "its personal data belong to another signup"),
        (
            "personal = CAST(json_object('id', (SELECT id FROM signups WHERE number = 1)) AS BLOB)",
            "its personal data are damaged",
        ),
        (
            "personal = CAST(json_set(personal, '$.name', 7) AS BLOB)",
            "its personal data are damaged",
        ),
        (
            r"personal = CAST(replace(personal, 'vera@', '\ud83d') AS BLOB)",
            "its personal data are damaged",
        ),
        ("personal = CAST(personal || '{}' AS BLOB)", "its personal data are damaged"),
        (
            "personal = (SELECT personal FROM people WHERE number = 2)",
            "its personal data belong to another signup",
        ),
        ("personal = CAST(replace(hex(zeroblob(9999)), '0', '[') AS BLOB)", "are damaged"),
    ],
)
def test_a_garbled_signup_does_not_keep_the_others_from_being_read(
    queue: Queue, change: str, expected: str
) -> None:
    signups = [make_signup() for _ in range(3)]
    for signup in signups:
        queue.add(signup)
    table = "people" if change.startswith("personal") else "signups"
    queue._connection.execute(f"UPDATE {table} SET {change} WHERE number = 1")
    queue.select("all")

    garbled, *others = queue.selected()

    with pytest.raises(UnreadableSignup, match=expected):
        signup_of(garbled, None)
    assert [signup_of(record, None) for record in others] == signups[1:]


@pytest.mark.parametrize("damage", ANYWHERE)
def test_the_desk_sets_a_damaged_file_aside_and_carries_on(
    tmp_path: Path, database: Path, store: LocalSignupStore, damage: Damage
) -> None:
    damage(database)
    damaged = database.read_bytes()
    signup = make_signup()

    assert store.is_open()
    store.save(signup)

    (aside,) = damaged_files(tmp_path)
    assert aside.read_bytes() == damaged
    assert aside.name.startswith("signups.damaged-20240502T080059-")
    with Queue.open_read_only(tmp_path) as queue:
        assert signups_in(queue) == [signup]


def test_damage_in_the_middle_of_the_day_loses_no_signup_that_follows(
    tmp_path: Path, database: Path, store: LocalSignupStore
) -> None:
    store.save(make_signup())
    _fill_with_garbage(database)
    signup = make_signup()

    store.save(signup)

    assert len(damaged_files(tmp_path)) == 1
    with Queue.open_read_only(tmp_path) as queue:
        assert signups_in(queue) == [signup]


def test_a_second_damage_does_not_overwrite_the_first(
    tmp_path: Path, store: LocalSignupStore
) -> None:
    for content in (b"first" * 2000, b"second" * 2000):
        store.close()
        (tmp_path / FILE_NAME).write_bytes(content)
        assert store.is_open()

    stored = {file.read_bytes() for file in damaged_files(tmp_path)}
    assert stored == {b"first" * 2000, b"second" * 2000}


def test_the_journal_goes_with_the_damaged_file(tmp_path: Path) -> None:
    """Beside a fresh file it would be rolled back into that."""
    (tmp_path / FILE_NAME).write_bytes(b"damaged")
    (tmp_path / f"{FILE_NAME}-journal").write_bytes(b"journal")

    aside = set_aside(tmp_path, NOW)

    assert aside.read_bytes() == b"damaged"
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == b"journal"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_damaged_file_that_cannot_be_moved_stays_and_nothing_is_thanked_for(
    tmp_path: Path, store: LocalSignupStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill_with_garbage(tmp_path / FILE_NAME)
    before = (tmp_path / FILE_NAME).read_bytes()

    monkeypatch.setattr(Path, "rename", Mock(side_effect=OSError(30, "Read-only file system")))

    assert store.is_open()
    with pytest.raises(QueueUnavailable, match="cannot be set aside"):
        store.save(make_signup())
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_newer_file_is_not_set_aside(tmp_path: Path, store: LocalSignupStore) -> None:
    with Queue.open(tmp_path) as queue:
        queue._connection.execute("CREATE TABLE visits (day TEXT)")
        queue._connection.execute("PRAGMA user_version = 99")

    assert not store.is_open()
    with pytest.raises(QueueUnavailable, match="newer version"):
        store.save(make_signup())
    assert damaged_files(tmp_path) == []


def test_a_busy_file_is_not_taken_for_a_damaged_one(
    tmp_path: Path, store: LocalSignupStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "LOCK_TIMEOUT_SECONDS", 0)
    Queue.open(tmp_path).close()
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    assert store.is_open()  # it may be free once the form is filled in
    with pytest.raises(QueueUnavailable, match="another program"):
        store.save(make_signup())
    other.close()

    store.save(make_signup())
    assert damaged_files(tmp_path) == []


def test_a_file_removed_under_the_desk_is_begun_again(
    tmp_path: Path, store: LocalSignupStore
) -> None:
    store.save(make_signup())
    (tmp_path / FILE_NAME).unlink()
    signup = make_signup()

    store.save(signup)

    with Queue.open_read_only(tmp_path) as queue:
        assert signups_in(queue) == [signup]


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_takes_the_journals_name_under_the_desk_is_told_and_hangs_nothing(
    tmp_path: Path, ending: str, make: Callable[[Path], None]
) -> None:
    reasons: list[str] = []
    store = LocalSignupStore(tmp_path, lambda: NOW, reasons.append)
    store.save(make_signup())
    odd = tmp_path / f"{FILE_NAME}{ending}"
    make(odd)

    with pytest.raises(
        QueueUnavailable, match="and SQLite needs its name; move it to another folder"
    ):
        store.save(make_signup())

    assert str(odd) in reasons[-1]
    assert not store.erase_expired(30)
    with pytest.raises(QueueUnavailable, match="SQLite needs its name"):
        Queue.open_read_only(tmp_path)  # as health does
    odd.rename(tmp_path / "elsewhere")
    store.save(make_signup())
    store.close()
    assert reasons[-1] == ""


def test_a_backup_laid_over_the_file_is_noticed(tmp_path: Path, store: LocalSignupStore) -> None:
    store.save(make_signup())
    backup = tmp_path / "backup.sqlite3"
    backup.write_bytes((tmp_path / FILE_NAME).read_bytes())
    store.save(make_signup())
    backup.rename(tmp_path / FILE_NAME)

    store.save(make_signup())

    with Queue.open_read_only(tmp_path) as queue:
        assert queue.count() == 2


@pytest.mark.parametrize(
    "damage",
    [
        "ALTER TABLE signups RENAME COLUMN kiosk TO shop",
        "ALTER TABLE days RENAME COLUMN captured TO counted",
        "DROP TRIGGER captured; CREATE TRIGGER captured AFTER INSERT ON signups BEGIN"
        " INSERT INTO days VALUES (new.created_at, NULL); END",
    ],
)
def test_what_keeps_signups_from_being_stored_for_ever_is_set_aside(
    tmp_path: Path, damage: str
) -> None:
    with Queue.open(tmp_path) as queue:
        queue.add(make_signup())
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.executescript(damage)
    connection.close()
    store = LocalSignupStore(tmp_path, lambda: NOW)

    store.save(make_signup())
    store.close()

    assert len(damaged_files(tmp_path)) == 1
    with Queue.open(tmp_path) as queue:
        assert queue.count() == 1


def test_a_signup_without_an_offset_is_not_shown_under_a_wrong_time(queue: Queue) -> None:
    queue.add(make_signup())
    queue.execute("UPDATE signups SET created_at = '2024-05-01T10:00:00'")
    queue.select("all")

    with pytest.raises(UnreadableSignup, match="its time is damaged"):
        signup_of(next(queue.selected()), None)


@pytest.mark.parametrize("statement", ["SELECT NULL", "SELECT 'x'", "SELECT 1 WHERE false"])
def test_a_number_that_is_missing_is_told_as_damage(queue: Queue, statement: str) -> None:
    with pytest.raises(QueueDamaged):
        queue.query_int(statement)
