"""The kiosk's window on the floor's screen."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.blocks.screen_sizes import Size
from kiosk.showroom.run.full_screen import FullScreen
from kiosk.showroom.run.lock import WindowLock
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel


def show_window(window: QQuickWindow, size: Size | None, showroom: ShowroomViewModel) -> None:
    """Fill the screen, without a pointer, never dark and locked; with a size, be like others."""
    if size is None:
        showroom.presented.connect(hide_pointer)
        showroom.presented.connect(keep_lit)
        FullScreen(window)
        WindowLock(window)
    else:
        window.resize(*size)
        window.show()


def hide_pointer() -> None:
    """After the first frame: with `Qt` come a hundred enumerations, 30 ms.

    For the application, since a window with Qt Quick's items goes by what is under the pointer.
    """
    from PySide6.QtCore import Qt

    QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)


def keep_lit() -> None:
    """After the first frame, too: what it needs of Python takes a while to import."""
    if QGuiApplication.platformName() == "xcb":
        from kiosk.showroom.run import blanking

        blanking.keep_lit()
