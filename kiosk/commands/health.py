"""`kiosk health`: what a manager should know this morning."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import ATTENTION, SUCCESS


@dataclass(frozen=True)
class HealthOptions:
    data: Path | None
    json: bool


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    arguments.add_json(parser)


def report_health(options: HealthOptions) -> int:
    """Exits with 1 where something needs attention."""
    from kiosk.operation.health import examine

    findings = examine(data_folder(options.data))
    is_healthy = not any(finding.needs_attention for finding in findings)
    if options.json:
        rows = [
            {"name": f.name, "text": f.text, "needs_attention": f.needs_attention} for f in findings
        ]
        print(json.dumps({"healthy": is_healthy, "findings": rows}, indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            mark = "!" if finding.needs_attention else " "
            print(f"{mark} {finding.name:<10} {finding.text}")
    return SUCCESS if is_healthy else ATTENTION


COMMAND = Command(
    "tell a manager what needs attention", HealthOptions, add_arguments, report_health
)
