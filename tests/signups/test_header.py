"""A flip in the header of the database: it works, or is told and brought back; never more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.signups.store.database import (
    FILE_NAME,
    QueueDamaged,
    QueueUnavailable,
    damaged_files,
)
from kiosk.signups.store.ledger import read_ledger
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.migrations import LATEST_VERSION
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.recovery import recover
from tests.conftest import make_signup
from tests.long_runs import IS_LONG

NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
HEADER_BYTES = 100
SIGNUPS = 30
WRITING, VERSION = 18, range(60, 64)


def _values(at: int, now: int) -> list[int]:
    """What else may stand there: in a day's run every flip of a bit where much hangs on it."""
    if IS_LONG:
        return [value for value in range(256) if value != now]
    if at in {WRITING, *VERSION}:
        return [now ^ 1 << bit for bit in range(8)]
    return [now ^ 1 << at % 8]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sound")


@pytest.fixture
def raw(sound: Path) -> bytes:
    if not (sound / FILE_NAME).exists():
        with Queue.open(sound) as queue:
            for _ in range(SIGNUPS):
                queue.add(make_signup())
    return (sound / FILE_NAME).read_bytes()


def _is_told(folder: Path) -> bool:
    """Whether `kiosk health` has a word of it, which looks like this."""
    try:
        with Queue.open_read_only(folder) as queue:
            return not queue.is_intact()
    except (QueueDamaged, QueueUnavailable):
        return True


def _ids(queue: Queue) -> set[str]:
    return {id_ for (id_,) in queue.query("SELECT id FROM signups")}


@pytest.mark.parametrize("part", range(4))
def test_every_byte_of_the_header_may_be_wrong(
    tmp_path: Path, raw: bytes, sound: Path, part: int
) -> None:
    with Queue.open(sound) as queue:
        before = _ids(queue)
    wrong = [(at, v) for at in range(part, HEADER_BYTES, 4) for v in _values(at, raw[at])]
    for at, value in wrong:
        folder = tmp_path / f"{at}-{value}"
        folder.mkdir()
        (folder / FILE_NAME).write_bytes(raw[:at] + bytes([value]) + raw[at + 1 :])
        is_told = _is_told(folder)
        store = LocalSignupStore(folder, lambda: NOW)
        visitor = make_signup()

        store.save(visitor)
        store.close()

        aside = damaged_files(folder)
        assert is_told or not aside, (at, value)
        with Queue.open(folder) as queue:
            for file in aside:
                assert recover(queue, file, NOW).lost_count == 0, (at, value)
            assert _ids(queue) == before | {visitor.id}, (at, value)
            assert queue.is_intact(), (at, value)
            assert read_ledger(queue).is_balanced, (at, value)


@pytest.mark.parametrize("version", [0, LATEST_VERSION + 1, LATEST_VERSION + 2, 255, -(1 << 31)])
def test_a_wrong_version_of_todays_tables_is_told_and_mended(
    queue: Queue,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    version: int,
) -> None:
    queue.add(make_signup())
    queue.execute(f"PRAGMA user_version = {version}")

    with pytest.raises(QueueUnavailable, match="the next signup or export repairs it"):
        Queue.open_read_only(tmp_path)
    with Queue.open(tmp_path) as mended:
        assert mended.count() == 1
        assert mended.query_int("PRAGMA user_version") == LATEST_VERSION

    assert "was damaged and has been repaired" in caplog.text
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


BAD_COUNTS = ["NULL", "'x'", "x'00'", "1.5", "-1", "9223372036854775807", "4611686018427387904"]


@pytest.mark.parametrize("bad", BAD_COUNTS)
def test_a_damaged_count_of_the_day_is_counted_anew_by_its_next_signup(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, bad: str
) -> None:
    with Queue.open(tmp_path) as queue:
        for _ in range(3):
            queue.add(make_signup())
    _write_past_the_types(tmp_path / FILE_NAME, "days", f"UPDATE days SET captured = {bad}")
    store = LocalSignupStore(tmp_path, lambda: NOW)

    store.save(make_signup())
    store.close()

    assert not damaged_files(tmp_path)
    with Queue.open_read_only(tmp_path) as queue:
        assert queue.query("SELECT captured FROM days") == [(4,)]
        assert read_ledger(queue).is_balanced
    assert "was damaged and has been recounted" in caplog.text


@pytest.mark.parametrize("bad", [*BAD_COUNTS[:-1], "1"])
@pytest.mark.parametrize("table", ["signups", "exports", "erasures", "suppression_keys"])
def test_a_damaged_counter_goes_on_behind_the_last_number(
    tmp_path: Path, table: str, bad: str
) -> None:
    with Queue.open(tmp_path) as queue:
        for _ in range(3):
            queue.add(make_signup())
        queue.execute("DELETE FROM signups WHERE number = 3")
        queue.execute("INSERT INTO erasures VALUES (3, ?, 'by hand', 1)", (NOW.isoformat(),))
        queue.execute("INSERT INTO erased VALUES (3, ?, '2024-05-01', 3)", (make_signup().id,))
        queue.execute(f"UPDATE sqlite_sequence SET seq = {bad} WHERE name = '{table}'")
    store = LocalSignupStore(tmp_path, lambda: NOW)

    store.save(make_signup())
    store.close()

    assert not damaged_files(tmp_path)
    with Queue.open_read_only(tmp_path) as queue:
        assert queue.damaged_counters() == []
        assert queue.query_int("SELECT max(number) FROM signups") == 4


def _write_past_the_types(file: Path, table: str, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        (strict,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    loose = strict.replace("STRICT,", "").replace("INTEGER NOT NULL", "BLOB")
    for sql in (loose, strict):
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, table))
        if sql == loose:
            with closing(sqlite3.connect(file)) as connection, connection:
                connection.execute(statement)
