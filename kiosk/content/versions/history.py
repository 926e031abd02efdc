"""Each content that was good enough to be shown, kept with its pictures under a number.

`history/0007/` is a content folder like any other: `content.yaml`, `assets/`, and a note of when it
was accepted and what had changed. Its pictures are hard links to those in `history/pictures/`,
which are named after their bytes: the same picture is kept once and shown under one name, whatever
version it is in.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from shutil import copyfile, copyfileobj, rmtree
from typing import Any

from kiosk.blocks.walking import asset_files
from kiosk.content.check.loading import Loaded, load
from kiosk.content.file import HISTORY_NAME, HOLD_NAME, ContentUnreadable
from kiosk.content.model import Content
from kiosk.content.versions.changes import changes
from kiosk.files import opened_regular_file, read_small_file, sync_file, write_small_file
from kiosk.refused import Refused

CONTENT_NAME = "content.yaml"
NOTE_NAME = "version.json"
PICTURES_NAME = "pictures"
PARTIAL_PREFIX = ".new-"
NUMBER = re.compile(r"[0-9]{4,9}")
MAX_VERSIONS = 50
MAX_BYTES = 1_000_000_000
"""A year of photographs; pictures that several versions show count once."""
MIN_VERSIONS = 2
"""The newest version, and the one before, which is on screen until nobody is there."""
FIRST_VERSION = "first version"
ANY_FILE = "any"
"""In place of a content file's SHA-256: whatever the file is."""


class HistoryRefused(Refused):
    """The history cannot be kept or used; the message says why and what to do."""


class PictureReplaced(Refused):
    """A picture is another one than a moment ago, when it was found in order."""


@dataclass(frozen=True, slots=True)
class Version:
    """An accepted content; `digest` covers the file and every picture it shows."""

    number: int
    accepted_at: datetime
    digest: str
    changes: tuple[str, ...]
    file: Path


@dataclass(frozen=True, slots=True)
class Hold:
    """A version that is shown instead of the content file of this SHA-256.

    `missing` is what that file lacks, in words, where the kiosk itself holds it back; `size` is how
    many bytes it has.
    """

    version: Version
    instead_of: str
    missing: tuple[str, ...] = ()
    size: int = 0
    is_from_stick: bool = False

    def is_instead_of(self, digest: str) -> bool:
        """Whether it is shown in place of the content file of this SHA-256."""
        return self.instead_of in {digest, ANY_FILE}


