"""`kiosk service update`: another version of the kiosk, which goes back by itself if it fails."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from kiosk.commands.support.command import Command
from kiosk.commands.support.outcome import SUCCESS
from kiosk.commands.support.service import finish_change, require_root


@dataclass(frozen=True)
class ServiceUpdateOptions:
    file: Path
    allow_downgrade: bool
    dry_run: bool


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the .deb file of the new version")
    parser.add_argument(
        "--allow-downgrade", action="store_true", help="even if it is an older version"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")


def update_service(options: ServiceUpdateOptions) -> int:
    from kiosk.operation.service.machine import Machine
    from kiosk.operation.service.package import read_package
    from kiosk.operation.service.updating import begin_update, plan_update

    machine = Machine()
    machine.require_systemd()
    package = read_package(machine, options.file)
    change = plan_update(machine, package, allow_downgrade=options.allow_downgrade)
    if options.dry_run:
        print(
            f"Version {change.after} would replace version {change.before}, and go back to it"
            " by itself if it does not run well for a minute and a half."
        )
        return SUCCESS
    require_root("updating the kiosk")
    print(
        f"Storing version {change.after}, and version {change.before} to go back to.",
        flush=True,
    )
    begin_update(machine, package, change)
    return finish_change(machine)


COMMAND = Command(
    "install another version, and go back if it does not come up",
    ServiceUpdateOptions,
    add_arguments,
    update_service,
)
