"""Finds the sticks that are plugged in, and lets them go."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from kiosk.operation import destinations
from kiosk.timeout import CallTimedOut, call_within

STICK_PARENTS = tuple(map(Path, ("/media", "/run/media")))
"""Where desktops and services mount what somebody has plugged in."""
BLOCK_DEVICES = Path("/sys/class/block")
DEVICES = "/dev/"
ON_USB = "/usb"
"""In the path of a device's folder in sysfs: not all disks on USB say that they are removable."""

STAT_SECONDS = 3.0
UNMOUNT_SECONDS = 30
UNMOUNT = (("udisksctl", "unmount", "--no-user-interaction", "-b"), ("umount",))
"""A desktop's way, which needs no rights, and the system's; both take the device."""


class Stick(NamedTuple):
    """A drive to take files away on; `device` is like `/dev/sdb1`."""

    folder: Path
    device: str
    free_bytes: int
    is_writable: bool

    @property
    def name(self) -> str:
        """What people call it, which is what systems mount it under."""
        return self.folder.name


def find_sticks(data: Path) -> list[Stick]:
    """The sticks that are mounted, in the order in which they were; none that holds the data."""
    found: dict[str, Stick] = {}
    for mount in destinations.mounts():
        if not mount.device.startswith(DEVICES) or mount.device in found:
            continue
        if _is_stick(mount) and mount.point not in {data, *data.absolute().parents}:
            free_bytes = _free_bytes(mount.point)
            if free_bytes is not None:
                found[mount.device] = Stick(
                    mount.point, mount.device, free_bytes, not mount.is_read_only
                )
    return list(found.values())


def is_mounted(stick: Stick) -> bool:
    """Whether it is still where it was found."""
    return any(
        (mount.device, mount.point) == (stick.device, stick.folder)
        for mount in destinations.mounts()
    )


def release(stick: Stick) -> bool:
    """Write everything to the stick that is still on its way; whether it was unmounted, too.

    Once this returns, it can be pulled out in either case.

    Raises:
        OSError: it does not take what was written.
    """
    handle = os.open(stick.folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _sync_file_system(handle)
    finally:
        os.close(handle)
    for command in UNMOUNT:
        if shutil.which(command[0]) and _succeeds((*command, stick.device)):
            return True
    return False


def _is_stick(mount: destinations.Mount) -> bool:
    if any(parent in mount.point.parents for parent in STICK_PARENTS):
        return True
    device = Path(os.path.realpath(BLOCK_DEVICES / Path(mount.device).name))
    try:
        is_removable = any(
            (folder / "removable").read_text("ascii").strip() == "1"
            for folder in (device, device.parent)  # of a partition, its disk's
            if (folder / "removable").exists()
        )
    except (OSError, UnicodeDecodeError):
        return False
    return is_removable or ON_USB in str(device)


def _free_bytes(folder: Path) -> int | None:
    """None where the drive is gone, or does not respond."""
    try:
        return call_within(STAT_SECONDS, lambda: shutil.disk_usage(folder).free)
    except (OSError, CallTimedOut):
        return None


def _sync_file_system(handle: int) -> None:
    """syncfs(2), which Python lacks."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.syncfs(handle) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def _succeeds(command: tuple[str, ...]) -> bool:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=UNMOUNT_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
