"""A folder that stands in for a machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.operation.service.machine import WANTED_BY, Machine
from kiosk.operation.service.plan import HOME, STICKS, UNIT_FILE, USER


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
        self.told: list[tuple[str, ...]] = []

    def add_user(self, name: str, home: str) -> None:
        users = self.at(Path("/etc/passwd"))
        users.parent.mkdir(exist_ok=True)
        with users.open("a") as opened:
            opened.write(f"{name}:x:999:999::{home}:/usr/sbin/nologin\n")

    def tell(self, program: str, *arguments: str) -> None:
        self.told.append((program, *arguments))
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
