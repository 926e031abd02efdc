"""The kiosk as a program on an X server of its own: woken, used, killed and started again."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import StringIO
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageChops, ImageGrab

from kiosk import cli
from kiosk.signups.crypto.keys import install_key
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.store.database import QueueUnavailable
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.stored_signup import decode_person
from tests.offscreen import show_screen
from tests.visit.conftest import Launch, consoles
from tests.visit.memory import places_of
from tests.visit.pointer import is_pointer_seen
from tests.visit.server import Server

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QPointF

    from kiosk.content.check.loading import Loaded
    from tests.conftest import Contents, OpenKiosk, Visitor

WIDTH, HEIGHT = 1280, 720
UNIT = HEIGHT / 1080
BAR_TOP = HEIGHT - round(132 * UNIT)
BAR_ITEMS = 8
LOOK_SECONDS = 0.7
ACCENT, PAPER = (226, 35, 26), (245, 242, 235)
NO_FAULT_OF_OURS = ("pipewire-0.3", "overrides a member of the base object")

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
    ),
]


class Screen:
    """An X server with nothing on it but the kiosk."""

    def __init__(self, name: str) -> None:
        self.name = name

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.name).convert("RGB")

    def place(self) -> Image.Image:
        """What stands above the bar."""
        return self.picture().crop((0, 0, WIDTH, BAR_TOP))

    def click(self, x: float, y: float) -> None:
        """Touch a spot after a look at the screen, since a second tap in haste does nothing."""
        Event().wait(LOOK_SECONDS)
        self.run("xdotool", "mousemove", str(round(x)), str(round(y)), "click", "1")

    def touch(self, spot: QPoint | QPointF) -> None:
        """Touch a spot until what is seen is no more what it was, and stands still."""
        before = self.picture()

        def is_answered() -> bool:
            self.click(spot.x(), spot.y())
            return soon(lambda: self.picture() != before)

        eventually(is_answered)
        eventually(self.is_still)

    def is_still(self) -> bool:
        """Whether nothing has moved for a moment; an animation takes up to 280 ms."""
        before = self.picture()
        Event().wait(0.3)
        return self.picture() == before

    def press(self, *keys: str) -> None:
        self.run("xdotool", "key", "--delay", "50", *keys)

    def type(self, text: str) -> None:
        self.run("xdotool", "type", "--delay", "50", text)

    def run(self, *command: str) -> None:
        """A program that is a client of this server."""
        subprocess.run(command, env=os.environ | {"DISPLAY": self.name}, check=True)

    def click_in_bar(self, item: int) -> None:
        self.click((item + 0.5) * WIDTH / BAR_ITEMS, (BAR_TOP + HEIGHT) / 2)

    def opens(self, item: int) -> bool:
        """Touch an item of the bar; whether it is open soon."""
        self.click_in_bar(item)
        return soon(lambda: self.marked_in_bar() == [item])

    def marked_in_bar(self) -> list[int]:
        """The items of the bar that carry the stripes."""
        strip = self.picture().crop((0, BAR_TOP, WIDTH, BAR_TOP + 12))
        item = WIDTH // BAR_ITEMS
        found = []
        for number in range(BAR_ITEMS):
            colors = strip.crop((number * item + 4, 0, (number + 1) * item - 4, 12)).getcolors(9999)
            if any(count > item and _near(color, ACCENT) for count, color in colors):
                found.append(number)
        return found

    def share_of(self, color: tuple[int, int, int]) -> float:
        colors = self.picture().getcolors(WIDTH * HEIGHT)
        return sum(n for n, seen in colors if _near(seen, color)) / (WIDTH * HEIGHT)

    def shows_a_poster(self) -> bool:
        picture = self.picture()
        return len(picture.getcolors(WIDTH * HEIGHT)) > 200 and self.share_of(PAPER) < 0.5


def _near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))


def eventually(condition: Callable[[], object], seconds: float = 60) -> None:
    """Look again and again until something holds."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "did not come about"
        Event().wait(0.05)


