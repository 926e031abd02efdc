"""Destinations of files to take away: a plugged-in drive, not the kiosk's own disk."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kiosk.operation.folders import FolderRefused, nearest_existing

MOUNT_PARENTS = tuple(map(Path, ("/media", "/run/media", "/mnt", "/Volumes")))
"""Where systems mount sticks and other removable drives."""
MOUNTINFO, FSTAB = Path("/proc/self/mountinfo"), Path("/etc/fstab")
ON_DEMAND = "autofs"
"""Stands in for a drive that is mounted on access."""
ROOT = Path("/")


def require_destination(out: Path, data: Path) -> None:
    """Refuse a file or folder that a command would leave behind on the kiosk.

    Raises:
        FolderRefused: it would be in the data folder, or on the machine's own disk in the place of
            a drive that is not mounted.
    """
    real = Path(os.path.realpath(out))
    lineage = (real, *real.parents)
    if any(_is_same(folder, data) for folder in lineage):
        raise FolderRefused(
            f"{out} would be in the data folder, among the kiosk's own files; choose a USB stick or"
            " another folder"
        )
    if not _is_drive_mounted(lineage):
        raise FolderRefused(
            f"{out} would stay on the kiosk's own disk, since no drive is mounted there; plug the"
            " drive in and try again, or choose another folder"
        )


def is_drive_missing(folder: Path) -> bool:
    """Whether a folder is on the machine's own disk because its drive is not mounted."""
    real = Path(os.path.realpath(folder))
    return not _is_drive_mounted((real, *real.parents))


def _is_same(folder: Path, data: Path) -> bool:
    try:
        return folder.samefile(data)
    except OSError:
        return False


def _is_drive_mounted(lineage: tuple[Path, ...]) -> bool:
    """Whether a drive is mounted wherever one belongs; `lineage` is a file and its parents."""
    places = [place for place in lineage if place in _mount_points()]
    if not places:
        return True
    with suppress(OSError):
        next(nearest_existing(lineage[0]).iterdir(), None)  # triggers mounting on access
    mounted = _mounted(lineage)
    return all(mounted.intersection(lineage[: lineage.index(place) + 1]) for place in places)


def _mount_points() -> set[Path]:
    return {Path(os.path.realpath(place)) for place in (*MOUNT_PARENTS, *_fstab_mount_points())} - {
        ROOT
    }


def _fstab_mount_points() -> list[Path]:
    """Mount points in `/etc/fstab`, whether something is mounted there or not."""
    try:
        lines = FSTAB.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return []
    fields = [line.split() for line in lines if not line.lstrip().startswith("#")]
    return [_path(words[1]) for words in fields if len(words) > 1 and words[1].startswith("/")]


class Mount(NamedTuple):
    """A line of the system's list of what is mounted."""

    point: Path
    device: str
    kind: str
    is_read_only: bool


def mounts() -> list[Mount]:
    """What is mounted, in order; empty on a system without such a list."""
    try:
        lines = MOUNTINFO.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return []
    return [_parse_mount(line) for line in lines]


def _parse_mount(line: str) -> Mount:
    mount, _, file_system = line.partition(" - ")
    point, options = mount.split()[4:6]
    kind, device = file_system.split()[:2]
    return Mount(_path(point), str(_path(device)), kind, "ro" in options.split(","))


def _mounted(lineage: tuple[Path, ...]) -> set[Path]:
    """The folders of a lineage on which something is mounted."""
    found = mounts()
    if not found:
        return {folder for folder in lineage if os.path.ismount(folder)}  # never raises
    kinds = {mount.point: mount.kind for mount in found}  # the last mount is on top
    return {folder for folder in lineage if kinds.get(folder, ON_DEMAND) != ON_DEMAND}


def _path(escaped: str) -> Path:
    r"""A path as both files escape it: a space is `\040`."""
    return Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), escaped))
