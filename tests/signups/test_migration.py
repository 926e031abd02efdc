"""A database of today becomes one of tomorrow without losing a word, however the change ends."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.signups.form import Signup
from kiosk.signups.store import database
from kiosk.signups.store.database import FILE_NAME, QueueUnavailable, migration_backups
from kiosk.signups.store.erasure import erase_address
from kiosk.signups.store.ledger import read_ledger
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.migrations import LATEST_VERSION
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup
from tests.long_runs import IS_LONG
from tests.signups.stored import signups_in, store_many
from tests.signups.tomorrow import TOMORROW, note_arrivals, tomorrow

Child = Callable[..., subprocess.Popen[str]]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def signups() -> list[Signup]:
    names = ("Vera", "Zoë 李 \"'); DROP TABLE signups; --\\ 😀\u2028", "")
    return [make_signup(email=f"v{n}@example.com", name=name) for n, name in enumerate(names)]


@pytest.fixture
def file(tmp_path: Path, signups: list[Signup]) -> Path:
    """As today's kiosk left it."""
    with Queue.open(tmp_path) as queue:
        for signup in signups:
            queue.add(signup)
    return tmp_path / FILE_NAME


@pytest.fixture
def updated(file: Path) -> Iterator[None]:
    """The program was replaced since."""
    with tomorrow():
        yield


