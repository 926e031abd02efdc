"""Predicts what a start will show, without writing anything."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.content.check.loading import Loaded, load
from kiosk.content.file import HISTORY_NAME, ContentUnreadable


def predict_content(file: Path, data: Path) -> Loaded | None:
    """The content that a `ContentTracker` will show first.

    None if the file is not valid, or if that depends on what was shown before.
    """
    has_history = os.path.lexists(data / HISTORY_NAME)
    try:
        loaded = load(file)
    except ContentUnreadable:
        return None
    if loaded.content is None or (has_history and not _is_latest(loaded, data)):
        return None
    return loaded


def _is_latest(loaded: Loaded, data: Path) -> bool:
    from kiosk.content.versions.history import History, digest_of

    history = History(data)
    latest = history.latest()
    if history.held() is not None:
        return False
    return latest is None or latest.digest == digest_of(loaded)
