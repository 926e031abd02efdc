"""`kiosk service remove`: makes an appliance an ordinary machine again; the data stays."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass

from kiosk.commands.support.command import Command
from kiosk.commands.support.outcome import SUCCESS
from kiosk.commands.support.service import require_root

NOTHING_INSTALLED = "Nothing to remove: the service is not installed."


@dataclass(frozen=True)
class ServiceRemoveOptions:
    dry_run: bool


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="print which files would be removed")


def remove_service(options: ServiceRemoveOptions) -> int:
    from kiosk.operation.service.installing import remove
    from kiosk.operation.service.machine import Machine
    from kiosk.operation.service.plan import HOME, UPDATES, USER, possible_paths

    machine = Machine()
    if options.dry_run:
        planned = [path for path in (*possible_paths(), UPDATES) if machine.at(path).exists()]
        print("\n".join(map(str, planned)) or NOTHING_INSTALLED)
        return SUCCESS
    require_root("removing the service")
    machine.require_systemd()
    lines = []
    for line in remove(machine):
        lines.append(line)
        print(line)
    if not lines:
        print(NOTHING_INSTALLED)
    elif machine.at(HOME).exists():
        print(f"What the kiosk has collected stays in {HOME}, with its user {USER}.")
    return SUCCESS


COMMAND = Command(
    "no longer start the kiosk with this machine",
    ServiceRemoveOptions,
    add_arguments,
    remove_service,
)
