"""Which content to show: the file while it is in order, else the last one that was."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kiosk.content.consent import consent_changed
from kiosk.content.file import ContentUnreadable, Fingerprint, fingerprint, stamp_of
from kiosk.content.history import History, HistoryRefused, PictureReplaced, Version, digest_of
from kiosk.content.loading import Loaded, load
from kiosk.content.model import Content
from kiosk.content.problems import Problem

SETTLED_SECONDS = 0.25
"""A file that is being copied changes again within this time."""
MOST_WAITS = 40
FAULT = "The content file could not be read; the log says why. Tell whoever set the kiosk up."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What to show, and what is wrong with the file.

    `shown` is None where there never was a content in order. `digest` is the SHA-256 of the file,
    empty where it cannot be read; then `message` says why. `version` is None where the content
    could not be kept.
    """

    shown: Loaded | None
    digest: str
    problems: tuple[Problem, ...] = ()
    message: str = ""
    version: Version | None = None
    is_held: bool = False

    @property
    def is_in_order(self) -> bool:
        """Whether the file itself could be shown."""
        return not self.problems and not self.message


class Keeper:
    """Looks at a content file again and again; used by one thread at a time."""

    def __init__(self, file: Path, data: Path, now: Callable[[], datetime]) -> None:
        self._file = file
        self._history = History(data)
        self._now = now
        self._seen: Fingerprint | None = None
        self._read: Loaded | None = None
        self._accepted: tuple[Version, Content] | None = None
        self._unkept: Loaded | None = None

    def look(self) -> Kept | None:
        """What to show, or None while neither the file, nor a picture, nor a hold has changed."""
        seen = self._fingerprint()
        if seen == self._seen:
            return None
        for _ in range(MOST_WAITS if self._seen is not None else 0):
            time.sleep(SETTLED_SECONDS)
            if (again := self._fingerprint()) == seen:
                break
            seen = again
        self._seen = seen
        for _ in range(MOST_WAITS):
            with suppress(PictureReplaced):
                return self._kept()
            time.sleep(SETTLED_SECONDS)
        return self._kept()

    def _fingerprint(self) -> Fingerprint:
        return (*fingerprint(self._file), stamp_of(self._history.hold_file))

    def _kept(self) -> Kept:
        hold = self._history.held()
        try:
            loaded = load(self._file, self._read)
        except ContentUnreadable as error:
            return self._instead(str(error))
        except Exception:  # a fault of ours, and none of the visitors'
            log.exception("the content file cannot be read")
            return self._instead(FAULT)
        if loaded.content is not None:
            self._read = loaded
        if hold is not None and hold.instead_of == loaded.digest:
            held = self._loaded(hold.version)
            if held is not None:
                return Kept(held, loaded.digest, loaded.problems, "", hold.version, is_held=True)
        before = self._latest_content(loaded)
        problems = loaded.problems or _against(before, loaded)
        if problems:
            shown, version = self._last_good()
            return Kept(shown, loaded.digest, problems, "", version, hold is not None)
        self._history.release()
        try:
            version = self._history.accept(loaded, self._now(), before)
        except HistoryRefused as error:
            log.warning("%s", error)
            self._unkept = loaded
            return Kept(loaded, loaded.digest)
        self._unkept = None
        assert loaded.content is not None
        self._accepted = version, loaded.content
        # Shown from where it is kept: nothing that happens to the file disturbs the floor.
        shown = replace(loaded, file=version.file, kept=self._history.pictures(loaded))
        return Kept(shown, loaded.digest, (), "", version)

    def _instead(self, message: str) -> Kept:
        shown, version = self._last_good()
        return Kept(shown, "", (), message, version, self._history.held() is not None)

    def _latest_content(self, loaded: Loaded) -> Content | None:
        """What the latest version holds; read only where it is not at hand yet."""
        latest = self._history.latest()
        if latest is None:
            return None
        if self._accepted is None or self._accepted[0] != latest:
            if loaded.content is not None and digest_of(loaded) == latest.digest:
                return loaded.content
            before = _loaded(latest)
            return None if before is None else before.content
        return self._accepted[1]

    def _loaded(self, version: Version) -> Loaded | None:
        loaded = _loaded(version)
        return None if loaded is None else replace(loaded, kept=self._history.pictures(loaded))

    def _last_good(self) -> tuple[Loaded | None, Version | None]:
        """What was on screen before: the held version, else the latest that can still be read.

        One that the disk had no room for is later than those.
        """
        hold = self._history.held()
        if hold is None and self._unkept is not None:
            return self._unkept, None
        versions = [*self._history.versions(), *([hold.version] if hold else [])]
        for version in reversed(versions):
            loaded = self._loaded(version)
            if loaded is not None:
                return loaded, version
        return None, None


def against_history(loaded: Loaded, history: History) -> tuple[Problem, ...]:
    """What is wrong only because of what was shown before: other words for the same consent."""
    latest = history.latest()
    before = _loaded(latest) if loaded.content is not None and latest is not None else None
    return _against(before.content if before is not None else None, loaded)


def _against(before: Content | None, loaded: Loaded) -> tuple[Problem, ...]:
    if before is None or loaded.content is None:
        return ()
    problem = consent_changed(before, loaded.content, loaded.tree)
    return () if problem is None else (problem,)


def _loaded(version: Version) -> Loaded | None:
    try:
        loaded = load(version.file)
    except ContentUnreadable:
        return None
    return None if loaded.content is None else loaded
