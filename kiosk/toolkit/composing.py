"""Dead keys and Compose of a keyboard that is plugged in, on X11 and Wayland.

Qt has one input method at a time. Here it is the on-screen keyboard, which leaves keys alone; Qt's
other one, which composes, is not loaded then, and a dead key would write nothing.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent

PLATFORMS: Final = ("xcb", "wayland")
"""Where a key's native code is a keysym, and nobody else composes."""
DEAD_KEYS: Final = range(0x01001250, 0x01001294)
"""From `Qt.Key.Key_Dead_Grave` to `Key_Dead_Longsolidusoverlay`; `Qt` takes 30 ms of the start."""
COMPOSE_KEY: Final = 0x01001120
"""`Qt.Key.Key_Multi_key`."""

if TYPE_CHECKING:
    from kiosk.toolkit.sequences import Sequences

log = logging.getLogger(__name__)


class KeyComposer(QObject):
    """Filters a window's keys: those of a sequence are kept back until it writes something."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sequences: Sequences | None = None
        self._is_missing = False
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusObjectChanged.connect(self._reset)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_composing = self._is_composing()
        if not is_composing and not _begins_a_sequence(event):
            return False
        return _takes_text() and self._take(event)

    def _take(self, event: QKeyEvent) -> bool:
        sequences = self._load()
        if sequences is None:
            return False
        if event.isAutoRepeat():
            return True
        if not sequences.feed(event.nativeVirtualKey()):
            return False
        text = sequences.take_text()
        if text:
            written = QInputMethodEvent()
            written.setCommitString(text)
            QCoreApplication.sendEvent(QGuiApplication.focusObject(), written)
        return bool(text) or sequences.is_begun

    def _load(self) -> Sequences | None:
        if self._sequences is None and not self._is_missing:
            from kiosk.toolkit.sequences import Sequences

            try:
                self._sequences = Sequences()
            except OSError as error:
                self._is_missing = True
                log.warning("dead keys do not work: %s", error)
        return self._sequences

    def _is_composing(self) -> bool:
        return self._sequences is not None and self._sequences.is_begun

    @Slot()
    def _reset(self) -> None:
        """What was begun in one field is not finished in another, nor by another visitor."""
        if self._sequences is not None:
            self._sequences.reset()


def compose_keys(window: QObject) -> None:
    """Let dead keys and Compose write in this window, where nobody else does."""
    if QGuiApplication.platformName().startswith(PLATFORMS):
        window.installEventFilter(KeyComposer(window))


def _begins_a_sequence(event: QKeyEvent) -> bool:
    key = int(event.key())
    return key in DEAD_KEYS or key == COMPOSE_KEY


def _takes_text() -> bool:
    from PySide6.QtCore import Qt

    enabled = Qt.InputMethodQuery.ImEnabled
    return bool(QGuiApplication.inputMethod().queryFocusObject(enabled, None))
