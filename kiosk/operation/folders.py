"""Folders: of the content that is shown, and of the data that is stored."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from kiosk.files import sync_folder
from kiosk.refused import Refused

PACKAGE = Path(__file__).resolve().parent.parent
KIOSK_LOCK_NAME = "kiosk.lock"
COMMAND_LOCK_NAME = "desk.lock"
LOG_NAME = "kiosk.log"
START_SCREENS_NAME = "opening.json"
INTERRUPTED_RESTORE_NAME = ".restoring"
"""What a restore that was interrupted has still to put in place (`operation/backup/swap.py`)."""
LEAST_FREE_BYTES = 200 * 1024 * 1024
"""Below this, the data folder's disk is nearly full; so much is left for signups."""
STICK_COPY_PREFIX = ".from-stick-"
"""Content that was copied from a stick and is not shown yet (`operation/stick_content.py`)."""
ROOT = 0


class FolderRefused(Refused):
    """A folder cannot be used; the message says why and what to do."""


class AlreadyRunning(FolderRefused):
    """Another kiosk uses the data folder."""


def default_content() -> Path:
    """The content file to use when none is named.

    `content.yaml` in the current folder, or else the one that came with the kiosk: installed inside
    the package, or at the top of the checkout.
    """
    here = Path("content.yaml")
    candidates = (here, bundled_file("content.yaml"))
    return next((file for file in candidates if os.path.isfile(file)), here)  # noqa: PTH113 # never raises


def bundled_file(name: str) -> Path:
    """A file or folder that came with the kiosk: in the package, or at the top of the checkout."""
    installed = PACKAGE / "default" / name
    return installed if installed.exists() else PACKAGE.parent / name


def came_with_the_kiosk(file: Path) -> bool:
    """Whether a file is part of the installed kiosk, so that only an update changes it."""
    return Path(os.path.realpath(file)).is_relative_to(PACKAGE)


def default_data() -> Path:
    """The platform's folder for a user's data."""
    from platformdirs import user_data_path

    return user_data_path("showroom-kiosk", appauthor=False)


def create_data_folder(folder: Path) -> None:
    """Create the data folder, for its owner only, and verify that it is writable.

    Raises:
        FolderRefused: says why not.
    """
    require_owner(folder)
    probe = folder / f".probe-{os.getpid()}"
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in missing:
            sync_folder(path.parent)  # a power cut must not lose the folder and its contents
        try:
            probe.write_bytes(b"")
        finally:
            probe.unlink(missing_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise FolderRefused(f"{folder} is not a folder; pass a folder with --data") from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise FolderRefused(f"the disk of {folder} is full; free some space on it") from None
        refuse_read_only_disk(folder, error)
        raise FolderRefused(
            f"{folder} cannot be written ({error.strerror}); fix its permissions, or pass another"
            " folder with --data"
        ) from None


def refuse_read_only_disk(folder: Path, error: OSError) -> None:
    """Refuse a data folder that failed to be written because its whole disk is read-only.

    Raises:
        FolderRefused: says what to do; permissions are of no help.
    """
    if error.errno == errno.EROFS:
        raise FolderRefused(
            f"{folder} is on a disk that has become read-only; check the disk, or copy the folder"
            " to another one and pass that with --data"
        ) from None


def remove_stick_copies(data: Path) -> None:
    """Remove what was copied from sticks and is not shown, or was left by a kiosk that ended."""
    from shutil import rmtree

    for folder in data.glob(f"{STICK_COPY_PREFIX}*"):
        rmtree(folder, ignore_errors=True)


def is_unused(folder: Path) -> bool:
    """Whether no kiosk has run on a data folder, nor any command that keeps something there."""
    try:
        return {file.name for file in folder.iterdir()} <= {KIOSK_LOCK_NAME, "settings.toml"}
    except OSError:
        return False


def require_owner(folder: Path) -> None:
    """Refuse other users, whose files would block the kiosk of a data folder.

    A missing folder is judged by the one it will be created in, unless that belongs to the system.

    Raises:
        FolderRefused: it is another user's.
    """
    try:
        nearest = nearest_existing(folder)
        owner = nearest.stat().st_uid
    except OSError:
        return
    if owner == os.geteuid() or (owner == ROOT and nearest != folder):
        return
    name = _user(owner)
    raise FolderRefused(
        f"{nearest} belongs to the user {name}; run the command as that user, with 'sudo -u"
        f" {name} kiosk'"
    )


def nearest_existing(path: Path) -> Path:
    """The path itself, or its nearest existing parent."""
    lineage = (path, *path.absolute().parents)
    return next(each for each in lineage if os.path.exists(each))  # noqa: PTH110 # never raises


def _user(number: int) -> str:
    from pwd import getpwuid

    try:
        return getpwuid(number).pw_name
    except KeyError:
        return f"#{number}"
