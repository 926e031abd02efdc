"""`kiosk service update` and `rollback` say what they would do, how it ended, and what is next."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk import cli
from kiosk.operation.service import machine as machine_module
from kiosk.operation.service import updating
from kiosk.operation.service.update_record import (
    RECORD,
    ROLLED_BACK,
    UNDONE,
    UPDATED,
    UpdateRecord,
    format_record,
)
from kiosk.operation.service.updating import PENDING, PREVIOUS
from tests.operation.service.conftest import Appliance, package_file

ROOMY = shutil._ntuple_diskusage(1, 1, 1 << 40)  # type: ignore[attr-defined]


@pytest.fixture
def appliance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Appliance:
    appliance = Appliance(tmp_path / "machine")
    monkeypatch.setattr(machine_module, "Machine", lambda: appliance)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: ROOMY)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return appliance


def ends_with(appliance: Appliance, monkeypatch: pytest.MonkeyPatch, record: UpdateRecord) -> None:
    """What the service does, in an instant."""

    def finish(_: float) -> None:
        appliance.at(RECORD).write_text(format_record(record))
        appliance.at(PENDING).unlink()

    monkeypatch.setattr(updating.time, "sleep", finish)


def test_an_update_that_comes_up_says_how_to_go_back(
    appliance: Appliance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    record = UpdateRecord(UPDATED, "0.1.0", "0.2.0~RC1", "0.1.0", "", "2026-11-27T21:30:00+00:00")
    ends_with(appliance, monkeypatch, record)

    assert cli.main(["service", "update", str(package_file(tmp_path))]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "Storing version 0.2.0, and version 0.1.0 to go back to.",
        "Version 0.2.0~RC1 has replaced version 0.1.0, 2026-11-27 21:30.",
        "'sudo kiosk service rollback' goes back to version 0.1.0.",
    ]


def test_an_update_that_was_undone_is_a_failure(
    appliance: Appliance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    record = UpdateRecord(UNDONE, "0.1.0", "0.2.0", "", "it cannot read the signups")
    ends_with(appliance, monkeypatch, record)

    assert cli.main(["service", "update", str(package_file(tmp_path))]) == 2

    error = capsys.readouterr().err
    assert "kiosk: version 0.2.0 was undone: it cannot read the signups." in error
    assert "Version 0.1.0 is back" in error


def test_going_back_says_so(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["service", "rollback"]) == 2
    assert "there is no version to go back to" in capsys.readouterr().err
    appliance.at(PREVIOUS).parent.mkdir()
    appliance.at(PREVIOUS).touch()
    appliance.at(RECORD).write_text(format_record(UpdateRecord(UPDATED, "0.0.9", "0.1.0", "0.0.9")))
    record = UpdateRecord(ROLLED_BACK, "0.0.9", "0.1.0", "", "", "2026-11-27T21:30:00+00:00")
    ends_with(appliance, monkeypatch, record)

    assert cli.main(["service", "rollback"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "Going back to version 0.0.9.",
        "Version 0.0.9 has replaced version 0.1.0 again, 2026-11-27 21:30.",
    ]


def test_whoever_stops_waiting_learns_that_it_goes_on(
    appliance: Appliance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(updating.time, "sleep", Mock(side_effect=KeyboardInterrupt))

    assert cli.main(["service", "update", str(package_file(tmp_path))]) == 130

    assert "It goes on all the same" in capsys.readouterr().out
    assert appliance.at(PENDING).exists()


def test_a_dry_run_changes_nothing_and_needs_no_root(
    appliance: Appliance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    file, before = str(package_file(tmp_path)), appliance.files()

    assert cli.main(["service", "update", "--dry-run", file]) == 0

    assert "0.2.0 would replace version 0.1.0" in capsys.readouterr().out
    assert appliance.files() == before
    assert cli.main(["service", "update", file]) == 2
    assert "needs root" in capsys.readouterr().err
