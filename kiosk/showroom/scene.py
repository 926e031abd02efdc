"""The Qt side common to all that shows the scene: environment, application, window."""

from __future__ import annotations

import gc
import logging
import os
import sys
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import (
    QLoggingCategory,
    QMessageLogContext,
    QObject,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent, QQmlFileSelector
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.showroom.touch import touches  # noqa: F401 # as below
from kiosk.showroom.touch.activity import ActivityFilter
from kiosk.showroom.touch.touch_guard import TouchGuard
from kiosk.showroom.viewmodels import (  # noqa: F401 # QML makes them; importing registers them
    lettering,
    letters,
    photographs,
    screen_files,
    signs,
    videos,
)
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit import environment
from kiosk.toolkit.composing import compose_keys
from kiosk.toolkit.errors import CannotShow
from kiosk.toolkit.fonts import load_fonts
from kiosk.toolkit.images import QrImageProvider

QML_FOLDER = Path(__file__).resolve().parent / "qml"

HARMLESS = (
    "overrides a member of the base object",  # inside Qt Virtual Keyboard
    "qtvirtualkeyboard currently is not supported at client-side",  # under Wayland, where it works
)
"""What Qt says of itself at every start; nobody can act on it."""

NEVER_LOGGED = "qt.multimedia.symbolsresolver=false"
"""Qt Multimedia, which the keyboard links, looks for PipeWire as it is loaded.

To log that, Qt's thread waits for Python's lock and holds the dynamic loader's; a thread of ours
that imports a library then holds Python's and waits for the loader's, forever.
"""

log = logging.getLogger("kiosk.qt")


class SceneBroken(CannotShow):
    """The QML did not load; a fault of the installation or of ours."""


class Scene(NamedTuple):
    """What a visitor sees, in a window that is not shown yet; its engine must go first."""

    engine: QQmlApplicationEngine
    showroom: ShowroomViewModel
    window: QQuickWindow


def build_scene(showroom: ShowroomViewModel) -> Scene:
    """The kiosk's window with an engine of its own.

    Raises:
        SceneBroken: with what QML said.
    """
    engine = make_engine()
    window = open_window(engine, "Showroom/Main.qml", showroom=showroom)
    scene = window.findChild(QQuickItem, "scene")
    assert scene is not None
    serve(window, scene, showroom)
    return Scene(engine, showroom, window)


def prepare_environment() -> None:
    """Set what Qt reads from the environment; must come before the application is made."""
    environment.prepare(os.environ, QML_FOLDER)


def make_application() -> QGuiApplication:
    """The application with its typeface; Qt's messages go to the log.

    From now on Python collects no garbage by itself, see `garbage`.
    """
    gc.disable()
    qInstallMessageHandler(_log_qt)
    QLoggingCategory.setFilterRules(NEVER_LOGGED)
    application = QGuiApplication(["kiosk"])
    application.setApplicationName("kiosk")
    application.setApplicationDisplayName("Showroom")
    application.setFont(load_fonts())
    return application


def make_engine() -> QQmlApplicationEngine:
    """An engine that finds the Showroom module and draws QR codes."""
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML_FOLDER))
    engine.addImageProvider("qr", QrImageProvider())
    return engine


def _disable_file_selector(engine: QQmlApplicationEngine) -> None:
    """Look for nothing in folders like `+linux`, of which there are none.

    An engine that has loaded something does, for each picture and on the thread that draws, which
    would then wait for a dead share.
    """
    if (selector := engine.findChild(QQmlFileSelector)) is not None:
        selector.deleteLater()


def open_window(engine: QQmlApplicationEngine, file: str, **values: QObject) -> QQuickWindow:
    """A window from its file, not shown yet.

    Raises:
        SceneBroken: with what QML said.
    """
    messages: list[str] = []
    engine.warnings.connect(lambda errors: messages.extend(error.toString() for error in errors))
    engine.setInitialProperties(values)
    engine.load(str(QML_FOLDER / file))
    _disable_file_selector(engine)
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise SceneBroken("the screens cannot be built: " + "; ".join(messages))
    return roots[0]


def place_scene(
    engine: QQmlApplicationEngine,
    showroom: ShowroomViewModel,
    frame: QQuickItem,
    file: str = "Showroom/Scene.qml",
    **more: object,
) -> QQuickItem:
    """A scene in a frame of a window that another engine has made.

    What is a singleton for QML is there once for each engine, `Theme` as well: two scenes have the
    sizes and colors of one another unless each has an engine of its own.

    Raises:
        SceneBroken: with what QML said.
    """
    component = QQmlComponent(engine, QUrl.fromLocalFile(str(QML_FOLDER / file)))
    values = {"showroom": showroom, "parent": frame, **more}
    scene = component.createWithInitialProperties(values)
    if not isinstance(scene, QQuickItem):
        raise SceneBroken(f"the screens cannot be built: {component.errorString()}")
    scene.setParent(engine)  # and goes with it
    _disable_file_selector(engine)
    serve(frame.window(), scene, showroom)
    return scene


def serve(window: QQuickWindow, scene: QQuickItem, showroom: ShowroomViewModel) -> None:
    """See to the touches and keys of a scene in its window."""
    TouchGuard(window, scene, showroom)
    compose_keys(window)
    window.installEventFilter(ActivityFilter(showroom.session, window))


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
    if kind == QtMsgType.QtFatalMsg:
        # Qt would abort now, with a core dump and no word to whoever installs it.
        reason = message.strip().splitlines()[0] if message.strip() else "no reason given"
        print(f"kiosk: Qt cannot go on ({reason}); see docs/installing.md", file=sys.stderr)
        os._exit(2)
    harmless = any(part in message for part in HARMLESS)
    log.log(logging.DEBUG if harmless else levels[kind], "%s", message)
