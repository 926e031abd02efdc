"""The content file that a command is about, and the moment it is looked at."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support.outcome import CommandFailed
from kiosk.operation.clock import Clock, parse_moment

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from kiosk.content.model import Content


def own_content(named: Path | None) -> Path:
    """The file that was named, or that of the folder one stands in.

    Not the one that came with the kiosk, as `run` shows it: whoever checks or approves a content
    means their own.
    """
    file = named or Path("content.yaml")
    if named is None and not os.path.lexists(file):
        raise CommandFailed(
            "there is no content.yaml in this folder; change to the folder that has it, or pass"
            " the file, such as showroom/content.yaml"
        )
    return file


def load_in_order(file: Path) -> tuple[Loaded, Content]:
    """A content file without errors; the errors of another are printed first."""
    from kiosk.content.check.loading import load

    loaded = load(file)
    if loaded.content is None:
        for problem in loaded.problems:
            print(problem.in_file(str(file)), file=sys.stderr)
        raise CommandFailed(f"{file} has errors; correct them, then try again")
    return loaded, loaded.content


def require_languages(wanted: Sequence[str], file: Path, content: Content) -> None:
    for language in wanted:
        if language != content.language:
            raise CommandFailed(
                f"{file} has no text in '{language}'; it is written in '{content.language}'"
            )


def moment_shown(at: str | None, content: Content | None) -> datetime:
    """The moment that was asked for, or now, in the dealership's time zone."""
    from kiosk.blocks.zones import zone_named

    zone = zone_named(content.time_zone if content is not None else None)
    if at is None:
        return Clock().now().astimezone(zone)
    return parse_moment(at, zone).astimezone(zone)
