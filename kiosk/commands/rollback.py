"""`kiosk rollback`: the way back to a content that was shown."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import ATTENTION, SUCCESS, CommandFailed
from kiosk.operation.folders import default_content, require_owner

if TYPE_CHECKING:
    from kiosk.content.versions.history import History
    from kiosk.operation.status import Status


@dataclass(frozen=True)
class RollbackOptions:
    content: Path | None
    data: Path | None
    number: int | None
    release: bool


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_content(parser)
    arguments.add_data(parser)
    parser.add_argument(
        "number",
        nargs="?",
        type=arguments.number(10**9 - 1, "a version number; 'kiosk history' lists them"),
        metavar="N",
        help="version to show; default: the previous one",
    )
    parser.add_argument("--release", action="store_true", help="show the content file again")


def roll_back(options: RollbackOptions) -> int:
    """Show an earlier version until the content file is saved again."""
    from kiosk.content.versions import rolling_back
    from kiosk.content.versions.history import History, HistoryRefused
    from kiosk.operation.status import content_of, read_status

    data = data_folder(options.data)
    # Whoever rolls back may stand in any folder, and means what is on the floor.
    content = options.content or content_of(data) or default_content()
    status = read_status(data)
    require_owner(data)
    history = History(data)
    number = options.number
    if options.release and number is not None:
        raise CommandFailed("--release shows the content file again; leave the version out")
    if number is None and not options.release:
        number = rolling_back.version_before(history, content, _safe_version(status))
    if number is not None:
        history.version(number)  # refuses one that there is not
    try:
        said = _release(history, content) if number is None else _hold(history, number, content)
    except HistoryRefused as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return ATTENTION
    print(said)
    if status.is_safe_mode:
        print("The kiosk is in safe mode; this counts once it is restarted.")
    return SUCCESS


def _safe_version(status: Status) -> int | None:
    """The version that safe mode shows; None outside of it, or where it shows no stored one."""
    number = status.version if status.is_safe_mode else ""
    return int(number) if number.isascii() and number.isdecimal() else None


def _hold(history: History, number: int, content: Path) -> str:
    from kiosk.content.versions.rolling_back import roll_back

    version = roll_back(history, number, content)
    return (
        f"Version {version.number} of {version.accepted_at:%Y-%m-%d %H:%M} is shown until {content}"
        " is saved with a change."
    )


def _release(history: History, content: Path) -> str:
    from kiosk.content.versions.rolling_back import release

    if release(history, content):
        return f"The kiosk shows {content} again."
    return f"No version is held; the kiosk shows {content}."


COMMAND = Command(
    "show an earlier version until the content file changes",
    RollbackOptions,
    add_arguments,
    roll_back,
)
