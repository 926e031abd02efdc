"""Reads the content in the background whenever it changes, one read at a time."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.content.file import resolve_link
from kiosk.operation.clock import Clock
from kiosk.operation.memory import gc_paused
from kiosk.toolkit.runner import Runner

if TYPE_CHECKING:
    from kiosk.content.versions.current_content import ContentTracker, CurrentContent
    from kiosk.operation.settings import SettingsResult
    from kiosk.showroom.content_watcher import ContentWatcher
    from kiosk.showroom.screenplay import Screenplay

UNRESPONSIVE_MS = 10_000
"""Then the content file counts as unresponsive. Ten thousand entries take two seconds."""


class ReadResult(NamedTuple):
    """The result of reading the content file; `screenplay` is None if there is nothing to show.

    `file` is the resolved path of the file; None if it did not respond.
    """

    current: CurrentContent
    screenplay: Screenplay | None
    settings: SettingsResult
    file: Path | None


class ClockTrust(Protocol):
    """Whether the clock is trusted, given the content file's times unless it is unresponsive."""

    def __call__(self, *, is_silent: bool) -> bool: ...


class ContentReader(QObject):
    """Reads a content file and watches it.

    The file may be on a share that hangs: everything that accesses it runs on `runner`, which must
    have its own thread, and at most one read waits there. `is_clock_trusted` is called there too.

    `clock` may show another day; `now` is the true time, with which versions are stored.
    """

    finished = Signal(object)
    failed = Signal(object)
    unresponsive = Signal()
    """The file has not responded for `UNRESPONSIVE_MS`."""
    responded = Signal()
    """A read has finished, successfully or not."""

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
        self._tracker: ContentTracker | None = None
        self._watcher: ContentWatcher | None = None
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self.read)
        self._response_timeout = QTimer(self, singleShot=True, interval=UNRESPONSIVE_MS)
        self._response_timeout.timeout.connect(self.unresponsive)
        self._is_busy = False
        self._is_read_pending = False
        self._was_watching = False
        self._defer_watching = False
        self._is_closed = False

    def close(self) -> None:
        """Stop watching, and ignore the result of a read in progress."""
        self._is_closed = True
        if self._watcher is not None:
            self._watcher.close()

    def poll(self) -> ReadResult | None:
        """Read what to show; None if nothing has changed. For any one thread at a time."""
        from kiosk.content.versions.current_content import ContentTracker

        if self._tracker is None:
            self._tracker = ContentTracker(self._content, self._data, self._now)
        with gc_paused():
            current = self._tracker.poll()
            if current is None:
                return None
            return self._result_of(current, resolve_link(self._content))

    def read_last_valid(self) -> ReadResult:
        """Read what to show while the file does not respond; on any thread."""
        from kiosk.content.versions.current_content import last_valid_content

        with gc_paused():
            current = last_valid_content(self._content, self._data)
            return self._result_of(current, None)

    def read_stored(self, number: int) -> ReadResult:
        """Read a stored version, or another one if that cannot be read; on any thread."""
        from kiosk.content.versions.current_content import stored_content

        with gc_paused():
            return self._result_of(stored_content(self._data, number), None)

    def _result_of(self, current: CurrentContent, file: Path | None) -> ReadResult:
        from kiosk.operation.settings import read_settings

        return ReadResult(current, self._derive(current), read_settings(self._data), file)

    def _derive(self, current: CurrentContent) -> Screenplay | None:
        from kiosk.showroom.screenplay import derive_screenplay

        if current.loaded is None:
            return None
        trusted = self._is_clock_trusted(is_silent=current.is_silent)
        derived = derive_screenplay(current.loaded, self._clock.now(), is_clock_trusted=trusted)
        # It is kept, and collecting garbage among ten thousand entries takes 200 ms.
        gc.freeze()
        return derived

    @Slot()
    def read(self) -> None:
        """Read in the background; once more afterward if a read is in progress."""
        if self._try_start():
            self._runner.run(self.poll, self._on_result, self._on_error)

    def read_first(self) -> None:
        """Read in the background without starting to watch."""
        self._defer_watching = True
        self.read()

    @Slot()
    def watch(self) -> None:
        """Start to watch, and read what has changed until then."""
        if self._try_start():
            self._was_watching = True
            if self._watcher is None:
                self._watcher = self._make_watcher()
            self._runner.run(self._watcher.update, self._poll_watched, self._on_error)

    def _try_start(self) -> bool:
        """Start a read if none is in progress; otherwise request another one after it."""
        if self._is_busy or self._is_closed:
            self._is_read_pending = True
            return False
        self._is_busy = True
        self._response_timeout.start()
        return True

    def _make_watcher(self) -> ContentWatcher:
        from kiosk.content.file import HISTORY_NAME
        from kiosk.showroom.content_watcher import ContentWatcher

        watcher = ContentWatcher(self._content, self._data / HISTORY_NAME, self)
        watcher.changed.connect(self.watch)
        return watcher

    def _poll_watched(self, is_notified: bool) -> None:
        """Read after the watches are set, so that no change in between is missed."""
        if self._is_closed:
            return
        if self._watcher is not None:
            self._watcher.poll_unless(is_notified=is_notified)
        self._runner.run(self.poll, self._on_result, self._on_error)

    def _on_result(self, result: ReadResult | None) -> None:
        if self._is_closed:
            return
        if result is not None:
            self.finished.emit(result)
        self._finish()

    def _on_error(self, error: Exception) -> None:
        if self._is_closed:
            return
        self.failed.emit(error)
        self._finish()

    def _finish(self) -> None:
        self._is_busy = False
        self._response_timeout.stop()
        self.responded.emit()
        if self._tracker is not None and self._tracker.retry_in is not None:
            self._retry.start(1 + int(1000 * self._tracker.retry_in))
        is_to_watch = not (self._was_watching or self._defer_watching)
        self._defer_watching = False
        if self._is_read_pending or is_to_watch:
            self._is_read_pending = False
            self.watch()
