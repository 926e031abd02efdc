"""After a recovery the ledger knows again what was exported, when, and what waits."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.signups.export.exporter import ExportRequest, export, repeat
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.erasure import erase_address, erase_expired
from kiosk.signups.store.ledger import read_ledger
from kiosk.signups.store.queue import UNFINISHED, Queue
from kiosk.signups.store.recovery import recover
from tests.conftest import make_signup
from tests.long_runs import IS_LONG
from tests.signups.stored import flip, ids_in, no_chance

NOW = datetime(2026, 5, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PAGE = 4096
FIRST, SECOND, WAITING = 120, 60, 20
Marks = set[tuple[str, int]]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("template")


@pytest.fixture
def damaged(template: Path) -> Path:
    """Two exports, the first repeated, one address suppressed between them; some signups wait."""
    file = template / FILE_NAME
    if not file.exists():
        with no_chance(), Queue.open(template) as queue:
            _add(queue, FIRST)
            export(queue, ExportRequest(template / "first.csv"), NOW)
            erase_address(queue, "visitor.5@example.com", NOW, suppress=True)
            _add(queue, SECOND)
            queue.add(make_signup(email="visitor.5@example.com"))
            export(queue, ExportRequest(template / "second.csv"), NOW + DAY)
            repeat(queue, 2, template / "again.csv", NOW + 2 * DAY)
            _add(queue, WAITING)
    return file


def _add(queue: Queue, count: int) -> None:
    for number in range(count):
        queue.add(make_signup(email=f"visitor.{number}@example.com"))


def _marks(file: Path) -> Marks:
    """Ids of signups with the number of the export."""
    with closing(sqlite3.connect(file)) as connection:
        return set(
            connection.execute(
                "SELECT id, export FROM exported JOIN signups ON number = exported.signup"
                " WHERE export IN (SELECT number FROM exports WHERE selection <> 'unfinished')"
            )
        )


def _fresh(tmp_path: Path) -> Path:
    folder = tmp_path / "fresh"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def test_exports_come_back_under_their_numbers_with_what_they_brought(
    damaged: Path, tmp_path: Path
) -> None:
    with Queue.open(damaged.parent) as queue:
        exports = queue.exports()
    folder = _fresh(tmp_path)
    with Queue.open(folder) as queue:
        for _ in range(2):
            result = recover(queue, damaged, NOW)
            assert (result.export_count, result.unmarked_count, result.lost_count) == (3, 0, 0)
        assert queue.exports() == exports
        assert queue.count("new") == WAITING
        assert read_ledger(queue).is_balanced
    assert _marks(folder / FILE_NAME) == _marks(damaged)


def test_an_export_of_then_is_written_once_more_byte_for_byte(
    damaged: Path, tmp_path: Path
) -> None:
    with Queue.open(_fresh(tmp_path)) as queue:
        recover(queue, damaged, NOW)

        assert repeat(queue, 2, tmp_path / "second.csv", NOW).is_identical

    assert "visitor.5@example.com" in (tmp_path / "second.csv").read_text(encoding="utf-8-sig")


def test_a_number_that_is_taken_is_not_taken_twice(damaged: Path, tmp_path: Path) -> None:
    with Queue.open(_fresh(tmp_path)) as queue:
        queue.add(make_signup())
        export(queue, ExportRequest(tmp_path / "own.csv"), NOW + 9 * DAY)

        recover(queue, damaged, NOW)

        names = {record.file_name: record for record in queue.exports()}
        assert names["own.csv"].number == 1
        assert names.keys() == {"own.csv", "first.csv", "second.csv", "again.csv"}
        assert names["again.csv"].repeats == names["second.csv"].number
        assert read_ledger(queue).last_export == NOW + 9 * DAY
        assert repeat(queue, names["second.csv"].number, tmp_path / "s.csv", NOW).is_identical


def test_retention_goes_on_from_the_export_of_then(damaged: Path, tmp_path: Path) -> None:
    with Queue.open(_fresh(tmp_path)) as queue:
        recover(queue, damaged, NOW + 29 * DAY)

        assert erase_expired(queue, 30, NOW + 29 * DAY) is None
        receipt = erase_expired(queue, 30, NOW + 30 * DAY + timedelta(minutes=1))

    assert receipt is not None
    assert receipt.count == FIRST - 1


def test_marks_of_an_export_that_was_cut_off_do_not_come_back(
    damaged: Path, tmp_path: Path
) -> None:
    other = tmp_path / "signups.damaged-x.sqlite3"
    shutil.copy(damaged, other)
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("UPDATE exports SET selection = ? WHERE number = 2", (UNFINISHED,))
        connection.execute("DELETE FROM exported WHERE export = 3")
        connection.execute("DELETE FROM exports WHERE number = 3")
    with Queue.open(_fresh(tmp_path)) as queue:
        result = recover(queue, other, NOW)

        assert (result.export_count, result.unmarked_count) == (1, 0)
        assert queue.count("new") == SECOND + 1 + WAITING


@pytest.mark.parametrize("page", range(1, 16, 1 if IS_LONG else 2))
def test_a_page_that_is_gone_marks_nothing_wrong_and_the_loss_is_counted(
    damaged: Path, tmp_path: Path, page: int
) -> None:
    torn = tmp_path / "signups.damaged-x.sqlite3"
    raw = bytearray(damaged.read_bytes())
    raw[(page - 1) * PAGE : page * PAGE] = b"\xa5" * PAGE
    torn.write_bytes(raw)

    _assert_nothing_is_told_wrong(damaged, torn, _fresh(tmp_path))


@pytest.mark.parametrize("seed", range(40 if IS_LONG else 6))
def test_flips_mark_nothing_wrong(damaged: Path, tmp_path: Path, seed: int) -> None:
    flipped = tmp_path / "signups.damaged-x.sqlite3"
    raw, chance = bytearray(damaged.read_bytes()), random.Random(seed)
    flip(raw, chance, chance.choice([1, 3, 30]))
    flipped.write_bytes(raw)

    _assert_nothing_is_told_wrong(damaged, flipped, _fresh(tmp_path), slack=2)


def _assert_nothing_is_told_wrong(sound: Path, damaged: Path, folder: Path, slack: int = 0) -> None:
    """`slack`: a flip may make one number into another one, which nothing tells."""
    with Queue.open(folder) as queue:
        result = recover(queue, damaged, NOW)
        back = {id_ for (id_,) in queue.query("SELECT id FROM signups")}
    marks, true = _marks(folder / FILE_NAME), _marks(sound)
    wrong = {mark for mark in marks - true if mark[0] in ids_in(sound)}  # not an id with a flip
    assert len(wrong) <= slack
    exported = {id_ for id_, _ in true} & back
    waiting_again = exported - {id_ for id_, _ in marks}
    assert result.unmarked_count is None or len(waiting_again) <= result.unmarked_count + slack


def test_without_a_schema_exports_are_told_by_their_shape(damaged: Path, tmp_path: Path) -> None:
    torn = tmp_path / "signups.damaged-x.sqlite3"
    torn.write_bytes(b"\xa5" * PAGE + damaged.read_bytes()[PAGE:])
    folder = _fresh(tmp_path)
    with Queue.open(folder) as queue:
        result = recover(queue, torn, NOW)

        assert (result.export_count, result.unmarked_count) == (3, None)
        assert queue.count("new") == WAITING
    assert _marks(folder / FILE_NAME) == _marks(damaged)
