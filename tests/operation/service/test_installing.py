"""Setting up twice changes nothing; taking down leaves what was collected."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.operation.service.installed import installed_options
from kiosk.operation.service.installing import (
    can_turn_by_itself,
    install,
    remove,
    require_ready,
)
from kiosk.operation.service.machine import Machine, ServiceRefused
from kiosk.operation.service.plan import (
    HOME,
    LIBRARY,
    UNIT_FILE,
    ServiceOptions,
    planned_files,
)
from kiosk.operation.service.report import report
from tests.operation.service.conftest import FolderMachine

KIOSK = Path("/usr/bin/kiosk")
PLAIN = ServiceOptions(KIOSK)
TURNED = ServiceOptions(KIOSK, Path("/srv/content.yaml"), "left")
TOUCH_RULES = next(f.path for f in planned_files(TURNED) if "touch" in f.path.name)


def test_every_file_is_written_with_its_mode(machine: FolderMachine) -> None:
    lines = list(install(machine, TURNED))

    for file in planned_files(TURNED):
        place = machine.at(file.path)
        assert place.read_text() == file.text
        assert place.stat().st_mode & 0o777 == file.mode
        assert f"wrote {file.path}" in lines
    assert machine.has_user()
    assert machine.is_enabled()


@pytest.mark.parametrize("options", [PLAIN, TURNED], ids=["plain", "turned"])
def test_the_second_time_changes_nothing(machine: FolderMachine, options: ServiceOptions) -> None:
    assert list(install(machine, options))
    before, machine.commands = machine.files(), []

    assert list(install(machine, options)) == []

    assert machine.files() == before
    assert machine.commands == []


def test_only_what_differs_is_written_again(machine: FolderMachine) -> None:
    list(install(machine, PLAIN))
    machine.at(LIBRARY / "session").chmod(0o644)
    machine.at(UNIT_FILE).write_text("changed")

    assert list(install(machine, PLAIN)) == [f"wrote {UNIT_FILE}", f"wrote {LIBRARY / 'session'}"]


def test_other_options_leave_nothing_of_the_earlier_ones(machine: FolderMachine) -> None:
    list(install(machine, PLAIN))
    plain = machine.files()
    list(install(machine, TURNED))

    assert f"removed {TOUCH_RULES}" in list(install(machine, PLAIN))

    assert machine.files() == plain


def test_the_options_of_an_installation_are_found_again(machine: FolderMachine) -> None:
    assert installed_options(machine, KIOSK) == PLAIN
    for options in (TURNED, replace(PLAIN, has_network=True), PLAIN):
        list(install(machine, options))
        assert installed_options(machine, KIOSK) == options

    (machine.at(LIBRARY) / "start").write_text("# It was: kiosk 'service\n")
    assert installed_options(machine, KIOSK) == PLAIN


def test_removing_leaves_the_data_and_the_user(machine: FolderMachine) -> None:
    before = set(machine.files())
    list(install(machine, TURNED))
    data = machine.at(HOME / ".local/share/showroom-kiosk/signups.sqlite3")
    data.parent.mkdir(parents=True)
    data.write_bytes(b"signups")

    assert f"removed {UNIT_FILE}" in list(remove(machine))

    assert set(machine.files()) - before == {str(data.relative_to(machine.root))}
    assert machine.has_user()
    assert not machine.at(LIBRARY).exists()
    assert list(remove(machine)) == []


def test_a_disk_that_refuses_is_a_sentence(machine: FolderMachine) -> None:
    machine.at(LIBRARY).parent.mkdir(parents=True)
    machine.at(LIBRARY).write_text("in the way")

    with pytest.raises(ServiceRefused, match="cannot be written"):
        list(install(machine, PLAIN))


@pytest.mark.parametrize(
    ("programs", "options", "missing"),
    [
        (("seatd",), PLAIN, "cage"),
        (("cage",), PLAIN, "seatd"),
        (("cage", "seatd"), TURNED, "wlr-randr"),
    ],
)
def test_what_is_missing_is_a_sentence(
    tmp_path: Path, programs: tuple[str, ...], options: ServiceOptions, missing: str
) -> None:
    with pytest.raises(ServiceRefused, match=f"apt install {missing}"):
        require_ready(FolderMachine(tmp_path, *programs), options)


def test_a_machine_with_everything_is_ready(machine: FolderMachine) -> None:
    require_ready(machine, TURNED)


@pytest.mark.parametrize(("help_", "can_turn"), [(" -r\t Rotate", True), (" -s\t Allow", False)])
def test_cages_help_says_whether_it_turns_the_picture_whatever_it_exits_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, help_: str, can_turn: bool
) -> None:
    """Version 0.2.0 exits with 1 after printing it."""
    cage = tmp_path / "cage"
    cage.write_text(f"#!/bin/sh\necho '{help_}' >&2\nexit 1\n")
    cage.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    assert can_turn_by_itself(Machine()) == can_turn


def test_a_person_named_kiosk_is_left_alone(machine: FolderMachine) -> None:
    machine.add_user("kiosk", "/home/kiosk")

    with pytest.raises(ServiceRefused, match="home folder is /home/kiosk"):
        require_ready(machine, PLAIN)


def test_content_that_the_kiosk_could_not_read_is_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    file = folder / "content.yaml"
    file.touch()
    for each in (tmp_path, *tmp_path.parents):
        if not each.stat().st_mode & 0o001:
            each.chmod(each.stat().st_mode | 0o001)
    itself = Machine()
    itself.require_readable(file)

    with pytest.raises(ServiceRefused, match="theirs is a folder"):
        itself.require_readable(folder)
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    pipe.chmod(0o644)
    for other in (pipe, Path("/dev/zero")):
        with pytest.raises(ServiceRefused, match=f"{other} is not a regular file"):
            itself.require_readable(other)
    file.chmod(0o640)
    with pytest.raises(ServiceRefused, match=r"chmod o\+r .*content\.yaml"):
        itself.require_readable(file)
    folder.chmod(0o700)
    with pytest.raises(ServiceRefused, match=r"chmod o\+x .*theirs'"):
        itself.require_readable(file)
    with pytest.raises(ServiceRefused, match="No such file"):
        itself.require_readable(tmp_path / "gone.yaml")
    with pytest.raises(ServiceRefused, match="line break"):
        itself.require_readable(tmp_path / "two\nlines.yaml")


def test_the_report_says_what_to_do(machine: FolderMachine) -> None:
    (line,) = report(machine)
    assert line.needs_attention
    assert "kiosk service install" in line.text

    list(install(machine, PLAIN))
    assert not any(line.needs_attention for line in report(machine))

    machine.at(LIBRARY / "start").unlink()
    machine.tell("systemctl", "disable")
    problems = [line.text for line in report(machine) if line.needs_attention]
    assert len(problems) == 2
    assert "start missing" in problems[0]
    assert "systemctl enable" in problems[1]


@pytest.mark.skipif(
    not all(map(shutil.which, ("systemctl", "systemd-sysusers", "systemd-tmpfiles"))),
    reason="needs systemd's programs; the other tests do their work by hand",
)
def test_systemds_own_programs_do_what_is_expected(machine: FolderMachine) -> None:
    real = Machine(machine.root)

    list(install(real, TURNED))

    assert list(install(real, TURNED)) == []
    assert real.has_user()
    real.require_own_user()
    assert real.is_enabled()
    assert real.at(HOME).stat().st_mode & 0o777 == 0o700
    list(remove(real))
    assert not real.is_enabled()
