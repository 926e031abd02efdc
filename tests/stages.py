"""An offscreen kiosk that is brought to a screen by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk


def bring(stage: OffscreenKiosk, name: str) -> QImage:
    """The picture of a screen, which is shown from then on."""
    return stage.picture(next(screen for screen in stage.screens() if screen.name == name))
