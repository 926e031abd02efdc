"""Sets the appliance up and takes it down again; what is there already stays untouched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.operation.service.machine import Machine
from kiosk.operation.service.plan import (
    HOME,
    STICKS,
    SYSUSERS,
    TMPFILES,
    UNIT,
    UPDATES,
    USER,
    ServiceOptions,
    planned_files,
    possible_paths,
)

UDEV_RULES = Path("/etc/udev/rules.d")


def require_ready(machine: Machine, options: ServiceOptions) -> None:
    """Refuse a machine on which the appliance would not come up.

    Raises:
        ServiceRefused: something is missing.
    """
    machine.require_systemd()
    machine.require_own_user()
    machine.require_program("cage", "gives the kiosk the screen")
    machine.require_program("seatd", "gives cage the screen and the touchscreen")
    if options.rotation != "none" and not can_turn_by_itself(machine):
        machine.require_program("wlr-randr", "turns the picture")
    if machine.is_running:
        machine.require_readable(options.kiosk)
    require_content(machine, options)


def require_content(machine: Machine, options: ServiceOptions) -> None:
    """Refuse content that the kiosk could not show.

    Raises:
        ServiceRefused: it is no file that the kiosk's user can read.
    """
    if machine.is_running and options.content is not None:
        machine.require_readable(options.content)


def can_turn_by_itself(machine: Machine) -> bool:
    """Whether this is a cage up to 0.1.4."""
    return machine.is_running and " -r" in machine.call("sh", "-c", "cage -h 2>&1 || true")


def install(machine: Machine, options: ServiceOptions) -> Iterator[str]:
    """Set the appliance up; yields a line for each thing that has changed.

    Raises:
        ServiceRefused: the machine refuses; what is done already stays.
    """
    files = planned_files(options)
    changed = [file for file in files if not machine.holds(file)]
    for file in changed:
        machine.write(file)
        yield f"wrote {file.path}"
    obsolete = set(possible_paths()) - {file.path for file in files}
    removed = [path for path in sorted(obsolete) if machine.remove(path)]
    yield from (f"removed {path}" for path in removed)
    if not machine.has_user():
        machine.tell("systemd-sysusers", str(machine.at(SYSUSERS)))
        yield f"created the user {USER}"
    folders = [path for path in (HOME, STICKS) if not machine.at(path).is_dir()]
    if folders:
        machine.tell("systemd-tmpfiles", "--create", str(machine.at(TMPFILES)))
        yield from (f"created {path}" for path in folders)
    paths = [*(file.path for file in changed), *removed]
    if machine.is_running and paths:
        machine.call("systemctl", "daemon-reload")
        if any(path.is_relative_to(UDEV_RULES) for path in paths):
            machine.call("udevadm", "control", "--reload")
    if not machine.is_enabled():
        machine.tell("systemctl", "enable", UNIT)
        yield "the kiosk starts with the machine"


def remove(machine: Machine) -> Iterator[str]:
    """Take the appliance down, and leave what it has collected.

    Raises:
        ServiceRefused: the machine refuses.
    """
    if machine.is_enabled():
        if machine.is_running:
            machine.call("systemctl", "disable", "--now", UNIT)
        else:
            machine.tell("systemctl", "disable", UNIT)
        yield "the kiosk no longer starts with the machine"
    removed = [path for path in possible_paths() if machine.remove(path)]
    removed += [UPDATES] if machine.remove_folder(UPDATES) else []
    yield from (f"removed {path}" for path in removed)
    if machine.is_running and removed:
        machine.call("systemctl", "daemon-reload")
        machine.call("udevadm", "control", "--reload")
