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
    prometheus: bool


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    form = parser.add_mutually_exclusive_group()
    arguments.add_json(form)
    form.add_argument(
        "--prometheus", action="store_true", help="print figures in Prometheus' text format"
    )


def report_health(options: HealthOptions) -> int:
    """Exits with 1 where something needs attention."""
    from kiosk.operation.health import ask_kiosk, examine

    data = data_folder(options.data)
    report = ask_kiosk(data)
    findings = examine(data, report)
    is_healthy = not any(finding.needs_attention for finding in findings)
    if options.prometheus:
        from kiosk.operation.metrics import format_metrics, measure

        print(format_metrics(measure(data, report, findings)), end="")
    elif options.json:
        rows = [
            {"name": f.name, "text": f.text, "needs_attention": f.needs_attention} for f in findings
        ]
        print(json.dumps({"healthy": is_healthy, "findings": rows}, indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            print(finding.line)
    return SUCCESS if is_healthy else ATTENTION


COMMAND = Command(
    "tell a manager what needs attention", HealthOptions, add_arguments, report_health
)
