"""`kiosk service rollback`: the version of the kiosk from before the last update."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass

from kiosk.commands.support.command import Command
from kiosk.commands.support.outcome import SUCCESS
from kiosk.commands.support.service import finish_change, require_root


@dataclass(frozen=True)
class ServiceRollbackOptions:
    dry_run: bool


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")


def roll_back_service(options: ServiceRollbackOptions) -> int:
    from kiosk.operation.service.machine import Machine
    from kiosk.operation.service.updating import begin_rollback, plan_rollback

    machine = Machine()
    machine.require_systemd()
    change = plan_rollback(machine)
    if options.dry_run:
        print(f"Version {change.before} would replace version {change.after} again.")
        return SUCCESS
    require_root("going back")
    begin_rollback(machine, change)
    return finish_change(machine)


COMMAND = Command(
    "go back to the version before the last update",
    ServiceRollbackOptions,
    add_arguments,
    roll_back_service,
)
