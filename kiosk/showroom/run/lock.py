"""Keeps visitors in: what would close, hide or shrink the kiosk's full-screen window does nothing.

What ends the program stays: the staff area, a signal, the end of its display.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWindow
from PySide6.QtQuick import QQuickWindow

RESTORE_MS = 300
"""A window manager that insists is asked again, but not as fast as it can answer."""

LEFT_BUTTON = 1
"""Of `Qt.MouseButton`, which takes 30 ms of the start to import."""
BUTTONS = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseButtonRelease,
    }
)
DROPS = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop})


class WindowLock(QObject):
    """A window that is neither closed nor left by a key, a mouse or a window manager."""

    def __init__(self, window: QQuickWindow) -> None:
        super().__init__(window)
        self._window = window
        self._restoring = QTimer(self, singleShot=True, interval=RESTORE_MS)
        self._restoring.timeout.connect(self._restore)
        window.installEventFilter(self)
        window.visibilityChanged.connect(self._check)
        for change in (window.xChanged, window.yChanged, window.widthChanged, window.heightChanged):
            change.connect(self._check)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take from the window what only a mouse, a window manager or another program sends."""
        kind = event.type()
        if kind == QEvent.Type.Close or kind in DROPS:
            event.ignore()
            return True
        if kind in BUTTONS:
            assert isinstance(event, QMouseEvent)
            return event.button().value != LEFT_BUTTON  # the middle one pastes
        if kind == QEvent.Type.Expose:
            self._check()
        return kind == QEvent.Type.ContextMenu

    @Slot()
    def _check(self) -> None:
        if self._is_hidden() or self._is_moved() or not self._is_full_screen():
            self._restoring.start()

    def _is_full_screen(self) -> bool:
        return self._window.visibility() == QWindow.Visibility.FullScreen

    def _is_moved(self) -> bool:
        """Whether a window manager lets others move and resize it all the same."""
        return _is_under_x11() and self._window.geometry() != self._window.screen().geometry()

    def _is_hidden(self) -> bool:
        """Whether a window manager has unmapped it, as it does to show the desktop.

        Under Wayland a window is not exposed while its screen is off.
        """
        return _is_under_x11() and not self._window.isExposed()

    @Slot()
    def _restore(self) -> None:
        if self._is_hidden():
            self._window.hide()  # which Qt takes for shown; only what is mapped anew comes to light
        self._window.showFullScreen()
        if self._is_moved():
            self._window.setGeometry(self._window.screen().geometry())
        self._window.raise_()
        self._window.requestActivate()


def _is_under_x11() -> bool:
    return QGuiApplication.platformName() == "xcb"
