"""The kiosk's window on the floor's screen."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.blocks.screen_sizes import Size
from kiosk.showroom.run.full_screen import FullScreen
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel


def show_window(window: QQuickWindow, size: Size | None, showroom: ShowroomViewModel) -> None:
    """Fill the screen, without a pointer and never dark; with a size, be a window like others."""
    if size is None:
        showroom.presented.connect(lambda: hide_pointer(window))
        showroom.presented.connect(keep_lit)
        FullScreen(window)
    else:
        window.resize(*size)
        window.show()


def hide_pointer(window: QQuickWindow) -> None:
    """After the first frame: with `Qt` come a hundred enumerations, 30 ms."""
    from PySide6.QtCore import Qt

    window.setCursor(Qt.CursorShape.BlankCursor)


def keep_lit() -> None:
    """After the first frame, too: what it needs of Python takes a while to import."""
    if QGuiApplication.platformName() == "xcb":
        from kiosk.showroom.run import blanking

        blanking.keep_lit()