def soon(condition: Callable[[], object]) -> bool:
    """Whether something holds within two seconds."""
    with suppress(AssertionError):
        eventually(condition, 2)
        return True
    return False


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    server = Server(f"{WIDTH}x{HEIGHT}", is_fixed=True)
    yield Screen(server.display)
    server.end()


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(screen: Screen, tmp_path: Path, launch: Launch) -> Start:
    """Starts the program on the screen."""

    def run(*arguments: str | Path, home: Path | None = None, **more: Any) -> subprocess.Popen[str]:
        folders = {} if home is None else _folders_in(home)
        return launch(
            "--data", tmp_path / "data", *arguments, DISPLAY=screen.name, **folders, **more
        )

    return run


def _folders_in(home: Path) -> dict[str, str]:
    """Every folder that a program takes from its environment to write into."""
    names = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    folders = {name: home / name.lower() for name in (*names, "XDG_STATE_HOME")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    return {name: str(folder) for name, folder in folders.items()}


def complaints(folder: Path) -> list[str]:
    """Warnings and errors that the kiosks of a test have written to their console."""
    assert list(folder.glob("console-*"))
    lines = consoles(folder).splitlines()
    loud = [line for line in lines if " WARNING " in line or " ERROR " in line]
    return [line for line in loud if not any(known in line for known in NO_FAULT_OF_OURS)]


def test_it_wakes_walks_and_survives_a_kill(start: Start, screen: Screen, tmp_path: Path) -> None:
    program = start("--at", "2024-05-01")
    eventually(screen.shows_a_poster)
    assert screen.marked_in_bar() == []

    # The waking touch is on a spot that is a door afterwards; it only wakes. It may come before
    # the content is read, so that home is a moment later.
    screen.click(WIDTH * 0.7, HEIGHT * 0.2)
    eventually(lambda: screen.marked_in_bar() == [0])

    for item in (1, 2, 3, 4, 5, 6, 7):
        before = screen.place()
        eventually(lambda item=item: screen.opens(item))
        eventually(lambda before=before: ImageChops.difference(before, screen.place()).getbbox())
        assert not is_pointer_seen(screen.name)
    assert program.poll() is None

    program.send_signal(signal.SIGKILL)
    assert program.wait(10) == -signal.SIGKILL
    eventually(lambda: screen.share_of((0, 0, 0)) > 0.99)
    again = start("--at", "2024-05-01")
    eventually(screen.shows_a_poster)
    screen.click(WIDTH / 2, HEIGHT / 2)
    eventually(lambda: screen.marked_in_bar() == [0])
    assert again.poll() is None
    assert complaints(tmp_path) == []


def test_a_second_kiosk_on_the_same_data_says_so_and_leaves(
    start: Start, screen: Screen, tmp_path: Path
) -> None:
    first = start()
    eventually(screen.shows_a_poster)
    second = start()
    out, _ = second.communicate(timeout=300)
    assert (second.returncode, out) == (2, "")
    (line,) = (tmp_path / "console-1").read_text("utf-8").splitlines()
    assert line.startswith("kiosk: another kiosk is using ")
    assert first.poll() is None


def test_a_broken_file_is_told_to_staff_and_opens_by_itself_once_mended(
    start: Start, screen: Screen, contents: Contents, tmp_path: Path
) -> None:
    program = start("--content", contents.write(contents.timeline(tilte="x")))
    eventually(lambda: screen.share_of(PAPER) > 0.5)  # the notice is on paper
    contents.write(contents.timeline(), home={"headline": "Mended", "lead": "It is."})
    eventually(lambda: screen.share_of(PAPER) < 0.2)
    assert program.poll() is None
    (line,) = complaints(tmp_path)
    assert "unknown key 'tilte'" in line


# Saved as editors do


Save = Callable[[], object]


def beside_and_renamed(file: Path, save: Save) -> None:
    old = file.read_bytes()
    save()
    new = file.with_name(".content.yaml.swp")
    new.write_bytes(file.read_bytes())
    file.write_bytes(old)
    new.replace(file)


def with_a_copy_of_the_old(file: Path, save: Save) -> None:
    file.rename(file.with_name("content.yaml~"))
    save()


def bit_by_bit(file: Path, save: Save) -> None:
    """As a slow copy over the network comes."""
    save()
    intact = file.read_bytes()
    with file.open("wb", buffering=0) as copy:
        for at in range(0, len(intact), 200):
            copy.write(intact[at : at + 200])


def over_itself(_: Path, save: Save) -> None:
    save()


def test_what_is_saved_is_on_the_floor_soon_and_what_is_harmed_is_told(
    start: Start, screen: Screen, contents: Contents, tmp_path: Path
) -> None:
    """The color of the content tells which one is on the floor."""

    def save(color: tuple[int, int, int]) -> None:
        accent = "#{:02x}{:02x}{:02x}".format(*color)
        contents.write(contents.timeline(), contents.signup(), theme={"accent": accent})

    def health() -> tuple[str, bool]:
        with redirect_stdout(StringIO()) as out:
            cli.main(["health", "--json", "--data", str(tmp_path / "data")])
        findings = json.loads(out.getvalue())["findings"]
        (finding,) = (one for one in findings if one["name"] == "content")
        return finding["text"], finding["needs_attention"]

    eventually(lambda: screen.share_of((0, 0, 0)) > 0.99)  # the one before is gone
    before, others = (0, 176, 80), [(255, 0, 255), (0, 176, 80), (0, 80, 255), (255, 0, 255)]
    save(before)
    program = start("--content", contents.file)
    eventually(lambda: screen.share_of(before) > 0)
    eventually((tmp_path / "data" / "history").is_dir)
    ways = over_itself, beside_and_renamed, with_a_copy_of_the_old, bit_by_bit
    for version, (way, color) in enumerate(zip(ways, others, strict=True), 2):
        way(contents.file, partial(save, color))

        eventually(lambda color=color: screen.share_of(color) > 0)
        assert screen.share_of(before) == 0
        assert health() == (f"{contents.file} is fine, shown as version {version}", False)
        before = color

    assert complaints(tmp_path) == []
    good = contents.file.read_bytes()
    os.truncate(contents.file, len(good) // 2)
    eventually(lambda: complaints(tmp_path))
    assert screen.share_of(before) > 0
    text, needs_attention = health()
    assert needs_attention
    assert f"version {len(ways) + 1} is shown instead" in text
    contents.file.write_bytes(good)
    eventually(lambda: not health()[1])
    assert screen.share_of(before) > 0
    assert program.poll() is None


@dataclass
class Spots:
    """Where a visitor touches the form of a window of this size."""

    email: QPoint
    keys: dict[str, QPointF]
    consent: QPoint
    send: QPoint


@pytest.fixture(scope="module")
def spots(open_kiosk: OpenKiosk, default_loaded: Loaded, visit: type[Visitor]) -> Spots:
    """Looked up on an offscreen kiosk of the same size in this process."""
    with open_kiosk(default_loaded, (WIDTH, HEIGHT)) as kiosk:
        visitor = visit(kiosk.window)
        show_screen(kiosk, "stay-updated")
        consent = visitor.find("CheckBox", "Yes, please").rect.center()
        send = visitor.find("Button", "Sign me up").rect.center()
        email = visitor.find("EditableText", "Email").rect.center()
        visitor.take("Email")
        visitor.type("a@a")  # once it writes, its keys are where they stay
        keys = {sign: visitor.middle(visitor.key(sign)) for sign in "qwertyuiopasdfghjklzxcvbnm@."}
        visitor.put_away_keyboard()
    return Spots(email, keys, consent, send)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory as Linux shows it")
@pytest.mark.parametrize(
    ("sends", "is_sealed", "walks_away"),
    [(False, False, True), (True, True, True), (True, False, False)],
    ids=["types and walks away", "is sealed and walks away", "is stored and goes home"],
)
def test_what_was_typed_leaves_the_memory_and_no_file_has_it_readable(
    start: Start,
    screen: Screen,
    spots: Spots,
    tmp_path: Path,
    sends: bool,
    is_sealed: bool,
    walks_away: bool,
) -> None:
    marker = "".join(random.choice("qwertyuiopasdfghjklzxcvbnm") for _ in range(12))
    key = PrivateKey.generate()
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    if is_sealed:
        install_key(data, key.public_key, datetime.now(UTC))
    left = tmp_path / "left"
    program = start(
        *("--windowed", f"{WIDTH}x{HEIGHT}"),
        home=tmp_path / "home",
        program=("tests/visit/hurried.py" if walks_away else "main.py",),
        LEFT=str(left),
    )
    fill_in_the_address(screen, spots, f"{marker}@example.de")
    eventually(lambda: places_of(marker, program.pid))

    if sends:
        send(screen, spots)
        eventually(lambda: stored(data, key) == [f"{marker}@example.de"])
    if walks_away:
        left.touch()
        eventually(lambda: screen.marked_in_bar() == [] and screen.shows_a_poster())
    else:
        screen.click_in_bar(0)
        eventually(lambda: screen.marked_in_bar() == [0])

    for text in (marker, marker[:8]):  # all of it, and what stood there when it was half typed
        soon(lambda text=text: not places_of(text, program.pid))
        assert places_of(text, program.pid) == []
    assert program.poll() is None
    assert complaints(tmp_path) == []
    program.kill()
    program.wait(10)
    if is_sealed or not sends:
        assert data / "kiosk.log" in tmp_path.rglob("*")
        assert files_with(marker, tmp_path) == []


def files_with(marker: str, folder: Path) -> list[Path]:
    written = [(file, file.read_bytes().lower()) for file in folder.rglob("*") if file.is_file()]
    codes = ("utf-8", "utf-16-le")
    return [file for file, held in written if any(marker.encode(code) in held for code in codes)]


def open_form(screen: Screen, spots: Spots) -> None:
    """Wake the kiosk, and touch the first field of its form."""
    eventually(screen.shows_a_poster)
    screen.click(WIDTH * 0.7, HEIGHT * 0.2)
    eventually(lambda: screen.marked_in_bar() == [0])
    eventually(lambda: screen.opens(7))  # the first touches may come while it still wakes
    eventually(screen.is_still)
    screen.touch(spots.email)


def fill_in_the_address(screen: Screen, spots: Spots, address: str) -> None:
    """On the kiosk's own keyboard."""
    open_form(screen, spots)
    for sign in address:
        spot = spots.keys[sign]
        screen.run("xdotool", "mousemove", f"{spot.x():.0f}", f"{spot.y():.0f}", "click", "1")


def send(screen: Screen, spots: Spots) -> None:
    def is_put_away() -> bool:
        screen.press("Return")  # through the fields; after the last one the keyboard goes
        return soon(lambda: screen.marked_in_bar() == [7])

    eventually(is_put_away)
    eventually(screen.is_still)
    screen.touch(spots.consent)
    screen.touch(spots.send)


def stored(data: Path, key: PrivateKey) -> list[str]:
    """The addresses of those who signed up."""
    try:
        with Queue.open_read_only(data) as queue:
            queue.select("all")
            return [decode_person(record, key).email for record in queue.selected()]
    except QueueUnavailable:
        return []


def test_a_keyboard_that_is_plugged_in_composes(
    start: Start, screen: Screen, spots: Spots, tmp_path: Path
) -> None:
    key = PrivateKey.generate()
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    install_key(data, key.public_key, datetime.now(UTC))
    screen.run("setxkbmap", "us", "-variant", "intl", "-option", "compose:ralt")
    start("--windowed", f"{WIDTH}x{HEIGHT}", home=tmp_path / "home")
    open_form(screen, spots)
    screen.type("vera@example.de")
    screen.press("Return")
    # Dead keys, one after another, one begun and broken off; then Compose.
    screen.press("R", "e", "n", "dead_acute", "e", "space", "V", "dead_diaeresis", "o")
    screen.press("dead_acute", "space", "dead_grave", "q", "Multi_key", "slash", "l")
    screen.press("dead_acute", "Tab", "a", "b", "c")  # not for the next field
    send(screen, spots)
    eventually(lambda: stored(data, key) == ["vera@example.de"])
    with Queue.open_read_only(data) as queue:
        queue.select("all")
        (person,) = (decode_person(record, key) for record in queue.selected())
    assert (person.name, person.postal_code) == ("René Vö'qł", "abc")
    assert complaints(tmp_path) == []


def test_an_interrupt_ends_it(start: Start, screen: Screen) -> None:
    program = start()
    eventually(screen.shows_a_poster)
    program.send_signal(signal.SIGTERM)
    program.communicate(timeout=300)
    assert program.returncode == -signal.SIGTERM
