"""When the disk or another program refuses, nothing is half stored and the next try succeeds."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.signups.store import database
from kiosk.signups.store.database import FILE_NAME, QueueUnavailable
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.migrations import LATEST_VERSION
from kiosk.signups.store.queue import ExportRecord, Queue
from tests.conftest import make_signup

Child = Callable[..., subprocess.Popen[str]]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""
LIMITED = """
import resource
from kiosk.signups.store.database import QueueUnavailable

queue = Queue.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (256 * 1024, 256 * 1024))
try:
    while True:
        signup = make_signup(name="Vera " * 400)
        queue.add(signup)
        print(signup.id, flush=True)
except QueueUnavailable as error:
    print(f"refused: {error}")
"""
MIGRATE = """
print("ready", flush=True)
sys.stdin.readline()
Queue.open(Path(sys.argv[1])).close()
print("migrated")
"""


def test_a_file_held_by_another_process_is_refused_and_later_taken(
    tmp_path: Path, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.01)
    signup = make_signup()
    with Queue.open(tmp_path) as queue:
        other = child(HOLD, tmp_path / FILE_NAME)
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        with pytest.raises(QueueUnavailable, match="another program is using the signups"):
            queue.add(signup)
        with pytest.raises(QueueUnavailable, match="another program is using the signups"):
            Queue.open(tmp_path)
        with pytest.raises(QueueUnavailable, match="another program is using the signups"):
            queue.is_intact()

        other.communicate("let go\n")
        queue.add(signup)
        assert queue.count() == 1


def test_a_full_disk_stores_nothing_of_a_signup_and_the_next_try_all_of_it(queue: Queue) -> None:
    """The limit on pages stands in for the end of the disk."""
    connection = queue._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 10}")
    stored = 0

    def add_until_refused() -> None:
        nonlocal stored
        while True:
            queue.add(make_signup(name="Vera " * 180))
            stored += 1

    with pytest.raises(QueueUnavailable, match="the disk is full; free some space on it"):
        add_until_refused()

    assert queue.count() == stored > 0
    assert queue.is_intact()
    connection.execute("PRAGMA max_page_count = 2000")
    queue.add(make_signup())
    assert queue.count() == stored + 1


def test_a_disk_that_stops_writing_keeps_exactly_what_it_thanked_for(
    tmp_path: Path, child: Child
) -> None:
    """A limit on the file's size makes the system's own write fail."""
    *thanked, refused = child(LIMITED, tmp_path).communicate()[0].splitlines()

    assert refused.startswith("refused: the disk")
    with Queue.open(tmp_path) as queue:
        queue.select("all")
        assert [record.id for record in queue.selected()] == thanked
        assert thanked
        assert queue.is_intact()


def test_a_disk_too_full_to_export_marks_nothing(queue: Queue) -> None:
    for _ in range(1000):
        queue.add(make_signup())
    queue.select("new")
    pages = queue._connection.execute("PRAGMA page_count").fetchone()[0]
    queue._connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(QueueUnavailable, match="the disk is full"):
        queue.mark_exported(ExportRecord(NOW, "a.csv", "csv", 1, "0" * 64, "new", 1000, 1000))

    assert queue.count("new") == 1000
    assert queue.exports() == []


def test_a_disk_that_may_only_be_read_refuses_a_signup(queue: Queue) -> None:
    queue._connection.execute("PRAGMA query_only = ON")

    with pytest.raises(
        QueueUnavailable, match="may not be written; fix the data folder's permissions"
    ):
        queue.add(make_signup())


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EMFILE])
def test_a_disk_that_refuses_the_file_is_told_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(os, "open", Mock(side_effect=OSError(code, os.strerror(code))))
    with pytest.raises(QueueUnavailable) as caught:
        Queue.open(tmp_path)

    assert str(caught.value) == (
        f"{tmp_path / FILE_NAME} cannot be opened ({os.strerror(code)});"
        " check the disk and the data folder's permissions"
    )


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()

    with pytest.raises(QueueUnavailable, match=r"cannot be opened \(Is a directory\)"):
        Queue.open(tmp_path)


def test_a_data_folder_that_is_gone_is_refused_and_taken_again_when_it_is_back(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    store = LocalSignupStore(folder, lambda: NOW)
    store.save(make_signup())
    shutil.rmtree(folder)
    signup = make_signup()

    with pytest.raises(QueueUnavailable, match="No such file or directory"):
        store.save(signup)
    folder.mkdir()
    store.save(signup)

    store.close()
    with Queue.open_read_only(folder) as queue:
        assert queue.count() == 1


def test_our_own_bug_is_not_taken_for_the_disks(queue: Queue) -> None:
    """STRICT refuses a value of a wrong type, which only a bug can hand in."""
    with pytest.raises(sqlite3.IntegrityError):
        queue.add(make_signup(kiosk=b"bytes"))

    assert queue.count() == 0
    queue.add(make_signup())


def test_processes_that_migrate_at_once_all_find_one_queue(tmp_path: Path, child: Child) -> None:
    children = [child(MIGRATE, tmp_path) for _ in range(6)]
    for process in children:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

    for process in children:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()

    assert [process.communicate()[0] for process in children] == ["migrated\n"] * 6
    with Queue.open(tmp_path) as queue:
        assert queue.is_intact()
        assert queue._connection.execute("PRAGMA user_version").fetchone() == (LATEST_VERSION,)
