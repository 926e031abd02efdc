"""`kiosk service install`: makes this machine an appliance that shows nothing but the kiosk."""

from __future__ import annotations

import os
import shutil
import sys
from argparse import ArgumentParser, BooleanOptionalAction
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support.command import Command
from kiosk.commands.support.outcome import SUCCESS, CommandFailed
from kiosk.commands.support.service import require_root

if TYPE_CHECKING:
    from kiosk.operation.service.machine import Machine
    from kiosk.operation.service.plan import Rotation, ServiceOptions


@dataclass(frozen=True)
class ServiceInstallOptions:
    content: Path | None
    rotate: Rotation | None
    network: bool | None
    dry_run: bool


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--content",
        type=Path,
        metavar="FILE",
        help="default: as installed before; at first, the content that comes with the kiosk",
    )
    parser.add_argument(
        "--rotate",
        choices=("left", "right", "none"),
        help="turn the picture, and touches with it; default: as installed before, at first none",
    )
    parser.add_argument(
        "--network",
        action=BooleanOptionalAction,
        help="let the kiosk use the network; default: as installed before, at first not",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print every file instead of writing it"
    )


def install_service(options: ServiceInstallOptions) -> int:
    from kiosk.operation.service.installing import install, require_content, require_ready
    from kiosk.operation.service.machine import Machine
    from kiosk.operation.service.plan import UNIT, planned_files

    machine = Machine()
    service = _service_options(machine, options)
    if options.dry_run:
        require_content(machine, service)
        for file in planned_files(service):
            print(f"==> {file.path} (mode {file.mode:o})\n{file.text}")
        return SUCCESS
    require_root("setting up the service")
    require_ready(machine, service)
    lines = []
    for line in install(machine, service):
        lines.append(line)
        print(line)
    if not lines:
        print("Nothing has changed: everything is set up already.")
    else:
        print(
            "Restart the machine to see the kiosk, or run 'systemctl restart"
            f" {UNIT}', which takes over its screen."
        )
    return SUCCESS


def _service_options(machine: Machine, options: ServiceInstallOptions) -> ServiceOptions:
    """What is not given stays as it was installed."""
    from kiosk.operation.service.installed import installed_options

    service = installed_options(machine, _own_command())
    if options.content is not None:
        service = replace(service, content=options.content.absolute())
    if options.rotate is not None:
        service = replace(service, rotation=options.rotate)
    if options.network is not None:
        service = replace(service, has_network=options.network)
    return service


def _own_command() -> Path:
    """The file that runs this program, for the service to run."""
    called = Path(sys.argv[0])
    beside = Path(sys.executable).with_name("kiosk")
    found = shutil.which("kiosk")
    candidates = [called] if called.name == "kiosk" else []
    candidates += [beside, *([Path(found)] if found else [])]
    for candidate in candidates:
        if candidate.is_file() and os.access(candidate, os.X_OK):
            return candidate.absolute()
    raise CommandFailed(
        "the service needs the command 'kiosk', which is not installed; install the Debian package,"
        " or run '.ci/setup' in the checkout, then try again"
    )


COMMAND = Command(
    "start the kiosk with this machine, on its screen alone",
    ServiceInstallOptions,
    add_arguments,
    install_service,
)
