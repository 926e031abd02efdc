"""`kiosk service` says what it would do, and who may do it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from kiosk.operation.service import machine as machine_module
from kiosk.operation.service.installing import install
from kiosk.operation.service.plan import UNIT_FILE, ServiceOptions
from tests.commands.conftest import Run
from tests.operation.service.conftest import FolderMachine


@pytest.fixture(autouse=True)
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kiosk = tmp_path / "kiosk"
    kiosk.write_text("#!/bin/sh\n")
    kiosk.chmod(0o755)
    monkeypatch.setattr("sys.argv", [str(kiosk)])
    return kiosk


@pytest.fixture
def unprivileged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def test_a_dry_run_prints_every_file_and_needs_no_root(
    unprivileged: None,
    command: Path,
    tmp_path: Path,
    run: Run,
) -> None:
    (tmp_path / "a b.yaml").touch()
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o001)

    printed = run(
        *("service", "install", "--dry-run", "--rotate", "left", "--content", "a b.yaml")
    ).said

    assert f"==> {UNIT_FILE} (mode 644)" in printed
    assert f"exec {command} run --content '{Path.cwd() / 'a b.yaml'}'" in printed
    assert "LIBINPUT_CALIBRATION_MATRIX" in printed


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("/gone/content.yaml", "/gone/content.yaml cannot be read (No such file or directory)"),
        ("/", "/ is a folder; pass the file inside it"),
        ("", "/ is a folder; pass the file inside it"),
        ("/dev/zero", "/dev/zero is not a regular file; pass another"),
        ("/srv/two\nlines.yaml", "has a line break or the like in it; rename it"),
    ],
)
def test_a_dry_run_refuses_the_content_that_an_installation_would(
    monkeypatch: pytest.MonkeyPatch, run: Run, content: str, expected: str
) -> None:
    monkeypatch.chdir("/")

    assert expected in run("service", "install", "--dry-run", "--content", content).sentence


@pytest.mark.parametrize("action", ["install", "remove"])
def test_whoever_is_not_root_gets_a_sentence(unprivileged: None, action: str, run: Run) -> None:
    assert "needs root; run the same command with sudo" in run("service", action).sentence


@pytest.mark.skipif(Path("/run/systemd/system").is_dir(), reason="systemd runs this machine")
@pytest.mark.parametrize("action", ["install", "status", "remove", "update x.deb", "rollback"])
def test_a_machine_without_systemd_gets_a_sentence(
    action: str, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "not run by systemd" in run("service", *action.split()).sentence


def test_an_unknown_turn_is_refused(run: Run) -> None:
    assert run("service", "install", "--rotate", "up").status == 2


@pytest.mark.skipif(UNIT_FILE.exists(), reason="this machine is an appliance")
def test_a_dry_run_of_removing_says_that_nothing_is_there(
    run: Run,
) -> None:
    assert "Nothing to remove" in run("service", "remove", "--dry-run").said


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "--content '/srv/our cars/content.yaml' --rotate left --network"),
        ("--rotate right", "--content '/srv/our cars/content.yaml' --rotate right --network"),
        ("--rotate none", "--content '/srv/our cars/content.yaml' --network"),
        ("--no-network", "--content '/srv/our cars/content.yaml' --rotate left"),
        ("--content /srv/new.yaml", "--content /srv/new.yaml --rotate left --network"),
    ],
)
def test_what_is_not_given_stays_as_it_was_installed(
    given: str,
    expected: str,
    command: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    run: Run,
) -> None:
    appliance = FolderMachine(tmp_path / "machine", "cage")
    list(
        install(
            appliance, ServiceOptions(command, Path("/srv/our cars/content.yaml"), "left", True)
        )
    )
    monkeypatch.setattr(machine_module, "Machine", lambda: appliance)

    printed = run("service", "install", "--dry-run", *shlex.split(given)).said

    assert f"# It was: kiosk service install {expected}\n" in printed
