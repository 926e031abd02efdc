"""An empty Qt Quick window over the whole screen, with the on-screen keyboard in it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

if __name__ == "__main__":
    os.environ["QT_IM_MODULE"] = "qtvirtualkeyboard"
    if not any(Path("/dev/dri").glob("renderD*")):  # as the kiosk does
        os.environ["QT_QUICK_BACKEND"] = "software"
    application = QGuiApplication(sys.argv)
    engine = QQmlApplicationEngine(str(Path(__file__).with_suffix(".qml")))
    sys.exit(application.exec())
