"""What a manager should know this morning."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.content.file import ContentUnreadable
from kiosk.content.loading import load
from kiosk.operation.folders import is_in_use
from kiosk.signups.queue import (
    FILE_NAME,
    Queue,
    QueueDamaged,
    QueueUnavailable,
    set_aside_files,
)

STATUS_NAME = "status.json"
LEAST_FREE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    name: str
    text: str
    needs_attention: bool = False


def write_status(folder: Path, content: Path, started: datetime) -> None:
    """Leave a word for `health`: which content the running kiosk shows, since when."""
    status = {"content": str(content.resolve()), "started": started.isoformat(timespec="seconds")}
    with suppress(OSError):  # a full disk must not stop the showroom; health names it itself
        (folder / STATUS_NAME).write_text(json.dumps(status), encoding="utf-8")


def examine(folder: Path) -> list[Finding]:
    """Everything worth knowing about the kiosk of a data folder, most pressing things marked."""
    return [
        _running(folder),
        *_signups(folder),
        *_set_aside(folder),
        *_content(folder),
        *_disk(folder),
    ]


def _running(folder: Path) -> Finding:
    if is_in_use(folder):
        started = _status(folder).get("started")
        return Finding("kiosk", f"running since {started}" if started else "running")
    return Finding("kiosk", "not running; start it with 'kiosk run'", needs_attention=True)


def _signups(folder: Path) -> Iterator[Finding]:
    try:
        if not (folder / FILE_NAME).exists():
            yield Finding("signups", "none yet")
            return
        with Queue.look(folder) as queue:
            if not queue.is_sound():
                yield Finding("signups", "the file is damaged; copy it away and ask for help", True)
                return
            captured, waiting = queue.count("all"), queue.count("new")
            last = queue.last_export()
            exported = f"last export {last:%Y-%m-%d %H:%M}" if last else "never exported"
            yield Finding("signups", f"{captured} captured, {waiting} waiting, {exported}")
    except QueueUnavailable as error:
        yield Finding("signups", str(error), needs_attention=True)
    except OSError as error:
        yield Finding("signups", f"cannot be read ({error.strerror})", needs_attention=True)
    except QueueDamaged:
        yield Finding("signups", "the file is damaged; copy it away and ask for help", True)


def _set_aside(folder: Path) -> Iterator[Finding]:
    for file in set_aside_files(folder):
        yield Finding(
            "set aside",
            f"{file} was damaged and is kept; copy it away, have it read by an expert, then"
            " remove it",
            needs_attention=True,
        )


def _content(folder: Path) -> Iterator[Finding]:
    name = _status(folder).get("content")
    if name is None:
        return
    try:
        problems = load(Path(name)).problems
    except ContentUnreadable as error:
        yield Finding("content", str(error), needs_attention=True)
        return
    if problems:
        count = "1 error" if len(problems) == 1 else f"{len(problems)} errors"
        yield Finding("content", f"{name} has {count}; run 'kiosk check {name}'", True)
    else:
        yield Finding("content", f"{name} is fine")


def _disk(folder: Path) -> Iterator[Finding]:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding("disk", f"{folder} cannot be read ({error.strerror})", needs_attention=True)
        return
    short = free < LEAST_FREE_BYTES
    hint = "; make room on it" if short else ""
    yield Finding("disk", f"{free // (1024 * 1024)} MB free{hint}", short)


def _status(folder: Path) -> dict[str, str]:
    try:
        status = json.loads((folder / STATUS_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(status, dict):
        return {}
    return {key: value for key, value in status.items() if isinstance(value, str)}
