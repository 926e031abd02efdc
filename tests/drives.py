"""Sticks that a test plugs in and pulls out, as far as the system's lists tell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.operation import destinations, sticks

OWN_DISK = "22 1 8:2 / / rw shared:1 - ext4 /dev/sda2 rw\n"


class Drives:
    """A machine with a disk of its own; its data folder is there."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder = folder / "machine"
        self._media = self._folder / "media"
        self._media.mkdir(parents=True)
        self._list = self._folder / "mountinfo"
        self._list.write_text(OWN_DISK)
        self._blocks = self._folder / "block"
        self._blocks.mkdir()
        self._count = 0
        self.data = folder / "data"
        patch.setattr(destinations, "MOUNT_PARENTS", (self._media,))
        patch.setattr(destinations, "MOUNTINFO", self._list)
        patch.setattr(destinations, "FSTAB", self._folder / "fstab")
        patch.setattr(sticks, "STICK_PARENTS", (self._media,))
        patch.setattr(sticks, "BLOCK_DEVICES", self._blocks)
        patch.setattr(sticks, "UNMOUNT", ())

    def mount(
        self,
        name: str,
        *,
        device: str = "",
        options: str = "rw,nosuid",
        kind: str = "vfat",
        in_media: bool = True,
    ) -> Path:
        """Plug in a stick; returns where it is mounted."""
        self._count += 1
        folder = (self._media if in_media else self._folder) / name
        folder.mkdir(parents=True, exist_ok=True)
        source = device or f"/dev/sd{'bcdefgh'[self._count - 1]}1"
        point = str(folder).replace(" ", "\\040")
        with self._list.open("a") as table:
            table.write(f"4{self._count} 22 8:17 / {point} {options} - {kind} {source} rw\n")
        return folder

    def pull(self, folder: Path) -> None:
        """Pull it out: its files are gone, and its mount point is empty or missing."""
        point = str(folder).replace(" ", "\\040")
        lines = self._list.read_text().splitlines(keepends=True)
        self._list.write_text("".join(line for line in lines if f" {point} " not in line))
        shutil.rmtree(folder, ignore_errors=True)

    def describe(self, disk: str, partition: str, is_removable: str, bus: str) -> None:
        """What sysfs says of a disk."""
        real = self._folder / "devices" / bus / "block" / disk
        (real / partition).mkdir(parents=True)
        (real / "removable").write_text(f"{is_removable}\n")
        (self._blocks / partition).symlink_to(real / partition)
