"""No key, button, drop or window manager leads out of the kiosk; the system can end it."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from kiosk.showroom.run.lock import WindowLock
from tests.conftest import CHECKOUT, Contents, class_name
from tests.visit.conftest import Launch, RunKiosk, consoles
from tests.visit.server import Server
from tests.visit.test_real_window import eventually, soon

if TYPE_CHECKING:
    from tests.conftest import Visitor

TOOLS = ("Xvfb", "xdotool", "openbox")
SIZE = "1280x720"
KEYS = (
    *("alt+F4", "ctrl+q", "ctrl+w", "ctrl+shift+w", "ctrl+alt+Delete", "ctrl+alt+BackSpace"),
    *("F1", "F10", "F11", "alt+F9", "alt+F10", "alt+Return", "Escape", "alt+Escape"),
    *("Print", "alt+Print", "shift+Print", "Pause", "Menu", "alt+space", "super", "super+d"),
    *("super+e", "super+l", "super+Tab", "alt+Tab", "alt+shift+Tab", "ctrl+Tab", "ctrl+Escape"),
    *("ctrl+shift+Escape", "ctrl+alt+Left", "ctrl+alt+Right", "ctrl+alt+Up", "ctrl+alt+Down"),
    *("ctrl+alt+t", "shift+alt+Left", "super+1", "ctrl+n", "ctrl+o", "ctrl+p", "ctrl+s", "ctrl+f"),
    *("XF86AudioPlay", "XF86AudioMute", "XF86AudioRaiseVolume", "XF86HomePage", "XF86Mail"),
    *("XF86WWW", "XF86Calculator", "XF86Back", "XF86Forward", "XF86Search", "XF86Explorer"),
    *("XF86Close", "XF86Sleep", "XF86PowerOff", "XF86LogOff", "XF86ScreenSaver", "XF86TaskPane"),
)
SCREENS = sorted(
    file
    for folder in ("kiosk/showroom/qml/Showroom", "kiosk/places")
    for file in (CHECKOUT / folder).rglob("*.qml")
)
BUTTONS = (2, 3, 8, 9)
"""Of a mouse: the middle one, which pastes, the right one, which opens menus, back and forth."""

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(
        not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)} (see .ci/setup)"
    ),
]


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An X server with a window manager that has a key for everything."""
    server = Server(SIZE, is_fixed=True)
    home = tmp_path_factory.mktemp("home")
    manager = subprocess.Popen(
        ["openbox", "--sm-disable"],
        env=os.environ | {"DISPLAY": server.display, "HOME": str(home), "XDG_CONFIG_HOME": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    eventually(lambda: server.ask("xdotool", "get_num_desktops").strip().isdecimal())
    yield server
    manager.terminate()
    manager.wait()
    server.end()


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(desktop: Server, launch: Launch, contents: Contents, tmp_path: Path) -> Start:
    """Starts the kiosk with a single poster and waits until it is on the screen."""
    file = contents.write(contents.timeline())

    def run(*arguments: str) -> subprocess.Popen[str]:
        given = ("--content", file, "--data", tmp_path / "data", *arguments)
        program = launch(*given, DISPLAY=desktop.display)
        eventually(lambda: window_of(desktop))
        eventually(lambda: len(desktop.colors()) > 20)
        return program

    return run


def window_of(server: Server) -> str:
    """The number of the kiosk's window, where it is seen."""
    return server.ask("xdotool", "search", "--onlyvisible", "--name", "^Showroom$").strip()


def fills_the_screen(server: Server) -> bool:
    """Whether the kiosk is where it was; only what is visible has a size."""
    return server.window_size() == SIZE


def ask_to_close(server: Server, window: int) -> None:
    """As a window manager asks, by WM_DELETE_WINDOW."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(server.display.encode()))
    x11.XInternAtom.restype = ctypes.c_ulong

    def atom(name: bytes) -> int:
        return int(x11.XInternAtom(display, name, 0))

    class ClientMessage(ctypes.Structure):
        _fields_ = (
            ("type", ctypes.c_int),
            ("serial", ctypes.c_ulong),
            ("send_event", ctypes.c_int),
            ("display", ctypes.c_void_p),
            ("window", ctypes.c_ulong),
            ("message_type", ctypes.c_ulong),
            ("format", ctypes.c_int),
            ("data", ctypes.c_long * 5),
            ("padding", ctypes.c_long * 24),
        )

    message = ClientMessage(type=33, window=window, format=32)
    message.message_type = atom(b"WM_PROTOCOLS")
    message.data[0] = atom(b"WM_DELETE_WINDOW")
    x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
    x11.XCloseDisplay(display)


def test_no_key_and_no_button_leads_out(start: Start, desktop: Server, tmp_path: Path) -> None:
    program = start()
    eventually(lambda: fills_the_screen(desktop))
    led_out = []
    for key in KEYS:
        desktop.ask("xdotool", "key", key)
        if not soon(lambda: fills_the_screen(desktop)) or program.poll() is not None:
            led_out.append(key)
    for button in BUTTONS:
        desktop.ask("xdotool", "mousemove", "640", "360", "click", str(button))
        if not soon(lambda: fills_the_screen(desktop)) or program.poll() is not None:
            led_out.append(f"button {button}")
    assert led_out == []
    assert "WARNING" not in consoles(tmp_path)


def test_a_window_manager_that_closes_hides_or_shrinks_it_is_refused(
    start: Start, desktop: Server
) -> None:
    program = start()
    eventually(lambda: fills_the_screen(desktop))
    window = window_of(desktop)
    ask_to_close(desktop, int(window))
    for command in (
        ("windowminimize", window),
        ("windowsize", window, "300", "200"),
        ("windowmove", window, "200", "100"),
        ("windowunmap", window),
        ("windowminimize", window),
    ):
        desktop.ask("xdotool", *command)
        eventually(lambda: fills_the_screen(desktop), 20)
        assert window_of(desktop) == window
    assert program.poll() is None


def test_a_window_of_a_developer_is_closed_as_any_other(
    start: Start, desktop: Server, tmp_path: Path
) -> None:
    program = start("--windowed", "800x450")
    ask_to_close(desktop, int(window_of(desktop)))
    assert program.wait(60) == 0
    assert "WARNING" not in consoles(tmp_path)


def test_what_is_dropped_or_pressed_with_another_button_goes_nowhere(
    run_kiosk: RunKiosk, contents: Contents
) -> None:
    from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtTest import QTest

    kiosk = run_kiosk(contents.write(contents.timeline()))
    WindowLock(kiosk.window)
    dropped = QMimeData()
    dropped.setUrls([QUrl("file:///etc/passwd")])
    how = (Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton)
    for event in (
        QDragEnterEvent(QPoint(9, 9), *how, Qt.KeyboardModifier.NoModifier),
        QDropEvent(QPointF(9, 9), *how, Qt.KeyboardModifier.NoModifier),
    ):
        QCoreApplication.sendEvent(kiosk.window, event)
        assert not event.isAccepted()
    for button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
        QTest.mouseClick(kiosk.window, button, pos=QPoint(99, 99))
        assert kiosk.showroom.session.phase == "attract"
    kiosk.window.close()
    assert kiosk.window.isVisible()


class Browser(QObject):
    """Stands in for what opens addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(address.toString())


def test_what_looks_like_a_link_leads_nowhere(
    run_kiosk: RunKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    link = "<a href='https://example.com'>A link</a>"
    chapters = [{**contents.timeline()["chapters"][0], "title": link}]
    kiosk = run_kiosk(contents.write(contents.timeline(chapters=chapters), contents.signup()))
    visitor = visit(kiosk.window)
    visitor.wake()
    kiosk.showroom.navigation.open("timeline")
    visitor.wait(lambda: visitor.sees(link))
    for item in visitor.items_of("QQuickText"):
        if item.property("text") == link:
            visitor.tap_at(visitor.middle(item))
    QDesktopServices.unsetUrlHandler("https")
    assert browser.opened == []


@pytest.mark.parametrize("file", SCREENS, ids=lambda file: file.name)
def test_no_text_is_markup_and_nothing_opens_an_address(file: Path) -> None:
    """Only plain text never follows a link, nor fetches a picture that it names."""
    source = file.read_text("utf-8")
    assert len(re.findall(r"\bText \{", source)) == source.count("textFormat: Text.PlainText")
    assert not re.search("openUrlExternally|RichText|StyledText|MarkdownText|onLink", source)


def test_the_on_screen_keyboard_has_no_settings_of_its_own(
    run_kiosk: RunKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    kiosk = run_kiosk(contents.write(contents.timeline(), contents.signup()))
    visitor = visit(kiosk.window)
    visitor.wake()
    kiosk.showroom.navigation.open("signup")
    visitor.wait(lambda: visitor.controls("EditableText"))
    visitor.take("Email")
    for _ in ("letters", "signs"):
        keys = [item for item in visitor.items() if item.property("keyType") is not None]
        kinds = {class_name(key).partition("_")[0] for key in keys}
        assert {"SpaceKey", "HideKeyboardKey", "SymbolModeKey"} <= kinds
        assert not kinds & {"ChangeLanguageKey", "HandwritingModeKey", "InputModeKey", "ModeKey"}
        (signs,) = (key for key in keys if class_name(key).startswith("SymbolModeKey"))
        visitor.tap_at(visitor.middle(signs))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_system_and_the_terminal_can_end_it(
    start: Start, desktop: Server, number: signal.Signals
) -> None:
    program = start()
    program.send_signal(number)
    assert program.wait(60) == -number
