"""`kiosk service update` and `rollback` say what they would do, how it ended, and what is next."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

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
from tests.commands.conftest import Run
from tests.operation.service.conftest import Appliance, package_file

EndsWith = Callable[[UpdateRecord], None]
ROOMY = shutil._ntuple_diskusage(1, 1, 1 << 40)  # type: ignore[attr-defined]


@pytest.fixture
def appliance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Appliance:
    appliance = Appliance(tmp_path / "machine")
    monkeypatch.setattr(machine_module, "Machine", lambda: appliance)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: ROOMY)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return appliance


@pytest.fixture
def package(tmp_path: Path, appliance: Appliance) -> Path:
    return package_file(tmp_path)


@pytest.fixture
def ends_with(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> EndsWith:
    """What the service does, in an instant."""

    def end(record: UpdateRecord) -> None:
        def finish(_: float) -> None:
            appliance.at(RECORD).write_text(format_record(record))
            appliance.at(PENDING).unlink()

        monkeypatch.setattr(updating.time, "sleep", finish)

    return end


def test_an_update_that_comes_up_says_how_to_go_back(
    ends_with: EndsWith, run: Run, package: Path
) -> None:
    ends_with(UpdateRecord(UPDATED, "0.1.0", "0.2.0~RC1", "0.1.0", "", "2026-11-27T21:30:00+00:00"))

    assert run("service", "update", package).said.splitlines() == [
        "Storing version 0.2.0, and version 0.1.0 to go back to.",
        "Version 0.2.0~RC1 has replaced version 0.1.0, 2026-11-27 21:30.",
        "'sudo kiosk service rollback' goes back to version 0.1.0.",
    ]


def test_an_update_that_was_undone_is_a_failure(
    ends_with: EndsWith, run: Run, package: Path
) -> None:
    ends_with(UpdateRecord(UNDONE, "0.1.0", "0.2.0", "", "it cannot read the signups"))

    done = run("service", "update", package)

    assert done.status == 2
    assert "kiosk: version 0.2.0 was undone: it cannot read the signups." in done.err
    assert "Version 0.1.0 is back" in done.err


def test_going_back_says_so(appliance: Appliance, ends_with: EndsWith, run: Run) -> None:
    assert "there is no version to go back to" in run("service", "rollback").sentence
    appliance.at(PREVIOUS).parent.mkdir()
    appliance.at(PREVIOUS).touch()
    appliance.at(RECORD).write_text(format_record(UpdateRecord(UPDATED, "0.0.9", "0.1.0", "0.0.9")))
    ends_with(UpdateRecord(ROLLED_BACK, "0.0.9", "0.1.0", "", "", "2026-11-27T21:30:00+00:00"))

    assert run("service", "rollback").said.splitlines() == [
        "Going back to version 0.0.9.",
        "Version 0.0.9 has replaced version 0.1.0 again, 2026-11-27 21:30.",
    ]


def test_whoever_stops_waiting_learns_that_it_goes_on(
    appliance: Appliance, run: Run, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating.time, "sleep", Mock(side_effect=KeyboardInterrupt))

    done = run("service", "update", package)

    assert done.status == 130
    assert "It goes on all the same" in done.out
    assert appliance.at(PENDING).exists()


def test_a_dry_run_changes_nothing_and_needs_no_root(
    appliance: Appliance, run: Run, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    before = appliance.files()

    printed = run("service", "update", "--dry-run", package).said

    assert "0.2.0 would replace version 0.1.0" in printed
    assert appliance.files() == before
    assert "needs root" in run("service", "update", package).sentence
