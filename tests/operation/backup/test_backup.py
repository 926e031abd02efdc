"""A backup holds the data folder in one state, whatever the kiosk does meanwhile."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from zipfile import ZipFile

import pytest

from kiosk.operation.backup.archive import BackupRefused
from kiosk.operation.backup.reading import opened_backup
from kiosk.operation.backup.writing import BackupResult, back_up
from kiosk.operation.folders import COMMAND_LOCK_NAME, KIOSK_LOCK_NAME
from kiosk.operation.locks import command_lock
from kiosk.signups.output_files import OutputRefused
from kiosk.signups.store.database import FILE_NAME, QueueDamaged
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup
from tests.faults.visitors import now


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a signup and what else a kiosk stores."""
    data = tmp_path / "data"
    data.mkdir()
    with Queue.open(data) as queue:
        queue.add(make_signup())
    (data / "history" / "0001").mkdir(parents=True)
    (data / "history" / "0001" / "content.yaml").write_text("brand: {}\n")
    (data / "settings.toml").write_text('name = "Front window"\n')
    return data


def backed_up(data: Path, out: Path) -> BackupResult:
    with command_lock(data), Queue.open(data) as queue:
        return back_up(data, queue, out, now())


def unpack(file: Path, into: Path) -> None:
    with opened_backup(file) as backup:
        backup.unpack(into)


def names(file: Path) -> set[str]:
    with ZipFile(file) as archive:
        return {name.removeprefix("data/") for name in archive.namelist()}


def test_a_backup_has_everything_but_what_belongs_to_the_machine(
    data: Path, tmp_path: Path
) -> None:
    for left_out in (
        *(
            "kiosk.log",
            "kiosk.log.1",
            "opening.json",
            "machine.json",
            "starts.json",
            "signups.before-2.sqlite3",
        ),
        *(KIOSK_LOCK_NAME, ".status.json.part", "replaced-20260101T000000-aaaaaa/signups.sqlite3"),
        *(".recovering-1/signups.sqlite3", "history/.new-7/content.yaml"),
    ):
        (data / left_out).parent.mkdir(parents=True, exist_ok=True)
        (data / left_out).write_text("left out")
    out = tmp_path / "backup.zip"

    result = backed_up(data, out)

    assert names(out) == {
        *("backup.json", FILE_NAME, "settings.toml", "history/0001/content.yaml"),
    }
    assert result.listed.signup_count == 1
    assert result.left_out == ()
    assert out.stat().st_mode & 0o777 == 0o600
    assert COMMAND_LOCK_NAME not in names(out)


def test_what_is_no_file_is_named(data: Path, tmp_path: Path) -> None:
    os.mkfifo(data / "pipe")
    (data / "nowhere").symlink_to(data / "missing")
    (data / "elsewhere").symlink_to(data / "settings.toml")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(data / "other.sock"))

    result = backed_up(data, tmp_path / "backup.zip")

    assert set(result.left_out) == {"pipe", "nowhere", "other.sock"}
    assert "elsewhere" in names(tmp_path / "backup.zip")


def test_what_could_not_be_restored_by_its_name_is_left_out(data: Path, tmp_path: Path) -> None:
    """Else the backup as a whole would be refused, or could not be made."""
    names_of_others = ["a\\b.txt", os.fsdecode(b"\xff.txt"), "two\nlines", "Größe.txt"]
    for name in names_of_others:
        (data / name).write_text("x")
    (data / os.fsdecode(b"\xfe.sqlite3")).write_bytes((data / FILE_NAME).read_bytes())
    out = tmp_path / "backup.zip"

    result = backed_up(data, out)

    assert set(result.left_out) == {*names_of_others[:2], os.fsdecode(b"\xfe.sqlite3")}
    unpack(out, tmp_path / "unpacked")
    assert {file.name for file in (tmp_path / "unpacked").iterdir()} >= set(names_of_others[2:])


@pytest.fixture
def busy_visitors(data: Path) -> Iterator[list[str]]:
    """Signs up one visitor after another in the background; the ids that were stored."""
    thanked: list[str] = []
    is_over = Event()

    def sign_up() -> None:
        with Queue.open(data) as queue:
            while not is_over.is_set():
                signup = make_signup()
                queue.add(signup)
                thanked.append(signup.id)

    thread = Thread(target=sign_up)
    thread.start()
    yield thanked
    is_over.set()
    thread.join()


