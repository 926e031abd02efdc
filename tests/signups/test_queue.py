"""The queue keeps every signup once, for good, and for its owner alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from subprocess import Popen

import pytest

from kiosk.signups.form import Signup
from kiosk.signups.store import database
from kiosk.signups.store import queue as queue_module
from kiosk.signups.store.database import FILE_NAME, QueueDamaged, QueueTooNew, QueueUnavailable
from kiosk.signups.store.ledger import read_ledger
from kiosk.signups.store.queue import ExportRecord, Queue, RepeatOf
from tests.conftest import make_signup
from tests.signups.stored import signup_of, signups_in

Child = Callable[..., Popen[str]]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)


def _selected(queue: Queue) -> list[Signup]:
    return [signup_of(record, None) for record in queue.selected()]


def _export(file_name: str = "a.csv") -> ExportRecord:
    """Facts of an export, of which the queue only keeps what it is told."""
    return ExportRecord(NOW, file_name, "csv", 1234, "0" * 64, "new", 1, 1)


def _pragma(queue: Queue, name: str) -> object:
    return queue._connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_signup_comes_back_as_it_went_in(queue: Queue) -> None:
    eastern = timezone(timedelta(hours=-4))
    signup = make_signup(
        name="Zoë 李 '); DROP TABLE signups; --",
        created_at=datetime(2024, 5, 1, 23, 59, 59, 123456, tzinfo=eastern),
    )

    queue.add(signup)

    assert signups_in(queue) == [signup]
    assert signups_in(queue)[0].provenance.created_at.utcoffset() == timedelta(hours=-4)


def test_a_double_tap_stores_one_signup(queue: Queue) -> None:
    signup = make_signup()

    queue.add(signup)
    queue.add(signup)

    assert signups_in(queue) == [signup]


def test_a_stored_signup_is_never_changed(queue: Queue) -> None:
    signup = make_signup()

    queue.add(signup)
    queue.add(replace(signup, person=replace(signup.person, email="another@example.com")))
    queue.select("all")
    queue.mark_exported(_export())

    assert signups_in(queue) == [signup]


def test_signups_outlive_the_process(tmp_path: Path) -> None:
    first, second = make_signup(), make_signup()
    with Queue.open(tmp_path) as queue:
        queue.add(first)
    with Queue.open(tmp_path) as queue:
        queue.add(second)
        assert signups_in(queue) == [first, second]


def test_signups_are_read_in_the_order_they_arrived(queue: Queue) -> None:
    """Whatever the clock said when their forms were opened and sent."""
    signups = [make_signup(created_at=NOW - timedelta(days=n)) for n in range(50)]

    for signup in reversed(signups):
        queue.add(signup)

    assert signups_in(queue) == signups[::-1]


def test_a_commit_waits_for_the_disk_and_the_folder(tmp_path: Path, child: Child) -> None:
    """In a process of its own, since that of the tests does not wait."""
    ask = "print(Queue.open(Path(sys.argv[1])).query_int('PRAGMA synchronous'))"
    assert child(ask, tmp_path).communicate()[0] == "3\n"  # EXTRA


def test_references_are_held_and_no_log_lies_beside_the_file(queue: Queue) -> None:
    assert _pragma(queue, "journal_mode") == "delete"
    assert _pragma(queue, "foreign_keys") == 1


def test_what_is_deleted_is_overwritten(queue: Queue) -> None:
    assert _pragma(queue, "secure_delete") == 1


def test_every_table_is_strict(queue: Queue) -> None:
    tables = queue._connection.execute("PRAGMA table_list").fetchall()
    strict = {name: is_strict for _, name, _, _, _, is_strict in tables if name[:6] != "sqlite"}

    assert {"signups", "consents", "days", "exports", "exported", "erasures"} <= strict.keys()
    assert set(strict.values()) == {1}


def test_the_file_is_for_its_owner_alone(tmp_path: Path, queue: Queue) -> None:
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_new_means_not_exported_yet(queue: Queue) -> None:
    first, second = make_signup(), make_signup()
    queue.add(first)
    queue.select("new")
    queue.mark_exported(_export())
    queue.add(second)

    assert queue.count("new") == queue.select("new") == 1
    assert _selected(queue) == [second]
    assert queue.count("all") == 2


def test_an_export_is_kept_with_all_that_is_known_of_it(queue: Queue) -> None:
    queue.add(make_signup())
    queue.select("new")
    first = _export()
    second = replace(first, size=None, sha256=None, selection="again", is_deduped=True, repeats=1)

    numbers = [queue.mark_exported(record) for record in (first, second)]

    assert numbers == [1, 2]
    assert queue.exports() == [replace(first, number=1), replace(second, number=2)]


def test_a_signup_exported_twice_is_counted_once(queue: Queue) -> None:
    queue.add(make_signup())
    for name in ("first.csv", "second.csv"):
        queue.select("all")
        queue.mark_exported(_export(name))

    assert queue.count("new") == 0
    assert [record.file_name for record in queue.exports()] == ["first.csv", "second.csv"]
    assert [queue.count(RepeatOf(number)) for number in (1, 2)] == [1, 1]
    assert read_ledger(queue).total.exported == 1


def test_what_is_taken_out_of_a_selection_is_not_marked(queue: Queue) -> None:
    stored, left_out = make_signup(), make_signup()
    for signup in (left_out, stored):
        queue.add(signup)
    queue.select("new")

    queue.deselect([1])
    queue.mark_exported(_export())

    assert _selected(queue) == [stored]
    queue.select("new")
    assert _selected(queue) == [left_out]


def test_a_signup_that_arrives_during_an_export_stays_new(queue: Queue) -> None:
    """Even one whose form was opened, and its id made, before the others were stored."""
    early, late = make_signup(), make_signup()
    queue.add(late)
    queue.select("new")
    queue.add(early)

    assert _selected(queue) == [late]
    queue.mark_exported(_export())
    queue.select("new")
    assert _selected(queue) == [early]


def test_a_day_begins_at_midnight_in_the_showroom(queue: Queue) -> None:
    """In UTC the first is of April 30 as well, and the last of May 2."""
    eastern, summer = timezone(timedelta(hours=-5)), timezone(timedelta(hours=2))
    on_the_day = [
        make_signup(created_at=datetime(2024, 5, 1, 0, 0, tzinfo=summer)),
        make_signup(created_at=datetime(2024, 5, 1, 23, 59, tzinfo=eastern)),
    ]
    before = make_signup(created_at=datetime(2024, 4, 30, 23, 59, tzinfo=eastern))
    for signup in (before, *on_the_day):
        queue.add(signup)

    assert queue.count(date(2024, 4, 30)) == 3
    assert queue.select(date(2024, 5, 1)) == 2
    assert _selected(queue) == on_the_day
    assert queue.count(date(2024, 5, 2)) == 0


def test_a_kiosk_can_store_while_an_export_reads(
    tmp_path: Path, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0)
    monkeypatch.setattr(queue_module, "BATCH_SIZE", 2)
    signups = [make_signup() for _ in range(5)]
    for signup in signups:
        queue.add(signup)
    queue.select("all")
    reading = queue.selected()
    first = next(reading)

    with Queue.open(tmp_path) as kiosk:
        kiosk.add(make_signup())

    assert [signup_of(record, None) for record in (first, *reading)] == signups


def test_a_million_rows_are_looked_up_not_scanned(queue: Queue) -> None:
    where, _ = queue_module._where("new")
    plan = queue._connection.execute(f"EXPLAIN QUERY PLAN SELECT id FROM signups WHERE {where}")

    details = [row[3] for row in plan]
    assert "SEARCH exported USING PRIMARY KEY (signup=?)" in details
    assert not any("SCAN exported" in detail or "TEMP B-TREE" in detail for detail in details)


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with Queue.open(tmp_path) as queue:
        queue.add(make_signup())
        queue._connection.execute("CREATE TABLE visits (day TEXT)")
        queue._connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / FILE_NAME).read_bytes()

    for opened in (Queue.open, Queue.open_read_only):
        with pytest.raises(QueueTooNew, match="newer version of the kiosk; install that version"):
            opened(tmp_path)

    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def test_a_newer_file_with_a_write_ahead_log_keeps_it(tmp_path: Path) -> None:
    with Queue.open(tmp_path) as queue:
        queue.add(make_signup())
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as newer:
        newer.execute("PRAGMA journal_mode = WAL")
        newer.execute("CREATE TABLE visits (day TEXT)")
        newer.execute("PRAGMA user_version = 99")
    before = (tmp_path / FILE_NAME).read_bytes()

    with pytest.raises(QueueTooNew):
        Queue.open(tmp_path)

    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_looking_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(QueueUnavailable):
        Queue.open_read_only(tmp_path)
    with pytest.raises(QueueUnavailable, match="holds no signups yet"):
        Queue.open(tmp_path, create=False)

    assert list(tmp_path.iterdir()) == []


def test_looking_stores_nothing(tmp_path: Path) -> None:
    Queue.open(tmp_path).close()

    with Queue.open_read_only(tmp_path) as queue, pytest.raises(QueueUnavailable):
        queue.add(make_signup())


def test_a_folder_whose_name_means_something_in_an_address_is_looked_into(tmp_path: Path) -> None:
    folder = tmp_path / "50% off? #1"
    folder.mkdir()
    with Queue.open(folder) as queue:
        queue.add(make_signup())

    with Queue.open_read_only(folder) as queue:
        assert queue.count() == 1


def test_an_empty_file_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    """A new one has its schema when it gets its name."""
    (tmp_path / FILE_NAME).touch()

    for opened in (Queue.open, Queue.open_read_only):
        with pytest.raises(QueueDamaged):
            opened(tmp_path)

    assert (tmp_path / FILE_NAME).read_bytes() == b""


def test_a_database_of_other_make_is_told_from_ours(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("CREATE TABLE signups (who TEXT)")

    with pytest.raises(QueueDamaged):
        Queue.open(tmp_path)
