"""The first look at the content file, in a thread of its own: its file share may hang.

What a start needs of the file is found here, so that the thread that draws never asks for it.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.content.file import ContentUnreadable, read_bytes, real
from kiosk.patience import Question, Unanswered
from kiosk.showroom import opening

if TYPE_CHECKING:
    from kiosk.operation.clock import Clock

LONGEST_SECONDS = 2.0
"""A slow share takes some tenths of a second. Later than that, the last content kept is shown."""
AT_ONCE_SECONDS = 0.1
"""Usually it takes 2 ms."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is of a content file before it is understood.

    `file` is the file itself where a link to it was named, `digest` its SHA-256, empty where it
    cannot be read, `saved_at` when it was saved. `front` is what was noted of this very content.
    """

    file: Path
    is_folder: bool
    saved_at: datetime | None
    digest: str
    front: opening.Front | None


def look_first(content: Path, data: Path, clock: Clock) -> Sight:
    """See what there is; takes for ever where the share hangs."""
    from kiosk.operation.clock_judge import times_of

    file = real(content)
    saved_at = next(iter(times_of([file])), None)
    try:
        digest = sha256(read_bytes(content)).hexdigest()
    except ContentUnreadable:
        is_folder = os.path.isdir(file)  # noqa: PTH112 # never raises
        return Sight(file, is_folder, saved_at, "", _remembered_front("", data, clock, file))
    return Sight(file, False, saved_at, digest, _remembered_front(digest, data, clock, file))


def _remembered_front(digest: str, data: Path, clock: Clock, file: Path) -> opening.Front | None:
    key = opening.shown_digest(digest, data)
    front = opening.recall(data, key, clock.now(), file.parent / "assets")
    return front if front is not None and opening.is_complete(front) else None


class FirstLook:
    """Begins as it is made; the times that it takes at most count from then."""

    def __init__(self, content: Path, data: Path, clock: Clock) -> None:
        self._began = time.monotonic()
        self._question = Question(lambda: look_first(content, data, clock))

    def finds_nothing_noted(self) -> bool:
        """Whether there is a content, at once, that no front was noted of."""
        try:
            return self._question.answer(AT_ONCE_SECONDS).front is None
        except Unanswered:
            return False

    def sight(self, longest: float = LONGEST_SECONDS) -> Sight | None:
        """What there is; None where the share does not answer."""
        try:
            return self._question.answer(max(0.0, self._began + longest - time.monotonic()))
        except Unanswered:
            return None
