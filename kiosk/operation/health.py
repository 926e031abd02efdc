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
from kiosk.operation.clock import Clock, earliest
from kiosk.operation.folders import is_in_use
from kiosk.operation.settings import read_settings
from kiosk.signups.database import FILE_NAME, QueueDamaged, QueueUnavailable, set_aside_files
from kiosk.signups.keys import KeyRefused, installed
from kiosk.signups.ledger import Ledger, read_ledger
from kiosk.signups.queue import Queue

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
        *_settings(folder),
        *_clock(folder),
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
            ledger = read_ledger(queue)
        yield _balance(ledger)
        yield from _seal(folder, ledger)
    except QueueUnavailable as error:
        yield Finding("signups", str(error), needs_attention=True)
    except OSError as error:
        yield Finding("signups", f"cannot be read ({error.strerror})", needs_attention=True)
    except QueueDamaged:
        yield Finding("signups", "the file is damaged; copy it away and ask for help", True)


def _balance(ledger: Ledger) -> Finding:
    total = ledger.total
    last = ledger.last_export
    exported = f"last export {last:%Y-%m-%d %H:%M}" if last else "never exported"
    text = (
        f"{total.captured} captured = {total.waiting} waiting + {total.exported} exported"
        f" + {total.erased} erased; {exported}"
    )
    if ledger.adds_up:
        return Finding("signups", text)
    return Finding("signups", f"{text}; this does not add up, 'kiosk signups' shows the days", True)


def _seal(folder: Path, ledger: Ledger) -> Iterator[Finding]:
    """Whether what lies on the disk is of use to a thief."""
    lie = "1 signup lies" if ledger.unsealed == 1 else f"{ledger.unsealed} signups lie"
    try:
        key = installed(folder)
    except KeyRefused as error:
        yield Finding("seal", str(error), needs_attention=True)
        return
    if key is None and ledger.key_id is not None:
        text = f"the settings have lost the key {ledger.key_id}; run 'kiosk keys seal'"
        yield Finding("seal", text, needs_attention=True)
    elif key is None:
        yield Finding("seal", f"{lie} in the open; 'kiosk keys create' makes a key to seal with")
    elif ledger.unsealed:
        yield Finding("seal", f"{lie} in the open; run 'kiosk keys seal'", needs_attention=True)
    else:
        yield Finding("seal", f"all signups are sealed to the key {key.id}")


def _set_aside(folder: Path) -> Iterator[Finding]:
    for file in set_aside_files(folder):
        yield Finding(
            "set aside",
            f"{file} was damaged and is kept; run 'kiosk recover', and remove the file when it"
            " says that nothing is missing",
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


def _settings(folder: Path) -> Iterator[Finding]:
    for problem in read_settings(folder).problems:
        yield Finding("settings", problem, needs_attention=True)


def _clock(folder: Path) -> Iterator[Finding]:
    now = Clock().now()
    name = _status(folder).get("content")
    files = [folder / FILE_NAME, *([Path(name)] if name else [])]
    if now >= earliest(files):
        return
    text = f"the clock says {now:%Y-%m-%d %H:%M}, which cannot be; set it"
    if now >= earliest([]):
        late = next(file for file in files if now < earliest([file]))
        text = (
            f"the clock says {now:%Y-%m-%d %H:%M}, but {late} was written later; set the clock, or"
            " save that file again where the clock is right"
        )
    yield Finding("clock", f"{text}. Signups are marked meanwhile", needs_attention=True)


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
