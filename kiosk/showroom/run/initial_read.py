"""The initial read of the content file, in its own thread because its file share may hang.

It finds out what a start needs to know, so that the drawing thread never accesses the file.
"""

from __future__ import annotations

import os
import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.content.file import ContentUnreadable, read_bytes, resolve_link
from kiosk.showroom import start_screens
from kiosk.timeout import BackgroundCall, CallTimedOut

if TYPE_CHECKING:
    from kiosk.operation.clock import Clock

TIMEOUT_SECONDS = 2.0
"""A slow share takes some tenths of a second. After this time, the last version is shown."""
INSTANT_SECONDS = 0.1
"""Usually it takes 2 ms."""


class ContentFileInfo(NamedTuple):
    """Information about a content file before it is parsed.

    `file` is its resolved path, `digest` its SHA-256 (empty if it cannot be read), `saved_at` when
    it was saved. `start_screens` are those that were saved for this content.
    """

    file: Path
    is_folder: bool
    saved_at: datetime | None
    digest: str
    start_screens: start_screens.StartScreens | None


def read_file_info(content: Path, data: Path, clock: Clock) -> ContentFileInfo:
    """Read the information; never returns if the share hangs."""
    from kiosk.operation.clock_judge import times_of

    file = resolve_link(content)
    saved_at = next(iter(times_of([file])), None)
    try:
        digest = sha256(read_bytes(content)).hexdigest()
    except ContentUnreadable:
        is_folder = os.path.isdir(file)  # noqa: PTH112 # never raises
        return ContentFileInfo(
            file, is_folder, saved_at, "", _load_start_screens("", data, clock, file)
        )
    return ContentFileInfo(
        file, False, saved_at, digest, _load_start_screens(digest, data, clock, file)
    )


def _load_start_screens(
    digest: str, data: Path, clock: Clock, file: Path
) -> start_screens.StartScreens | None:
    key = start_screens.content_key(digest, data)
    screens = start_screens.load_start_screens(data, key, clock.now(), file.parent / "assets")
    return screens if screens is not None and start_screens.files_exist(screens) else None


class InitialRead:
    """Starts when it is created; the timeout counts from then."""

    def __init__(self, content: Path, data: Path, clock: Clock) -> None:
        self._began = time.monotonic()
        self._call = BackgroundCall(lambda: read_file_info(content, data, clock))

    def lacks_start_screens(self) -> bool:
        """Whether the file responds at once and has no saved start screens."""
        try:
            return self._call.result(INSTANT_SECONDS).start_screens is None
        except CallTimedOut:
            return False

    def file_info(self, timeout: float = TIMEOUT_SECONDS) -> ContentFileInfo | None:
        """Wait for the information; None if the share does not respond."""
        try:
            return self._call.result(max(0.0, self._began + timeout - time.monotonic()))
        except CallTimedOut:
            return None
