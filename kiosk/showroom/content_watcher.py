"""Notices when the content, a picture or a hold changes, without waking a sleeping machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

from kiosk.content.file import assets_of, resolve_link
from kiosk.showroom.inotify import Inotify

DEBOUNCE_MS = 200
"""A save comes as several changes; they are told once."""
POLL_MS = 1000
"""How often a folder is looked at that tells nothing by itself."""
WITHOUT_INOTIFY = ("nfs", "cifs", "smb", "fuse", "9p", "afs", "ceph", "vboxsf")
"""File systems whose changes by other machines do not reach inotify(7)."""
MOUNTS = Path("/proc/self/mountinfo")
"""See proc_pid_mountinfo(5)."""


class WatchedPaths(NamedTuple):
    """What there is to watch; `is_silent` where its file system tells nothing by itself."""

    paths: frozenset[str]
    is_silent: bool


def list_watched_paths(content: Path, history: Path | None) -> WatchedPaths:
    """Look for what there is to watch; on a file share that hangs, this does."""
    file = resolve_link(content)
    paths = [content.absolute().parent, file.parent, file]
    for folder, _, names in os.walk(assets_of(content)):
        paths += [Path(folder), *(Path(folder, name) for name in names)]
    here = [] if history is None else [history]
    if not file.parent.is_dir() or _lacks_inotify(file.parent):
        return WatchedPaths(_present(here), is_silent=True)
    # A file that is replaced shows in its folder, one that is written over in itself.
    return WatchedPaths(_present([*paths, *here]), is_silent=False)


def _present(paths: list[Path]) -> frozenset[str]:
    return frozenset(str(path) for path in paths if os.path.exists(path))  # noqa: PTH110 # never raises


class ContentWatcher(QObject):
    """Tells that something may have changed; whoever is told looks for itself."""

    changed = Signal()

    def __init__(self, content: Path, history: Path | None, parent: QObject | None = None) -> None:
        """`history` is the folder in which a hold may appear."""
        super().__init__(parent)
        self._content = content
        self._history = history
        self._quiet = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._quiet.timeout.connect(self.changed)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.changed)
        self._inotify: Inotify | None = None
        try:
            self._inotify = Inotify()
        except OSError:  # another system, or no descriptor left: then looking each second must do
            return
        readable = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._inotify.fileno(), readable, self)
        self._notifier.activated.connect(self._notice)

    def close(self) -> None:
        """Watch no more: the system has few watchers to give."""
        self._poll.stop()
        if self._inotify is not None:
            self._notifier.setEnabled(False)
            self._inotify = None

    def update(self) -> bool:
        """Watch what there is now, and nothing else; on any one thread at a time.

        Returns whether all of it tells by itself when it changes.
        """
        watched = list_watched_paths(self._content, self._history)
        inotify = self._inotify
        if inotify is None:
            return False
        return inotify.watch(sorted(watched.paths)) and not watched.is_silent

    def poll_unless(self, *, is_notified: bool) -> None:
        """Go by what `look` has returned."""
        if is_notified:
            self._poll.stop()
        elif not self._poll.isActive():
            self._poll.start()

    @Slot()
    def _notice(self) -> None:
        if self._inotify is not None and self._inotify.has_changed():
            self._quiet.start()


def _lacks_inotify(folder: Path) -> bool:
    return _file_system_of(folder).startswith(WITHOUT_INOTIFY)


def _file_system_of(folder: Path) -> str:
    """The kind of file system that a folder lies on; empty where the system does not say.

    `QStorageInfo` would say it with Python's lock held, which nobody could take on a share that
    hangs.
    """
    try:
        mounts = MOUNTS.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return ""
    place, depth, kind = resolve_link(folder), 0, ""
    for mount in mounts:
        where, _, what = mount.partition(" - ")
        point = Path(_unescape(where.split(" ")[4]))
        if place.is_relative_to(point) and len(point.parts) >= depth:  # a later one hides another
            depth, kind = len(point.parts), what.partition(" ")[0]
    return kind.lower()


def _unescape(name: str) -> str:
    """With the blanks, tabs, line ends and backslashes that are written as `\\040` and the like."""
    first, *more = name.split("\\")
    return first + "".join(chr(int(part[:3], 8)) + part[3:] for part in more)
