"""Where files go that somebody takes away: onto a drive that is plugged in, not onto the kiosk."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from kiosk.operation.folders import FolderRefused, nearest_there

FOR_DRIVES = tuple(map(Path, ("/media", "/run/media", "/mnt", "/Volumes")))
"""Where systems show sticks and other drives that come and go."""
MOUNTED, LISTED = Path("/proc/self/mountinfo"), Path("/etc/fstab")
ON_DEMAND = "autofs"
"""What holds the place of a drive that is mounted when somebody looks."""
ROOT = Path("/")


def require_destination(out: Path, data: Path) -> None:
    """A file or folder that a command is about to write must not stay behind on the kiosk.

    Raises:
        FolderRefused: it would lie in the data folder, or on the machine's own disk in the place of
            a drive that is not there.
    """
    real = Path(os.path.realpath(out))
    way = (real, *real.parents)
    if any(_is_same(folder, data) for folder in way):
        raise FolderRefused(
            f"{out} would be in the data folder, among the kiosk's own files; name a USB stick or"
            " another folder"
        )
    if not _is_on_its_drive(way):
        raise FolderRefused(
            f"{out} would stay on the kiosk's own disk, since no drive is mounted there; plug the"
            " drive in and try again, or name another folder"
        )


def lacks_its_drive(folder: Path) -> bool:
    """Whether a folder lies on the machine's own disk in the place of a drive that is not there."""
    real = Path(os.path.realpath(folder))
    return not _is_on_its_drive((real, *real.parents))


def _is_same(folder: Path, data: Path) -> bool:
    try:
        return folder.samefile(data)
    except OSError:
        return False


def _is_on_its_drive(way: tuple[Path, ...]) -> bool:
    """Whether there is a drive wherever there should be one; `way` goes from a file to the root."""
    places = [place for place in way if place in _places_for_drives()]
    if not places:
        return True
    with suppress(OSError):
        next(nearest_there(way[0]).iterdir(), None)  # mounts what is mounted on demand
    mounted = _mounted(way)
    return all(mounted.intersection(way[: way.index(place) + 1]) for place in places)


def _places_for_drives() -> set[Path]:
    return {Path(os.path.realpath(place)) for place in (*FOR_DRIVES, *_listed())} - {ROOT}


def _listed() -> list[Path]:
    """Where the machine's list of drives has them mounted, whether they are there or not."""
    try:
        lines = LISTED.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return []
    fields = [line.split() for line in lines if not line.lstrip().startswith("#")]
    return [_path(words[1]) for words in fields if len(words) > 1 and words[1].startswith("/")]


def _mounted(way: tuple[Path, ...]) -> set[Path]:
    """The folders of a way on which something is mounted now."""
    try:
        lines = MOUNTED.read_text(errors="surrogateescape").splitlines()
    except OSError:  # a system without such a list
        return {folder for folder in way if os.path.ismount(folder)}  # never raises
    kinds: dict[Path, str] = {}
    for line in lines:
        point, _, kind = line.partition(" - ")
        kinds[_path(point.split()[4])] = kind.split()[0]  # the last one lies on top
    return {folder for folder in way if kinds.get(folder, ON_DEMAND) != ON_DEMAND}


def _path(escaped: str) -> Path:
    r"""As both lists write it: a blank is `\040`."""
    return Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), escaped))
