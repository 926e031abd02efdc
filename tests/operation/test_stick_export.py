"""What is marked as exported is on the stick, and what stands in the way is told in a sentence."""

from __future__ import annotations

import csv
import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk import files
from kiosk.operation import stick_export
from kiosk.operation.locks import command_lock
from kiosk.operation.stick_export import (
    StickExport,
    StickExportRefused,
    count_signups,
    export_to_stick,
)
from kiosk.operation.sticks import Stick, find_sticks
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export import exporter
from kiosk.signups.export.exporter import ExportRequest
from kiosk.signups.export.opening import open_sealed
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup
from tests.drives import Drives

NOW = datetime(2024, 5, 2, 8, 5, tzinfo=UTC)


@pytest.fixture
def stick(drives: Drives) -> Stick:
    (drives.data / "settings.toml").write_text('name = "Schaufenster Süd / 1"')
    drives.mount("KINGSTON")
    (stick,) = find_sticks(drives.data)
    return stick


def _fill(data: Path, *emails: str, key: PrivateKey | None = None) -> None:
    with Queue.open(data) as queue:
        for email in emails:
            queue.add(make_signup(email=email), None if key is None else key.public_key)


def _export(drives: Drives, stick: Stick, ending: str = "csv") -> StickExport:
    return export_to_stick(drives.data, stick, ending, lambda done, total: None)


def _waiting(data: Path) -> int:
    return count_signups(data).total.waiting


def test_what_waits_is_counted_without_a_word_of_anybody(drives: Drives) -> None:
    assert count_signups(drives.data).total.captured == 0
    _fill(drives.data, "a@example.com", "b@example.com")

    counts = count_signups(drives.data)
    assert (counts.total.captured, counts.total.waiting, counts.sealed) == (2, 2, 0)
    assert "example.com" not in repr(counts)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_what_waits_is_on_the_stick_and_marked(drives: Drives, stick: Stick, ending: str) -> None:
    _fill(drives.data, "a@example.com", "b@example.com")

    done = _export(drives, stick, ending)

    assert done.signups == 2
    assert done.unreadable == 0
    (file,) = stick.folder.iterdir()
    assert file.name == done.file_name
    assert file.name.startswith("signups-schaufenster-s-d-1-20")
    assert file.name.endswith(f".{ending}")
    counts = count_signups(drives.data)
    assert (counts.total.waiting, counts.total.exported) == (0, 2)
    assert counts.last_export is not None


def test_a_second_export_has_only_what_came_since_and_another_name(
    drives: Drives, stick: Stick
) -> None:
    _fill(drives.data, "a@example.com")
    first = _export(drives, stick)
    _fill(drives.data, "b@example.com")
    second = _export(drives, stick)  # in the same minute

    assert first.file_name != second.file_name
    with (stick.folder / second.file_name).open(newline="", encoding="utf-8-sig") as file:
        assert [row["email"] for row in csv.DictReader(file)] == ["b@example.com"]


def test_with_nothing_to_export_nothing_is_written(drives: Drives, stick: Stick) -> None:
    _fill(drives.data, "a@example.com")
    _export(drives, stick)
    assert _export(drives, stick).signups == 0
    assert len(list(stick.folder.iterdir())) == 1


@pytest.mark.parametrize("moment", ["while it writes", "before it gets its name"])
@pytest.mark.parametrize("ending", ["csv", "sealed"])
def test_a_stick_that_is_pulled_out_in_the_middle_leaves_everything_waiting(
    drives: Drives, stick: Stick, monkeypatch: pytest.MonkeyPatch, moment: str, ending: str
) -> None:
    key = PrivateKey.generate() if ending == "sealed" else None
    _fill(drives.data, *(f"{number}@example.com" for number in range(20)), key=key)

    def pull(done: int, total: int) -> None:
        if moment == "while it writes" and done == 10:
            drives.pull(stick.folder)

    def rename(*_: object) -> None:
        drives.pull(stick.folder)
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))

    if moment == "before it gets its name":
        monkeypatch.setattr("kiosk.signups.output_files.rename_no_replace", rename)
    with pytest.raises(StickExportRefused) as refused:
        export_to_stick(drives.data, stick, ending, pull)

    assert str(refused.value) == (
        "KINGSTON was pulled out before everything was on it. No signup was marked as exported;"
        " plug it in and export again."
    )
    assert _waiting(drives.data) == 20
    assert not stick.folder.exists()  # nothing went to the kiosk's own disk in its place

    monkeypatch.undo()


