"""Which machine a data folder belongs to, so that a copy of it on another one is noticed.

Cloned disks have the same `/etc/machine-id`, so the hardware decides: network cards and disks, by
what their makers gave them. They are stored as keyed hashes, which are of no use elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from kiosk.files import read_small_file, write_small_file
from kiosk.operation.system_files import list_system_folder, read_system_file

MACHINE_NAME = "machine.json"
SYSTEM_ID = Path("/etc/machine-id")
NETWORK_CARDS, DISKS = Path("/sys/class/net"), Path("/sys/block")
PERMANENT_ADDRESS = "0"
"""Of `addr_assign_type`: the card's own address, not a random one (linux/netdevice.h)."""
DISK_IDS = ("serial", "wwid", "device/serial", "device/wwid", "device/cid")
"""Where NVMe, SATA, virtio and eMMC disks tell theirs to everybody."""


class Machine(NamedTuple):
    """`system` is the installed system's id, empty if it has none; `hardware` lists parts."""

    system: str
    hardware: frozenset[str]

    def is_same(self, other: Machine) -> bool:
        """Whether both are one machine, perhaps with a part replaced or the system reinstalled.

        A system that reveals no hardware, as in a container, is told by its id.
        """
        if self.hardware and other.hardware:
            return not self.hardware.isdisjoint(other.hardware)
        return self.system == other.system


def bind_to_machine(folder: Path) -> bool:
    """Note which machine a data folder belongs to; returns False if it is another one."""
    noted = _read(folder)
    if noted is None:
        _write(folder, token_hex(16))
        return True
    secret, machine = noted
    here = _this_machine(secret)
    if not machine.is_same(here):
        return False
    if machine != here:  # a part was replaced; the next one may be as well
        _write(folder, secret)
    return True


def is_from_another_machine(folder: Path) -> bool:
    """Whether a data folder was copied or moved here from another machine."""
    noted = _read(folder)
    return noted is not None and not noted[1].is_same(_this_machine(noted[0]))


def _read(folder: Path) -> tuple[str, Machine] | None:
    """The key of the hashes and the machine; None if it is not noted, or cannot be read."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        noted = json.loads(read_small_file(folder / MACHINE_NAME))
        secret, system = noted["secret"], noted["system"]
        if isinstance(secret, str) and secret.isascii() and isinstance(system, str):
            return secret, Machine(system, frozenset(map(str, noted["hardware"])))
    return None


def _write(folder: Path, secret: str) -> None:
    machine = _this_machine(secret)
    noted = {
        "secret": secret,
        "system": machine.system,
        "hardware": sorted(machine.hardware),
    }
    with suppress(OSError):  # `health` reports the disk itself
        write_small_file(folder / MACHINE_NAME, json.dumps(noted).encode())


def _this_machine(secret: str) -> Machine:
    def hashed(text: str) -> str:
        return blake2b(text.encode(), key=secret.encode()[:64], digest_size=16).hexdigest()

    return Machine(
        hashed(read_system_file(SYSTEM_ID)),
        frozenset(map(hashed, {*_network_cards(), *_built_in_disks()})),
    )


def _network_cards() -> Iterator[str]:
    for card in list_system_folder(NETWORK_CARDS):
        is_own = read_system_file(card / "addr_assign_type") == PERMANENT_ADDRESS
        if is_own and _is_built_in(card) and (address := read_system_file(card / "address")):
            yield f"card {address}"


def _built_in_disks() -> Iterator[str]:
    for disk in list_system_folder(DISKS):
        if _is_built_in(disk) and read_system_file(disk / "removable") != "1":
            ids = [read_system_file(disk / name) for name in DISK_IDS]
            yield from (f"disk {id_}" for id_ in ids if id_)


def _is_built_in(device: Path) -> bool:
    """Whether there is hardware behind it that nobody carries from one machine to another."""
    link = device / "device"
    return link.exists() and "/usb" not in str(link.resolve())
