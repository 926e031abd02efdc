"""Shows content that somebody brings on a stick: checked and copied before anything is shown.

It becomes a version of its own in the data folder, shown instead of the content file, which may
belong to somebody else and stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import copyfileobj, disk_usage, rmtree
from tempfile import mkdtemp
from typing import NamedTuple

from kiosk.blocks.walking import asset_files
from kiosk.content.check.loading import Loaded, load
from kiosk.content.file import MAX_BYTES, ContentUnreadable, assets_of, not_responding, resolve_link
from kiosk.content.lint.report import report
from kiosk.content.problems import Problem, first_of
from kiosk.content.versions.consent_register import ConsentRegister
from kiosk.content.versions.history import (
    CONTENT_NAME,
    History,
    HistoryRefused,
    PictureReplaced,
    Version,
    digest_of,
    summarize,
)
from kiosk.content.versions.losses import losses
from kiosk.content.versions.rolling_back import roll_back
from kiosk.files import NO_SPACE, opened_regular_file
from kiosk.operation.folders import (
    LEAST_FREE_BYTES,
    STICK_COPY_PREFIX,
    came_with_the_kiosk,
    remove_stick_copies,
)
from kiosk.operation.showroom_clock import showroom_clock
from kiosk.operation.sticks import Stick, is_mounted
from kiosk.timeout import CallTimedOut, call_within

ENDINGS = (".yaml", ".yml")
MOST_FOUND = 6
LOOK_SECONDS = 5.0
CHECK_SECONDS = 600.0
"""A gigabyte from a slow stick takes two minutes."""
UNCHANGED = "What is on screen stays as it is"


class StickContentRefused(Exception):
    """Nothing has changed on screen; the message says why and what to do."""


class StickContent(NamedTuple):
    """A content file on a stick."""

    stick: Stick
    file: Path
    changed_at: datetime

    @property
    def name(self) -> str:
        return self.file.relative_to(self.stick.folder).as_posix()


@dataclass(frozen=True, slots=True)
class CheckedContent:
    """What the check has found; `copy` is None where errors keep the content from being shown.

    `changes` are in the words of the history, empty where it is what is on screen. `missing` is
    what it lacks of that, in words. The stick is no longer needed.
    """

    problems: tuple[Problem, ...] = ()
    copy: Loaded | None = None
    changes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def find_contents(sticks: Sequence[Stick]) -> list[StickContent]:
    """The content files on sticks, at the top or one folder below, each once.

    A link that leads off the stick is none: what is in the kiosk's own files is not for its screen.
    """
    found: list[StickContent] = []
    for stick in sticks:
        try:
            found += call_within(LOOK_SECONDS, partial(_contents_on, stick))
        except (OSError, CallTimedOut):  # it is being pulled out, or does not respond
            continue
    return found[:MOST_FOUND]


def check_content(found: StickContent, data: Path, shown: int) -> CheckedContent:
    """Check a content as `kiosk check` does, and copy it; `shown` is the version on screen, or 0.

    Raises:
        StickContentRefused: it cannot be read or copied.
    """
    try:
        return call_within(CHECK_SECONDS, lambda: _check(found, data, shown))
    except CallTimedOut:
        raise StickContentRefused(
            f"{found.stick.name} does not respond. {UNCHANGED}; take another stick."
        ) from None


def show_content(checked: CheckedContent, data: Path, content: Path) -> Version:
    """Show what was checked instead of the content file, until that is saved with a change.

    Raises:
        StickContentRefused: the disk refuses, or the content file does not respond.
    """
    assert checked.copy is not None
    history, copy = History(data), checked.copy
    is_own_file = came_with_the_kiosk(content)
    try:
        version = history.accept(copy, showroom_clock(data).now())
        return call_within(
            LOOK_SECONDS,
            lambda: roll_back(
                history, version.number, content, is_from_stick=True, is_own_file=is_own_file
            ),
        )
    except CallTimedOut:
        raise StickContentRefused(f"{not_responding(content)}. {UNCHANGED}.") from None
    except (HistoryRefused, PictureReplaced) as error:
        raise StickContentRefused(f"{error.sentence} {UNCHANGED}.") from None


def _contents_on(stick: Stick) -> list[StickContent]:
    found: list[StickContent] = []
    seen: set[Path] = set()
    folders = [stick.folder, *(f for f in sorted(stick.folder.iterdir()) if _is_plain_folder(f))]
    for folder in folders:
        files = [
            file
            for file in folder.iterdir()
            if file.suffix.lower() in ENDINGS
            and not file.name.startswith(".")  # macOS leaves such files beside each other
            and file.is_file()
            and _is_on(stick, file)
        ]
        for file in sorted(files, key=lambda file: (file.name != CONTENT_NAME, file.name)):
            if resolve_link(file) in seen:
                continue
            seen.add(resolve_link(file))
            changed_at = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
            found.append(StickContent(stick, file, changed_at))
    return found


def _is_plain_folder(folder: Path) -> bool:
    return folder.is_dir() and not folder.name.startswith(".")


def _is_on(stick: Stick, path: Path) -> bool:
    """Whether a file or folder is on the stick, and not elsewhere behind a link."""
    return resolve_link(path).is_relative_to(resolve_link(stick.folder))


def _check(found: StickContent, data: Path, shown: int) -> CheckedContent:
    stick = found.stick
    history = History(data)
    _require_readable(found)
    with _sentences(stick, data):
        loaded = load(found.file)
        problems = loaded.problems or ConsentRegister(data, history).objections(loaded)
    if problems:
        if not is_mounted(stick):  # a picture that is gone is no mistake in the file
            raise StickContentRefused(_pulled_out(stick))
        return CheckedContent(problems)
    with _sentences(stick, data), _copied(loaded, data) as copy:
        if copy.content is None or digest_of(copy) != digest_of(loaded):
            raise StickContentRefused(
                f"{stick.name} returns something else each time it is read. {UNCHANGED}; take"
                " another stick."
            )
    before = _version(history, shown)
    warnings = report(copy, showroom_clock(data).now().date()).problems
    if before is not None and before.digest == digest_of(copy):
        return CheckedContent(first_of(warnings), copy)
    changes = summarize(before, None, copy.content)
    missing = () if before is None else losses(load(before.file), copy)
    return CheckedContent(first_of(warnings), copy, changes, missing)


def _require_readable(found: StickContent) -> None:
    """
    Raises:
        StickContentRefused: it is elsewhere behind a link, or no content file by its size.
    """
    stick, name = found.stick, f"The file {found.name}"
    assets = f"The assets folder of {found.name}"
    for path, what in ((found.file, name), (assets_of(found.file), assets)):
        if not _is_on(stick, path):
            raise StickContentRefused(
                f"{what} is a link that leads out of {stick.name}. {UNCHANGED}; copy the"
                " files themselves to the stick."
            )
    try:
        size = found.file.stat().st_size
    except OSError:
        return  # which is told by whoever reads it
    if size > MAX_BYTES:
        raise StickContentRefused(
            f"{name} has {size / 1_000_000:,.0f} MB, and a content file has at most"
            f" {MAX_BYTES // 1_000_000} MB. {UNCHANGED}; this is probably another file."
        )


def _version(history: History, number: int) -> Version | None:
    try:
        return history.version(number)
    except HistoryRefused:
        return None


@contextmanager
def _copied(loaded: Loaded, data: Path) -> Iterator[Loaded]:
    """A copy on the kiosk's own disk, read again; removed where something goes wrong."""
    assert loaded.content is not None
    remove_stick_copies(data)
    files = list(asset_files(loaded.content))
    _require_space(data, len(loaded.raw) + sum((loaded.assets / f).stat().st_size for f in files))
    folder = Path(mkdtemp(prefix=STICK_COPY_PREFIX, dir=data))
    try:
        for name in files:
            target = folder / "assets" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with opened_regular_file(loaded.assets / name) as source, target.open("xb") as copy:
                copyfileobj(source, copy)
        (folder / CONTENT_NAME).write_bytes(loaded.raw)  # what was checked
        yield load(folder / CONTENT_NAME)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise


