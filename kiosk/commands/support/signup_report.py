"""What commands print of signups."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kiosk.commands.support.outcome import ATTENTION, SUCCESS

MAX_LISTED = 20


def signup_count(count: int, kind: str = "") -> str:
    """`1 signup`, `2,000 damaged signups`."""
    noun = f"{kind} signup" if kind else "signup"
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"


def written_minute(moment: datetime) -> str:
    """`2024-05-01 09:30`."""
    return f"{moment:%Y-%m-%d %H:%M}"


def print_unreadable(signups: Sequence[tuple[str, str]], fate: str) -> int:
    """Signups that could not be read, with the reason of each; returns the exit status."""
    return print_damaged_rows(f"{signup_count(len(signups))} could not be read and {fate}", signups)


def print_damaged_rows(heading: str, rows: Sequence[tuple[str, str]]) -> int:
    """Rows that could not be read, where there are any; returns the exit status."""
    if not rows:
        return SUCCESS
    print(f"kiosk: {heading}:", file=sys.stderr)
    for name, reason in rows[:MAX_LISTED]:
        print(f"  {name}: {reason}", file=sys.stderr)
    if len(rows) > MAX_LISTED:
        print(f"  and {len(rows) - MAX_LISTED} more", file=sys.stderr)
    return ATTENTION


def print_set_aside(data: Path) -> None:
    """Where signups may still be that the command did not reach."""
    from kiosk.operation.backup.archive import replaced_folders
    from kiosk.signups.store.database import damaged_files, damaged_journals
    from kiosk.signups.store.newer import newer_files

    for folder in replaced_folders(data):
        print(
            f"  {folder} was replaced by a restore and may still hold signups; remove it when you"
            " no longer need it"
        )
    for file in [*damaged_files(data), *damaged_journals(data)]:
        print(
            f"  {file} is damaged, was set aside and may still hold signups; remove it once they"
            " are recovered"
        )
    for file in newer_files(data):
        print(
            f"  {file} was set aside for an older version of the kiosk and may still hold signups;"
            " remove it once they are recovered"
        )
