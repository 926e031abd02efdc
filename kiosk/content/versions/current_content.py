"""Decides which content to show: the file if it is valid and complete, else the last that was."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from kiosk.content.check.loading import Loaded, load
from kiosk.content.file import (
    ContentUnreadable,
    FileStamp,
    Fingerprint,
    file_stamp,
    fingerprint,
    inode_of,
    not_responding,
)
from kiosk.content.problems import Problem
from kiosk.content.versions.consent_register import ConsentRegister
from kiosk.content.versions.history import (
    History,
    HistoryRefused,
    Hold,
    PictureReplaced,
    Version,
    digest_of,
    load_version,
)
from kiosk.content.versions.losses import is_unfinished, losses, partial_file_problem


@dataclass(frozen=True, slots=True)
class QuietPeriods:
    """For how many seconds nothing may change before the file is read.

    `replaced` is for pictures and for a file that was replaced; `written` for one that is written
    in place, such as by a copy over a network; `partial` for a file that lacks something.
    """

    replaced: float = 0.25
    written: float = 2.0
    partial: float = 10.0


QUIET_PERIODS = QuietPeriods()
MAX_TRIES = 40
MAX_ADDITION = 200
"""Characters of comments and empty lines that may be added to confirm a file."""
READ_FAILED = "The content file could not be read; the log says why. Tell whoever set up the kiosk."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CurrentContent:
    """What to show, and what is wrong with the file.

    `loaded` is None if there never was a valid content. `digest` is the SHA-256 of the file, empty
    if it cannot be read; then `message` says why. `version` is None if the content could not be
    stored.
    """

    loaded: Loaded | None
    digest: str
    problems: tuple[Problem, ...] = ()
    message: str = ""
    version: Version | None = None
    missing: tuple[str, ...] = ()
    """What the file lacks, if it is held back for that."""
    is_silent: bool = False
    """Whether the file does not respond, as on a file share that hangs, or was not asked."""

    @property
    def is_valid(self) -> bool:
        """Whether the file itself can be shown."""
        return not self.problems and not self.message


@dataclass(frozen=True, slots=True)
class _FileState:
    """The state of everything that is watched."""

    file: FileStamp
    inode: int
    pictures: Fingerprint
    hold: FileStamp


class ContentTracker:
    """Follows a content file; for one thread at a time.

    `retry_in` is the number of seconds after which `poll` must be called again, because the file
    was still being written; None if the next change is enough.
    """

    def __init__(self, file: Path, data: Path, now: Callable[[], datetime]) -> None:
        self._file = file
        self._history = History(data)
        self._consents = ConsentRegister(data, self._history)
        self._now = now
        self.retry_in: float | None = None
        self._seen: _FileState | None = None
        self._last_state: _FileState | None = None
        self._since = 0.0
        self._quiet_period = 0.0
        self._read: Loaded | None = None
        self._accepted: tuple[Version, Loaded] | None = None
        self._unstored: Loaded | None = None

    def poll(self) -> CurrentContent | None:
        """What to show; None if nothing has changed, or is still changing."""
        state = self._read_state()
        self.retry_in = None
        if state == self._seen:
            return None
        quiet = self._seconds_unchanged(state)
        if quiet < self._quiet_period:
            return self._later(self._quiet_period - quiet)
        for _ in range(MAX_TRIES):
            try:
                current = self._current(quiet)
            except PictureReplaced:
                time.sleep(QUIET_PERIODS.replaced)
                continue
            if self._must_retry():
                return current if self._seen is None else None
            self._seen = replace(state, hold=self._read_state().hold) if current.missing else state
            return current
        return self._later(QUIET_PERIODS.written)

    def _must_retry(self) -> bool:
        return self.retry_in is not None

    def _read_state(self) -> _FileState:
        file, *pictures = fingerprint(self._file)
        hold = file_stamp(self._history.hold_file)
        return _FileState(file, inode_of(self._file), tuple(pictures), hold)

    def _seconds_unchanged(self, state: _FileState) -> float:
        """For how long nothing has changed; sets `_quiet_period`, how long that must be."""
        before, self._last_state = self._last_state, state
        if before is None:
            age = time.time() - state.file[2] / 1e9
            self._since = time.monotonic() - (age if age >= 0 else QUIET_PERIODS.partial)
            self._quiet_period = QUIET_PERIODS.written if self._history.latest() is not None else 0
        elif state != before:
            self._since = time.monotonic()
            self._quiet_period = _quiet_period(state, before, self._seen)
        return time.monotonic() - self._since

    def _later(self, seconds: float) -> CurrentContent | None:
        """Poll again later; returns the last valid content if nothing is on screen yet."""
        self.retry_in = seconds
        if self._seen is not None:
            return None
        valid, version = self._last_valid_content()
        return CurrentContent(valid, "", version=version)

    def _current(self, quiet: float) -> CurrentContent:
        hold = self._history.held()
        try:
            loaded = load(self._file, self._read)
        except ContentUnreadable as error:
            return self._unreadable(str(error))
        except Exception:  # a bug, from which visitors must not suffer
            log.exception("the content file cannot be read")
            return self._unreadable(READ_FAILED)
        if loaded.content is not None:
            self._read = loaded
        before = self._latest(loaded)
        if hold is not None and hold.is_instead_of(loaded.digest):
            return self._held(hold, loaded, before)
        if before is not None:
            self._consents.record(before.content, self._now())
        problems = loaded.problems or self._consents.objections(loaded)
        if problems:
            valid, version = self._last_valid_content()
            return CurrentContent(valid, loaded.digest, problems, "", version)
        missing = losses(before, loaded)
        if missing and before is not None and not self._is_intended(loaded, before, missing, hold):
            return self._held_back(loaded, before, missing, quiet)
        try:
            self._history.release(hold)
        except HistoryRefused as error:
            log.warning("%s", error)
        try:
            content_before = None if before is None else before.content
            version = self._history.accept(loaded, self._now(), content_before)
        except HistoryRefused as error:
            log.warning("%s", error)
            self._consents.record(loaded.content, self._now())
            self._unstored = loaded
            return CurrentContent(loaded, loaded.digest)
        self._consents.record(loaded.content, self._now())
        self._unstored = None
        assert loaded.content is not None
        self._accepted = version, loaded
        # Shown from the stored version, so that nothing that happens to the file affects visitors.
        stored = replace(loaded, file=version.file, stored_pictures=self._history.pictures(loaded))
        return CurrentContent(stored, loaded.digest, (), "", version)

    def _held(self, hold: Hold, loaded: Loaded, before: Loaded | None) -> CurrentContent:
        """What is shown instead of the file: the held version, or the last one that can be read."""
        valid, version = _loaded_from(self._history, hold.version), hold.version
        if valid is None:
            log.error("version %d is held, but can no longer be read", hold.version.number)
            valid, other = self._last_valid_content()
            version = other or version
        elif hold.is_from_stick:
            self._consents.record(valid.content, self._now())
        problems = loaded.problems
        if hold.missing and before is not None:
            problems = (partial_file_problem(hold.missing, before, loaded),)
        return CurrentContent(valid, loaded.digest, problems, "", version, hold.missing)

    def _held_back(
        self, loaded: Loaded, before: Loaded, missing: tuple[str, ...], quiet: float
    ) -> CurrentContent:
        """Hold back a file that lacks something; reports nothing while it may still be copied."""
        valid, version = self._last_valid_content()
        if quiet < QUIET_PERIODS.partial:
            self.retry_in = QUIET_PERIODS.partial - quiet
            return CurrentContent(valid, loaded.digest, (), "", version)
        if version is not None:
            try:
                self._history.hold(version.number, loaded.digest, missing, size=len(loaded.raw))
            except HistoryRefused as error:
                log.warning("%s", error)
        problems = (partial_file_problem(missing, before, loaded),)
        return CurrentContent(valid, loaded.digest, problems, "", version, missing)

    def _is_intended(
        self, loaded: Loaded, before: Loaded, missing: tuple[str, ...], hold: Hold | None
    ) -> bool:
        """Whether somebody has confirmed what is missing: by command, or by saving again.

        Text that only continues the held file is the rest of a copy, not a confirmation.
        """
        if self._history.is_confirmed(loaded.digest):
            return True
        if hold is None or hold.missing != missing or is_unfinished(before, loaded):
            return False
        added = _added(hold, loaded)
        return added is None or (len(added) <= MAX_ADDITION and _is_blank(added))

    def _unreadable(self, message: str) -> CurrentContent:
        valid, version = self._last_valid_content()
        return CurrentContent(valid, "", (), message, version)

    def _latest(self, loaded: Loaded) -> Loaded | None:
        """The latest version, loaded only if necessary."""
        latest = self._history.latest()
        if latest is None:
            return None
        if self._accepted is None or self._accepted[0] != latest:
            if loaded.content is not None and digest_of(loaded) == latest.digest:
                return loaded
            return load_version(latest)
        return self._accepted[1]

    def _last_valid_content(self) -> tuple[Loaded | None, Version | None]:
        """What was on screen before; one that could not be stored is newer than all versions."""
        if self._unstored is not None and self._history.held() is None:
            return self._unstored, None
        return _last_valid(self._history)


def last_valid_content(file: Path, data: Path) -> CurrentContent:
    """What to show while the file does not respond; does not access its folder."""
    valid, version = _last_valid(History(data))
    return CurrentContent(valid, "", (), not_responding(file), version, is_silent=True)


def stored_content(data: Path, number: int) -> CurrentContent:
    """A stored version, or the last valid one if that cannot be read; no file is accessed."""
    history = History(data)
    with suppress(HistoryRefused):
        version = history.version(number)
        if (loaded := _loaded_from(history, version)) is not None:
            return CurrentContent(loaded, "", version=version, is_silent=True)
    valid, other = _last_valid(history)
    return CurrentContent(valid, "", version=other, is_silent=True)


def _last_valid(history: History) -> tuple[Loaded | None, Version | None]:
    """The held version, or else the latest that can be read."""
    hold = history.held()
    versions = [*history.versions(), *([hold.version] if hold else [])]
    for version in reversed(versions):
        loaded = _loaded_from(history, version)
        if loaded is not None:
            return loaded, version
    return None, None


def _loaded_from(history: History, version: Version) -> Loaded | None:
    loaded = load_version(version)
    return None if loaded is None else replace(loaded, stored_pictures=history.pictures(loaded))


def problems_with_history(loaded: Loaded, data: Path) -> tuple[Problem, ...]:
    """Problems in comparison with what was shown before from a data folder.

    A consent text changed without a new version, or missing parts that suggest an incomplete copy.
    """
    history = History(data)
    reused = ConsentRegister(data, history).objections(loaded)
    latest = history.latest()
    if loaded.content is None or latest is None or latest.digest == digest_of(loaded):
        return reused
    before = load_version(latest)
    missing = losses(before, loaded)
    if before is None or not missing or history.is_confirmed(loaded.digest):
        return reused
    return (*reused, partial_file_problem(missing, before, loaded))


def _quiet_period(state: _FileState, before: _FileState, seen: _FileState | None) -> float:
    if seen is not None and (seen.file, seen.inode) == (state.file, state.inode):
        return 0.0 if seen.pictures == state.pictures else QUIET_PERIODS.replaced
    is_new_file = state.inode not in (before.inode, 0)
    return QUIET_PERIODS.replaced if is_new_file else QUIET_PERIODS.written


def _added(hold: Hold, loaded: Loaded) -> str | None:
    """What was added after the end of the held file; None if the file itself was changed."""
    raw = loaded.raw
    if sha256(raw[: hold.size]).hexdigest() != hold.instead_of:
        return None
    return raw[hold.size :].decode("utf-8", errors="replace")


def _is_blank(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines())
