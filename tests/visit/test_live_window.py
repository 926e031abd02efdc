"""The content file is changed, broken and mended under a kiosk in a real window.

All of it is seen from outside: on the screen, in the log, and by the commands that staff have. The
colour of the content tells which one is on the floor.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

from kiosk import cli
from tests.visit.test_real_window import (
    HEIGHT,
    WIDTH,
    Screen,
    Start,
    eventually,
    screen,  # noqa: F401 # the same X server and the same way to start, for this file
    start,  # noqa: F401
    stored,
)

if TYPE_CHECKING:
    from tests.conftest import Contents

Colour = tuple[int, int, int]
GREEN, PINK, BLUE = (0, 176, 80), (255, 0, 255), (0, 80, 255)
WHITE = (255, 255, 255)
SOON = 20.0
"""Seconds at most, on a machine with much else to do; by itself it takes half of one."""
HOME_SHARE = 0.1
"""Home has a whole door in the colour, the attract loop two stripes."""
ADDRESS = "vera@example.com"

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
    ),
]


class Floor:
    """A kiosk on the floor, its content file, and what can be told of it from outside."""

    def __init__(self, of: Screen, contents: Contents, data: Path) -> None:
        self.screen = of
        self.file = contents.file
        self.data = data
        self.program: subprocess.Popen[str] | None = None
        self._contents = contents

    def save(self, colour: Colour) -> None:
        """Write a content in order whose colour is another."""
        self._contents.write(
            self._contents.timeline(picture={"file": "car.png"}),
            self._contents.signup(),
            theme={"accent": "#{:02x}{:02x}{:02x}".format(*colour)},
        )

    def shows(self, colour: Colour) -> bool:
        return self.screen.share_of(colour) > 0

    def wake(self, colour: Colour) -> None:
        self.screen.click(WIDTH * 0.4, HEIGHT * 0.2)
        eventually(lambda: self.screen.share_of(colour) > HOME_SHARE)
        eventually(self.screen.is_still)

    def told(self) -> int:
        """How often the kiosk has told its log and its console that something is wrong."""
        logs = [self.data / "kiosk.log", *self.data.parent.glob("console-*")]
        return sum(log.read_text("utf-8").count(" ERROR ") for log in logs if log.exists())

    def versions(self) -> int:
        """How many contents have been kept."""
        return len(self._asked("history")["versions"])

    def health(self) -> tuple[str, bool]:
        """What `kiosk health` says of the content, and whether it needs attention."""
        findings = self._asked("health")["findings"]
        (finding,) = (one for one in findings if one["name"] == "content")
        return str(finding["text"]), finding["needs_attention"] is True

    def _asked(self, command: str) -> dict[str, list[dict[str, str | bool]]]:
        with redirect_stdout(StringIO()) as out:
            cli.main([command, "--json", "--data", str(self.data)])
        answer = json.loads(out.getvalue())
        assert isinstance(answer, dict)
        return answer

    def run_mouse(self, *arguments: str | int) -> None:
        command = ["xdotool", *map(str, arguments)]
        subprocess.run(command, env=os.environ | {"DISPLAY": self.screen.name}, check=True)


@pytest.fixture
def floor(
    screen: Screen,  # noqa: F811
    start: Start,  # noqa: F811
    contents: Contents,
    tmp_path: Path,
) -> Iterator[Floor]:
    """A kiosk that shows a green content, and runs to the end without a fault of its own."""
    eventually(lambda: screen.share_of((0, 0, 0)) > 0.99)  # the one before is gone
    floor = Floor(screen, contents, tmp_path / "data")
    floor.save(GREEN)
    floor.program = start("--content", contents.file)
    eventually(lambda: floor.shows(GREEN))
    eventually((floor.data / "history").is_dir)
    eventually(floor.screen.is_still)
    yield floor
    assert floor.program.poll() is None
    console = "".join(file.read_text("utf-8") for file in tmp_path.glob("console-*"))
    assert " CRITICAL " not in console
    assert "Traceback" not in console


# Saved as editors do


def over_itself(floor: Floor, colour: Colour) -> None:
    floor.save(colour)


def beside_and_renamed(floor: Floor, colour: Colour) -> None:
    old = floor.file.read_bytes()
    floor.save(colour)
    new = floor.file.with_name(".content.yaml.swp")
    new.write_bytes(floor.file.read_bytes())
    floor.file.write_bytes(old)
    new.replace(floor.file)


def with_a_copy_of_the_old(floor: Floor, colour: Colour) -> None:
    floor.file.rename(floor.file.with_name("content.yaml~"))
    floor.save(colour)


def bit_by_bit(floor: Floor, colour: Colour) -> None:
    """As a slow copy over the network comes."""
    before = floor.file.read_bytes()
    floor.save(colour)
    whole = floor.file.read_bytes()
    floor.file.write_bytes(before)
    with floor.file.open("wb", buffering=0) as file:
        for at in range(0, len(whole), 200):
            file.write(whole[at : at + 200])


SAVED = [over_itself, beside_and_renamed, with_a_copy_of_the_old, bit_by_bit]


def test_what_is_saved_is_on_the_floor_soon_and_what_is_harmed_is_told(floor: Floor) -> None:
    before = GREEN
    for version, (saved, colour) in enumerate(zip(SAVED, (PINK, GREEN, BLUE, PINK), strict=True)):
        saved(floor, colour)

        eventually(lambda colour=colour: floor.shows(colour), SOON)
        assert not floor.shows(before)
        assert floor.told() == 0
        text, needs_attention = floor.health()
        assert not needs_attention
        assert f"is fine, shown as version {version + 2}" in text
        before = colour
    kept = floor.versions()

    picture, good = floor.screen.picture(), floor.file.read_bytes()
    os.truncate(floor.file, len(good) // 2)

    eventually(lambda: floor.told() > 0, SOON)
    assert floor.screen.picture() == picture
    text, needs_attention = floor.health()
    assert needs_attention
    assert f"version {kept} is shown instead" in text
    assert floor.versions() == kept
    floor.file.write_bytes(good)
    eventually(lambda: not floor.health()[1], SOON)
    assert floor.screen.picture() == picture


def with_a_mistake(file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("places:", "\tplaces:"), "utf-8")


# On a disk without room


@pytest.fixture
def small_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte that holds one folder and nothing else."""
    folder = tmp_path / request.param
    folder.mkdir()
    arguments = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(arguments, capture_output=True, check=False).returncode != 0:
        pytest.skip("nothing may be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)  # whatever holds it open still


def _fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(512)):
            pass
    assert shutil.disk_usage(disk).free == 0
    return ballast


