"""Erases what a visitor typed from the process's memory when the form is closed.

So it does when the staff area is closed, through which addresses and a PIN have gone.

Deleting the form is not enough: the QML engine keeps its strings until garbage collection, Qt's
keyboard keeps the text of the last field, SQLite the last row, and freed memory its content.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtQml import QQmlEngine

from kiosk.operation.memory import is_gc_paused
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import Runner

DELAY_MS = 1000
"""After the form is closed, so that its screen is gone and no frame is delayed."""


class MemoryCleaner(QObject):
    """Overwrites freed memory from when a form or the staff area opens until nothing is left.

    `close_signups` closes the signup database; it is called on `runner`.
    """

    def __init__(
        self,
        engine: QQmlEngine,
        showroom: ShowroomViewModel,
        runner: Runner,
        close_signups: Callable[[], None],
    ) -> None:
        super().__init__(engine)
        self._showroom = showroom
        self._runner = runner
        self._close_signups = close_signups
        self._stop_overwriting: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._clean)
        showroom.navigation.changed.connect(self._follow)
        showroom.staffChanged.connect(self._follow)
        showroom.session.ended.connect(clear_clipboard)

    @Slot()
    def _follow(self) -> None:
        if self._is_something_open():
            self._timer.stop()
            if self._stop_overwriting is None:
                from kiosk.operation.overwriting import overwrite_freed_memory

                self._stop_overwriting = overwrite_freed_memory()
        elif self._stop_overwriting is not None:
            self._timer.start()

    @Slot()
    def _clean(self) -> None:
        from kiosk.operation.overwriting import overwrite_cached_blocks

        self._showroom.forgetting.emit()
        if not is_gc_paused():
            gc.collect()
        engine = self.parent()
        assert isinstance(engine, QQmlEngine)
        engine.collectGarbage()
        overwrite_cached_blocks()
        self._runner.run(self._clean_store, self._stop, self._stop)

    def _clean_store(self) -> None:
        from kiosk.operation.overwriting import overwrite_cached_blocks

        self._close_signups()
        overwrite_cached_blocks()

    def _stop(self, _: object) -> None:
        if self._stop_overwriting is not None and not self._is_needed():
            self._stop_overwriting()
            self._stop_overwriting = None

    def _is_needed(self) -> bool:
        """Whether another form was opened meanwhile."""
        return self._timer.isActive() or self._is_something_open()

    def _is_something_open(self) -> bool:
        """A form, or the staff area, which exports signups."""
        return self._showroom.navigation.placeKind == "signup" or self._showroom.staff is not None


def clear_clipboard() -> None:
    """Clear what a visitor cut or copied, and what the keyboard has not committed yet."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
    QGuiApplication.inputMethod().reset()
