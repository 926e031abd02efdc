"""`kiosk history` and `kiosk rollback`: the contents that were shown, and the way back to one."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from hashlib import sha256
from pathlib import Path

from kiosk.commands.outcome import ATTENTION, FINE, CannotDo
from kiosk.content.check.loading import load
from kiosk.content.file import ContentUnreadable, read_bytes
from kiosk.content.versions.history import History, HistoryRefused, Hold, Version
from kiosk.operation.folders import require_owner

MOST_TRIES = 5
"""A file that is saved meanwhile is rolled back from as it is then."""


def show_history(options: Namespace, data: Path) -> int:
    """Every version that is kept: when, and what changed."""
    history = History(data)
    versions, hold = history.versions(), history.held()
    if options.json:
        print(json.dumps(_record(versions, hold), indent=2, ensure_ascii=False))
        return FINE
    if not versions:
        print("No content has been shown yet; the first one is kept when the kiosk starts.")
        return FINE
    for version in versions:
        held = f"  ({_why(hold)})" if hold is not None and hold.version == version else ""
        print(f"{version.number:>4}  {version.accepted_at:%Y-%m-%d %H:%M}{held}")
        for change in version.changes:
            print(f"      {change}")
    if hold is not None and hold.missing:
        print(f"The content file is held back: {' and '.join(hold.missing)}.")
        print("Copy it again, or if this is meant: kiosk rollback --release")
    return FINE


def _why(hold: Hold) -> str:
    return "shown instead of the content file" if hold.missing else "held by rollback"


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


def roll_back(options: Namespace, data: Path, content: Path) -> int:
    """Show an earlier version until the content file is saved again."""
    require_owner(data)
    history = History(data)
    if options.release:
        if options.number is not None:
            raise CannotDo("--release shows the content file again; name no version with it")
        return _release(history, content)
    try:
        number = _before(history, content) if options.number is None else options.number
        history.version(number)
    except HistoryRefused as error:
        raise CannotDo(str(error)) from None
    try:
        version = _hold(history, number, content)
    except HistoryRefused as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return ATTENTION
    print(
        f"Version {version.number} of {version.accepted_at:%Y-%m-%d %H:%M} is shown until {content}"
        " is saved with a change."
    )
    return FINE


def _hold(history: History, number: int, content: Path) -> Version:
    for _ in range(MOST_TRIES):
        hold = history.hold(number, _digest(content))
        if history.held() == hold and _digest(content) == hold.instead_of:
            return hold.version
    raise HistoryRefused(f"{content} is being written; try again when that is done")


def _release(history: History, content: Path) -> int:
    hold = history.held()
    if hold is None:
        print(f"No version is held; the kiosk shows {content}.")
        return FINE
    try:
        if hold.missing and hold.instead_of == _digest(content):
            history.confirm(hold)
        else:
            history.release(hold)
    except HistoryRefused as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return ATTENTION
    print(f"The kiosk shows {content} again.")
    return FINE


def _before(history: History, content: Path) -> int:
    """The version before what is shown, or is about to be."""
    versions, hold = history.versions(), history.held()
    if hold is None and versions and _is_about_to_be_shown(content, versions[-1]):
        return versions[-1].number
    shown = hold.version.number if hold is not None else versions[-1].number if versions else 0
    earlier = [version.number for version in versions if version.number < shown]
    if not earlier:
        raise CannotDo("there is no earlier version to go back to; 'kiosk history' lists them")
    return earlier[-1]


def _is_about_to_be_shown(content: Path, latest: Version) -> bool:
    """Whether the file is in order and not kept yet: it was saved a moment ago."""
    try:
        return _digest(content) != _digest(latest.file) and load(content).content is not None
    except ContentUnreadable:
        return False


def _digest(content: Path) -> str:
    try:
        return sha256(read_bytes(content)).hexdigest()
    except ContentUnreadable:
        return ""
