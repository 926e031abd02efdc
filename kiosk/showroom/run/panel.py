"""Switches the panel itself, where the system lets the kiosk do so."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def switch_panel(on: bool) -> None:
    """Under an X server; a black picture is all that there is elsewhere."""
    if QGuiApplication.platformName() == "xcb":
        from kiosk.showroom.run import blanking

        blanking.switch_panel(on=on)
