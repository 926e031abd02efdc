"""Reads the content behind the screen: again whenever it changes, one look at a time."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.content.file import real
from kiosk.operation.clock import Clock
from kiosk.operation.memory import collector_paused
from kiosk.toolkit.runner import Runner

if TYPE_CHECKING:
    from kiosk.content.versions.keeping import Keeper, Kept
    from kiosk.operation.settings import SettingsRead
    from kiosk.showroom.screenplay import Screenplay
    from kiosk.showroom.watching import ContentWatcher

SILENT_MS = 10_000
"""After so long the content file is said not to answer. Ten thousand entries take two seconds."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What the content file came to, and what is to be shown; None where there is nothing.

    `file` is the file itself where a link to it was named; None where it did not answer.
    """

    kept: Kept
    screenplay: Screenplay | None
    settings: SettingsRead
    file: Path | None


class ClockTrust(Protocol):
    """Says whether the clock is to be believed beside the content file, if that answers."""

    def __call__(self, *, is_silent: bool) -> bool: ...


class ContentReader(QObject):
    """Looks at a content file and watches it.

    The file may lie on a share that hangs: all that touches it runs on `runner`, which must have a
    thread to itself, and at most one look waits there. `is_clock_trusted` is asked there too.

    `clock` may show another day; `now` is the true time, with which a content is kept.
    """

    finished = Signal(object)
    failed = Signal(object)
    silent = Signal()
    """The file has not answered for `SILENT_MS`."""
    answered = Signal()
    """It has answered, whatever that was."""

    def __init__(
        self,
        content: Path,
        data: Path,
        clock: Clock,
        now: Callable[[], datetime],
        runner: Runner,
        is_clock_trusted: ClockTrust,
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
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self.read)
        self._overdue = QTimer(self, singleShot=True, interval=SILENT_MS)
        self._overdue.timeout.connect(self.silent)
        self._is_busy = False
        self._is_read_pending = False
        self._was_watching = False
        self._is_to_watch_later = False
        self._is_closed = False

    def close(self) -> None:
        """Look no more, and drop what a look that is under way comes to."""
        self._is_closed = True
        if self._watcher is not None:
            self._watcher.close()

    def look(self) -> ReadResult | None:
        """What is to be shown, or None while nothing has changed; on any one thread at a time."""
        from kiosk.content.versions.keeping import Keeper

        if self._keeper is None:
            self._keeper = Keeper(self._content, self._data, self._now)
        with collector_paused():
            kept = self._keeper.look()
            if kept is None:
                return None
            return self._result_of(kept, real(self._content))

    def look_at_kept(self) -> ReadResult:
        """What is to be shown while the file does not answer; on any thread."""
        from kiosk.content.versions.keeping import kept_instead

        with collector_paused():
            kept = kept_instead(self._content, self._data)
            return self._result_of(kept, None)

    def _result_of(self, kept: Kept, file: Path | None) -> ReadResult:
        from kiosk.operation.settings import read_settings

        return ReadResult(kept, self._derive(kept), read_settings(self._data), file)

    def _derive(self, kept: Kept) -> Screenplay | None:
        from kiosk.showroom.screenplay import derive_screenplay

        if kept.good is None:
            return None
        trusted = self._is_clock_trusted(is_silent=kept.is_silent)
        derived = derive_screenplay(kept.good, self._clock.now(), is_clock_trusted=trusted)
        # It stays, and looking through ten thousand entries for rubbish takes 200 ms.
        gc.freeze()
        return derived

    @Slot()
    def read(self) -> None:
        """Look in the background, once more where it is being looked already."""
        if self._begins():
            self._runner.run(self.look, self._take, self._fail)

    def read_first(self) -> None:
        """The same, without watching from then on."""
        self._is_to_watch_later = True
        self.read()

    @Slot()
    def watch(self) -> None:
        """Begin to watch, and look at what has changed until then."""
        if self._begins():
            self._was_watching = True
            if self._watcher is None:
                self._watcher = self._make_watcher()
            self._runner.run(self._watcher.look, self._look_again, self._fail)

    def _begins(self) -> bool:
        """Whether the thread is free for a look; if not, one more comes after this one."""
        if self._is_busy or self._is_closed:
            self._is_read_pending = True
            return False
        self._is_busy = True
        self._overdue.start()
        return True

    def _make_watcher(self) -> ContentWatcher:
        from kiosk.content.file import HISTORY_NAME
        from kiosk.showroom.watching import ContentWatcher

        watcher = ContentWatcher(self._content, self._data / HISTORY_NAME, self)
        watcher.changed.connect(self.watch)
        return watcher

    def _look_again(self, tells_by_itself: bool) -> None:
        """Watched first, then looked at: nothing changes unseen in between."""
        if self._is_closed:
            return
        if self._watcher is not None:
            self._watcher.follow(tells_by_itself=tells_by_itself)
        self._runner.run(self.look, self._take, self._fail)

    def _take(self, result: ReadResult | None) -> None:
        if self._is_closed:
            return
        if result is not None:
            self.finished.emit(result)
        self._go_on()

    def _fail(self, error: Exception) -> None:
        if self._is_closed:
            return
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._is_busy = False
        self._overdue.stop()
        self.answered.emit()
        if self._keeper is not None and self._keeper.again_in is not None:
            self._retry.start(1 + int(1000 * self._keeper.again_in))
        is_to_watch = not (self._was_watching or self._is_to_watch_later)
        self._is_to_watch_later = False
        if self._is_read_pending or is_to_watch:
            self._is_read_pending = False
            self.watch()
