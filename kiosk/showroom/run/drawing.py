"""Starts the kiosk again with Qt's software renderer where the graphics processor does not draw."""

from __future__ import annotations

import logging
import os
import sys

from PySide6.QtQuick import QQuickWindow

log = logging.getLogger(__name__)


def fall_back_to_software(window: QQuickWindow) -> None:
    """A render device may be there without a driver that can use it; only drawing tells."""
    window.sceneGraphError.connect(_begin_again)


def _begin_again(_: QQuickWindow.SceneGraphError, message: str) -> None:
    log.warning("drawing in software because OpenGL fails: %s", message.strip().split("\n")[0])
    os.environ["QT_QUICK_BACKEND"] = "software"
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
