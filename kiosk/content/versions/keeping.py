"""Which content to show: the file while it is in order and whole, else the last one that was."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from kiosk.content.check.loading import Loaded, load
from kiosk.content.file import (
    ContentUnreadable,
    Fingerprint,
    Stamp,
    does_not_answer,
    fingerprint,
    inode_of,
    stamp_of,
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
)
from kiosk.content.versions.losses import half_file, is_unfinished, losses


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds nothing may change before it is looked at.

    `replaced` is for pictures and for a file that another one took the place of; `written` for one
    that is written where it lies, as by a copy over a network; `half` for one that lacks something.
    """

    replaced: float = 0.25
    written: float = 2.0
    half: float = 10.0


PATIENCE = Patience()
MOST_TRIES = 40
LONGEST_ADDITION = 200
"""Characters of notes and empty lines that somebody adds to say that a file is whole."""
FAULT = "The content file could not be read; the log says why. Tell whoever set the kiosk up."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What to show, and what is wrong with the file.

    `good` is None where there never was a content in order. `digest` is the SHA-256 of the file,
    empty where it cannot be read; then `message` says why. `version` is None where the content
    could not be kept.
    """

    good: Loaded | None
    digest: str
    problems: tuple[Problem, ...] = ()
    message: str = ""
    version: Version | None = None
    missing: tuple[str, ...] = ()
    """What the file lacks, in words, where it is held back for that."""
    is_silent: bool = False
    """Whether the file does not answer, as on a file share that hangs."""

    @property
    def is_in_order(self) -> bool:
        """Whether the file itself could be shown."""
        return not self.problems and not self.message


@dataclass(frozen=True, slots=True)
class _Sight:
    """All that is looked at, as it is on the disk."""

    file: Stamp
    inode: int
    pictures: Fingerprint
    hold: Stamp


class Keeper:
    """Looks at a content file again and again; used by one thread at a time.

    `again_in` is after how many seconds a file must be looked at once more that was still being
    written; None where a change will show.
    """

    def __init__(self, file: Path, data: Path, now: Callable[[], datetime]) -> None:
        self._file = file
        self._history = History(data)
        self._consents = ConsentRegister(data, self._history)
        self._now = now
        self.again_in: float | None = None
        self._seen: _Sight | None = None
        self._sighted: _Sight | None = None
        self._since = 0.0
        self._patience = 0.0
        self._read: Loaded | None = None
        self._accepted: tuple[Version, Loaded] | None = None
        self._unkept: Loaded | None = None

    def look(self) -> Kept | None:
        """What to show; None while nothing has changed, and while what has is still changing."""
        sight = self._sight()
        self.again_in = None
        if sight == self._seen:
            return None
        quiet = self._quiet_seconds(sight)
        if quiet < self._patience:
            return self._later(self._patience - quiet)
        for _ in range(MOST_TRIES):
            try:
                kept = self._kept(quiet)
            except PictureReplaced:
                time.sleep(PATIENCE.replaced)
                continue
            if self._is_to_look_again():
                return kept if self._seen is None else None
            self._seen = replace(sight, hold=self._sight().hold) if kept.missing else sight
            return kept
        return self._later(PATIENCE.written)

    def _is_to_look_again(self) -> bool:
        return self.again_in is not None

    def _sight(self) -> _Sight:
        file, *pictures = fingerprint(self._file)
        hold = stamp_of(self._history.hold_file)
        return _Sight(file, inode_of(self._file), tuple(pictures), hold)

    def _quiet_seconds(self, sight: _Sight) -> float:
        """For how long nothing has changed; how long that must be is noted in `_patience`."""
        before, self._sighted = self._sighted, sight
        if before is None:
            age = time.time() - sight.file[2] / 1e9
            self._since = time.monotonic() - (age if age >= 0 else PATIENCE.half)
            self._patience = PATIENCE.written if self._history.latest() is not None else 0
        elif sight != before:
            self._since = time.monotonic()
            self._patience = _patience_with(sight, before, self._seen)
        return time.monotonic() - self._since

    def _later(self, seconds: float) -> Kept | None:
        """Look again; what was on screen before is shown where nothing is yet."""
        self.again_in = seconds
        if self._seen is not None:
            return None
        good, version = self._last_good()
        return Kept(good, "", version=version)

    def _kept(self, quiet: float) -> Kept:
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
        before = self._latest(loaded)
        if hold is not None and hold.instead_of == loaded.digest:
            return self._held(hold, loaded, before)
        if before is not None:
            self._consents.record(before.content, self._now())
        problems = loaded.problems or self._consents.objections(loaded)
        if problems:
            good, version = self._last_good()
            return Kept(good, loaded.digest, problems, "", version)
        missing = losses_since(before, loaded)
        if missing and before is not None and not self._is_meant(loaded, before, missing, hold):
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
            self._unkept = loaded
            return Kept(loaded, loaded.digest)
        self._consents.record(loaded.content, self._now())
        self._unkept = None
        assert loaded.content is not None
        self._accepted = version, loaded
        # Shown from where it is kept: nothing that happens to the file disturbs the floor.
        good = replace(loaded, file=version.file, kept=self._history.pictures(loaded))
        return Kept(good, loaded.digest, (), "", version)

    def _held(self, hold: Hold, loaded: Loaded, before: Loaded | None) -> Kept:
        """What is shown instead of the file: the held version, or the nearest that can be read."""
        good, version = self._loaded(hold.version), hold.version
        if good is None:
            log.error("version %d is held and cannot be read any more", hold.version.number)
            good, other = self._last_good()
            version = other or version
        problems = loaded.problems
        if hold.missing and before is not None:
            problems = (_half(hold.missing, loaded, before),)
        kept = Kept(good, loaded.digest, problems, "", version)
        return replace(kept, missing=hold.missing)

    def _held_back(
        self, loaded: Loaded, before: Loaded, missing: tuple[str, ...], quiet: float
    ) -> Kept:
        """A file that lacks something: it may still be on its way, and is then not spoken of."""
        good, version = self._last_good()
        kept = Kept(good, loaded.digest, (), "", version)
        if quiet < PATIENCE.half:
            self.again_in = PATIENCE.half - quiet
            return kept
        if version is not None:
            try:
                self._history.hold(version.number, loaded.digest, missing, size=len(loaded.raw))
            except HistoryRefused as error:
                log.warning("%s", error)
        return replace(kept, problems=(_half(missing, loaded, before),), missing=missing)

    def _is_meant(
        self, loaded: Loaded, before: Loaded, missing: tuple[str, ...], hold: Hold | None
    ) -> bool:
        """Whether somebody has confirmed that this is missing: by command, or by saving again.

        What only goes on where the file that is held back ended is the rest of a copy.
        """
        if self._history.is_confirmed(loaded.digest):
            return True
        if hold is None or hold.missing != missing or is_unfinished(before, loaded):
            return False
        added = _added(hold, loaded)
        return added is None or (len(added) <= LONGEST_ADDITION and _says_nothing(added))

    def _instead(self, message: str) -> Kept:
        good, version = self._last_good()
        return Kept(good, "", (), message, version)

    def _latest(self, loaded: Loaded) -> Loaded | None:
        """The latest version; read only where it is not at hand yet."""
        latest = self._history.latest()
        if latest is None:
            return None
        if self._accepted is None or self._accepted[0] != latest:
            if loaded.content is not None and digest_of(loaded) == latest.digest:
                return loaded
            return _loaded(latest)
        return self._accepted[1]

    def _loaded(self, version: Version) -> Loaded | None:
        return _loaded_from(self._history, version)

    def _last_good(self) -> tuple[Loaded | None, Version | None]:
        """What was on screen before; one that the disk had no room for is later than those kept."""
        if self._unkept is not None and self._history.held() is None:
            return self._unkept, None
        return _last_kept(self._history)


def kept_instead(file: Path, data: Path) -> Kept:
    """What to show while the file does not answer; asks nothing of the folder it lies in."""
    good, version = _last_kept(History(data))
    return Kept(good, "", (), does_not_answer(file), version, is_silent=True)


def _last_kept(history: History) -> tuple[Loaded | None, Version | None]:
    """The held version, else the latest that can still be read."""
    hold = history.held()
    versions = [*history.versions(), *([hold.version] if hold else [])]
    for version in reversed(versions):
        loaded = _loaded_from(history, version)
        if loaded is not None:
            return loaded, version
    return None, None


def _loaded_from(history: History, version: Version) -> Loaded | None:
    loaded = _loaded(version)
    return None if loaded is None else replace(loaded, kept=history.pictures(loaded))


def against_history(loaded: Loaded, data: Path) -> tuple[Problem, ...]:
    """What is wrong only because of what was shown before from a data folder.

    Other words for the same consent, or something that is missing and may be half a copy.
    """
    history = History(data)
    reused = ConsentRegister(data, history).objections(loaded)
    latest = history.latest()
    if loaded.content is None or latest is None or latest.digest == digest_of(loaded):
        return reused
    before = _loaded(latest)
    missing = losses_since(before, loaded)
    if before is None or not missing or history.is_confirmed(loaded.digest):
        return reused
    return (*reused, _half(missing, loaded, before))


def losses_since(before: Loaded | None, loaded: Loaded) -> tuple[str, ...]:
    """What a content lacks of the one before, in words."""
    return () if before is None else losses(before, loaded)


def _half(missing: tuple[str, ...], loaded: Loaded, before: Loaded) -> Problem:
    return half_file(missing, loaded, is_ended=not is_unfinished(before, loaded))


def _patience_with(sight: _Sight, before: _Sight, seen: _Sight | None) -> float:
    if seen is not None and (seen.file, seen.inode) == (sight.file, sight.inode):
        return 0.0 if seen.pictures == sight.pictures else PATIENCE.replaced
    is_new_file = sight.inode not in (before.inode, 0)
    return PATIENCE.replaced if is_new_file else PATIENCE.written


def _added(hold: Hold, loaded: Loaded) -> str | None:
    """What was written behind the file that is held back; None where that was changed itself."""
    raw = loaded.raw
    if sha256(raw[: hold.size]).hexdigest() != hold.instead_of:
        return None
    return raw[hold.size :].decode("utf-8", errors="replace")


def _says_nothing(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines())


def _loaded(version: Version) -> Loaded | None:
    try:
        loaded = load(version.file)
    except ContentUnreadable:
        return None
    return None if loaded.content is None else loaded
