"""The Debian package of the kiosk: a file of it, and the one that is installed."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kiosk.files import sync_file
from kiosk.operation.service.machine import Machine, ProgramFailed, ServiceRefused
from kiosk.operation.service.plan import NAME

FIELDS = ("Package", "Version", "Architecture", "Installed-Size")
SLOW_SECONDS = 1800.0
"""For 190 MB on an old disk."""
KIBI = 1024
IGNORED_FIELDS = ("Status", "Config-Version", "Conffiles")
"""What `dpkg` knows of an installed package and no package says of itself."""


class Package(NamedTuple):
    """`unpacked_bytes` is what it takes once it is installed; 0 if unknown."""

    file: Path
    version: str
    unpacked_bytes: int


def read_package(machine: Machine, file: Path) -> Package:
    """A package file of the kiosk for this machine.

    Raises:
        ServiceRefused: it is something else.
    """
    try:
        if not file.is_file():
            raise ServiceRefused(f"{file} is not a file; pass the .deb file of the new version")
        printed = machine.call("dpkg-deb", "--field", str(file), *FIELDS)
    except OSError as error:
        raise ServiceRefused(f"{file} cannot be read ({error.strerror})") from None
    except ProgramFailed as error:
        raise ServiceRefused(
            f"{file} is not a Debian package, or not a complete one ({error.reason}); copy it once"
            " more"
        ) from None
    values = dict(line.split(": ", 1) for line in printed.splitlines() if ": " in line)
    if values.get("Package") != NAME:
        raise ServiceRefused(
            f"{file} is the package {values.get('Package', 'of nothing')}, not {NAME}; choose"
            " another file"
        )
    own = machine.call("dpkg", "--print-architecture").strip()
    if values.get("Architecture") not in {own, "all"}:
        raise ServiceRefused(
            f"{file} is for {values.get('Architecture', 'another')} computers, and this one is"
            f" {own}; choose the file for {own}"
        )
    size = values.get("Installed-Size", "")
    return Package(file, values.get("Version", ""), int(size) * KIBI if size.isdecimal() else 0)


def installed_version(machine: Machine) -> str:
    """The version of the package that is installed.

    Raises:
        ServiceRefused: none is.
    """
    with suppress(ServiceRefused):
        shown = machine.call(
            "dpkg-query", "--show", "--showformat=${db:Status-Abbrev}${Version}", NAME
        )
        status, _, version = shown.strip().partition(" ")
        if status == "ii" and version:
            return version
    raise ServiceRefused(
        f"the package {NAME} is not installed on this machine, so there is nothing to update; run"
        " 'apt install' with the .deb file instead"
    )


def is_older(machine: Machine, version: str, other: str) -> bool:
    try:
        machine.call("dpkg", "--compare-versions", version, "lt", other)
    except ServiceRefused:
        return False
    return True


def copy_package(machine: Machine, package: Package, target: Path) -> None:
    """Copy a package file, and read all of the copy.

    Raises:
        ServiceRefused: it is incomplete, or the disk refuses.
    """
    try:
        shutil.copyfile(package.file, target)
        sync_file(target)
    except OSError as error:
        raise ServiceRefused(
            f"{package.file} cannot be copied to {target} ({error.strerror}); check the stick and"
            " the disk"
        ) from None
    try:
        machine.call("dpkg-deb", "--contents", str(target), timeout=SLOW_SECONDS)
    except ServiceRefused:
        target.unlink(missing_ok=True)
        raise ServiceRefused(
            f"{package.file} is damaged or incomplete; copy it to this machine once more"
        ) from None


def pack_installed(machine: Machine, target: Path) -> None:
    """Make a package file of the package that is installed, as `dpkg-repack` does.

    Nobody has to find the file that it was once installed from.

    Raises:
        ServiceRefused: the disk refuses.
    """
    stage = target.with_name(f".{target.stem}")
    shutil.rmtree(stage, ignore_errors=True)
    try:
        control = stage / "DEBIAN"
        control.mkdir(parents=True)
        stage.chmod(0o755)
        control.chmod(0o755)
        (control / "control").write_text(_control(machine))
        for script in machine.call("dpkg-query", "--control-list", NAME).split():
            if script != "md5sums":  # dpkg counts them anew
                place = control / script
                place.write_text(machine.call("dpkg-query", "--control-show", NAME, script))
                place.chmod(0o755)
        for line in machine.call("dpkg-query", "--listfiles", NAME).splitlines():
            _link(machine.at(Path(line)), stage / Path(line).relative_to("/"))
        # What dpkg-deb has packed so far would not fit into a /tmp that is in memory.
        build = (
            "env",
            f"TMPDIR={target.parent}",
            "dpkg-deb",
            "--root-owner-group",
            "-Zzstd",
            "-z1",
        )
        machine.call(*build, "--build", str(stage), str(target), timeout=SLOW_SECONDS)
        sync_file(target)
    except OSError as error:
        raise ServiceRefused(
            f"the version that is installed cannot be stored in {target} ({error.strerror}); free"
            " some space, or check the disk"
        ) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _control(machine: Machine) -> str:
    """What the package says of itself."""
    fields: list[str] = []
    for line in machine.call("dpkg-query", "--status", NAME).splitlines():
        if line.startswith(" ") and fields:
            fields[-1] += f"\n{line}"
        elif line:
            fields.append(line)
    return "".join(
        f"{field}\n" for field in fields if field.partition(":")[0] not in IGNORED_FIELDS
    )


def _link(source: Path, target: Path) -> None:
    """A file without a copy of it, where both are on one file system."""
    if source.is_symlink():
        target.symlink_to(source.readlink())
    elif source.is_dir():
        target.mkdir(exist_ok=True)
        target.chmod(0o755)
    elif source.is_file():  # documentation may be left out of installations
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copy2(source, target)
