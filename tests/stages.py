"""A stage that is brought to a screen by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from kiosk.showroom.offscreen.stage import Stage


def bring(stage: Stage, name: str) -> QImage:
    """The picture of a screen, which is on the stage from then on."""
    return stage.picture(next(screen for screen in stage.screens() if screen.name == name))
