"""A video plays over its poster where OpenGL draws; wherever it does not, the picture stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from kiosk import cli
from tests.visit.recording import GREEN
from tests.visit.server import Server

if TYPE_CHECKING:
    from tests.conftest import Block, Contents
    from tests.visit.conftest import Launch

RED = (200, 30, 30)
SPOT = 400, 60
"""Above the words, beside the name."""

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
    ),
]


@pytest.fixture
def screen() -> Iterator[Server]:
    server = Server("1280x720", is_fixed=True)
    yield server
    server.end()


@pytest.fixture
def recorded(contents: Contents) -> Block:
    """A red picture and a green video, as an entry has them."""
    assets = contents.file.parent / "assets"
    Image.new("RGB", (1280, 720), RED).save(assets / "still.png")
    subprocess.run(
        [sys.executable, "-m", "tests.visit.recording", str(assets / "clip.mp4")],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=True,
    )
    return {"picture": {"file": "still.png"}, "video": "clip.mp4"}


@pytest.fixture
def content(contents: Contents, recorded: Block) -> Path:
    """One poster with a video that plays, or, once it is broken, with one that does not."""
    poster = {"headline": "Number 37", "line": "It won.", **recorded}
    return contents.write(contents.timeline(), attract={"posters": [poster], "seconds_each": 60})


@pytest.fixture
def content_with_car(contents: Contents, recorded: Block) -> Path:
    """One car with a video; the poster has its picture alone."""
    poster = {"headline": "Number 37", "line": "It won.", "picture": recorded["picture"]}
    car = {"name": "Car", **recorded}
    place = contents.models() | {"line_ups": [{"name": "2025", "models": [car]}]}
    return contents.write(place, attract={"posters": [poster], "seconds_each": 60})


def is_seen(screen: Server, color: tuple[int, int, int]) -> bool:
    seen = screen.picture().getpixel(SPOT)
    assert isinstance(seen, tuple)
    return all(abs(a - b) < 24 for a, b in zip(seen, color, strict=True))


def is_between(screen: Server) -> bool:
    """Whether what is seen is the picture, the video, or the one over the other."""
    red, green, _ = screen.picture().getpixel(SPOT)  # type: ignore[misc]
    return max(red, green) > 80  # never black


def is_paper(screen: Server) -> bool:
    return min(screen.picture().getpixel(SPOT)) > 200  # type: ignore[type-var]


def plays_on(screen: Server) -> bool:
    """Whether nothing else is seen for so long that it begins anew twice."""
    end = monotonic() + 2.5
    while is_seen(screen, GREEN):
        if monotonic() > end:
            return True
    return False


def eventually(condition: Callable[[], object], meanwhile: Callable[[], bool]) -> None:
    end = monotonic() + 20
    while not condition():
        assert meanwhile()
        assert monotonic() < end, "did not come about"
        Event().wait(0.02)


def tap(screen: Server, x: int, y: int) -> None:
    screen.ask("xdotool", "mousemove", str(x), str(y), "click", "1")
    Event().wait(1.5)  # past the change of screen, during which touches do nothing


def tap_until(condition: Callable[[], bool], screen: Server, x: int, y: int) -> None:
    """Tap again what a busy machine has taken for a tap on what was there before."""
    end = monotonic() + 60
    while not condition():
        assert monotonic() < end, (x, y)
        tap(screen, x, y)


def decoders(program: subprocess.Popen[str]) -> list[str]:
    """The threads that read and decode a video."""
    names = [task.read_text().strip() for task in Path(f"/proc/{program.pid}/task").glob("*/comm")]
    return [name for name in names if name.startswith(("av:", "QFFmpeg"))]


def has_loaded_a_decoder(program: subprocess.Popen[str]) -> bool:
    return "libavcodec" in Path(f"/proc/{program.pid}/maps").read_text()


def show(
    launch: Launch, screen: Server, data: Path, content: Path, renderer: str
) -> subprocess.Popen[str]:
    program = launch(
        *("--data", data, "--content", content, "--windowed", "1280x720"),
        DISPLAY=screen.display,
        QT_QUICK_BACKEND=renderer,
        LIBGL_ALWAYS_SOFTWARE="1",
    )
    eventually(lambda: is_seen(screen, RED) or is_seen(screen, GREEN), lambda: True)
    if renderer == "rhi" and "drawing in software" in (data / "kiosk.log").read_text():
        pytest.skip("no OpenGL here")
    return program


def test_a_video_comes_over_its_picture_and_goes_with_the_poster(
    launch: Launch, screen: Server, content: Path, tmp_path: Path
) -> None:
    program = show(launch, screen, tmp_path / "data", content, "rhi")
    # Once more over its picture, when the content has been read and kept.
    eventually(lambda: plays_on(screen), lambda: is_between(screen))
    assert decoders(program)
    screen.ask("xdotool", "mousemove", "640", "400", "click", "1")
    eventually(lambda: not decoders(program), lambda: True)


def test_a_cars_video_plays_at_a_touch_and_ends_at_the_next(
    launch: Launch, screen: Server, content_with_car: Path, tmp_path: Path
) -> None:
    program = show(launch, screen, tmp_path / "data", content_with_car, "rhi")
    tap_until(lambda: not is_seen(screen, RED), screen, 640, 400)  # wakes
    tap_until(lambda: is_paper(screen), screen, 950, 200)  # the door to the cars
    tap_until(lambda: is_seen(screen, RED), screen, 300, 250)  # the car
    assert not decoders(program)

    tap(screen, 660, 480)
    eventually(lambda: plays_on(screen), lambda: is_between(screen))

    tap(screen, 660, 480)
    eventually(lambda: not decoders(program) and is_seen(screen, RED), lambda: is_between(screen))
    assert program.poll() is None


def test_a_video_that_does_not_play_leaves_its_picture_and_health_says_so(
    launch: Launch, screen: Server, content: Path, tmp_path: Path
) -> None:
    clip = content.parent / "assets" / "clip.mp4"
    raw = clip.read_bytes()
    clip.write_bytes(raw.replace(b"mp4v", b"xxxx").replace(b"esds", b"xxxx"))
    data = tmp_path / "data"
    show(launch, screen, data, content, "rhi")

    def is_told() -> bool:
        log = StringIO()
        with redirect_stdout(log):
            cli.main(["health", "--data", str(data)])
        return "does not play" in log.getvalue()

    eventually(is_told, lambda: is_seen(screen, RED))


def test_in_software_the_picture_stays_and_nothing_is_loaded(
    launch: Launch, screen: Server, content: Path, tmp_path: Path
) -> None:
    program = show(launch, screen, tmp_path / "data", content, "software")
    end = monotonic() + 3
    while monotonic() < end:
        assert is_seen(screen, RED)
        Event().wait(0.1)
    assert not decoders(program)
    assert not has_loaded_a_decoder(program)
