"""The kiosk on a bare X server: as large as the screen becomes, lit, drawn where OpenGL is not."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import Contents
from tests.visit.conftest import Launch, consoles
from tests.visit.server import Server
from tests.visit.test_real_window import eventually

TOOLS = ("Xvnc", "xdotool", "xrandr", "xset")

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(
        not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)} (see .ci/setup)"
    ),
]

WITHOUT_OPENGL = """
import os, sys
from pathlib import Path
os.environ["QT_XCB_GL_INTEGRATION"] = "none"
from kiosk.toolkit import environment
environment.GRAPHICS_DEVICES = Path(sys.argv.pop(1))
from kiosk.cli import main
sys.exit(main())
"""

WITH_EMULATED_OPENGL = WITHOUT_OPENGL.replace('os.environ["QT_XCB_GL_INTEGRATION"] = "none"', "")


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.end()


@pytest.fixture
def run(server: Server, tmp_path: Path, launch: Launch) -> Launch:
    return partial(launch, "--data", tmp_path / "data", DISPLAY=server.display)


def test_the_window_fills_a_screen_that_grows_and_shrinks(server: Server, run: Launch) -> None:
    program = run()
    eventually(lambda: server.window_size() == "1280x720")
    for size in ("1920x1080", "1024x768", "1280x720"):
        server.ask("xrandr", "-s", size)
        eventually(lambda size=size: server.window_size() == size, 5)
    assert program.poll() is None


def test_a_screen_that_is_unplugged_comes_back_with_what_the_visitor_had_before_them(
    server: Server, run: Launch, contents: Contents, tmp_path: Path
) -> None:
    program = run("--content", contents.write(contents.timeline(), contents.signup()))
    eventually(lambda: len(server.colors()) > 20)
    posters = server.picture()
    server.ask("xdotool", "mousemove", "640", "360", "click", "1")
    eventually(lambda: server.picture() != posters)
    eventually(partial(stands_still, server))
    home = server.picture()
    output = server.ask("xrandr").split(" connected")[0].split()[-1]

    server.ask("xrandr", "--output", output, "--off")
    eventually(lambda: f"{output} disconnected" in server.ask("xrandr"))
    server.ask("xrandr", "--output", output, "--mode", "1280x720")
    eventually(lambda: server.picture() == home)
    server.ask("xrandr", "--output", output, "--off")
    server.ask("xrandr", "--output", output, "--mode", "1024x768")  # another screen
    eventually(lambda: server.window_size() == "1024x768")
    eventually(lambda: len(server.colors()) > 20)
    assert program.poll() is None
    assert "WARNING" not in consoles(tmp_path)


def stands_still(server: Server) -> bool:
    before = server.picture()
    time.sleep(0.5)  # longer than anything moves by itself
    return server.picture() == before


def test_the_screen_stays_lit(server: Server, run: Launch) -> None:
    assert "timeout:  600" in server.ask("xset", "q")
    run()
    eventually(lambda: "timeout:  0" in server.ask("xset", "q"))
    assert "prefer blanking:  no" in server.ask("xset", "q")
    assert "DPMS is Enabled" not in server.ask("xset", "q")


def test_a_window_at_a_desk_leaves_the_screen_saver_alone(
    server: Server, run: Launch, tmp_path: Path
) -> None:
    run("--windowed", "640x360")
    eventually((tmp_path / "data" / "status.json").exists)
    assert "timeout:  600" in server.ask("xset", "q")


@pytest.mark.parametrize(
    ("program", "reason"),
    [(WITHOUT_OPENGL, "OpenGL fails"), (WITH_EMULATED_OPENGL, "OpenGL is emulated by llvmpipe")],
    ids=["without OpenGL", "with emulated OpenGL"],
)
def test_it_draws_in_software_where_a_render_device_has_no_driver(
    server: Server, run: Launch, tmp_path: Path, program: str, reason: str
) -> None:
    devices = tmp_path / "dri"
    devices.mkdir()
    (devices / "renderD128").touch()
    kiosk = run(program=("-c", program, str(devices)))
    eventually(lambda: f"drawing in software because {reason}" in consoles(tmp_path))
    eventually(lambda: len(server.colors()) > 200)
    assert kiosk.poll() is None