def test_a_stick_that_is_pulled_out_beforehand_is_told(drives: Drives, stick: Stick) -> None:
    _fill(drives.data, "a@example.com")
    drives.pull(stick.folder)
    stick.folder.mkdir()  # the mount point stays

    with pytest.raises(StickExportRefused, match="KINGSTON was pulled out"):
        _export(drives, stick)
    assert _waiting(drives.data) == 1
    assert list(stick.folder.iterdir()) == []


@pytest.mark.parametrize("ending", ["csv", "sealed"])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            errno.ENOSPC,
            "KINGSTON is full. No signup was marked as exported; free some space on it, or take"
            " another.",
        ),
        (
            errno.EFBIG,
            "KINGSTON holds no file this large: FAT ends at 4 GB. No signup was marked as exported;"
            " take a stick that is formatted with exFAT.",
        ),
        (
            errno.EROFS,
            "KINGSTON cannot be written. No signup was marked as exported; take another stick.",
        ),
        (
            errno.EIO,
            "KINGSTON was pulled out before everything was on it. No signup was marked as"
            " exported; plug it in and export again.",
        ),
    ],
)
def test_a_stick_that_refuses_is_told_and_nothing_is_marked(
    drives: Drives,
    stick: Stick,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    sentence: str,
    ending: str,
) -> None:
    _fill(drives.data, "a@example.com", key=PrivateKey.generate() if ending == "sealed" else None)

    monkeypatch.setattr(os, "fsync", Mock(side_effect=OSError(number, os.strerror(number))))
    with pytest.raises(StickExportRefused) as refused:
        _export(drives, stick, ending)
    assert str(refused.value) == sentence
    monkeypatch.setattr(os, "fsync", lambda _: None)
    assert _waiting(drives.data) == 1
    assert list(stick.folder.iterdir()) == []


def test_sealed_signups_go_sealed(drives: Drives, stick: Stick, tmp_path: Path) -> None:
    key = PrivateKey.generate()
    _fill(drives.data, "a@example.com", "b@example.com", key=key)
    assert count_signups(drives.data).sealed == 2

    done = _export(drives, stick, "sealed")

    assert (done.signups, done.unreadable) == (2, 0)
    assert done.file_name.endswith(".sealed")
    counts = count_signups(drives.data)
    assert (counts.total.waiting, counts.total.exported, counts.sealed) == (0, 2, 0)
    request = ExportRequest(tmp_path / "desk.csv", "all", key)
    assert open_sealed([stick.folder / done.file_name], request, key)[0].rows == 2


def test_sealed_signups_in_a_readable_file_are_refused(drives: Drives, stick: Stick) -> None:
    _fill(drives.data, "a@example.com", key=PrivateKey.generate())

    with pytest.raises(StickExportRefused, match="1 signup is sealed"):
        _export(drives, stick)
    assert _waiting(drives.data) == 1
    assert list(stick.folder.iterdir()) == []


@pytest.mark.parametrize("ending", ["csv", "sealed"])
def test_a_stick_that_returns_something_else_is_told(
    drives: Drives, stick: Stick, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    _fill(drives.data, "a@example.com", key=PrivateKey.generate() if ending == "sealed" else None)
    monkeypatch.setattr(exporter, "digest_on_disk", lambda *_: "0" * 64)
    with pytest.raises(StickExportRefused, match="cannot be read back as it was written"):
        _export(drives, stick, ending)
    assert _waiting(drives.data) == 1
    assert list(stick.folder.iterdir()) == []


def test_a_stick_that_cannot_be_synced_as_a_whole_has_the_file_all_the_same(
    drives: Drives, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(drives.data, "a@example.com")
    monkeypatch.setattr(
        stick_export, "release", Mock(side_effect=OSError(errno.EIO, os.strerror(errno.EIO)))
    )
    done = _export(drives, stick)
    assert (done.signups, done.is_unmounted) == (1, False)
    assert (stick.folder / done.file_name).stat().st_size > 0


def test_while_a_command_works_on_the_signups_the_export_waits_for_another_try(
    drives: Drives, stick: Stick
) -> None:
    _fill(drives.data, "a@example.com")
    with (
        command_lock(drives.data),
        pytest.raises(StickExportRefused, match="Another command is using"),
    ):
        _export(drives, stick)
    assert _waiting(drives.data) == 1


def test_a_damaged_database_is_told_in_a_sentence(drives: Drives, stick: Stick) -> None:
    (drives.data / FILE_NAME).write_bytes(b"no database" * 500)

    with pytest.raises(StickExportRefused, match="are damaged"):
        count_signups(drives.data)
    with pytest.raises(StickExportRefused):
        _export(drives, stick)
    assert files.read_regular_file(drives.data / FILE_NAME).startswith(b"no database")
