"""The kiosk's keyboard and look come whatever the desktop's environment says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.toolkit.environment import REMOVED, prepare

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAM = """
import os
from pathlib import Path
from kiosk.showroom import scene
scene.prepare_environment()
application = scene.make_application()
scene.make_engine()
print("qtvirtualkeyboardplugin" in Path("/proc/self/maps").read_text(), flush=True)
os._exit(0)
"""
"""Says whether Qt has taken the kiosk's keyboard as its input method."""
CHANGED = {
    "QT_IM_MODULES": "wayland;ibus",
    "QT_IM_MODULE": "fcitx",
    "QT_VIRTUALKEYBOARD_STYLE": "nothing",
    "QT_VIRTUALKEYBOARD_LAYOUT_PATH": "/nowhere",
}
"""What the kiosk sets itself."""
DESKTOP = CHANGED | {
    "QT_PLUGIN_PATH": "/opt/other-qt/plugins",
    "QT_QPA_PLATFORM_PLUGIN_PATH": "/opt/other",
    "QML_IMPORT_PATH": "/opt/other-qt/qml",
    "QML2_IMPORT_PATH": "/opt/other-qt/qml",
    "QML_PLUGIN_PATH": "/opt/other-qt/qml",
    "QT_QUICK_CONTROLS_STYLE": "Nothing",
    "QT_QUICK_CONTROLS_FALLBACK_STYLE": "Nothing",
    "QT_QUICK_CONTROLS_CONF": "/nowhere/controls.conf",
    "QT_STYLE_OVERRIDE": "Nothing",
    "QT_QPA_PLATFORMTHEME": "gtk3",
    "QT_FATAL_WARNINGS": "1",
    "QT_FATAL_CRITICALS": "1",
    "QT_XCB_NO_XI2": "1",
    "QT_XCB_NO_XI2_MOUSE": "1",
}


@pytest.mark.parametrize("variables", [DESKTOP, {"QT_IM_MODULES": "", "QT_IM_MODULE": "ibus"}])
def test_the_keyboard_comes_whatever_the_variables_say(variables: dict[str, str]) -> None:
    program = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | variables,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert program.stdout == "True\n", program.stderr


def test_what_a_desktop_has_set_does_not_reach_qt() -> None:
    variables = dict(DESKTOP)
    prepare(variables, Path("qml"))
    assert not variables.items() & DESKTOP.items()
    assert set(REMOVED) == DESKTOP.keys() - CHANGED.keys(), "or one of them is not tried"


def test_what_an_installer_sets_on_purpose_stays() -> None:
    wanted = {
        "QT_QPA_PLATFORM": "eglfs",
        "QT_QPA_EGLFS_ROTATION": "90",
        "QT_QUICK_BACKEND": "rhi",
        "QT_SCALE_FACTOR": "1.5",
        "QT_LOGGING_RULES": "qt.qpa.*=true",
    }
    variables = dict(wanted)
    prepare(variables, Path("qml"))
    assert wanted.items() <= variables.items()