def _version(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _contents(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


@pytest.mark.usefixtures("updated")
def test_every_signup_is_there_as_it_was_and_more_can_come(
    file: Path, signups: list[Signup]
) -> None:
    later = make_signup()
    with Queue.open(file.parent) as queue:
        queue.add(later)

        assert signups_in(queue) == [*signups, later]
        assert queue.is_intact()
        assert queue.query("PRAGMA foreign_key_check") == []
        assert read_ledger(queue).is_balanced
    assert _version(file) == TOMORROW


def test_a_copy_of_the_old_file_is_kept_for_its_owner_alone(file: Path) -> None:
    before = _contents(file)

    with tomorrow():
        Queue.open(file.parent).close()

    (copy,) = migration_backups(file.parent)
    assert copy.name == f"signups.before-{TOMORROW}.sqlite3"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert _version(copy) == LATEST_VERSION
    assert _contents(copy) == before
    assert sorted(file.parent.iterdir()) == [copy, file]


@pytest.mark.usefixtures("updated")
def test_a_migrated_file_is_not_copied_again(file: Path) -> None:
    Queue.open(file.parent).close()
    (copy,) = migration_backups(file.parent)
    copy.unlink()

    Queue.open(file.parent).close()

    assert migration_backups(file.parent) == []


@pytest.mark.usefixtures("updated")
def test_nothing_of_an_erased_address_is_left_in_the_old_copy(file: Path) -> None:
    with Queue.open(file.parent) as queue:
        receipt = erase_address(queue, "v1@example.com", NOW)

    assert (receipt.count, receipt.remaining_copy) == (1, "")
    assert [file.name for file in file.parent.iterdir()] == [FILE_NAME]
    assert b"v1@example.com" not in file.read_bytes()


def test_a_step_that_fails_leaves_the_old_file_as_it_was(file: Path, signups: list[Signup]) -> None:
    def fail_at_last(connection: sqlite3.Connection) -> None:
        note_arrivals(connection)
        raise RuntimeError

    before = _contents(file)

    with tomorrow(fail_at_last), pytest.raises(RuntimeError):
        Queue.open(file.parent)

    assert _version(file) == LATEST_VERSION
    assert _contents(file) == before
    with Queue.open(file.parent) as queue:
        assert signups_in(queue) == signups


def test_a_disk_too_full_for_the_copy_changes_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    make = os.open

    def refuse(file: str | Path, *given: object, **named: object) -> int:
        if "before" in str(file):
            raise OSError(28, "No space left on device")
        return make(file, *given, **named)

    monkeypatch.setattr(os, "open", refuse)
    with tomorrow(), pytest.raises(QueueUnavailable, match="No space left on device"):
        Queue.open(file.parent)

    assert file.read_bytes() == before


def test_a_disk_that_fills_up_under_the_copy_keeps_nothing_of_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    monkeypatch.setattr(Path, "rename", Mock(side_effect=OSError(28, "No space left on device")))

    with tomorrow(), pytest.raises(QueueUnavailable, match=r"before-.* \(No space left on device"):
        Queue.open(file.parent)

    assert list(file.parent.iterdir()) == [file]
    assert file.read_bytes() == before


@pytest.mark.usefixtures("updated")
@pytest.mark.parametrize("part", ["", ".part"])
def test_half_a_copy_is_begun_again_and_does_not_pass_for_damage(
    file: Path, signups: list[Signup], part: str
) -> None:
    """What a disk may keep of a copy that was cut off; the signups themselves are sound."""
    half = file.with_name(f"signups.before-{TOMORROW}{part}.sqlite3")
    half.write_bytes(b"\0" * 4096 + b"half a copy" * 1000)
    store = LocalSignupStore(file.parent, lambda: NOW)

    assert store.is_open()

    store.close()
    (copy,) = migration_backups(file.parent)
    assert sorted(file.parent.iterdir()) == [copy, file]
    assert _version(copy) == LATEST_VERSION
    with Queue.open_read_only(file.parent) as queue:
        assert signups_in(queue) == signups


@pytest.mark.usefixtures("updated")
def test_one_who_comes_second_neither_migrates_nor_copies(
    file: Path, signups: list[Signup], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process migrates after this one has read the old version."""
    read = database._schema_version

    def read_then_lose_the_race(connection: sqlite3.Connection, file: Path) -> int:
        version = read(connection, file)
        monkeypatch.setattr(database, "_schema_version", read)
        Queue.open(file.parent).close()
        return version

    monkeypatch.setattr(database, "_schema_version", read_then_lose_the_race)
    with Queue.open(file.parent) as queue:
        assert signups_in(queue) == signups

    (copy,) = migration_backups(file.parent)
    assert _version(copy) == LATEST_VERSION


# Forks once for every statement of the migration: the fork is killed as it begins that statement.
MIGRATE_UP_TO_EVERY_STATEMENT = """
import sqlite3
from kiosk.signups.store import database
from tests.signups import tomorrow

folder = Path(sys.argv[1])
migrate = database.migrate
tomorrow.begin()

def open_(statements):
    left = iter(range(statements))

    def watched(connection, version):
        connection.set_trace_callback(lambda _: None if next(left, None) is not None else die())
        migrate(connection, version)
        connection.set_trace_callback(None)

    database.migrate = watched
    Queue.open(folder)

for statements in range(1000):
    process = os.fork()
    if process == 0:
        open_(statements)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0:
        break
    connection = sqlite3.connect(folder / database.FILE_NAME)
    print(connection.execute("PRAGMA user_version").fetchone()[0], flush=True)
    connection.close()
"""


def test_a_kill_at_every_statement_leaves_a_file_that_migrates_next_time(
    file: Path, signups: list[Signup], child: Child
) -> None:
    versions = child(MIGRATE_UP_TO_EVERY_STATEMENT, file.parent).communicate()[0].split()

    assert len(versions) > 5
    assert set(versions) == {str(LATEST_VERSION)}
    assert _version(file) == TOMORROW
    with tomorrow(), Queue.open(file.parent) as queue:
        assert queue.is_intact()
        assert signups_in(queue) == signups
        assert read_ledger(queue).is_balanced
    assert [_version(copy) for copy in migration_backups(file.parent)] == [LATEST_VERSION]


MIGRATE_UP_TO = """
from tests.signups import tomorrow

def step_up_to(connection):
    connection.execute("PRAGMA cache_size = 1")
    connection.set_progress_handler(die, int(sys.argv[2]))
    tomorrow.note_arrivals(connection)

tomorrow.begin(step_up_to)
Queue.open(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("steps", [1, 4_000, 8_000, 16_000] if IS_LONG else [1, 16_000])
def test_a_kill_in_the_middle_of_many_is_taken_back_whole(
    file: Path, child: Child, steps: int
) -> None:
    """The cache is too small for them, so that half of the new table is on the disk already."""
    with Queue.open(file.parent) as queue:
        store_many(queue, make_signup(), 1000)
        before = signups_in(queue)
    process = child(MIGRATE_UP_TO, file.parent, str(steps))
    process.communicate()
    assert process.returncode == -signal.SIGKILL

    with tomorrow(), Queue.open(file.parent) as queue:
        assert queue.is_intact()
        assert signups_in(queue) == before
        assert read_ledger(queue).is_balanced
