"""Another version of the kiosk, and back to the one before.

Here it is prepared and followed. What is done to the machine is done by the script `update`, in a
service of its own: it survives the end of this process, the package being replaced beneath it, and
a power cut.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kiosk.files import sync_folder, write_small_file
from kiosk.operation.service.machine import Machine, ServiceRefused
from kiosk.operation.service.package import (
    Package,
    copy_package,
    installed_version,
    is_older,
    pack_installed,
)
from kiosk.operation.service.plan import LIBRARY, UNIT_FILE, UPDATE_UNIT, UPDATES
from kiosk.operation.service.update_record import (
    GOING_BACK,
    INSTALLING,
    PREPARED,
    RECORD,
    ROLLED_BACK,
    TRYING,
    UpdateRecord,
    format_record,
    read_record,
)

NEW, UNDO, PREVIOUS = (UPDATES / f"{name}.deb" for name in ("new", "undo", "previous"))
PENDING = UPDATES / "pending"
"""There while something is under way."""
SPARE_BYTES = 100 * 1024 * 1024
POLL_SECONDS = 1.0
MAX_IDLE_POLLS = 3
"""Until systemd has started what it was told to."""


class Change(NamedTuple):
    """From one version to another."""

    before: str
    after: str


def plan_update(machine: Machine, package: Package, *, allow_downgrade: bool) -> Change:
    """What an update would do.

    Raises:
        ServiceRefused: it cannot be done.
    """
    _require_installed(machine)
    change = Change(installed_version(machine), package.version)
    if change.before == change.after:
        raise ServiceRefused(f"version {change.after} is installed already; nothing has changed")
    if is_older(machine, change.after, change.before) and not allow_downgrade:
        raise ServiceRefused(
            f"{package.file} is version {change.after}, older than {change.before}, which is"
            " installed; pass --allow-downgrade to install it all the same"
        )
    _require_space(machine, package)
    return change


def plan_rollback(machine: Machine) -> Change:
    """What going back would do.

    Raises:
        ServiceRefused: there is nothing to go back to.
    """
    _require_installed(machine)
    previous = read_record(machine.root).previous
    if not previous or not machine.at(PREVIOUS).is_file():
        raise ServiceRefused(
            "there is no version to go back to: the last update was undone already, or there was"
            " none by 'kiosk service update'"
        )
    return Change(previous, installed_version(machine))


def begin_update(machine: Machine, package: Package, change: Change) -> None:
    """Store both versions and have the update carried out.

    Raises:
        ServiceRefused: nothing has changed.
    """
    _create_folder(machine)
    copy_package(machine, package, machine.at(NEW))
    pack_installed(machine, machine.at(UNDO))
    _begin(machine, PREPARED, change)


def begin_rollback(machine: Machine, change: Change) -> None:
    """Have the version before installed again.

    Raises:
        ServiceRefused: nothing has changed.
    """
    try:
        machine.at(UNDO).unlink(missing_ok=True)
        machine.at(UNDO).hardlink_to(machine.at(PREVIOUS))
    except OSError as error:
        raise _unwritable(error) from None
    _begin(machine, f"{GOING_BACK}{ROLLED_BACK}", change)


def follow(machine: Machine) -> Iterator[str]:
    """A line for each thing that happens, until it is over.

    Raises:
        ServiceRefused: it has stopped half way.
    """
    phase, idle_polls = "", 0
    while machine.at(PENDING).exists():
        record = read_record(machine.root)
        if record.phase != phase:
            phase = record.phase
            yield from _lines(record)
        state = machine.call("systemctl", "show", "--property=ActiveState", "--value", UPDATE_UNIT)
        idle_polls = 0 if state.strip() in {"active", "activating"} else idle_polls + 1
        if idle_polls > MAX_IDLE_POLLS and machine.at(PENDING).exists():
            raise ServiceRefused(
                "it has stopped half way, and goes on when the machine is started again;"
                f" 'journalctl --unit={UPDATE_UNIT}' says why"
            )
        time.sleep(POLL_SECONDS)


def _lines(record: UpdateRecord) -> Iterator[str]:
    if record.phase == INSTALLING:
        yield f"Installing version {record.after}. The screen is dark meanwhile."
    elif record.phase == TRYING:
        yield f"Version {record.after} starts. It has to run well for a minute and a half."
    elif record.phase.startswith(GOING_BACK):
        why = f": {record.reason}" if record.reason else ""
        yield f"Going back to version {record.before}{why}."


def _require_installed(machine: Machine) -> None:
    if not machine.at(UNIT_FILE).is_file():
        raise ServiceRefused(
            "the kiosk is not a service of this machine; run 'apt install' with the .deb file"
            " instead, or 'kiosk service install' first"
        )
    if not machine.at(LIBRARY / "update").is_file():
        raise ServiceRefused(
            "the service was set up by a version that could not update itself; run 'kiosk service"
            " install' once, then try again"
        )
    if machine.at(PENDING).exists():
        raise ServiceRefused(
            f"another update is under way: {read_record(machine.root).describe()}; wait until"
            f" 'kiosk service status' says that it is over, or run 'systemctl start {UPDATE_UNIT}'"
            " if it was interrupted"
        )


def _require_space(machine: Machine, package: Package) -> None:
    """For both versions unpacked and as files, and what `dpkg-deb` has packed so far."""
    size = package.file.stat().st_size
    needed: dict[int, int] = {}
    for path, amount in ((Path("/opt"), package.unpacked_bytes), (UPDATES.parent, 4 * size)):
        place = machine.at(path)
        device = place.stat().st_dev
        needed[device] = needed.get(device, SPARE_BYTES) + amount
        free = shutil.disk_usage(place).free
        if free < needed[device]:
            raise ServiceRefused(
                f"the disk with {path} has {free >> 20:,} MB free, and the update needs"
                f" {needed[device] >> 20:,} MB; free some space on it"
            )


def _create_folder(machine: Machine) -> None:
    folder = machine.at(UPDATES)
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        folder.chmod(0o755)
    except OSError as error:
        raise _unwritable(error) from None


def _unwritable(error: OSError) -> ServiceRefused:
    return ServiceRefused(
        f"{UPDATES} cannot be written ({error.strerror}); free some space, or check the disk"
    )


def _begin(machine: Machine, phase: str, change: Change) -> None:
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    earlier = read_record(machine.root)
    record = UpdateRecord(phase, change.before, change.after, earlier.previous, at=at)
    file = machine.at(RECORD)
    try:
        write_small_file(file, format_record(record).encode(), survives_power_cut=True)
        file.chmod(0o644)  # `kiosk health` reads it as the kiosk's user
        sync_folder(file.parent)
        machine.at(PENDING).touch()
        sync_folder(file.parent)
        machine.call("systemctl", "start", "--no-block", UPDATE_UNIT)
    except (OSError, ServiceRefused) as error:
        machine.at(PENDING).unlink(missing_ok=True)
        if read_record(machine.root) == record:  # which would be called stuck some day
            with suppress(OSError):
                write_small_file(file, format_record(earlier).encode(), survives_power_cut=True)
                file.chmod(0o644)
        if isinstance(error, ServiceRefused):
            raise
        raise _unwritable(error) from None
