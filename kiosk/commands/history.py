"""`kiosk history`: the contents that were shown."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import SUCCESS

if TYPE_CHECKING:
    from kiosk.content.versions.history import Hold, Version


@dataclass(frozen=True)
class HistoryOptions:
    data: Path | None
    json: bool


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    arguments.add_json(parser)


def show_history(options: HistoryOptions) -> int:
    """Every version that is kept: when, and what changed."""
    from kiosk.content.versions.history import History
    from kiosk.operation.status import read_status

    data = data_folder(options.data)
    status, history = read_status(data), History(data)
    versions, hold = history.versions(), history.held()
    if options.json:
        print(json.dumps(_record(versions, hold), indent=2, ensure_ascii=False))
        return SUCCESS
    if not versions:
        print("No content has been shown yet; the first version is stored when the kiosk starts.")
        return SUCCESS
    for version in versions:
        marks = []
        if status.is_safe_mode and status.version == str(version.number):
            marks.append("on screen, in safe mode")
        if hold is not None and hold.version == version:
            marks.append(_why(hold, is_safe_mode=status.is_safe_mode))
        marked = f"  ({'; '.join(marks)})" if marks else ""
        print(f"{version.number:>4}  {version.accepted_at:%Y-%m-%d %H:%M}{marked}")
        for change in version.changes:
            print(f"      {change}")
    if hold is not None and hold.missing:
        print(f"The content file is held back: {' and '.join(hold.missing)}.")
        print("Copy the file again or, if the change is intended, run: kiosk rollback --release")
    return SUCCESS


def _why(hold: Hold, *, is_safe_mode: bool) -> str:
    text = "shown instead of the content file" if hold.missing else "held by rollback"
    if hold.is_from_stick:
        text = "from a stick, shown instead of the content file"
    return f"{text} after a restart" if is_safe_mode else text


def _record(versions: list[Version], hold: Hold | None) -> dict[str, object]:
    return {
        "held": hold.version.number if hold is not None else None,
        "missing": list(hold.missing) if hold is not None else [],
        "versions": [
            {
                "number": version.number,
                "accepted_at": version.accepted_at.isoformat(),
                "digest": version.digest,
                "changes": list(version.changes),
                "file": str(version.file),
            }
            for version in versions
        ],
    }


COMMAND = Command(
    "list every version that was shown, with its changes",
    HistoryOptions,
    add_arguments,
    show_history,
)
