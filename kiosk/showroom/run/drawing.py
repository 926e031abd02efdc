"""Starts the kiosk again with Qt's software renderer where the graphics processor does not draw."""

from __future__ import annotations

import logging
import os

from PySide6.QtQuick import QQuickWindow

from kiosk.operation.start_record import StartRecord
from kiosk.toolkit.environment import RENDERER, SOFTWARE

log = logging.getLogger(__name__)


def fall_back_to_software(window: QQuickWindow, record: StartRecord) -> None:
    """A render device may be there without a driver that can use it; only drawing tells."""

    def begin_again(_: QQuickWindow.SceneGraphError, message: str) -> None:
        from kiosk.operation.processes import replace_process

        reason = message.strip().split("\n")[0]
        log.warning("drawing in software because OpenGL fails: %s", reason)
        record.withdraw()
        replace_process(os.environ | {RENDERER: SOFTWARE})

    window.sceneGraphError.connect(begin_again)
