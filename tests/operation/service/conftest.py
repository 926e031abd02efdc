"""Folders that stand in for machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.operation.service.installing import install
from kiosk.operation.service.machine import WANTED_BY, Machine, ProgramFailed, ServiceRefused
from kiosk.operation.service.plan import HOME, STICKS, UNIT_FILE, UPDATES, USER, ServiceOptions


class FolderMachine(Machine):
    """What systemd's programs would do is done by hand, since not every machine has them."""

    def __init__(self, root: Path, *programs: str) -> None:
        super().__init__(root)
        for program in programs:
            place = self.at(Path("/usr/bin") / program)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text("#!/bin/sh\n")
            place.chmod(0o755)
        self.add_user("root", "/root")
        self.commands: list[tuple[str, ...]] = []

    def add_user(self, name: str, home: str) -> None:
        users = self.at(Path("/etc/passwd"))
        users.parent.mkdir(exist_ok=True)
        with users.open("a") as opened:
            opened.write(f"{name}:x:999:999::{home}:/usr/sbin/nologin\n")

    def tell(self, program: str, *arguments: str) -> None:
        self.commands.append((program, *arguments))
        if program == "systemd-sysusers":
            self.add_user(USER, "/var/lib/showroom-kiosk")
        elif program == "systemd-tmpfiles":
            for folder in (HOME, STICKS):
                self.at(folder).mkdir(parents=True, exist_ok=True)
        elif arguments[0] == "enable":
            self.at(WANTED_BY).parent.mkdir(parents=True, exist_ok=True)
            self.at(WANTED_BY).symlink_to(UNIT_FILE)
        elif arguments[0] == "disable":
            self.at(WANTED_BY).unlink()

    def files(self) -> dict[str, bytes | str]:
        """Everything on it."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            name = str(path.relative_to(self.root))
            if path.is_symlink():
                found[name] = str(path.readlink())
            elif path.is_file():
                found[name] = path.read_bytes()
        return found


@pytest.fixture
def machine(tmp_path: Path) -> FolderMachine:
    return FolderMachine(tmp_path / "machine", "cage", "seatd", "wlr-randr")


class Appliance(FolderMachine):
    """What dpkg would know is written down here; a package file is text, `Field: value` a line."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, "cage", "seatd")
        list(install(self, ServiceOptions(Path("/usr/bin/kiosk"))))
        self.at(Path("/opt")).mkdir()
        self.installed = "0.1.0"
        self.unit_state = "active"
        self.called: list[tuple[str, ...]] = []

    def call(self, *command: str, timeout: float = 1) -> str:
        self.called.append(command)
        match command:
            case ("dpkg-deb", "--field", file, *fields):
                text = Path(file).read_text()
                if not text.startswith("Package: "):
                    raise ProgramFailed("dpkg-deb", "dpkg-deb: error: no Debian format")
                lines = text.splitlines()
                return "\n".join(line for line in lines if line.split(":")[0] in fields)
            case ("dpkg-deb", "--contents", file):
                if "truncated" in Path(file).read_text():
                    raise ProgramFailed("dpkg-deb", "unexpected end of file")
            case ("env", temporary, "dpkg-deb", *_, target) if "--build" in command:
                assert temporary == f"TMPDIR={self.at(UPDATES)}"
                Path(target).write_text(f"packed {self.installed}")
            case ("dpkg", "--print-architecture"):
                return "amd64\n"
            case ("dpkg", "--compare-versions", first, "lt", second):
                if not first < second:
                    raise ServiceRefused("no")
            case ("dpkg-query", "--show", *_):
                if not self.installed:
                    raise ServiceRefused("no packages found")
                return f"ii {self.installed}"
            case ("systemctl", "show", *_):
                return self.unit_state
        return ""


def package_file(folder: Path, version: str = "0.2.0", **fields: str) -> Path:
    values = {
        "Package": "showroom-kiosk",
        "Version": version,
        "Architecture": "amd64",
        "Installed-Size": "1000",
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    file = folder / f"showroom-kiosk_{version}_amd64.deb"
    file.write_text("".join(f"{name}: {value}\n" for name, value in values.items()))
    return file


@pytest.fixture
def appliance(tmp_path: Path) -> Appliance:
    return Appliance(tmp_path / "machine")
