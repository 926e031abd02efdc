"""Preparing an update: what is refused, what is kept, and what is told while it is carried out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.operation.service import updating
from kiosk.operation.service.installing import remove
from kiosk.operation.service.machine import Machine, ServiceRefused
from kiosk.operation.service.package import pack_installed, read_package
from kiosk.operation.service.plan import LIBRARY, UPDATES
from kiosk.operation.service.report import report
from kiosk.operation.service.update_record import (
    RECORD,
    UNDONE,
    UPDATED,
    UpdateRecord,
    format_record,
    read_record,
)
from kiosk.operation.service.updating import (
    NEW,
    PENDING,
    PREVIOUS,
    UNDO,
    Change,
    begin_rollback,
    begin_update,
    follow,
    plan_rollback,
    plan_update,
)
from tests.operation.service.conftest import Appliance, package_file

MEGABYTE = 1 << 20


def refusal(appliance: Appliance, file: Path, *, allow_downgrade: bool = False) -> str:
    before = appliance.files()
    with pytest.raises(ServiceRefused) as refused:
        plan_update(appliance, read_package(appliance, file), allow_downgrade=allow_downgrade)
    assert appliance.files() == before
    return str(refused.value)


def begin(appliance: Appliance, file: Path) -> None:
    begin_update(appliance, read_package(appliance, file), Change("0.1.0", "0.2.0"))


def test_an_update_keeps_both_versions_and_has_a_service_do_the_rest(
    appliance: Appliance, tmp_path: Path
) -> None:
    package = read_package(appliance, package_file(tmp_path))
    change = plan_update(appliance, package, allow_downgrade=False)
    assert change == ("0.1.0", "0.2.0")
    assert package.unpacked_bytes == 1000 * 1024

    begin_update(appliance, package, change)

    assert appliance.at(NEW).read_text() == package.file.read_text()
    assert appliance.at(UNDO).read_text() == "packed 0.1.0"
    record = read_record(appliance.root)
    assert record[:3] == ("prepared", "0.1.0", "0.2.0")
    assert appliance.at(RECORD).stat().st_mode & 0o777 == 0o644
    assert appliance.at(PENDING).exists()
    assert appliance.called[-1] == (
        *("systemctl", "start", "--no-block"),
        "showroom-kiosk-update.service",
    )


def test_what_is_no_package_of_the_kiosk_is_refused(appliance: Appliance, tmp_path: Path) -> None:
    text = tmp_path / "notes.deb"
    text.write_text("notes")

    assert "is not a Debian package" in refusal(appliance, text)
    assert "is not a file" in refusal(appliance, tmp_path)
    assert "is not a file" in refusal(appliance, tmp_path / "gone.deb")
    other = package_file(tmp_path, Package="nano")
    assert "is the package nano, not showroom-kiosk" in refusal(appliance, other)
    foreign = package_file(tmp_path, Architecture="arm64")
    assert "is for arm64 computers, and this one is amd64" in refusal(appliance, foreign)


def test_an_older_version_is_installed_only_on_request(
    appliance: Appliance, tmp_path: Path
) -> None:
    same, older = package_file(tmp_path, "0.1.0"), package_file(tmp_path, "0.0.9")

    assert "version 0.1.0 is installed already" in refusal(appliance, same)
    assert "older than 0.1.0, which is installed; pass --allow-downgrade" in refusal(
        appliance, older
    )
    package = read_package(appliance, older)
    assert plan_update(appliance, package, allow_downgrade=True) == ("0.1.0", "0.0.9")


def test_a_full_disk_is_refused_before_anything_happens(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = package_file(tmp_path, Installed_Size="700000")

    def has_free(megabytes: int) -> None:
        usage = shutil._ntuple_diskusage(1, 1, megabytes * MEGABYTE)  # type: ignore[attr-defined]
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    has_free(700)
    assert "has 700 MB free, and the update needs 783 MB" in refusal(appliance, file)
    has_free(800)
    plan_update(appliance, read_package(appliance, file), allow_downgrade=False)


def test_a_machine_that_is_no_appliance_is_refused(appliance: Appliance, tmp_path: Path) -> None:
    file = package_file(tmp_path)
    appliance.installed = ""
    assert "is not installed on this machine" in refusal(appliance, file)
    appliance.at(LIBRARY / "update").unlink()
    assert "run 'kiosk service install' once" in refusal(appliance, file)
    list(remove(appliance))
    assert "is not a service of this machine" in refusal(appliance, file)


def test_one_update_at_a_time(appliance: Appliance, tmp_path: Path) -> None:
    begin(appliance, package_file(tmp_path))

    assert "another update is under way: version 0.2.0 is being installed" in refusal(
        appliance, package_file(tmp_path, "0.3.0")
    )
    with pytest.raises(ServiceRefused, match="under way"):
        plan_rollback(appliance)


def test_an_update_that_cannot_begin_leaves_the_record_as_it_was(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or it would begin at the next start of the machine, when nobody expects it."""
    write_record(appliance, UPDATED, "0.0.9", "0.1.0", "0.0.9")
    earlier = read_record(appliance.root)
    call = appliance.call

    def refuse_to_start(*command: str, timeout: float = 1) -> str:
        if command[:2] == ("systemctl", "start"):
            raise ServiceRefused("no")
        return call(*command, timeout=timeout)

    monkeypatch.setattr(appliance, "call", refuse_to_start)

    package = read_package(appliance, package_file(tmp_path))
    change = plan_update(appliance, package, allow_downgrade=False)
    with pytest.raises(ServiceRefused, match=r"^no$"):
        begin_update(appliance, package, change)

    assert not appliance.at(PENDING).exists()
    assert read_record(appliance.root) == earlier


