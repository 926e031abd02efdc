"""Each content that was good enough to be shown, kept with its pictures under a number.

`history/0007/` is a content folder like any other: `content.yaml`, `assets/`, and a note of when it
was accepted and what had changed. Pictures that stayed the same are kept once (hard links).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from shutil import copyfile, rmtree

from kiosk.content.changes import changes
from kiosk.content.file import ContentUnreadable, assets_of
from kiosk.content.loading import Loaded, load
from kiosk.content.model import Content, CountryMap, Picture

FOLDER_NAME = "history"
CONTENT_NAME = "content.yaml"
NOTE_NAME = "version.json"
HOLD_NAME = "hold.json"
NUMBER = re.compile(r"[0-9]{4,9}")
MOST_KEPT = 50
FIRST = "first version"


class HistoryRefused(Exception):
    """The history cannot be kept or used; the message says why and what to do."""


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
    """A version that is shown instead of the content file of this SHA-256."""

    version: Version
    instead_of: str


class History:
    """The versions of a data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER_NAME

    def versions(self) -> list[Version]:
        """Every version that is kept whole, the oldest first."""
        try:
            names = sorted(f.name for f in self._folder.iterdir() if NUMBER.fullmatch(f.name))
        except OSError:
            return []
        return [version for name in names if (version := self._version(name)) is not None]

    def version(self, number: int) -> Version:
        """One version.

        Raises:
            HistoryRefused: it is not kept.
        """
        found = self._version(f"{number:04d}")
        if found is None:
            raise HistoryRefused(f"there is no version {number}; 'kiosk history' lists them")
        return found

    def latest(self) -> Version | None:
        """The version accepted last."""
        versions = self.versions()
        return versions[-1] if versions else None

    def accept(self, loaded: Loaded, now: datetime) -> Version:
        """Keep a content that is in order; the latest version where it is the same.

        Raises:
            HistoryRefused: the disk refuses.
        """
        assert loaded.content is not None
        latest = self.latest()
        try:
            digest = _digest(loaded)
            if latest is not None and latest.digest == digest:
                return latest
            said = _said(latest, loaded.content)
            return self._keep(loaded, digest, said, latest, now)
        except OSError as error:
            raise HistoryRefused(
                f"the content cannot be kept in {self._folder} ({error.strerror}); make room on"
                " the disk"
            ) from error

    def hold(self, number: int, instead_of: str) -> Version:
        """Show a version until the content file is another than the one of this SHA-256.

        Raises:
            HistoryRefused: it is not kept, or the disk refuses.
        """
        version = self.version(number)
        note = self.hold_file
        try:
            _write(note, {"number": number, "instead_of": instead_of})
        except OSError as error:
            raise HistoryRefused(
                f"{note} cannot be written ({error.strerror}); make room on the disk"
            ) from None
        return version

    def held(self) -> Hold | None:
        """What `hold` asked for last, if that version is still kept."""
        try:
            note = json.loads(self.hold_file.read_bytes())
            return Hold(self.version(int(note["number"])), str(note["instead_of"]))
        except (OSError, ValueError, KeyError, TypeError, HistoryRefused):
            return None

    def release(self) -> None:
        """Show the content file again."""
        with suppress(OSError):
            self.hold_file.unlink()

    @property
    def hold_file(self) -> Path:
        """The note that `hold` leaves."""
        return self._folder / HOLD_NAME

    def _version(self, name: str) -> Version | None:
        folder = self._folder / name
        try:
            note = json.loads((folder / NOTE_NAME).read_bytes())
            return Version(
                int(name),
                datetime.fromisoformat(note["accepted_at"]),
                str(note["digest"]),
                tuple(map(str, note["changes"])),
                folder / CONTENT_NAME,
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(
        self,
        loaded: Loaded,
        digest: str,
        said: tuple[str, ...],
        latest: Version | None,
        now: datetime,
    ) -> Version:
        """Written beside the others and renamed: a version is there whole or not at all."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        partial = self._folder / f".new-{os.getpid()}"
        for left in self._folder.glob(".new-*"):  # by a kiosk that was killed here
            rmtree(left, ignore_errors=True)
        number = self._next_number()
        try:
            (partial / "assets").mkdir(parents=True)
            before = assets_of(latest.file) if latest is not None else None
            for name in pictures_of(loaded.content):
                _keep_picture(loaded.assets / name, partial / "assets" / name, before, name)
            copyfile(loaded.file, partial / CONTENT_NAME)
            _write(
                partial / NOTE_NAME,
                {"accepted_at": now.isoformat(), "digest": digest, "changes": said},
            )
            for file in (partial / CONTENT_NAME, partial / NOTE_NAME):
                _sync(file)
            partial.rename(self._folder / f"{number:04d}")
            _sync(self._folder)
        finally:
            rmtree(partial, ignore_errors=True)
        self._forget_oldest()
        return self.version(number)

    def _next_number(self) -> int:
        names = (f.name for f in self._folder.iterdir())
        return 1 + max((int(name) for name in names if NUMBER.fullmatch(name)), default=0)

    def _forget_oldest(self) -> None:
        for version in self.versions()[:-MOST_KEPT]:
            rmtree(version.file.parent, ignore_errors=True)


def pictures_of(content: Content | None) -> Iterator[str]:
    """The file of every picture that a content shows, each once."""
    seen: set[str] = set()
    waiting: list[object] = [content]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Picture | CountryMap):
            if one.file not in seen:
                seen.add(one.file)
                yield one.file
        elif isinstance(one, tuple):
            waiting += one
        elif hasattr(one, "__dict__"):
            waiting += vars(one).values()


def _digest(loaded: Loaded) -> str:
    """Of the file and its pictures, so that a changed picture is another version."""
    whole = sha256(loaded.digest.encode())
    for name in sorted(pictures_of(loaded.content)):
        whole.update(name.encode())
        whole.update(sha256((loaded.assets / name).read_bytes()).digest())
    return whole.hexdigest()


def _said(latest: Version | None, content: Content) -> tuple[str, ...]:
    if latest is None:
        return (FIRST,)
    try:
        before = load(latest.file).content
    except ContentUnreadable:
        before = None
    if before is None:
        return ("the version before cannot be read any more",)
    return changes(before, content) or ("pictures or notes changed",)


def _keep_picture(source: Path, target: Path, before: Path | None, name: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if before is not None:
        kept = before / name
        with suppress(OSError):
            if kept.read_bytes() == source.read_bytes():
                os.link(kept, target)
                return
    copyfile(source, target)
    _sync(target)


def _write(file: Path, note: dict[str, object]) -> None:
    partial = file.with_name(f".{file.name}.part")
    partial.write_text(json.dumps(note, indent=2, ensure_ascii=False), encoding="utf-8")
    _sync(partial)
    partial.rename(file)


def _sync(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
