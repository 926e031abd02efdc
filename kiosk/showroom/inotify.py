"""inotify(7) by itself: paths are added on one thread, and another one is told.

`QFileSystemWatcher` asks the disk on the thread that draws, and with Python's lock held.
"""

from __future__ import annotations

import ctypes
import os
import struct
import weakref
from collections.abc import Iterable

IN_MODIFY, IN_ATTRIB, IN_CLOSE_WRITE = 0x2, 0x4, 0x8
IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE, IN_DELETE = 0x40, 0x80, 0x100, 0x200
IN_DELETE_SELF, IN_MOVE_SELF = 0x400, 0x800
IN_IGNORED = 0x8000
WANTED = (
    IN_MODIFY
    | IN_ATTRIB
    | IN_CLOSE_WRITE
    | IN_MOVED_FROM
    | IN_MOVED_TO
    | IN_CREATE
    | IN_DELETE
    | IN_DELETE_SELF
    | IN_MOVE_SELF
)
EVENT = struct.Struct("iIII")
"""Of `struct inotify_event`: watch, mask, cookie, length of the name that follows."""
MOST_READ = 1 << 16


class Inotify:
    """Tells of changes to files and folders by a descriptor that becomes readable.

    Raises:
        OSError: the system has none, or none to give.
    """

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        try:
            self._descriptor: int = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        except AttributeError:
            raise OSError("no inotify") from None
        if self._descriptor < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        weakref.finalize(self, os.close, self._descriptor)
        self._watches: set[int] = set()

    def fileno(self) -> int:
        """Readable once something has changed."""
        return self._descriptor

    def watch(self, paths: Iterable[str]) -> bool:
        """Watch what has these names now, and nothing else; on any one thread at a time.

        Returns whether all of it is watched. Links are followed.
        """
        add = self._libc.inotify_add_watch
        found = [add(self._descriptor, os.fsencode(path), WANTED) for path in paths]
        watches = {watch for watch in found if watch >= 0}
        for watch in self._watches - watches:
            self._libc.inotify_rm_watch(self._descriptor, watch)
        self._watches = watches
        return all(watch >= 0 for watch in found)

    def has_changed(self) -> bool:
        """Whether anything has changed since this was asked last; never waits."""
        is_changed = False
        while events := self._read():
            at = 0
            while at < len(events):
                _, mask, _, length = EVENT.unpack_from(events, at)
                is_changed |= mask != IN_IGNORED  # only said of what is watched no more
                at += EVENT.size + length
        return is_changed

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, MOST_READ)
        except BlockingIOError:
            return b""
