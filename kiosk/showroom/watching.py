"""Notices when the content, a picture or a hold changes, without waking a sleeping machine."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStorageInfo, QTimer, Signal

from kiosk.content.file import assets_of, real

QUIET_MS = 200
"""A save comes as several changes; they are told once."""
POLL_MS = 1000
"""How often a folder is looked at that tells nothing by itself."""
TELL_NOTHING = ("nfs", "cifs", "smb", "fuse", "9p", "afs", "ceph", "vboxsf")
"""File systems whose changes by other machines do not reach inotify(7)."""


class ContentWatcher(QObject):
    """Tells that something may have changed; whoever is told looks for itself."""

    changed = Signal()

    def __init__(self, content: Path, history: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._more = [] if history is None else [history]
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._noticed)
        self._watcher.directoryChanged.connect(self._noticed)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._tell)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.changed)

    def watch(self) -> None:
        """Begin, or look anew for what there is to watch."""
        wanted = {str(path) for path in self._paths()}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        refused = self._watcher.addPaths(sorted(wanted - watched)) if wanted - watched else []
        folder = real(self._content).parent
        if refused or not folder.is_dir() or _tells_nothing(folder):
            if not self._poll.isActive():
                self._poll.start()
        else:
            self._poll.stop()

    def _paths(self) -> list[Path]:
        """A file that is replaced shows in its folder, one that is written over in itself."""
        file = real(self._content)
        paths = [self._content.absolute().parent, file.parent, file, *self._more]
        for folder, _, names in os.walk(assets_of(self._content)):
            paths += [Path(folder), *(Path(folder, name) for name in names)]
        return [path for path in paths if os.path.exists(path)]  # noqa: PTH110 # never raises

    def _noticed(self, _: str) -> None:
        self._quiet.start()

    def _tell(self) -> None:
        self.watch()
        self.changed.emit()


def _tells_nothing(folder: Path) -> bool:
    kind = bytes(QStorageInfo(str(folder)).fileSystemType().data()).decode().lower()
    return kind.startswith(TELL_NOTHING)