@pytest.mark.parametrize("small_disk", ["data"], indirect=True)
def test_a_data_folder_without_room_keeps_no_change_off_the_floor(
    small_disk: Path, floor: Floor
) -> None:
    ballast = _fill(small_disk)

    floor.save(PINK)
    eventually(lambda: floor.shows(PINK), SOON)
    assert floor.versions() == 1
    floor.save(BLUE)
    eventually(lambda: floor.shows(BLUE), SOON)
    told = floor.told()
    with_a_mistake(floor.file)
    eventually(lambda: floor.told() > told, SOON)
    assert floor.shows(BLUE)

    ballast.unlink()
    floor.save(GREEN)
    eventually(lambda: floor.shows(GREEN), SOON)
    floor.save(PINK)
    eventually(lambda: floor.shows(PINK), SOON)
    assert floor.versions() == 2


@pytest.mark.parametrize("small_disk", ["content"], indirect=True)
def test_a_save_that_finds_no_room_on_the_disk_is_told_and_the_floor_stays_as_it_was(
    small_disk: Path, floor: Floor
) -> None:
    before, good = floor.screen.picture(), floor.file.read_bytes()
    ballast = _fill(small_disk)

    with pytest.raises(OSError, match="No space left"):
        floor.file.write_bytes(good + b"# " + bytes(8192))

    eventually(lambda: floor.told() > 0, SOON)
    assert floor.screen.picture() == before
    ballast.unlink()
    floor.save(PINK)
    eventually(lambda: floor.shows(PINK), SOON)


# While somebody is there


def test_what_is_saved_under_a_dragging_finger_comes_when_it_lets_go(floor: Floor) -> None:
    floor.wake(GREEN)
    before = floor.screen.picture()
    floor.run_mouse("mousemove", 300, 200, "mousedown", 1)
    for x in range(300, 340, 8):
        floor.run_mouse("mousemove", x, 200)

    floor.save(PINK)

    eventually(lambda: floor.versions() == 2, SOON)
    for x in range(340, 300, -8):
        floor.run_mouse("mousemove", x, 200)
        assert floor.shows(GREEN)
        assert not floor.shows(PINK)
    assert floor.screen.picture() == before
    floor.run_mouse("mouseup", 1)

    eventually(lambda: floor.shows(PINK), SOON)
    assert floor.screen.share_of(PINK) > HOME_SHARE


def test_who_is_typing_finishes_and_signs_up_before_what_was_saved_comes(floor: Floor) -> None:
    floor.wake(GREEN)
    floor.screen.click(WIDTH * 5 / 6, HEIGHT * 0.95)
    eventually(lambda: floor.screen.share_of(WHITE) > 0.05)
    eventually(floor.screen.is_still)
    left, top, _, bottom = _box(floor.screen.picture(), WHITE)
    send = _middle(floor.screen.place(), GREEN)
    before = floor.screen.picture()
    floor.screen.click(left + 40, top + 20)
    eventually(lambda: ImageChops.difference(before, floor.screen.picture()).getbbox())
    floor.run_mouse("type", "--delay", 20, ADDRESS[:4])

    floor.save(PINK)
    eventually(lambda: floor.versions() == 2, SOON)
    assert not floor.shows(PINK)

    floor.run_mouse("type", "--delay", 20, ADDRESS[4:])
    for _ in range(3):
        floor.screen.press("Return")  # through the fields; the last one puts the keyboard away
    eventually(lambda: floor.shows(GREEN))
    eventually(lambda: _middle(floor.screen.place(), GREEN) == send)
    floor.screen.click(left + 25, bottom - 25)
    floor.screen.click(*send)
    eventually(lambda: stored(floor.data, None) == [ADDRESS])
    assert not floor.shows(PINK)
    floor.screen.click(WIDTH / 6, HEIGHT * 0.95)
    eventually(lambda: floor.screen.share_of(PINK) > HOME_SHARE, SOON)


def _box(picture: Image.Image, colour: Colour) -> tuple[int, int, int, int]:
    """Around all that has exactly this colour."""
    flat = Image.new("RGB", picture.size, colour)
    channels = ImageChops.difference(picture, flat).split()
    other = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    box = other.point(lambda value: 255 if value == 0 else 0).getbbox()
    return box if box is not None else (0, 0, 0, 0)


def _middle(picture: Image.Image, colour: Colour) -> tuple[float, float]:
    left, top, right, bottom = _box(picture, colour)
    return (left + right) / 2, (top + bottom) / 2