def _require_space(data: Path, size: int) -> None:
    """For the copy and for the history's own, and signups must still go on the disk.

    Raises:
        StickContentRefused: there is not enough.
    """
    free, needed = disk_usage(data).free, 2 * size + LEAST_FREE_BYTES
    if free < needed:
        raise StickContentRefused(
            f"The kiosk's disk has {free >> 20:,} MB free ({data}), and showing this takes"
            f" {needed >> 20:,} MB, with room for signups. {UNCHANGED}; free some space on it."
        )


@contextmanager
def _sentences(stick: Stick, data: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ContentUnreadable) as error:
        if not is_mounted(stick):
            raise StickContentRefused(_pulled_out(stick)) from None
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            raise StickContentRefused(
                f"The kiosk's disk is full ({data}). {UNCHANGED}; free some space on it."
            ) from None
        if isinstance(error, OSError) and str(error.filename).startswith(f"{data}{os.sep}"):
            raise StickContentRefused(
                f"The kiosk's disk cannot be written ({error.strerror}). {UNCHANGED}; check it."
            ) from None
        reason = str(error) if isinstance(error, ContentUnreadable) else error.strerror
        raise StickContentRefused(
            f"{stick.name} cannot be read ({reason}). {UNCHANGED}; take another stick."
        ) from None


def _pulled_out(stick: Stick) -> str:
    return (
        f"{stick.name} was pulled out before everything was read. {UNCHANGED}; plug it in and check"
        " again."
    )
