"""The word that the running kiosk leaves for `health`. Imports nothing slow."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kiosk.content.file import real
from kiosk.signups.disk import private

STATUS_NAME = "status.json"


def write_status(
    folder: Path, content: Path, started: datetime, version: int | None = None
) -> None:
    """Leave a word for `health`: which content the running kiosk shows, since when."""
    status = {
        "content": str(real(content)),
        "started": started.isoformat(timespec="seconds"),
        "version": str(version or ""),
    }
    file = folder / STATUS_NAME
    # A full disk must not stop the showroom; health names it itself.
    with suppress(OSError), open(file, "w", encoding="utf-8", opener=private) as note:
        note.write(json.dumps(status))


def content_of(folder: Path) -> Path | None:
    """The content file of the kiosk that runs, or ran last, on a data folder."""
    name = read_status(folder).get("content")
    return Path(name) if name else None


def read_status(folder: Path) -> dict[str, str]:
    """What the kiosk of a data folder wrote last; empty where it cannot be read."""
    try:
        status = json.loads((folder / STATUS_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(status, dict):
        return {}
    texts = {key: value for key, value in status.items() if isinstance(value, str)}
    return {key: text for key, text in texts.items() if "\0" not in text}
