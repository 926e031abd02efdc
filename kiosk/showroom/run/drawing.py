"""Starts the kiosk again with Qt's software renderer where no graphics processor draws."""

from __future__ import annotations

import logging
import os
from functools import partial

from PySide6.QtQuick import QQuickWindow

from kiosk.operation.start_record import StartRecord
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.environment import RENDERER, SOFTWARE

GL_RENDERER = 0x1F01
EMULATIONS = ("llvmpipe", "softpipe", "swrast", "software rasterizer")
"""What Mesa calls OpenGL that the processor computes, at a hundred times the work of Qt's own."""

log = logging.getLogger(__name__)


def fall_back_to_software(
    window: QQuickWindow, showroom: ShowroomViewModel, record: StartRecord
) -> None:
    """A render device may be there without a driver that can use it; only drawing tells.

    Whoever has chosen a renderer keeps it, unless it fails.
    """

    def begin_again(_: QQuickWindow.SceneGraphError, message: str) -> None:
        _begin_again(record, "fails: " + message.strip().split("\n")[0])

    window.sceneGraphError.connect(begin_again)
    if RENDERER not in os.environ:
        showroom.presented.connect(partial(_leave_emulation, record))


def _leave_emulation(record: StartRecord) -> None:
    """After the first frame, since it takes a tenth of a second to ask."""
    name = renderer_of_opengl()
    if any(emulation in name.lower() for emulation in EMULATIONS):
        _begin_again(record, f"is emulated by {name}")


def renderer_of_opengl() -> str:
    """What draws for OpenGL; empty if that is not known."""
    from PySide6.QtGui import QOffscreenSurface, QOpenGLContext

    surface, context = QOffscreenSurface(), QOpenGLContext()
    surface.create()
    if not context.create() or not context.makeCurrent(surface):
        return ""
    name = context.functions().glGetString(GL_RENDERER)
    context.doneCurrent()
    return str(name)


def _begin_again(record: StartRecord, reason: str) -> None:
    from kiosk.operation.processes import replace_process

    log.warning("drawing in software because OpenGL %s", reason)
    record.withdraw()
    replace_process(os.environ | {RENDERER: SOFTWARE})
