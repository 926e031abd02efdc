"""A file of the first version becomes today's without losing a word, however the change ends."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kiosk.signups.export.exporting import Order, export, repeat
from kiosk.signups.form import Consent, Person, Signup, Stamp
from kiosk.signups.store import database, migrations
from kiosk.signups.store.database import FILE_NAME, QueueUnavailable, copies
from kiosk.signups.store.desk import Desk
from kiosk.signups.store.erasing import erase_address
from kiosk.signups.store.ledger import Balance, read_ledger
from kiosk.signups.store.migrations import LATEST
from kiosk.signups.store.queue import ExportFacts, Queue, RepeatOf
from tests.signups.stored import signup_of

Child = Callable[..., subprocess.Popen[str]]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
EASTERN = timezone(timedelta(hours=-4))
ENGLISH = Consent("2024-1", "en", "Yes, please.", "")
SPANISH = Consent("2024-1", "es", "Sí, por favor.\n¿De acuerdo?", "")
REWORDED = Consent("2024-2", "en", "Yes, please.", "")


def _signup(number: int, at: datetime, consent: Consent, *person: str) -> Signup:
    id_ = f"018f33d0-0000-7000-8000-{number:012x}"
    return Signup(id_, Person(*person), consent, Stamp(at, None, "", ""))


SIGNUPS = [
    _signup(1, datetime(2024, 4, 30, 23, 59, tzinfo=EASTERN), ENGLISH, "a@example.com", "", ""),
    _signup(
        2,
        datetime(2024, 5, 1, 9, 30, 0, 123456, tzinfo=EASTERN),
        SPANISH,
        "véra@example.com",
        "Zoë 李 \"'); DROP TABLE signups; --\\ 😀\u2028",
        "K1A 0B1",
    ),
    # A clock that had fallen back: the order of arrival is that of the ids.
    _signup(3, datetime(1970, 1, 1, tzinfo=UTC), ENGLISH, "c@example.com", "C", "62701"),
    _signup(4, datetime(2024, 5, 1, 9, 30, tzinfo=EASTERN), REWORDED, "a@example.com", "A", ""),
    _signup(5, datetime(2024, 5, 1, 9, 31, tzinfo=EASTERN), ENGLISH, "e@example.com", "E", ""),
]
EXPORTS = [
    ("018f33d0-1000-7000-8000-000000000001", datetime(2024, 5, 1, 8, tzinfo=EASTERN), "1.csv", [1]),
    ("018f33d0-1000-7000-8000-000000000002", NOW, "Ümlaut.XLSX", [2, 3]),
]


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """A file as the first version left it; signups lie in it in no order."""
    file = tmp_path / FILE_NAME
    file.touch(0o600)
    with closing(sqlite3.connect(file)) as connection, connection:
        migrations.STEPS[0](connection)
        for signup in (SIGNUPS[n] for n in (3, 0, 4, 2, 1)):
            person, said = signup.person, signup.consent
            connection.execute(
                "INSERT INTO signups (id, created_at, email, name, postal_code, consent_wording,"
                " consent_version, language) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(signup.id, signup.stamp.created_at.isoformat()),
                    *(person.email, person.name, person.postal_code),
                    *(said.wording, said.version, said.language),
                ),
            )
        for id_, at, name, numbers in reversed(EXPORTS):
            connection.execute(
                "INSERT INTO exports VALUES (?, ?, ?, ?)", (id_, at.isoformat(), name, len(numbers))
            )
            connection.executemany(
                "INSERT INTO exported VALUES (?, ?)",
                [(SIGNUPS[number - 1].id, id_) for number in numbers],
            )
        connection.execute("PRAGMA user_version = 1")
    return file


def _version(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _contents(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def _all(queue: Queue) -> list[Signup]:
    queue.select("all")
    return [signup_of(record, None) for record in queue.selected()]


def test_every_signup_is_there_as_it_was_in_the_order_it_had(first_version: Path) -> None:
    with Queue.open(first_version.parent) as queue:
        assert _all(queue) == SIGNUPS
        assert queue.is_sound()
        assert queue.query("PRAGMA foreign_key_check") == []


def test_nobody_judged_the_clock_then(first_version: Path) -> None:
    with Queue.open(first_version.parent) as queue:
        assert {signup.stamp.clock_trusted for signup in _all(queue)} == {None}


def test_the_same_words_are_kept_once(first_version: Path) -> None:
    with Queue.open(first_version.parent) as queue:
        assert queue.number("SELECT count(*) FROM consents") == 3


def test_exports_are_numbered_in_the_order_they_were_made(first_version: Path) -> None:
    with Queue.open(first_version.parent) as queue:
        assert queue.exports() == [
            ExportFacts(EXPORTS[0][1], "1.csv", "csv", None, None, "new", 1, 1, number=1),
            ExportFacts(EXPORTS[1][1], "Ümlaut.XLSX", "xlsx", None, None, "new", 2, 2, number=2),
        ]


def test_what_was_exported_stays_exported_by_the_same_export(first_version: Path) -> None:
    with Queue.open(first_version.parent) as queue:
        assert queue.count("new") == queue.select("new") == 2
        assert [signup_of(record, None) for record in queue.selected()] == SIGNUPS[3:]
        queue.select(RepeatOf(1))
        assert [signup_of(record, None) for record in queue.selected()] == SIGNUPS[:1]
        queue.select(RepeatOf(2))
        assert [signup_of(record, None) for record in queue.selected()] == SIGNUPS[1:3]


def test_the_ledger_adds_up_day_by_day(first_version: Path) -> None:
    with Queue.open(first_version.parent) as queue:
        ledger = read_ledger(queue)

    assert ledger.adds_up
    assert [(day.day, day.balance, day.last_export) for day in ledger.days] == [
        ("1970-01-01", Balance(1, 0, 1, 0), EXPORTS[1][1]),
        ("2024-04-30", Balance(1, 0, 1, 0), EXPORTS[0][1]),
        ("2024-05-01", Balance(3, 2, 1, 0), EXPORTS[1][1]),
    ]


def test_signups_go_on_where_they_were(first_version: Path) -> None:
    """With new numbers, and without an old one coming back."""
    with Queue.open(first_version.parent) as queue:
        later = _signup(6, NOW, ENGLISH, "f@example.com", "F", "")
        queue.add(SIGNUPS[0])
        queue.add(later)

        assert _all(queue) == [*SIGNUPS, later]
        assert read_ledger(queue).total == Balance(6, 3, 3, 0)


def test_an_export_of_then_is_written_once_more(first_version: Path, tmp_path: Path) -> None:
    with Queue.open(first_version.parent) as queue:
        done = repeat(queue, 1, tmp_path / "again.csv", NOW)
        later = export(queue, Order(tmp_path / "new.csv"), NOW)

    assert (done.signups, done.is_same) == (1, None)  # what the first version did not note
    assert (later.number, later.signups) == (4, 2)
    assert "a@example.com" in (tmp_path / "again.csv").read_text("utf-8-sig")


def test_a_copy_of_the_old_file_is_kept_for_its_owner_alone(first_version: Path) -> None:
    before = _contents(first_version)

    Queue.open(first_version.parent).close()

    (copy,) = copies(first_version.parent)
    assert copy.name == "signups.before-2.sqlite3"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert _version(copy) == 1
    assert _contents(copy) == before
    assert sorted(first_version.parent.iterdir()) == [copy, first_version]


def test_a_migrated_file_is_not_copied_again(first_version: Path) -> None:
    Queue.open(first_version.parent).close()
    (copy,) = copies(first_version.parent)
    copy.unlink()

    Queue.open(first_version.parent).close()

    assert copies(first_version.parent) == []


def test_nothing_of_an_erased_address_is_left_in_the_old_copy(first_version: Path) -> None:
    with Queue.open(first_version.parent) as queue:
        receipt = erase_address(queue, "c@example.com", NOW)

    assert (receipt.count, receipt.exports, receipt.remains) == (1, (2,), "")
    assert [file.name for file in first_version.parent.iterdir()] == [FILE_NAME]
    assert b"c@example.com" not in first_version.read_bytes()


def test_nothing_of_the_old_tables_is_left_in_the_file(first_version: Path) -> None:
    with Queue.open(first_version.parent) as queue:
        tables = {name for (name,) in queue.query("SELECT name FROM sqlite_schema")}

    assert not [name for name in tables if name.startswith("first_")]


def test_a_step_that_fails_leaves_the_old_file_as_it_was(
    first_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _contents(first_version)

    def fail_at_last(connection: sqlite3.Connection) -> None:
        migrations._ledger_evidence_and_seals(connection)
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (migrations.STEPS[0], fail_at_last))
        with pytest.raises(RuntimeError):
            Queue.open(first_version.parent)

    assert _version(first_version) == 1
    assert _contents(first_version) == before
    with Queue.open(first_version.parent) as queue:
        assert _all(queue) == SIGNUPS


def test_a_disk_too_full_for_the_copy_changes_nothing(
    first_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = first_version.read_bytes()
    make = os.open

    def refuse(file: str | Path, *given: object, **named: object) -> int:
        if "before" in str(file):
            raise OSError(28, "No space left on device")
        return make(file, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        with pytest.raises(QueueUnavailable, match="No space left on device"):
            Queue.open(first_version.parent)

    assert first_version.read_bytes() == before
    with Queue.open(first_version.parent) as queue:
        assert _all(queue) == SIGNUPS


@pytest.mark.parametrize("name", ["signups.before-2.sqlite3", "signups.before-2.part.sqlite3"])
def test_half_a_copy_is_begun_again_and_does_not_pass_for_damage(
    first_version: Path, name: str
) -> None:
    """What a disk may keep of a copy that was cut off; the signups themselves are sound."""
    first_version.with_name(name).write_bytes(b"\0" * 4096 + b"half a copy" * 1000)
    desk = Desk(first_version.parent, lambda: NOW)

    assert desk.is_open()

    desk.close()
    (copy,) = copies(first_version.parent)
    assert sorted(first_version.parent.iterdir()) == [copy, first_version]
    assert _version(copy) == 1
    with Queue.look(first_version.parent) as queue:
        assert _all(queue) == SIGNUPS


def test_a_disk_that_fills_up_under_the_copy_keeps_nothing_of_it(
    first_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = first_version.read_bytes()
    monkeypatch.setattr(Path, "rename", refuse)

    with pytest.raises(QueueUnavailable, match=r"before-2.* \(No space left on device\)"):
        Queue.open(first_version.parent)

    assert list(first_version.parent.iterdir()) == [first_version]
    assert first_version.read_bytes() == before


def test_one_who_comes_second_neither_migrates_nor_copies(
    first_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process migrates after this one has read the old version."""
    read = database._version

    def read_then_lose_the_race(connection: sqlite3.Connection, file: Path) -> int:
        version = read(connection, file)
        monkeypatch.setattr(database, "_version", read)
        Queue.open(first_version.parent).close()
        return version

    monkeypatch.setattr(database, "_version", read_then_lose_the_race)
    with Queue.open(first_version.parent) as queue:
        assert _all(queue) == SIGNUPS

    (copy,) = copies(first_version.parent)
    assert _version(copy) == 1


