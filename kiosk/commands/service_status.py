"""`kiosk service status`: whether the appliance is set up and runs."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass

from kiosk.commands.support.command import Command
from kiosk.commands.support.outcome import ATTENTION, SUCCESS


@dataclass(frozen=True)
class ServiceStatusOptions:
    pass


def add_arguments(_: ArgumentParser) -> None:
    pass


def report_status(_: ServiceStatusOptions) -> int:
    """Exits with 1 where something needs attention."""
    from kiosk.operation.service.machine import Machine
    from kiosk.operation.service.report import report

    machine = Machine()
    machine.require_systemd()
    lines = report(machine)
    for line in lines:
        print(f"{'!' if line.needs_attention else ' '} {line.name:<6} {line.text}")
    return ATTENTION if any(line.needs_attention for line in lines) else SUCCESS


COMMAND = Command(
    "tell whether the service is set up and runs",
    ServiceStatusOptions,
    add_arguments,
    report_status,
)
