"""Sticks are found by themselves, and are safe to remove once they were let go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.operation import sticks
from kiosk.operation.sticks import Stick, find_sticks, is_mounted, release
from tests.drives import Drives


def _names(drives: Drives) -> list[str]:
    return [stick.name for stick in find_sticks(drives.data)]


def test_what_somebody_has_plugged_in_is_found_with_its_room(drives: Drives) -> None:
    assert find_sticks(drives.data) == []

    folder = drives.mount("KINGSTON 2")
    (stick,) = find_sticks(drives.data)
    assert stick.name == "KINGSTON 2"
    assert stick.folder == folder
    assert stick.free_bytes > 0
    assert stick.is_writable
    assert is_mounted(stick)

    drives.pull(folder)
    assert find_sticks(drives.data) == []
    assert not is_mounted(stick)


def test_a_stick_that_is_write_protected_is_named_as_such(drives: Drives) -> None:
    drives.mount("SD", options="ro,nosuid")

    (stick,) = find_sticks(drives.data)
    assert not stick.is_writable


def test_a_stick_that_is_mounted_twice_is_one(drives: Drives) -> None:
    drives.mount("ONE", device="/dev/sdb1")
    drives.mount("ONE again", device="/dev/sdb1")

    assert _names(drives) == ["ONE"]


@pytest.mark.parametrize("source", ["server:/share", "//server/share", "tmpfs", "none"])
def test_a_share_is_no_stick(drives: Drives, source: str) -> None:
    drives.mount("share", device=source, kind="nfs")

    assert find_sticks(drives.data) == []


@pytest.mark.parametrize(
    ("place", "is_removable", "bus", "is_found"),
    [
        ("mnt/disk", "0", "ata1", False),
        ("mnt/stick", "1", "ata1", True),
        ("mnt/usb-disk", "0", "usb2/2-1", True),
    ],
)
def test_elsewhere_only_what_is_removable_or_on_usb_is_a_stick(
    drives: Drives, place: str, is_removable: str, bus: str, is_found: bool
) -> None:
    drives.mount(place, device="/dev/sdc1", in_media=False)
    drives.describe("sdc", "sdc1", is_removable, bus)

    assert _names(drives) == ([Path(place).name] if is_found else [])


def test_an_unknown_disk_elsewhere_is_no_stick(drives: Drives) -> None:
    drives.mount("mnt/thing", device="/dev/sdz1", in_media=False)

    assert find_sticks(drives.data) == []


def test_the_drive_that_holds_the_data_is_no_stick(drives: Drives) -> None:
    folder = drives.mount("DATA")

    assert find_sticks(folder / "kiosk") == []
    assert find_sticks(folder) == []


def test_a_stick_that_is_gone_is_left_out(drives: Drives) -> None:
    folder = drives.mount("GONE")
    folder.rmdir()

    assert find_sticks(drives.data) == []


def test_everything_is_written_out_before_it_is_unmounted(
    drives: Drives, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[object] = []
    monkeypatch.setattr(sticks, "_sync_file_system", lambda handle: order.append("synced"))
    monkeypatch.setattr(sticks, "_succeeds", lambda command: order.append(command) is None)
    monkeypatch.setattr(sticks, "UNMOUNT", (("true", "-b"),))
    stick = Stick(drives.mount("A"), "/dev/sdb1", 1, True)

    assert release(stick)
    assert order == ["synced", ("true", "-b", "/dev/sdb1")]


def test_a_stick_that_may_not_be_unmounted_is_written_out_all_the_same(
    drives: Drives, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "UNMOUNT", (("false",), ("no-such-program",)))

    assert not release(Stick(drives.mount("A"), "/dev/sdb1", 1, True))


def test_a_stick_that_refuses_what_was_written_is_told(drives: Drives) -> None:
    handle = os.open(os.devnull, os.O_RDONLY)
    os.close(handle)
    with pytest.raises(OSError, match="Bad file descriptor"):
        sticks._sync_file_system(handle)
