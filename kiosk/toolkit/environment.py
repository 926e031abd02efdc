"""What Qt reads from the environment, made right for a kiosk whatever the desktop has set.

Left alone, because who sets up the machine may need it: the platform and its own variables
(`QT_QPA_PLATFORM`, `QT_QPA_EGLFS_…`), scale factors (the scene fills whatever size it is given),
the renderer (`QT_QUICK_BACKEND`, `QSG_…`), logging and accessibility.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

KEYBOARD = "qtvirtualkeyboard"
RENDERER, SOFTWARE = "QT_QUICK_BACKEND", "software"
GRAPHICS_DEVICES = Path("/dev/dri")

REMOVED = (
    # Plugins and modules of another Qt do not fit this one; some end the process.
    *("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML_IMPORT_PATH", "QML2_IMPORT_PATH"),
    "QML_PLUGIN_PATH",
    # A desktop's look: its plugin slows the start, its style replaces what the controls stand on.
    *("QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE", "QT_QUICK_CONTROLS_STYLE"),
    *("QT_QUICK_CONTROLS_FALLBACK_STYLE", "QT_QUICK_CONTROLS_CONF"),
    # A warning is no reason to end.
    *("QT_FATAL_WARNINGS", "QT_FATAL_CRITICALS"),
    # Fingers would be lost, or become a mouse.
    *("QT_XCB_NO_XI2", "QT_XCB_NO_XI2_MOUSE"),
)
KEYBOARD_VARIABLES = "QT_VIRTUALKEYBOARD_"


def prepare(variables: MutableMapping[str, str], qml: Path) -> None:
    """Change `variables`; must come before the application is made. `qml` holds the layouts."""
    for name in [n for n in variables if n in REMOVED or n.startswith(KEYBOARD_VARIABLES)]:
        del variables[name]
    variables["QT_IM_MODULE"] = KEYBOARD
    variables["QT_IM_MODULES"] = KEYBOARD  # goes before the other since Qt 6.7
    variables["QT_VIRTUALKEYBOARD_STYLE"] = "showroom"
    variables["QT_VIRTUALKEYBOARD_LAYOUT_PATH"] = str(qml / "Layouts")
    variables["QT_VIRTUALKEYBOARD_DESKTOP_DISABLE"] = "1"
    # Else the thread that draws looks for an @2x beside each picture on a screen that is scaled.
    variables["QT_HIGHDPI_DISABLE_2X_IMAGE_LOADING"] = "1"
    if not any(GRAPHICS_DEVICES.glob("renderD*")):
        # Without a GPU, Qt's own software renderer is faster than emulated OpenGL.
        variables.setdefault(RENDERER, SOFTWARE)


def leave_out_the_frame(variables: MutableMapping[str, str]) -> None:
    """Some Wayland compositors leave frames to Qt, which draws one, with a button that closes."""
    variables["QT_WAYLAND_DISABLE_WINDOWDECORATION"] = "1"