class History:
    """The versions of a data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data.absolute() / HISTORY_NAME  # pictures become addresses
        self._pictures = self._folder / PICTURES_NAME
        self._intact: dict[Path, tuple[int, ...]] = {}

    def versions(self) -> list[Version]:
        """Every version that is kept whole, the oldest first."""
        found = (self._version(name) for name in self._names())
        return [version for version in found if version is not None]

    def version(self, number: int) -> Version:
        """One version.

        Raises:
            HistoryRefused: it is not kept.
        """
        found = self._version(f"{number:04d}")
        if found is None:
            raise HistoryRefused(
                f"there is no version {number}; 'kiosk history' lists the versions"
            )
        return found

    def latest(self) -> Version | None:
        """The version accepted last."""
        found = (self._version(name) for name in reversed(self._names()))
        return next((version for version in found if version is not None), None)

    def accept(self, loaded: Loaded, now: datetime, before: Content | None = None) -> Version:
        """Keep a content that is in order; the latest version where it is the same.

        `before` is what the latest version holds; it is read where it is not given.

        Raises:
            HistoryRefused: the disk refuses.
            PictureReplaced: the content is to be loaded again.
        """
        assert loaded.content is not None
        latest = self.latest()
        try:
            digests = _digests(loaded)
            digest = _digest(loaded, digests)
            if latest is not None and latest.digest == digest:
                return latest
            summary = summarize(latest, before, loaded.content)
            self._folder.mkdir(mode=0o700, exist_ok=True)
            self._pictures.mkdir(mode=0o700, exist_ok=True)  # what is not there cannot be locked
            with self._locked(self._pictures):
                return self._keep(loaded, digests, digest, summary, now)
        except OSError as error:
            raise HistoryRefused(
                f"the content cannot be stored in {self._folder} ({error.strerror}); free some"
                " space on the disk"
            ) from error

    def pictures(self, loaded: Loaded) -> dict[str, Path]:
        """Where the pictures of a kept content lie; without those that are left in its assets.

        A picture has the same path in whatever version it is, as long as any version has it.
        """
        found = {}
        for name, digest in _digests(loaded).items():
            with suppress(OSError, PictureReplaced), self._locked(self._pictures):
                found[name] = self._kept_picture(loaded.assets / name, digest)
        return found

    def hold(
        self,
        number: int,
        instead_of: str,
        missing: Sequence[str] = (),
        size: int = 0,
        *,
        is_from_stick: bool = False,
    ) -> Hold:
        """Show a version until the content file is another than the one of this SHA-256.

        Raises:
            HistoryRefused: it is not kept or cannot be read any more, or the disk refuses.
        """
        with self._locked(self._folder):
            version = self.version(number)
            if load_version(version) is None:
                raise HistoryRefused(
                    f"version {number} is damaged and cannot be shown; choose another version"
                )
            hold = Hold(version, instead_of, tuple(missing), size, is_from_stick)
            self._note(
                number=number,
                instead_of=instead_of,
                missing=list(hold.missing),
                size=hold.size,
                from_stick=is_from_stick,
            )
            return hold

    def held(self) -> Hold | None:
        """What `hold` asked for last, if that version is still kept."""
        try:
            note = _read_note(self.hold_file)
            return Hold(
                self.version(int(note["number"])),
                str(note["instead_of"]),
                tuple(map(str, note.get("missing", ()))),
                int(note.get("size", 0)),
                note.get("from_stick") is True,
            )
        except (ValueError, KeyError, TypeError, HistoryRefused):
            return None

    def release(self, hold: Hold | None, confirmed: str = "") -> None:
        """Show the content file again, unless another hold than this one was asked for meanwhile.

        `confirmed` is the SHA-256 of the file where it is to be shown whatever it lacks.

        Raises:
            HistoryRefused: the disk refuses.
        """
        with self._locked(self._folder):
            if self.held() == hold:
                if confirmed:
                    self._note(confirmed=confirmed)
                    return
                try:
                    self.hold_file.unlink(missing_ok=True)
                except OSError as error:
                    raise _cannot_write(self.hold_file, error) from None

    def is_confirmed(self, digest: str) -> bool:
        """Whether the content file of this SHA-256 is meant as it is."""
        return _read_note(self.hold_file).get("confirmed") == digest

    def _note(self, **note: object) -> None:
        try:
            _write(self.hold_file, note)
        except OSError as error:
            raise _cannot_write(self.hold_file, error) from None

    @contextmanager
    def _locked(self, folder: Path) -> Iterator[None]:
        """Alone with a folder, among all processes and threads.

        With the history's own, for as long as what is held must neither change nor be forgotten;
        with that of the pictures, around it, while a version is written.
        """
        handle = None
        try:
            with suppress(OSError):  # no folder, or a file system without locks
                handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            if handle is not None:
                os.close(handle)

    @property
    def hold_file(self) -> Path:
        """The note that `hold` leaves."""
        return self._folder / HOLD_NAME

    def _names(self) -> list[str]:
        try:
            names = [f.name for f in self._folder.iterdir() if NUMBER.fullmatch(f.name)]
        except OSError:
            return []
        return sorted(names, key=int)

    def _version(self, name: str) -> Version | None:
        folder = self._folder / name
        note = _read_note(folder / NOTE_NAME)
        try:
            return Version(
                int(name),
                datetime.fromisoformat(note["accepted_at"]),
                str(note["digest"]),
                tuple(map(str, note["changes"])),
                folder / CONTENT_NAME,
            )
        except (ValueError, KeyError, TypeError):
            return None

    def _keep(
        self,
        loaded: Loaded,
        digests: Mapping[str, str],
        digest: str,
        summary: tuple[str, ...],
        now: datetime,
    ) -> Version:
        """Written beside the others and renamed: a version is there whole or not at all."""
        partial = self._folder / f"{PARTIAL_PREFIX}{os.getpid()}"
        for left in self._folder.glob(f"{PARTIAL_PREFIX}*"):  # by a kiosk that was killed here
            rmtree(left, ignore_errors=True)
        for left in self._pictures.glob(f"{PARTIAL_PREFIX}*"):
            left.unlink(missing_ok=True)
        number = self._next_number()
        assets = loaded.assets
        known = {picture.name for picture in self._pictures.glob("*")}
        try:
            (partial / "assets").mkdir(parents=True)
            for name, picture in digests.items():
                target = partial / "assets" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(self._kept_picture(assets / name, picture), target)
            (partial / CONTENT_NAME).write_bytes(loaded.raw)  # the file may be another by now
            _write(
                partial / NOTE_NAME,
                {
                    "accepted_at": now.isoformat(),
                    "digest": digest,
                    "changes": summary,
                    "pictures": sorted(set(digests.values())),
                },
            )
            for file in (partial / CONTENT_NAME, partial / NOTE_NAME):
                sync_file(file)
            partial.rename(self._folder / f"{number:04d}")
            sync_file(self._folder)
        except OSError:
            for stored in self._pictures.glob("*"):  # the room is for signups
                if stored.name not in known:
                    stored.unlink(missing_ok=True)
            raise
        finally:
            rmtree(partial, ignore_errors=True)
        self._forget_oldest()
        return self.version(number)

    def _next_number(self) -> int:
        return 1 + max((int(name) for name in self._names()), default=0)

    def _forget_oldest(self) -> None:
        """Until there are few enough, and small enough."""
        with self._locked(self._folder):
            hold = self.held()
            recent = [*self.versions()[-MIN_VERSIONS:], *([hold.version] if hold else [])]
            names = self._names()
            count, forgettable = len(names), set(names) - {v.file.parent.name for v in recent}
            for name in names:
                if count <= MAX_VERSIONS and _bytes_in(self._folder) <= MAX_BYTES:
                    return
                if name in forgettable:
                    rmtree(self._folder / name, ignore_errors=True)
                    self._forget_pictures()
                    count -= 1

    def _forget_pictures(self) -> None:
        """Those that no version shows any more."""
        used = {digest for name in self._names() for digest in self._pictures_of(name)}
        for picture in self._pictures.glob("*"):
            if picture.stem not in used:
                picture.unlink(missing_ok=True)
                self._intact.pop(picture, None)

    def _pictures_of(self, name: str) -> list[str]:
        pictures = _read_note(self._folder / name / NOTE_NAME).get("pictures")
        return list(map(str, pictures)) if isinstance(pictures, list) else []

    def _kept_picture(self, source: Path, digest: str) -> Path:
        """Where the picture of this SHA-256 is kept; taken from `source` where it is not yet."""
        stored = self._pictures / f"{digest}{source.suffix.lower()}"
        if self._is_intact(stored, digest):
            return stored
        self._pictures.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = self._pictures / f"{PARTIAL_PREFIX}{os.getpid()}"
        try:
            partial.unlink(missing_ok=True)
            with opened_regular_file(source) as original, partial.open("wb") as copy:
                copyfileobj(original, copy)
            if _sha256(partial) != digest:
                raise PictureReplaced(f"{source} is being replaced; try again in a moment")
            sync_file(partial)
            partial.rename(stored)
        finally:
            partial.unlink(missing_ok=True)
        return stored

    def _is_intact(self, stored: Path, digest: str) -> bool:
        """Looked at once: nobody else writes there."""
        try:
            stat = stored.stat()
            stamp = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
            if self._intact.get(stored) != stamp:
                if _sha256(stored) != digest:
                    return False
                self._intact[stored] = stamp
            return True
        except OSError:
            return False


def _digests(loaded: Loaded) -> dict[str, str]:
    """The SHA-256 of every picture that is shown, as it was when it was found in order."""
    names = sorted(asset_files(loaded.content)) if loaded.content is not None else ()
    return {name: loaded.pictures.digest(name) for name in names}


def _digest(loaded: Loaded, pictures: Mapping[str, str]) -> str:
    """Of the file and its pictures, so that a changed picture is another version."""
    combined = sha256(loaded.digest.encode())
    for name, digest in pictures.items():
        combined.update(name.encode())
        combined.update(bytes.fromhex(digest))
    return combined.hexdigest()


def load_version(version: Version) -> Loaded | None:
    """What a version holds; None where it is no longer in order."""
    try:
        loaded = load(version.file)
    except ContentUnreadable:
        return None
    return None if loaded.content is None else loaded


def _cannot_write(file: Path, error: OSError) -> HistoryRefused:
    return HistoryRefused(
        f"{file} cannot be written ({error.strerror}); free some space on the disk, or fix the"
        " folder's permissions"
    )


def _bytes_in(folder: Path) -> int:
    """Of all files below; one that has several names counts once."""
    sizes: dict[tuple[int, int], int] = {}
    for around, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                stat = os.lstat(Path(around, name))
                sizes[stat.st_dev, stat.st_ino] = stat.st_size
    return sum(sizes.values())


def _sha256(file: Path) -> str:
    with opened_regular_file(file) as opened:
        return file_digest(opened, "sha256").hexdigest()


def summarize(latest: Version | None, before: Content | None, content: Content) -> tuple[str, ...]:
    """What is new since a version, in words; `before` is what it holds, read where not given."""
    if latest is None:
        return (FIRST_VERSION,)
    if before is None and (loaded := load_version(latest)) is not None:
        before = loaded.content
    if before is None:
        return ("the previous version can no longer be read",)
    return changes(before, content) or ("pictures or notes changed",)


def _link(stored: Path, target: Path) -> None:
    try:
        os.link(stored, target)
    except OSError:  # not every file system can
        copyfile(stored, target)
        sync_file(target)


def _read_note(file: Path) -> dict[str, Any]:
    """What a note says; empty where it is not there or damaged."""
    try:
        note = json.loads(read_small_file(file))
    except (OSError, ValueError, RecursionError):
        return {}
    return note if isinstance(note, dict) else {}


def _write(file: Path, note: dict[str, object]) -> None:
    # Without an indent: with one, Python 3.11 leaves rubbish that only its collector can free.
    write_small_file(file, json.dumps(note, ensure_ascii=False).encode(), survives_power_cut=True)


def digest_of(loaded: Loaded) -> str:
    """The SHA-256 that tells a content, its pictures included, from any other; in hexadecimal."""
    return _digest(loaded, _digests(loaded))
