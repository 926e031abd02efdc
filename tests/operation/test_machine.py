"""A cloned data folder is noticed; a repaired, reinstalled or restored one is at home."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.operation import machine
from kiosk.operation.backup.reading import opened_backup
from kiosk.operation.backup.restoring import restore
from kiosk.operation.backup.writing import back_up
from kiosk.operation.health import examine
from kiosk.operation.locks import command_lock, kiosk_lock
from kiosk.operation.machine import MACHINE_NAME, bind_to_machine, is_from_another_machine
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup
from tests.faults.visitors import now


class Hardware:
    """A machine with parts that a test adds, as Linux describes them."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._root = folder
        patch.setattr(machine, "SYSTEM_ID", folder / "machine-id")
        patch.setattr(machine, "NETWORK_CARDS", folder / "net")
        patch.setattr(machine, "DISKS", folder / "block")

    def be(self, system: str = "one image", card: str = "", disk: str = "") -> None:
        """Be a machine with this id, network card and disk."""
        shutil.rmtree(self._root, ignore_errors=True)
        self._root.mkdir()
        if system:
            (self._root / "machine-id").write_text(f"{system}\n")
        if card:
            self.add_card("enp1s0", card)
        if disk:
            self.add("block/nvme0n1", {"wwid": disk, "removable": "0"})

    def add_card(self, name: str, address: str, kind: str = "0", bus: str = "pci") -> None:
        self.add(f"net/{name}", {"address": address, "addr_assign_type": kind}, bus)

    def add(self, place: str, files: dict[str, str], bus: str = "pci") -> None:
        folder = self._root / place
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(f"{text}\n")
        device = self._root / "devices" / bus / folder.name
        device.mkdir(parents=True)
        (folder / "device").symlink_to(device)


@pytest.fixture
def hardware(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hardware:
    return Hardware(tmp_path / "sys", monkeypatch)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def started(data: Path) -> bool:
    """Whether a kiosk that starts is at home; `health` must agree."""
    is_bound = bind_to_machine(data)
    assert is_from_another_machine(data) is not is_bound
    findings = [finding for finding in examine(data) if finding.name == "machine"]
    assert all(finding.needs_attention for finding in findings)
    assert bool(findings) is not is_bound
    return is_bound


def test_a_cloned_disk_is_noticed_though_its_system_has_the_same_id(
    data: Path, hardware: Hardware
) -> None:
    hardware.be(card="00:00:5e:00:53:01", disk="eui.0001")
    assert started(data)
    assert started(data)

    hardware.be(card="00:00:5e:00:53:02", disk="eui.0002")
    assert not started(data)
    assert not started(data)  # it does not get used to it

    hardware.be(card="00:00:5e:00:53:01", disk="eui.0001")
    assert started(data)


def test_parts_may_be_replaced_one_after_the_other_and_the_system_reinstalled(
    data: Path, hardware: Hardware
) -> None:
    hardware.be(card="00:00:5e:00:53:01", disk="eui.0001")
    assert started(data)
    hardware.be(card="00:00:5e:00:53:01", disk="eui.0002")
    assert started(data)
    hardware.be(card="00:00:5e:00:53:02", disk="eui.0002")
    assert started(data)
    hardware.be(system="another", card="00:00:5e:00:53:02", disk="eui.0002")
    assert started(data)


def test_a_stick_a_dongle_or_a_random_address_proves_nothing(
    data: Path, hardware: Hardware
) -> None:
    for own in ("1", "2"):
        hardware.be(card=f"00:00:5e:00:53:0{own}")
        hardware.add_card("enx1", "00:00:5e:00:53:aa", bus="pci/usb1")
        hardware.add_card("wlan0", "02:00:5e:00:53:bb", kind="3")
        hardware.add("block/sda", {"wwid": "a stick", "removable": "1"})
        assert started(data) is (own == "1")


def test_without_hardware_the_systems_id_decides(data: Path, hardware: Hardware) -> None:
    hardware.be("a container")
    assert started(data)
    hardware.be("another container")
    assert not started(data)


def test_where_nothing_is_known_nothing_is_claimed(data: Path, hardware: Hardware) -> None:
    hardware.be(system="")
    assert started(data)
    assert started(data)


@pytest.mark.parametrize(
    "noted",
    [
        *("", "{", "[]", '{"secret": 1}', '{"secret": "a"}', "[" * 9999),
        '{"secret": "\\ud800", "system": "", "hardware": []}',
    ],
)
def test_an_unreadable_note_is_written_again(data: Path, hardware: Hardware, noted: str) -> None:
    hardware.be(card="00:00:5e:00:53:01")
    (data / MACHINE_NAME).write_text(noted)
    assert not is_from_another_machine(data)
    assert started(data)
    assert "hardware" in json.loads((data / MACHINE_NAME).read_text())


def test_the_note_names_neither_the_machine_nor_its_parts(data: Path, hardware: Hardware) -> None:
    hardware.be(card="00:00:5e:00:53:01", disk="eui.0001")
    bind_to_machine(data)
    noted = (data / MACHINE_NAME).read_text()
    assert not any(text in noted for text in ("00:00:5e", "eui", "one image"))
    assert (data / MACHINE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_backup_makes_another_machine_the_owner(
    data: Path, hardware: Hardware, tmp_path: Path
) -> None:
    hardware.be(card="00:00:5e:00:53:01")
    bind_to_machine(data)
    with command_lock(data), Queue.open(data) as queue:
        queue.add(make_signup())
        back_up(data, queue, tmp_path / "backup.zip", now())

    hardware.be(card="00:00:5e:00:53:02")
    assert not started(data)
    with opened_backup(tmp_path / "backup.zip") as backup, kiosk_lock(data), command_lock(data):
        restore(data, backup, now(), replace=False)

    assert started(data)


def test_a_data_folder_that_cannot_be_written_stops_nothing(
    data: Path, hardware: Hardware, monkeypatch: pytest.MonkeyPatch
) -> None:
    hardware.be(card="00:00:5e:00:53:01")
    monkeypatch.setattr(
        machine, "write_small_file", Mock(side_effect=OSError(30, "Read-only file system"))
    )
    assert started(data)
