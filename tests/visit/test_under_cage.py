"""The kiosk under cage, a compositor for kiosks, whose output is a window of an X server."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk.showroom.run.screen_loss import BROKEN_CONNECTION
from tests.conftest import Contents
from tests.visit.conftest import Launch, consoles
from tests.visit.server import Server
from tests.visit.test_escapes import BUTTONS, KEYS
from tests.visit.test_real_window import eventually

TOOLS = ("cage", "Xwayland", "Xvnc", "xdotool", "setpriv")
UNPRIVILEGED = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
UNPRIVILEGED += ("--inh-caps=-all", "--bounding-set=-all")
SIZES = ("1280x720", "1600x900", "720x1280")

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(
        not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)} (see .ci/setup)"
    ),
]


class Cage:
    """It stays while its own client, which shows nothing, waits for input."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        self.socket = folder / "wayland-0"
        is_root = os.getuid() == 0
        if is_root:  # which cage refuses
            os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
        self._program = subprocess.Popen(
            [*(UNPRIVILEGED if is_root else ()), "cage", "--", "cat"],
            env={
                "PATH": os.environ["PATH"],
                "DISPLAY": server.display,
                "HOME": str(folder),
                "XDG_RUNTIME_DIR": str(folder),
                "WLR_BACKENDS": "x11",
                "WLR_RENDERER": "pixman",
            },
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        eventually(self.socket.exists)

    def resize(self, size: str) -> None:
        """The output is the only window of the server."""
        self._server.ask("xdotool", "mousemove", "1", "1")
        eventually(lambda: self._output() != "0")
        self._server.ask("xdotool", "windowsize", self._output(), *size.split("x"))

    def _output(self) -> str:
        output = self._server.ask("xdotool", "getmouselocation", "--shell")
        return dict(line.split("=") for line in output.splitlines())["WINDOW"]

    def is_running(self) -> bool:
        return self._program.poll() is None

    def end(self) -> None:
        assert self._program.stdin is not None
        self._program.stdin.close()
        self._program.terminate()
        self._program.wait()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server("1700x1300")
    yield server
    server.end()


@pytest.fixture
def bare() -> Iterator[Server]:
    """Where the same kiosk runs without cage."""
    server = Server(SIZES[0])
    yield server
    server.end()


@pytest.fixture
def cage(server: Server) -> Iterator[Cage]:
    with tempfile.TemporaryDirectory() as folder:  # the test's own is closed to others
        cage = Cage(server, Path(folder))
        yield cage
        cage.end()


def is_filled(server: Server, size: str) -> bool:
    """Whether what is drawn ends where the output ends; nothing else is on the server."""
    width, height = map(int, size.split("x"))
    return server.picture().getbbox() == (0, 0, width, height)


def test_nothing_but_the_kiosk_is_on_the_screen_whatever_its_size(
    bare: Server, cage: Cage, server: Server, launch: Launch, contents: Contents, tmp_path: Path
) -> None:
    """One poster stands for ever: two kiosks that show it look the same, whenever they began."""
    shown = ("--content", contents.write(contents.timeline()), "--at", "2024-05-01")
    launch(*shown, "--data", tmp_path / "bare", DISPLAY=bare.display)
    cage.resize(SIZES[0])
    kiosk = launch(*shown, "--data", tmp_path / "caged", WAYLAND_DISPLAY=str(cage.socket))

    def looks_as_without_cage() -> bool:
        picture = server.picture().crop((0, 0, 1280, 720))
        return len(picture.getcolors(10**7) or []) > 20 and is_same(picture, bare.picture())

    eventually(looks_as_without_cage, 60)
    for size in SIZES:
        cage.resize(size)
        eventually(lambda size=size: is_filled(server, size))
    assert kiosk.poll() is None
    assert "WARNING" not in consoles(tmp_path)


def test_no_key_and_no_button_leads_out(
    cage: Cage, server: Server, launch: Launch, contents: Contents, tmp_path: Path
) -> None:
    cage.resize(SIZES[0])
    shown = ("--content", contents.write(contents.timeline()), "--data", tmp_path / "data")
    kiosk = launch(*shown, WAYLAND_DISPLAY=str(cage.socket))
    eventually(lambda: is_filled(server, SIZES[0]) and len(server.colors()) > 20)
    for key in KEYS:
        server.ask("xdotool", "key", key)
    for button in BUTTONS:
        server.ask("xdotool", "mousemove", "640", "360", "click", str(button))
    eventually(lambda: is_filled(server, SIZES[0]) and len(server.colors()) > 20)
    assert kiosk.poll() is None
    assert cage.is_running()
    assert "WARNING" not in consoles(tmp_path)


def test_a_compositor_that_goes_is_told_by_the_words_that_a_lost_screen_is_known_by(
    cage: Cage, server: Server, launch: Launch, contents: Contents, tmp_path: Path
) -> None:
    """They are Qt's; its own screen being on or unknown, the kiosk calls it a crash."""
    cage.resize(SIZES[0])
    shown = ("--content", contents.write(contents.timeline()), "--data", tmp_path / "data")
    kiosk = launch(*shown, WAYLAND_DISPLAY=str(cage.socket))
    eventually(lambda: is_filled(server, SIZES[0]) and len(server.colors()) > 20)

    cage.end()

    eventually(lambda: kiosk.poll() is not None)
    assert BROKEN_CONNECTION in consoles(tmp_path)


def is_same(picture: Image.Image, other: Image.Image) -> bool:
    """Large letters have edges that are not the same on each platform."""
    extremes = ImageChops.difference(picture, other).getextrema()
    return all(most <= 20 for _, most in extremes)
