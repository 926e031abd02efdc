"""`kiosk history` and `kiosk rollback`: the contents that were shown, and the way back to one."""

from __future__ import annotations

import json
from argparse import Namespace
from hashlib import sha256
from pathlib import Path

from kiosk.commands.outcome import FINE, CannotDo
from kiosk.content.file import ContentUnreadable, read_bytes
from kiosk.content.history import History, HistoryRefused, Hold, Version


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
        held = "  (held by rollback)" if hold is not None and hold.version == version else ""
        print(f"{version.number:>4}  {version.accepted_at:%Y-%m-%d %H:%M}{held}")
        for change in version.changes:
            print(f"      {change}")
    return FINE


def _record(versions: list[Version], hold: Hold | None) -> dict[str, object]:
    return {
        "held": hold.version.number if hold is not None else None,
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
    history = History(data)
    if options.release:
        if options.number is not None:
            raise CannotDo("--release shows the content file again; name no version with it")
        if history.held() is None:
            print(f"No version is held; the kiosk shows {content}.")
            return FINE
        history.release()
        print(f"The kiosk shows {content} again.")
        return FINE
    try:
        number = _before(history) if options.number is None else options.number
        version = history.hold(number, _digest(content))
    except HistoryRefused as error:
        raise CannotDo(str(error)) from None
    print(
        f"Version {version.number} of {version.accepted_at:%Y-%m-%d %H:%M} is shown until {content}"
        " is saved with a change."
    )
    return FINE


def _before(history: History) -> int:
    """The version before the one that is shown."""
    versions, hold = history.versions(), history.held()
    shown = hold.version.number if hold is not None else versions[-1].number if versions else 0
    earlier = [version.number for version in versions if version.number < shown]
    if not earlier:
        raise CannotDo("there is no earlier version to go back to; 'kiosk history' lists them")
    return earlier[-1]


def _digest(content: Path) -> str:
    try:
        return sha256(read_bytes(content)).hexdigest()
    except ContentUnreadable:
        return ""
