"""The way back to a content that was shown, and forward to the file again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from kiosk.content.check.loading import load
from kiosk.content.file import ContentUnreadable, read_bytes
from kiosk.content.versions.history import ANY_FILE, History, HistoryRefused, Version

MOST_TRIES = 5
"""A file that is saved meanwhile is rolled back from as it is then."""


def roll_back(
    history: History,
    number: int,
    content: Path,
    *,
    is_from_stick: bool = False,
    is_own_file: bool = False,
) -> Version:
    """Show a version until the content file is saved with a change.

    `is_own_file` says that the file came with the kiosk: then only an update changes it, and the
    version is shown until something else is asked for. A file that cannot be read is known from
    when it could be: it is on a share that will return.

    Raises:
        HistoryRefused: it is not kept or damaged, the disk refuses, or the file is being written.
    """
    for _ in range(MOST_TRIES):
        digest = _digest(content)
        known = digest or _last_known(history, number if is_from_stick else None)
        instead_of = ANY_FILE if is_own_file else known
        hold = history.hold(number, instead_of, is_from_stick=is_from_stick)
        if history.held() == hold and (is_own_file or _digest(content) == digest):
            return hold.version
    raise HistoryRefused(f"{content} is being written; try again in a moment")


def release(history: History, content: Path) -> bool:
    """Show the content file again, also where it lacks something; whether a version was held.

    Raises:
        HistoryRefused: the disk refuses.
    """
    hold = history.held()
    if hold is not None:
        history.release(hold, confirmed=_digest(content))
    return hold is not None


def version_before(history: History, content: Path, safe_version: int | None = None) -> int:
    """The version before what is shown, or is about to be.

    `safe_version` is on screen in safe mode, until a restart shows what is held, or the file. Where
    that is a later version, which may be what crashes, the way back is to stay with this one.

    Raises:
        HistoryRefused: there is none.
    """
    versions, hold = history.versions(), history.held()
    if hold is None and versions and _is_about_to_be_shown(content, versions[-1]):
        return versions[-1].number if safe_version is None else safe_version
    shown = hold.version.number if hold is not None else versions[-1].number if versions else 0
    if safe_version is not None and safe_version < shown:
        return safe_version
    earlier = [version.number for version in versions if version.number < shown]
    if not earlier:
        raise HistoryRefused(
            "there is no earlier version to go back to; 'kiosk history' lists the versions"
        )
    return earlier[-1]


def _is_about_to_be_shown(content: Path, latest: Version) -> bool:
    """Whether the file is in order and not kept yet: it was saved a moment ago."""
    try:
        return _digest(content) != _digest(latest.file) and load(content).content is not None
    except ContentUnreadable:
        return False


def _last_known(history: History, brought: int | None) -> str:
    """The SHA-256 of the content file as it was read last; empty if it never was.

    `brought` is the version that a stick has just brought.
    """
    hold = history.held()
    if hold is not None and hold.instead_of not in {"", ANY_FILE}:
        return hold.instead_of
    accepted = [version for version in history.versions() if version.number != brought]
    return _digest(accepted[-1].file) if accepted else ""


def _digest(content: Path) -> str:
    try:
        return sha256(read_bytes(content)).hexdigest()
    except ContentUnreadable:
        return ""