def test_a_damaged_copy_is_refused(appliance: Appliance, tmp_path: Path) -> None:
    with pytest.raises(ServiceRefused, match="is damaged or incomplete; copy it"):
        begin(appliance, package_file(tmp_path, Section="truncated"))

    assert not appliance.at(NEW).exists()
    assert not appliance.at(PENDING).exists()


def write_record(appliance: Appliance, *values: str) -> None:
    appliance.at(UPDATES).mkdir(exist_ok=True)
    appliance.at(RECORD).write_text(format_record(UpdateRecord(*values)))


def test_going_back_needs_a_version_to_go_back_to(appliance: Appliance) -> None:
    with pytest.raises(ServiceRefused, match="no version to go back to"):
        plan_rollback(appliance)
    write_record(appliance, UPDATED, "0.0.9", "0.1.0", "0.0.9")
    with pytest.raises(ServiceRefused, match="no version to go back to"):
        plan_rollback(appliance)

    appliance.at(PREVIOUS).write_text("0.0.9")
    change = plan_rollback(appliance)
    begin_rollback(appliance, change)

    assert change == ("0.0.9", "0.1.0")
    assert appliance.at(UNDO).read_text() == appliance.at(PREVIOUS).read_text() == "0.0.9"
    assert read_record(appliance.root)[:4] == ("going back: rolled-back", "0.0.9", "0.1.0", "0.0.9")