def test_visitors_sign_up_while_a_backup_is_made_and_it_is_in_one_state(
    data: Path, tmp_path: Path, busy_visitors: list[str]
) -> None:
    for number in range(5):
        known = list(busy_visitors)
        out = tmp_path / f"{number}.zip"
        result = backed_up(data, out)

        unpack(out, tmp_path / f"unpacked-{number}")
        with Queue.open(tmp_path / f"unpacked-{number}") as queue:
            assert queue.query("PRAGMA integrity_check") == [("ok",)]
            assert queue.query("PRAGMA foreign_key_check") == []
            assert queue.count() == result.listed.signup_count
            assert all(queue.knows(id_) for id_ in known)


def test_other_databases_are_in_one_state_and_damaged_ones_as_they_are(
    data: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(data / "usage.sqlite3")) as usage:
        usage.execute("CREATE TABLE wakes (day TEXT)")
        usage.commit()
        usage.execute("INSERT INTO wakes VALUES ('2026-05-01')")  # not committed, not in the backup
        (data / "torn.sqlite3").write_bytes(b"SQLite format 3\0 and no more")

        backed_up(data, tmp_path / "backup.zip")

    unpack(tmp_path / "backup.zip", tmp_path / "unpacked")
    with closing(sqlite3.connect(tmp_path / "unpacked" / "usage.sqlite3")) as usage:
        assert usage.execute("SELECT count(*) FROM wakes").fetchone() == (0,)
    assert (tmp_path / "unpacked" / "torn.sqlite3").read_bytes().endswith(b"and no more")
    assert not (tmp_path / "unpacked" / "usage.sqlite3-journal").exists()


def test_a_database_that_was_set_aside_is_kept_byte_for_byte(data: Path, tmp_path: Path) -> None:
    aside = data / "signups.damaged-20260101T000000-aaaaaa.sqlite3"
    aside.write_bytes((data / FILE_NAME).read_bytes()[:-100])

    backed_up(data, tmp_path / "backup.zip")

    unpack(tmp_path / "backup.zip", tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / aside.name).read_bytes() == aside.read_bytes()


def test_damaged_signups_make_no_backup(data: Path, tmp_path: Path) -> None:
    with (data / FILE_NAME).open("r+b") as file:
        file.truncate(4096)

    with pytest.raises(QueueDamaged):
        backed_up(data, tmp_path / "backup.zip")

    assert {file.name for file in tmp_path.iterdir()} == {"data"}


def test_an_earlier_file_is_not_overwritten_and_the_name_says_what_it_is(
    data: Path, tmp_path: Path
) -> None:
    (tmp_path / "backup.zip").write_text("earlier")
    with pytest.raises(OutputRefused, match="already exists"):
        backed_up(data, tmp_path / "backup.zip")
    with pytest.raises(ValueError, match=r"^backup\.tar does not end in \.zip$"):
        backed_up(data, tmp_path / "backup.tar")
    assert not (tmp_path / "backup.tar").exists()
    assert (tmp_path / "backup.zip").read_text() == "earlier"


def test_a_full_stick_keeps_no_part(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kiosk.signups.output_files.open_private", lambda *_: os.open("/dev/full", os.O_RDWR)
    )
    with pytest.raises(OutputRefused, match="cannot be written"):
        backed_up(data, tmp_path / "backup.zip")
    assert {file.name for file in tmp_path.iterdir()} == {"data"}


def test_a_file_that_cannot_be_read_is_named(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.operation.backup import writing

    opened = writing.opened_regular_file

    def refuse(file: Path) -> object:
        if file.name == "settings.toml":
            raise OSError(5, "Input/output error", str(file))
        return opened(file)

    monkeypatch.setattr(writing, "opened_regular_file", refuse)
    with pytest.raises(
        BackupRefused, match=r"settings\.toml cannot be read \(Input/output error\)"
    ):
        backed_up(data, tmp_path / "backup.zip")
    assert {file.name for file in tmp_path.iterdir()} == {"data"}


def test_the_list_says_what_made_it(data: Path, tmp_path: Path) -> None:
    from kiosk import __version__

    backed_up(data, tmp_path / "backup.zip")

    with ZipFile(tmp_path / "backup.zip") as archive:
        listed = json.loads(archive.read("backup.json"))
    assert listed["kiosk"] == __version__
    assert listed["created_at"] == now().isoformat(timespec="seconds")
