"""`kiosk rollback`: the way back to a content that was shown."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import ATTENTION, SUCCESS, CommandFailed
from kiosk.operation.folders import default_content, require_owner

if TYPE_CHECKING:
    from kiosk.content.versions.history import History, Version

MOST_TRIES = 5
"""A file that is saved meanwhile is rolled back from as it is then."""


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
    from kiosk.content.versions.history import History, HistoryRefused
    from kiosk.operation.status import content_of

    data = data_folder(options.data)
    # Whoever rolls back may stand in any folder, and means what is on the floor.
    content = options.content or content_of(data) or default_content()
    require_owner(data)
    history = History(data)
    if options.release:
        if options.number is not None:
            raise CommandFailed("--release shows the content file again; leave the version out")
        return _release(history, content)
    try:
        number = _before(history, content) if options.number is None else options.number
        history.version(number)
    except HistoryRefused as error:
        raise CommandFailed(str(error)) from None
    try:
        version = _hold(history, number, content)
    except HistoryRefused as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return ATTENTION
    print(
        f"Version {version.number} of {version.accepted_at:%Y-%m-%d %H:%M} is shown until {content}"
        " is saved with a change."
    )
    return SUCCESS


def _hold(history: History, number: int, content: Path) -> Version:
    from kiosk.content.versions.history import HistoryRefused

    for _ in range(MOST_TRIES):
        hold = history.hold(number, _digest(content))
        if history.held() == hold and _digest(content) == hold.instead_of:
            return hold.version
    raise HistoryRefused(f"{content} is being written; try again in a moment")


def _release(history: History, content: Path) -> int:
    from kiosk.content.versions.history import HistoryRefused

    hold = history.held()
    if hold is None:
        print(f"No version is held; the kiosk shows {content}.")
        return SUCCESS
    try:
        if hold.missing and hold.instead_of == _digest(content):
            history.confirm(hold)
        else:
            history.release(hold)
    except HistoryRefused as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return ATTENTION
    print(f"The kiosk shows {content} again.")
    return SUCCESS


def _before(history: History, content: Path) -> int:
    """The version before what is shown, or is about to be."""
    versions, hold = history.versions(), history.held()
    if hold is None and versions and _is_about_to_be_shown(content, versions[-1]):
        return versions[-1].number
    shown = hold.version.number if hold is not None else versions[-1].number if versions else 0
    earlier = [version.number for version in versions if version.number < shown]
    if not earlier:
        raise CommandFailed(
            "there is no earlier version to go back to; 'kiosk history' lists the versions"
        )
    return earlier[-1]


def _is_about_to_be_shown(content: Path, latest: Version) -> bool:
    """Whether the file is in order and not kept yet: it was saved a moment ago."""
    from kiosk.content.check.loading import load
    from kiosk.content.file import ContentUnreadable

    try:
        return _digest(content) != _digest(latest.file) and load(content).content is not None
    except ContentUnreadable:
        return False


def _digest(content: Path) -> str:
    from kiosk.content.file import ContentUnreadable, read_bytes

    try:
        return sha256(read_bytes(content)).hexdigest()
    except ContentUnreadable:
        return ""


COMMAND = Command(
    "show an earlier version until the content file changes",
    RollbackOptions,
    add_arguments,
    roll_back,
)
