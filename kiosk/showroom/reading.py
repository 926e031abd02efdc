"""Reads the content behind the screen: again whenever it changes, one look at a time."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.operation.clock import Clock
from kiosk.operation.memory import collector_paused
from kiosk.toolkit.runner import Runner

if TYPE_CHECKING:
    from kiosk.content.keeping import Keeper, Kept
    from kiosk.showroom.showing import Showing
    from kiosk.showroom.watching import ContentWatcher, Watched


@dataclass(frozen=True, slots=True)
class Looked:
    """What the content file came to, and what is to be shown; None where there is nothing."""

    kept: Kept
    showing: Showing | None


class ContentReader(QObject):
    """Looks at a content file and watches it.

    The file may lie on a share that hangs: all that touches it runs on `runner`, which must have a
    thread to itself, and at most one look waits there. `is_clock_trusted` is asked there too.

    `clock` may show another day; `now` is the true time, with which a content is kept.
    """

    looked = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        content: Path,
        data: Path,
        clock: Clock,
        now: Callable[[], datetime],
        runner: Runner,
        is_clock_trusted: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._content = content
        self._data = data
        self._clock = clock
        self._now = now
        self._runner = runner
        self._is_clock_trusted = is_clock_trusted
        self._keeper: Keeper | None = None
        self._watcher: ContentWatcher | None = None
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.read)
        self._is_busy = False
        self._is_asked_again = False
        self._was_watching = False

    def look(self) -> Looked | None:
        """What is to be shown, or None while nothing has changed; on any one thread at a time."""
        from kiosk.content.keeping import Keeper
        from kiosk.showroom.showing import showing

        if self._keeper is None:
            self._keeper = Keeper(self._content, self._data, self._now)
        with collector_paused():
            kept = self._keeper.look()
            if kept is None:
                return None
            trusted, shown = self._is_clock_trusted(), kept.shown
            now = self._clock.now()
            derived = None if shown is None else showing(shown, now, is_clock_trusted=trusted)
            # It stays, and looking through ten thousand entries for rubbish takes 200 ms.
            gc.freeze()
            return Looked(kept, derived)

    @Slot()
    def read(self) -> None:
        """Look in the background, once more where it is being looked already."""
        if self._is_busy:
            self._is_asked_again = True
            return
        self._is_busy = True
        self._runner.run(self.look, self._take, self._fail)

    @Slot()
    def watch(self) -> None:
        """Begin to watch, and look at what has changed until then."""
        if self._is_busy:
            self._is_asked_again = True
            return
        self._is_busy = self._was_watching = True
        self._runner.run(self._list_watched, self._look_again, self._fail)

    def _list_watched(self) -> Watched:
        from kiosk.content.file import HISTORY_NAME
        from kiosk.showroom.watching import list_watched

        return list_watched(self._content, self._data / HISTORY_NAME)

    def _look_again(self, watched: Watched) -> None:
        """Watched first, then looked at: nothing changes unseen in between."""
        if self._watcher is None:
            from kiosk.showroom.watching import ContentWatcher

            self._watcher = ContentWatcher(self)
            self._watcher.changed.connect(self.watch)
        self._watcher.watch(watched)
        self._runner.run(self.look, self._take, self._fail)

    def _take(self, looked: Looked | None) -> None:
        if looked is not None:
            self.looked.emit(looked)
        self._go_on()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._is_busy = False
        if self._keeper is not None and self._keeper.again_in is not None:
            self._again.start(1 + int(1000 * self._keeper.again_in))
        if self._is_asked_again or not self._was_watching:
            self._is_asked_again = False
            self.watch()
