"""One look tells a manager that the kiosk is healthy, and changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections import namedtuple
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.operation.health import STATUS_NAME, Finding, examine, write_status
from kiosk.signups import queue as queue_module
from kiosk.signups.exporting import export
from kiosk.signups.queue import FILE_NAME, Queue
from kiosk.signups.signup import Signup, new_id

Hold = Callable[[Path], subprocess.Popen[str]]
CONTENT = Path(__file__).parents[2] / "content.yaml"
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
DAMAGED = Finding("signups", "the file is damaged; copy it away and ask for help", True)


def _named(findings: list[Finding], name: str) -> Finding:
    (finding,) = (finding for finding in findings if finding.name == name)
    return finding


def _signups(folder: Path) -> Finding:
    return _named(examine(folder), "signups")


def _add(queue: Queue, count: int) -> None:
    for _ in range(count):
        queue.add(Signup(new_id(), NOW, "v@example.com", "", "", "Yes", "1", "en"))


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@pytest.fixture(autouse=True)
def roomy_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    _disk_has(monkeypatch, 5000)


def _disk_has(monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 0, megabytes * 1024 * 1024))


def test_a_running_kiosk_with_sound_data_is_healthy(tmp_path: Path, running_kiosk: Hold) -> None:
    running_kiosk(tmp_path)
    write_status(tmp_path, CONTENT, NOW)
    with Queue.open(tmp_path) as queue:
        _add(queue, 2)
        export(queue, tmp_path / "a.csv", "new", NOW)
        _add(queue, 3)

    assert examine(tmp_path) == [
        Finding("kiosk", "running since 2024-05-02T08:00:00+00:00"),
        Finding("signups", "5 captured, 3 waiting, last export 2024-05-02 08:00"),
        Finding("content", f"{CONTENT} is fine"),
        Finding("disk", "5000 MB free"),
    ]


def test_a_fresh_folder_only_lacks_a_running_kiosk(tmp_path: Path) -> None:
    assert examine(tmp_path) == [
        Finding("kiosk", "not running; start it with 'kiosk run'", True),
        Finding("signups", "none yet"),
        Finding("disk", "5000 MB free"),
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    examine(tmp_path / "data")

    assert not (tmp_path / "data").exists()


def test_signups_never_exported_are_told(tmp_path: Path) -> None:
    with Queue.open(tmp_path) as queue:
        _add(queue, 1)

    assert _signups(tmp_path) == Finding("signups", "1 captured, 1 waiting, never exported")


def test_a_damaged_file_needs_attention_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"damaged" * 1000)
    before = _files(tmp_path)

    assert _signups(tmp_path) == DAMAGED
    assert _files(tmp_path) == before


def test_damage_in_the_middle_of_the_file_needs_attention(tmp_path: Path) -> None:
    with Queue.open(tmp_path) as queue:
        queue._connection.execute("PRAGMA synchronous = OFF")
        _add(queue, 200)
    with (tmp_path / FILE_NAME).open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xa5" * 4096)

    assert _signups(tmp_path) == DAMAGED


def test_a_damaged_file_that_was_set_aside_needs_attention(tmp_path: Path) -> None:
    aside = tmp_path / "signups.damaged-20240502T080000-abcdef.sqlite3"
    aside.write_bytes(b"damaged")

    finding = _named(examine(tmp_path), "set aside")

    assert finding.needs_attention
    assert finding.text.startswith(f"{aside} was damaged and is kept; copy it away")


def test_a_newer_file_needs_attention_and_stays_as_it_is(tmp_path: Path) -> None:
    with Queue.open(tmp_path) as queue:
        queue._connection.execute("PRAGMA user_version = 99")
    before = _files(tmp_path)

    finding = _signups(tmp_path)

    assert finding.needs_attention
    assert "written by a newer version of the kiosk" in finding.text
    assert _files(tmp_path) == before


@pytest.mark.parametrize("version", [0, 1])
def test_a_file_that_is_not_ready_is_not_made_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """An empty one, and one of an older version."""
    if version == 0:
        (tmp_path / FILE_NAME).touch()
    else:
        Queue.open(tmp_path).close()
        monkeypatch.setattr(queue_module, "LATEST", 2)
    before = _files(tmp_path)

    finding = _signups(tmp_path)

    assert finding == Finding(
        "signups", "signups.sqlite3 is not ready yet; start the kiosk once", True
    )
    assert _files(tmp_path) == before


def test_a_write_that_was_cut_off_is_left_for_the_kiosk_to_take_back(tmp_path: Path) -> None:
    """The copy is what a power cut leaves: pages half changed, the journal beside them."""
    alive, dead = tmp_path / "alive", tmp_path / "dead"
    alive.mkdir()
    with Queue.open(alive) as queue:
        queue._connection.execute("PRAGMA synchronous = OFF")
        _add(queue, 300)
        queue._connection.execute("PRAGMA cache_size = 1")
        queue._connection.execute("PRAGMA synchronous = EXTRA")
        queue._connection.execute("BEGIN IMMEDIATE")
        queue._connection.execute("UPDATE signups SET name = 'X'")
        shutil.copytree(alive, dead)
        queue._connection.execute("ROLLBACK")
    assert (dead / f"{FILE_NAME}-journal").stat().st_size > 4096
    before = _files(dead)

    finding = _signups(dead)

    assert finding.needs_attention
    assert "damaged" not in finding.text
    assert _files(dead) == before
    Queue.open(dead).close()
    assert _signups(dead) == Finding("signups", "300 captured, 300 waiting, never exported")


def test_a_busy_file_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_module, "LOCK_WAIT_SECONDS", 0)
    Queue.open(tmp_path).close()
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    finding = _signups(tmp_path)
    other.close()

    assert finding == Finding(
        "signups", "another program is using the signups; try again in a moment", True
    )


def test_looking_changes_no_file(tmp_path: Path) -> None:
    write_status(tmp_path, CONTENT, NOW)
    with Queue.open(tmp_path) as queue:
        _add(queue, 2)
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in tmp_path.iterdir()}

    examine(tmp_path)

    assert {
        file: (file.stat().st_mtime_ns, file.read_bytes()) for file in tmp_path.iterdir()
    } == before


def test_broken_content_needs_attention(tmp_path: Path) -> None:
    content = tmp_path / "broken.yaml"
    content.write_text("language: en\nbrand: x\n")
    write_status(tmp_path, content, NOW)

    assert _named(examine(tmp_path), "content") == Finding(
        "content", f"{content} has 4 errors; run 'kiosk check {content}'", True
    )
    content.write_text("# nothing\n")
    assert "has 1 error; run" in _named(examine(tmp_path), "content").text


def test_missing_content_needs_attention(tmp_path: Path) -> None:
    write_status(tmp_path, tmp_path / "gone.yaml", NOW)

    finding = _named(examine(tmp_path), "content")

    assert finding.needs_attention
    assert "gone.yaml does not exist" in finding.text


@pytest.mark.parametrize("note", ["", "{", "[]", "5", '{"content": 5}', "\xff"])
def test_a_garbled_note_of_the_kiosk_is_read_over(tmp_path: Path, note: str) -> None:
    (tmp_path / STATUS_NAME).write_bytes(note.encode("latin-1"))

    assert [finding.name for finding in examine(tmp_path)] == ["kiosk", "signups", "disk"]


@pytest.mark.parametrize(("megabytes", "needs_attention"), [(199, True), (200, False)])
def test_a_disk_with_little_room_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int, needs_attention: bool
) -> None:
    _disk_has(monkeypatch, megabytes)

    finding = _named(examine(tmp_path), "disk")

    assert finding.needs_attention == needs_attention
    assert finding.text.startswith(f"{megabytes} MB free")
    assert ("make room" in finding.text) == needs_attention


def test_a_disk_that_cannot_be_asked_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(shutil, "disk_usage", refuse)

    assert _named(examine(tmp_path), "disk") == Finding(
        "disk", f"{tmp_path} cannot be read (Input/output error)", True
    )


def test_a_folder_that_may_not_be_read_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)

    assert _signups(tmp_path) == Finding("signups", "cannot be read (Permission denied)", True)


def test_a_full_disk_does_not_stop_the_kiosk_from_starting(tmp_path: Path) -> None:
    write_status(tmp_path / "gone", CONTENT, NOW)

    assert not (tmp_path / "gone").exists()