# Forks once for every statement of the migration: the fork is killed as it begins that statement.
MIGRATE_UP_TO_EVERY_STATEMENT = """
import sqlite3
from kiosk.signups.store import database

folder = Path(sys.argv[1])
migrate = database.migrate

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
    first_version: Path, child: Child
) -> None:
    versions = child(MIGRATE_UP_TO_EVERY_STATEMENT, first_version.parent).communicate()[0].split()

    assert len(versions) > 20
    assert {"1", "2"} <= set(versions) <= {"1", "2", "3"}
    assert _version(first_version) == LATEST
    with Queue.open(first_version.parent) as queue:
        assert queue.is_sound()
        assert _all(queue) == SIGNUPS
        assert read_ledger(queue).adds_up
    assert {_version(copy) for copy in copies(first_version.parent)} >= {1, 2}


MIGRATE_UP_TO = """
from kiosk.signups.store import migrations

step = migrations.STEPS[1]

def step_up_to(connection):
    connection.execute("PRAGMA cache_size = 1")
    connection.set_progress_handler(die, int(sys.argv[2]))
    step(connection)

migrations.STEPS = (migrations.STEPS[0], step_up_to)
Queue.open(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("steps", [1, 20_000, 60_000, 120_000])
def test_a_kill_in_the_middle_of_many_is_taken_back_whole(
    first_version: Path, child: Child, steps: int
) -> None:
    """The cache is too small for them, so that half of the new tables is on the disk already."""
    many = 2000
    with closing(sqlite3.connect(first_version)) as connection, connection:
        connection.execute(
            "INSERT INTO signups WITH RECURSIVE n (n) AS"
            " (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < ?)"
            " SELECT '018f33d1-' || n, '2024-05-03T10:00:00+00:00', n || '@example.com', 'Vera',"
            " '', 'Yes.', '1', 'en' FROM n",
            (many,),
        )
    process = child(MIGRATE_UP_TO, first_version.parent, str(steps))
    process.communicate()
    assert process.returncode == -signal.SIGKILL

    with Queue.open(first_version.parent) as queue:
        assert queue.is_sound()
        assert queue.count() == many + len(SIGNUPS)
        assert queue.count("new") == many + 2
        assert queue.count(date(2024, 5, 3)) == many
        assert read_ledger(queue).adds_up