def test_each_phase_is_told_once(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(appliance, package_file(tmp_path))
    reason = "it did not run for 90 seconds without a crash"
    phases = iter(
        [
            ("installing", ""),
            ("installing", ""),
            ("trying", ""),
            ("going back: undone", reason),
            (UNDONE, reason),
        ]
    )

    def go_on(_: float) -> None:
        phase, why = next(phases)
        write_record(appliance, phase, "0.1.0", "0.2.0", "", why)
        if phase == UNDONE:
            appliance.at(PENDING).unlink()

    monkeypatch.setattr(updating.time, "sleep", go_on)

    assert list(follow(appliance)) == [
        "Installing version 0.2.0. The screen is dark meanwhile.",
        "Version 0.2.0 starts. It has to run well for a minute and a half.",
        f"Going back to version 0.1.0: {reason}.",
    ]


def test_a_service_that_ends_half_way_is_told(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(appliance, package_file(tmp_path))
    appliance.unit_state = "failed"
    monkeypatch.setattr(updating.time, "sleep", lambda _: None)

    with pytest.raises(ServiceRefused, match="has stopped half way"):
        list(follow(appliance))


def test_the_report_says_which_version_runs_and_why(appliance: Appliance) -> None:
    def update_line() -> tuple[str, bool]:
        (line,) = [line for line in report(appliance) if line.name == "update"]
        return line.text, line.needs_attention

    assert "update" not in {line.name for line in report(appliance)}
    write_record(appliance, UPDATED, "0.1.0", "0.2.0", "0.1.0", "", "2026-11-27T21:30:00+01:00")
    assert update_line() == (
        "version 0.2.0 has replaced version 0.1.0, 2026-11-27 21:30; 'sudo kiosk service rollback'"
        " goes back to version 0.1.0",
        False,
    )
    write_record(
        appliance, UNDONE, "0.1.0", "0.2.0", "", "it could not be installed", "2026-11-27T21:30"
    )
    text, needs_attention = update_line()
    assert text.startswith(
        "version 0.2.0 was undone: it could not be installed. Version 0.1.0 is back"
    )
    assert needs_attention
    appliance.at(RECORD).write_text("phase='half\nbefore\n\x00=\nother=1")
    assert read_record(appliance.root) == UpdateRecord()


def test_removing_the_service_removes_the_version_before(
    appliance: Appliance, tmp_path: Path
) -> None:
    begin(appliance, package_file(tmp_path))

    assert f"removed {UPDATES}" in list(remove(appliance))

    assert not appliance.at(UPDATES).exists()


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs dpkg")
def test_the_installed_package_is_packed_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """dpkg works on a root of its own."""
    root, source = tmp_path / "root", tmp_path / "source"
    (source / "DEBIAN").mkdir(parents=True)
    (source / "DEBIAN").chmod(0o755)  # whatever the umask is
    (source / "opt/showroom-kiosk").mkdir(parents=True)
    (source / "opt/showroom-kiosk/kiosk").write_text("#!/bin/sh\n")
    (source / "opt/showroom-kiosk/kiosk").chmod(0o755)
    (source / "opt/showroom-kiosk/link").symlink_to("/usr/bin/python3")
    control = (
        "Package: showroom-kiosk\nVersion: 0.1.0\nArchitecture: all\nInstalled-Size: 1\n"
        "Maintainer: Nobody <noreply@example.com>\nDescription: a kiosk\n with a second line\n"
    )
    (source / "DEBIAN/control").write_text(control)
    (source / "DEBIAN/postinst").write_text("#!/bin/sh\n")
    (source / "DEBIAN/postinst").chmod(0o755)
    subprocess.run(["dpkg-deb", "--build", source, tmp_path / "old.deb"], check=True, stdout=-3)
    (root / "var/lib/dpkg/info").mkdir(parents=True)
    (root / "var/lib/dpkg/status").touch()
    force = "--force-not-root,bad-path,script-chrootless"
    install_ = [
        "dpkg",
        f"--root={root}",
        force,
        "--log=/dev/null",
        "--install",
        tmp_path / "old.deb",
    ]
    subprocess.run(install_, check=True, stdout=-3, stderr=-3)
    monkeypatch.setenv("DPKG_ADMINDIR", str(root / "var/lib/dpkg"))

    pack_installed(Machine(root), tmp_path / "new.deb")

    def contents(file: Path) -> tuple[list[list[str]], str, str]:
        listed = subprocess.run(
            ["dpkg-deb", "--contents", file], check=True, capture_output=True, text=True
        ).stdout
        rows = [line.split(None, 5) for line in listed.splitlines()]
        facts = [[row[0], row[2], row[5]] for row in rows if row[5] != "./"]
        shown = subprocess.run(
            ["dpkg-deb", "--info", file, "control", "postinst"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        owners = "".join(sorted({row[1] for row in rows}))
        return sorted(facts), shown, owners

    new, old = contents(tmp_path / "new.deb"), contents(tmp_path / "old.deb")
    assert new[0] == old[0]
    assert sorted(new[1].splitlines()) == sorted(old[1].splitlines())
    assert new[2] == "root/root"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "new.deb",
        "old.deb",
        "root",
        "source",
    ]
    assert (root / "opt/showroom-kiosk/kiosk").stat().st_nlink == 1
