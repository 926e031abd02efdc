"""What a visitor typed leaves the process's memory when the form is left.

Dropping the form is not enough: the QML engine keeps its strings until it looks for rubbish, Qt's
keyboard the text of the last field, SQLite the last row, and whoever frees memory what was in it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtQml import QQmlEngine

from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import Runner

GONE_MS = 1000
"""After the form is left, so that its screen is gone and no frame waits."""


class Forgetter(QObject):
    """Overwrites memory from when a form is opened until nothing of it is left.

    `close_signups` lets go of what was stored; it is called on `runner`.
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
        self._gone = QTimer(self, singleShot=True, interval=GONE_MS)
        self._gone.timeout.connect(self._forget)
        showroom.navigation.changed.connect(self._follow)
        showroom.session.ended.connect(forget_copies)

    @Slot()
    def _follow(self) -> None:
        if self._showroom.navigation.placeKind == "signup":
            self._gone.stop()
            if self._stop_overwriting is None:
                from kiosk.operation.overwriting import overwrite_what_is_freed

                self._stop_overwriting = overwrite_what_is_freed()
        elif self._stop_overwriting is not None:
            self._gone.start()

    @Slot()
    def _forget(self) -> None:
        from kiosk.operation.overwriting import overwrite_blocks_at_hand

        self._showroom.forgetting.emit()
        if gc.isenabled():  # else content is being read, which is far too much to look through
            gc.collect()
        engine = self.parent()
        assert isinstance(engine, QQmlEngine)
        engine.collectGarbage()
        overwrite_blocks_at_hand()
        self._runner.run(self._forget_stored, self._end, self._end)

    def _forget_stored(self) -> None:
        from kiosk.operation.overwriting import overwrite_blocks_at_hand

        self._close_signups()
        overwrite_blocks_at_hand()

    def _end(self, _: object) -> None:
        if self._stop_overwriting is not None and not self._is_needed():
            self._stop_overwriting()
            self._stop_overwriting = None

    def _is_needed(self) -> bool:
        """Whether a form was opened again meanwhile."""
        return self._gone.isActive() or self._showroom.navigation.placeKind == "signup"


def forget_copies() -> None:
    """Clear what a visitor cut or copied, and what the keyboard has not handed over yet."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
    QGuiApplication.inputMethod().reset()
