"""Very many signups are marked as exported some at a time, and all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen
from unittest.mock import Mock

import pytest

from kiosk.signups.export.exporter import ExportRefused, ExportRequest, export
from kiosk.signups.store import batch_pacer
from kiosk.signups.store.database import QueueUnavailable
from kiosk.signups.store.erasure import erase_address, erase_expired
from kiosk.signups.store.integrity import find_other_damage
from kiosk.signups.store.ledger import Counts, read_ledger
from kiosk.signups.store.queue import ExportRecord, Queue, RepeatOf
from tests.conftest import make_signup
from tests.signups.stored import store_many

NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)

INSERT_UNTIL_TOLD = """
import time
longest = 0.0
with Queue.open(Path(sys.argv[1])) as queue:
    print("ready", flush=True)
    while not Path(sys.argv[1], "enough").exists():
        began = time.monotonic()
        queue.add(make_signup())
        longest = max(longest, time.monotonic() - began)
print(longest, flush=True)
"""


def _cut_off(queue: Queue, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export whose disk refuses after the first marks."""
    with monkeypatch.context() as patch:
        patch.setattr(
            batch_pacer, "MAX_HOLD_SECONDS", 0
        )  # so that each transaction is followed by a pause
        patch.setattr(
            batch_pacer,
            "sleep",
            Mock(side_effect=QueueUnavailable("the disk is full; free some space on it")),
        )
        with pytest.raises(ExportRefused, match="will contain the same signups again"):
            export(queue, ExportRequest(out), NOW)


def test_marks_of_an_export_that_was_cut_off_count_for_nothing(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_many(queue, make_signup(created_at=NOW), 1200)
    _cut_off(queue, tmp_path / "a.jsonl", monkeypatch)

    assert queue.query_int("SELECT count(*) FROM exported") > 0
    assert queue.count("new") == 1200
    assert queue.exports() == []
    assert queue.interrupted_exports() == ["a.jsonl"]
    assert read_ledger(queue).total == Counts(captured=1200, waiting=1200)
    assert list(find_other_damage(queue)) == []
    assert erase_expired(queue, 30, NOW) is None  # this notes when retention begins
    assert erase_expired(queue, 30, NOW + timedelta(days=400)) is None


def test_the_next_export_says_what_was_cut_off_and_takes_its_place(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_many(queue, make_signup(created_at=NOW), 1200)
    _cut_off(queue, tmp_path / "a.jsonl", monkeypatch)

    result = export(queue, ExportRequest(tmp_path / "b.jsonl"), NOW)

    assert result.interrupted == ("a.jsonl",)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert [record.signup_count for record in queue.exports()] == [1200]
    assert queue.query("SELECT DISTINCT export FROM exported") == [(result.number,)]
    assert queue.count(RepeatOf(result.number or 0)) == 1200
    assert queue.count("new") == 0
    store_many(queue, make_signup(created_at=NOW), 1)
    assert export(queue, ExportRequest(tmp_path / "c.jsonl"), NOW).interrupted == ()


def test_a_file_that_was_written_and_not_marked_is_named_by_an_erasure(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_many(queue, make_signup(created_at=NOW), 600)
    _cut_off(queue, tmp_path / "a.jsonl", monkeypatch)

    assert erase_address(queue, make_signup().person.email, NOW).exports == (1,)


@pytest.mark.slow(reason="marks very many while a process signs up")
def test_a_visitor_waits_at_most_a_second_while_very_many_are_marked(
    queue: Queue, tmp_path: Path, child: Callable[..., Popen[str]]
) -> None:
    queue.lock_timeout = 60
    store_many(queue, make_signup(created_at=NOW), 60_000)
    selected = queue.select("new")
    inserting = child(INSERT_UNTIL_TOLD, tmp_path)
    assert inserting.stdout is not None
    assert inserting.stdout.readline() == "ready\n"

    queue.mark_exported(ExportRecord(NOW, "a.csv", "csv", 1, "", "new", selected, selected))
    (tmp_path / "enough").touch()

    assert float(inserting.stdout.readline()) < 1
    assert queue.query("SELECT count(*) FROM exported") == [(selected,)]


def test_no_single_transaction_marks_very_many(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_many(queue, make_signup(created_at=NOW), 3000)
    selected = queue.select("new")
    statements: list[str] = []
    monkeypatch.setattr(batch_pacer, "PAUSE_SECONDS", 0)
    queue._connection.set_trace_callback(statements.append)

    queue.mark_exported(ExportRecord(NOW, "a.csv", "csv", 1, "", "new", selected, selected))

    marks = [text for text in statements if text.startswith("INSERT INTO exported ")]
    assert len(marks) > 1
    assert queue.count("new") == 0
