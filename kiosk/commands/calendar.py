"""`kiosk calendar`: what appears and disappears by its dates."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.change_line import change_line
from kiosk.commands.support.command import Command
from kiosk.commands.support.content_file import load_in_order, moment_shown, own_content
from kiosk.commands.support.outcome import SUCCESS

if TYPE_CHECKING:
    from kiosk.content.dates import Change


@dataclass(frozen=True)
class CalendarOptions:
    file: Path | None
    days: int
    json: bool
    at: str | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_file(parser)
    parser.add_argument(
        "--days",
        type=arguments.number(36_500, "a number of days; write one like 90"),
        default=90,
        metavar="N",
        help="how many days to look ahead; default: 90",
    )
    arguments.add_json(parser)
    arguments.add_at(parser)


def show_calendar(options: CalendarOptions) -> int:
    """The changes of the days ahead, a line each."""
    from kiosk.content.dates import changes_ahead

    _, content = load_in_order(own_content(options.file))
    now = moment_shown(options.at, content)
    changes = changes_ahead(content, now, options.days)
    if options.json:
        report = {
            "from": now.isoformat(timespec="seconds"),
            "days": options.days,
            "time_zone": content.time_zone,
            "changes": [_row(change) for change in changes],
        }
        print(json.dumps(report, indent=2, ensure_ascii=False))
    elif changes:
        for change in changes:
            print(change_line(change, f"{change.moment:%Y-%m-%d %H:%M}"))
    else:
        days = "1 day" if options.days == 1 else f"{options.days} days"
        print(f"Nothing comes or goes in the {days} from {now:%Y-%m-%d %H:%M}.")
    return SUCCESS


def _row(change: Change) -> dict[str, str | bool]:
    return {
        "moment": change.moment.isoformat(timespec="seconds"),
        "change": change.kind,
        "what": change.what,
        "place": change.place,
        "then_empty": change.then_empty,
    }


COMMAND = Command(
    "list what appears and disappears by its dates", CalendarOptions, add_arguments, show_calendar
)
