"""Notices when the content, a picture or a hold changes, without waking a sleeping machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStorageInfo, QTimer, Signal, Slot

from kiosk.content.file import assets_of, real

QUIET_MS = 200
"""A save comes as several changes; they are told once."""
POLL_MS = 1000
"""How often a folder is looked at that tells nothing by itself."""
TELL_NOTHING = ("nfs", "cifs", "smb", "fuse", "9p", "afs", "ceph", "vboxsf")
"""File systems whose changes by other machines do not reach inotify(7)."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What there is to watch; `is_silent` where its file system tells nothing by itself."""

    paths: frozenset[str]
    is_silent: bool


def list_watched(content: Path, history: Path | None) -> Watched:
    """Look for what there is to watch; on a file share that hangs, this does."""
    file = real(content)
    paths = [content.absolute().parent, file.parent, file]
    for folder, _, names in os.walk(assets_of(content)):
        paths += [Path(folder), *(Path(folder, name) for name in names)]
    here = [] if history is None else [history]
    if not file.parent.is_dir() or _tells_nothing(file.parent):
        return Watched(_present(here), is_silent=True)
    # A file that is replaced shows in its folder, one that is written over in itself.
    return Watched(_present([*paths, *here]), is_silent=False)


def _present(paths: list[Path]) -> frozenset[str]:
    return frozenset(str(path) for path in paths if os.path.exists(path))  # noqa: PTH110 # never raises


class ContentWatcher(QObject):
    """Tells that something may have changed; whoever is told looks for itself."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._noticed)
        self._watcher.directoryChanged.connect(self._noticed)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self.changed)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.changed)

    def watch(self, watched: Watched) -> None:
        """Watch this from now on, and nothing else."""
        before = {*self._watcher.files(), *self._watcher.directories()}
        if gone := before - watched.paths:
            self._watcher.removePaths(sorted(gone))
        new = watched.paths - before
        refused = self._watcher.addPaths(sorted(new)) if new else []
        if not refused and not watched.is_silent:
            self._poll.stop()
        elif not self._poll.isActive():
            self._poll.start()

    @Slot(str)
    def _noticed(self, _: str) -> None:
        self._quiet.start()


def _tells_nothing(folder: Path) -> bool:
    kind = bytes(QStorageInfo(str(folder)).fileSystemType().data()).decode().lower()
    return kind.startswith(TELL_NOTHING)
