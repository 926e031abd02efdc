"""Three crashes in a row lead to safe mode; anything between them that went well does not."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.operation import boot, start_record
from kiosk.operation.start_record import CRASHES_TO_SAFE_MODE, RECORD_NAME, StartRecord


def crash(folder: Path, times: int) -> None:
    for _ in range(times):
        StartRecord(folder).begin()


def needs_safe_mode(folder: Path) -> bool:
    return StartRecord(folder).needs_safe_mode


def test_the_third_crash_in_a_row_leads_to_safe_mode(tmp_path: Path) -> None:
    crash(tmp_path, 2)
    assert not needs_safe_mode(tmp_path)
    crash(tmp_path, 1)
    assert needs_safe_mode(tmp_path)
    crash(tmp_path, 1)  # in safe mode
    assert needs_safe_mode(tmp_path)


def test_a_start_that_went_well_ends_the_row(tmp_path: Path) -> None:
    crash(tmp_path, 2)
    record = StartRecord(tmp_path)
    record.begin()
    record.succeed(7)

    crash(tmp_path, 2)

    assert not needs_safe_mode(tmp_path)
    assert StartRecord(tmp_path).good_version == 7


def test_closing_is_no_crash_and_says_nothing_about_the_version(tmp_path: Path) -> None:
    StartRecord(tmp_path).succeed(7)
    crash(tmp_path, 3)
    record = StartRecord(tmp_path)
    record.begin()
    record.succeed()

    assert not needs_safe_mode(tmp_path)
    assert StartRecord(tmp_path).good_version == 7


def test_a_start_that_is_repeated_counts_once(tmp_path: Path) -> None:
    crash(tmp_path, 1)
    record = StartRecord(tmp_path)
    record.begin()
    record.withdraw()

    crash(tmp_path, 1)
    assert not needs_safe_mode(tmp_path)
    crash(tmp_path, 1)
    assert needs_safe_mode(tmp_path)


def test_what_is_withdrawn_after_success_brings_no_old_crash_back(tmp_path: Path) -> None:
    crash(tmp_path, CRASHES_TO_SAFE_MODE)
    record = StartRecord(tmp_path)
    record.begin()
    record.succeed()
    record.withdraw()  # the screen was switched off after days

    assert record.needs_safe_mode, "this start was one"
    crash(tmp_path, CRASHES_TO_SAFE_MODE - 1)
    assert not needs_safe_mode(tmp_path)


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path) -> None:
    record = StartRecord(tmp_path / "gone")

    record.begin()
    record.succeed(7)

    assert not needs_safe_mode(tmp_path / "gone")


def test_a_power_cut_is_no_crash_and_ends_the_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An electrician at work, and staff who switch everything off and on again."""
    monkeypatch.setattr(boot, "BOOT_ID", tmp_path / "boot_id")
    StartRecord(tmp_path).succeed(7)
    for number in range(4):
        (tmp_path / "boot_id").write_text(f"start {number}\n")
        assert not needs_safe_mode(tmp_path)
        crash(tmp_path, 1)

    crash(tmp_path, 2)
    assert needs_safe_mode(tmp_path)
    (tmp_path / "boot_id").write_text("another start\n")
    assert not needs_safe_mode(tmp_path)
    assert StartRecord(tmp_path).good_version == 7


def test_a_full_disk_does_not_keep_the_kiosk_in_safe_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(tmp_path, 3)
    with monkeypatch.context() as patch:
        patch.setattr(
            start_record, "write_small_file", Mock(side_effect=OSError(28, os.strerror(28)))
        )
        StartRecord(tmp_path).begin()
        assert needs_safe_mode(tmp_path)
        StartRecord(tmp_path).succeed()
    assert not needs_safe_mode(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"crashes": true}',
        '{"crashes": "9"}',
        '{"crashes": -9}',
        '{"crashes": 9, "boot": 1}',
    ],
)
def test_what_cannot_be_read_is_no_crash(tmp_path: Path, text: str) -> None:
    (tmp_path / RECORD_NAME).write_text(text)

    assert not needs_safe_mode(tmp_path)
    crash(tmp_path, 3)
    assert needs_safe_mode(tmp_path)
