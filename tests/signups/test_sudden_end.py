"""A kill at any moment loses no thanked signup, stores none twice, leaves no half export."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup

Child = Callable[..., subprocess.Popen[str]]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)

# Forks once for every step of SQLite's machine: the fork is killed at that step of its `add`.
ADD_UP_TO_EVERY_STEP = """
def add(steps):
    queue = Queue.open(Path(sys.argv[1]))
    left = iter(range(steps))
    queue._connection.set_progress_handler(
        lambda: 0 if next(left, None) is not None else die(), 1
    )
    signup = make_signup()
    queue.add(signup)
    print(signup.id, flush=True)

for steps in range(1000):
    process = os.fork()
    if process == 0:
        add(steps)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0:
        break
print(steps, flush=True)
"""

EXPORT_UP_TO = """
from kiosk.signups.export import exporter

def before(function):
    return die

def after(function):
    return lambda *arguments: (function(*arguments), die())

def half_way(function):
    def some(*arguments):
        rows = function(*arguments)
        yield next(rows)
        yield next(rows)
        die()
    return some

folder, out, moment, step = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
moments = {"before": before, "after": after, "half way through": half_way}
queue = Queue.open(folder)
match step:
    case "reading":
        Queue.selected = moments[moment](Queue.selected)
    case "the sync":
        os.fsync = moments[moment](os.fsync)
    case "the naming":
        os.link = moments[moment](os.link)
    case "marking":
        Queue.mark_exported = moments[moment](Queue.mark_exported)
    case statement:
        queue._connection.set_trace_callback(
            lambda said: die() if said.startswith(statement) else None
        )
exporter.export(queue, exporter.ExportRequest(out), datetime.now(UTC))
"""


def _assert_kept_once(folder: Path, thanked: list[str]) -> None:
    """Every thanked signup is there exactly once."""
    with Queue.open(folder) as queue:
        queue.select("all")
        stored = [record.id for record in queue.selected()]
        check = queue._connection.execute("PRAGMA integrity_check").fetchall()
    assert check == [("ok",)]
    assert len(stored) == len(set(stored))
    assert set(thanked) <= set(stored)


@pytest.mark.slow(reason="kills a process for each step")
def test_a_kill_at_every_step_of_a_commit_loses_no_thanked_signup(
    tmp_path: Path, child: Child
) -> None:
    Queue.open(tmp_path).close()

    *thanked, steps = child(ADD_UP_TO_EVERY_STEP, tmp_path).communicate()[0].split()

    assert 10 < int(steps) < 999  # it was killed at many steps, and came through at last
    assert len(thanked) == 1
    _assert_kept_once(tmp_path, thanked)


@pytest.mark.slow(reason="kills a process at each of twelve steps")
@pytest.mark.parametrize(
    ("moment", "step", "is_written", "is_marked"),
    [
        ("before", "reading", False, False),
        ("half way through", "reading", False, False),
        ("before", "the sync", False, False),
        ("after", "the sync", False, False),
        ("before", "the naming", False, False),
        ("after", "the naming", True, False),
        ("before", "marking", True, False),
        ("before", "INSERT INTO exports", True, False),
        ("before", "INSERT INTO exported", True, False),
        ("before", "UPDATE exports", True, False),
        ("before", "COMMIT", True, False),
        ("after", "marking", True, True),
    ],
)
def test_a_kill_at_every_step_of_an_export_leaves_a_whole_file_or_none(
    tmp_path: Path,
    child: Child,
    moment: str,
    step: str,
    is_written: bool,
    is_marked: bool,
) -> None:
    signups = [make_signup() for _ in range(5)]
    with Queue.open(tmp_path) as queue:
        for signup in signups:
            queue.add(signup)
    out = tmp_path / "out.jsonl"

    process = child(EXPORT_UP_TO, tmp_path, out, moment, step)
    process.communicate()

    assert process.returncode == -signal.SIGKILL
    assert out.exists() == is_written
    if is_written:
        assert _ids(out) == [signup.id for signup in signups]
    with Queue.open(tmp_path) as queue:
        assert queue.count("new") == (0 if is_marked else 5)
        assert bool(queue.exports()) == is_marked


def test_the_next_export_brings_what_a_killed_one_did_not_and_removes_its_remains(
    tmp_path: Path, child: Child
) -> None:
    signup = make_signup()
    with Queue.open(tmp_path) as queue:
        queue.add(signup)
    out = tmp_path / "exports" / "out.jsonl"
    out.parent.mkdir()
    child(EXPORT_UP_TO, tmp_path, out, "before", "the naming").communicate()
    (remains,) = out.parent.iterdir()
    assert remains.name.startswith(".out.jsonl.part-")
    mine = out.with_name(".other.jsonl.part-1")
    mine.touch()

    with Queue.open(tmp_path) as queue:
        export(queue, ExportRequest(out), NOW)

    assert _ids(out) == [signup.id]
    assert sorted(out.parent.iterdir()) == [mine, out]


@pytest.mark.parametrize(
    ("moment", "step"), [("half way through", "reading"), ("before", "the sync")]
)
def test_a_killed_workbook_leaves_no_parts_of_it_for_long(
    tmp_path: Path, child: Child, moment: str, step: str
) -> None:
    with Queue.open(tmp_path) as queue:
        for _ in range(3):
            queue.add(make_signup())
    out = tmp_path / "exports" / "out.xlsx"
    out.parent.mkdir()
    child(EXPORT_UP_TO, tmp_path, out, moment, step).communicate()
    assert list(out.parent.iterdir())

    with Queue.open(tmp_path) as queue:
        export(queue, ExportRequest(out), NOW)

    assert list(out.parent.iterdir()) == [out]


def _ids(file: Path) -> list[str]:
    return [json.loads(line)["id"] for line in file.read_text(encoding="utf-8").splitlines()]
