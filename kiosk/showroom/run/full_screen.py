"""Keeps the kiosk's window as large as its screen, whatever becomes of the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtQuick import QQuickWindow


class FullScreen(QObject):
    """A window that fills the first screen; on a bare X server nobody else sees to it.

    A television that is switched on later changes the screen's size, or is another screen.
    """

    def __init__(self, window: QQuickWindow) -> None:
        super().__init__(window)
        self._window = window
        self._screens: set[QScreen] = set()
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.primaryScreenChanged.connect(self._fill)
        application.screenAdded.connect(self._fill)
        application.screenRemoved.connect(self._forget)
        self._fill()
        window.showFullScreen()

    @Slot(QScreen)
    def _forget(self, screen: QScreen) -> None:
        self._screens.discard(screen)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        screen = QGuiApplication.primaryScreen()
        if screen is None:
            return  # the next one will do
        if screen not in self._screens:
            self._screens.add(screen)
            screen.geometryChanged.connect(self._fill)
        if self._window.screen() is not screen:
            self._window.setScreen(screen)
        # Under Wayland the compositor says how large a window is, but not before its first frame.
        is_ours_to_size = not QGuiApplication.platformName().startswith("wayland")
        if is_ours_to_size or not self._window.isVisible():
            self._window.setGeometry(screen.geometry())
