"""The status of a kiosk is there whole or not at all, and never in the way."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from kiosk.operation.clock_judge import Anchors
from kiosk.operation.status import (
    STATUS_NAME,
    Status,
    StatusFile,
    format_timestamp,
    read_status,
)

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    status = Status(
        "content.yaml",
        format_timestamp(NOW),
        "7",
        "Europe/Berlin",
        trusted_at=format_timestamp(NOW),
    )
    StatusFile(tmp_path, status).write()

    assert read_status(tmp_path) == status
    assert read_status(tmp_path).anchors == Anchors(None, NOW)


def test_a_change_that_changes_nothing_need_not_be_written(tmp_path: Path) -> None:
    file = StatusFile(tmp_path, Status(version="7"))

    assert not file.change(version="7")
    assert file.change(version="8")
    assert file.status == Status(version="8")


def test_a_reader_never_finds_half_a_status(tmp_path: Path) -> None:
    """Two threads write one after the other, in whole files."""
    file = StatusFile(tmp_path, Status(content="a" * 5000, version="0"))
    file.write()

    def write_many() -> None:
        for number in range(200):
            file.change(version=str(number))
            file.write()

    writers = [Thread(target=write_many) for _ in range(2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert len(read_status(tmp_path).content) == 5000
    assert [file.name for file in tmp_path.iterdir()] == [STATUS_NAME]


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path) -> None:
    file = StatusFile(tmp_path / "gone", Status())

    file.write()

    assert file.change(version="7")
    assert not (tmp_path / "gone").exists()


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        StatusFile(tmp_path, Status()).write()
    finally:
        os.umask(before)

    assert (tmp_path / STATUS_NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", "null", "\xff", "[" * 100_000, '{"version": 7, "x": "y"}']
)
def test_what_cannot_be_read_is_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / STATUS_NAME).write_bytes(text.encode("latin-1"))

    assert read_status(tmp_path) == Status()


@pytest.mark.parametrize("moment", ["", "soon", "2027-03-01", "2027-03-01T09:00"])
def test_a_moment_without_a_zone_is_no_anchor(moment: str) -> None:
    assert Status(synchronised_at=moment).anchors == Anchors()
