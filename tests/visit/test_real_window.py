"""The kiosk as a program on an X server of its own: woken, used, killed and started again."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageGrab

from kiosk.signups.crypto.keys import install
from kiosk.signups.crypto.sealing import OpeningKey
from kiosk.signups.store.database import QueueUnavailable
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.record import person_of
from tests.visit.memory import places_of

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QPointF

    from tests.conftest import Contents, Visitor
    from tests.visit.conftest import RunKiosk

CHECKOUT = Path(__file__).resolve().parents[2]
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

    def click(self, x: float, y: float, look: float = LOOK_SECONDS) -> None:
        """Touch a spot after a look at the screen, since a second tap in haste does nothing."""
        Event().wait(look)
        self.run("xdotool", "mousemove", str(round(x)), str(round(y)), "click", "1")

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
        """Touch an item of the bar; whether it is open a moment later."""
        self.click_in_bar(item)
        Event().wait(0.3)
        return self.marked_in_bar() == [item]

    def marked_in_bar(self) -> list[int]:
        """The items of the bar that carry the stripes."""
        strip = self.picture().crop((0, BAR_TOP, WIDTH, BAR_TOP + 12))
        item = WIDTH // BAR_ITEMS
        found = []
        for number in range(BAR_ITEMS):
            colours = strip.crop((number * item + 4, 0, (number + 1) * item - 4, 12)).getcolors(
                9999
            )
            if any(count > item and _near(colour, ACCENT) for count, colour in colours):
                found.append(number)
        return found

    def share_of(self, colour: tuple[int, int, int]) -> float:
        colours = self.picture().getcolors(WIDTH * HEIGHT)
        return sum(n for n, seen in colours if _near(seen, colour)) / (WIDTH * HEIGHT)

    def shows_a_poster(self) -> bool:
        picture = self.picture()
        return len(picture.getcolors(WIDTH * HEIGHT)) > 200 and self.share_of(PAPER) < 0.5


def _near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))


def eventually(condition: Callable[[], object], seconds: float = 20) -> None:
    """Look again and again until something holds."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "did not come about"
        Event().wait(0.02)


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"),
            *("-nolisten", "tcp"),
            "-noreset",  # looking and clicking are clients that come and go
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    yield Screen(f":{number}")
    server.terminate()
    server.wait()


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(screen: Screen, tmp_path: Path) -> Iterator[Start]:
    """Starts the program on the screen; whatever still runs is killed in the end."""
    environment = {n: v for n, v in os.environ.items() if not n.startswith(("QT_Q", "QML", "WAYL"))}
    running: list[subprocess.Popen[str]] = []

    def run(
        *arguments: str | Path, home: Path | None = None, program: str = "main.py"
    ) -> subprocess.Popen[str]:
        folders = {} if home is None else _folders_in(home)
        console = (tmp_path / f"console-{len(running)}").open("w")
        program = subprocess.Popen(
            [sys.executable, CHECKOUT / program, "run", "--data", tmp_path / "data", *arguments],
            cwd=CHECKOUT,
            env=environment | folders | {"DISPLAY": screen.name, "PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.PIPE,
            stderr=console,
            text=True,
        )
        console.close()
        running.append(program)
        return program

    yield run
    for program in running:
        program.kill()
        program.communicate()
    for console in tmp_path.glob("console-*"):
        print(console.read_text("utf-8"))  # shown with a failure


def _folders_in(home: Path) -> dict[str, str]:
    """Every folder that a program takes from its environment to write into."""
    names = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    folders = {name: home / name.lower() for name in (*names, "XDG_STATE_HOME")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    return {name: str(folder) for name, folder in folders.items()}


def complaints(folder: Path) -> list[str]:
    """Warnings and errors that the kiosks of a test have written to their console."""
    consoles = sorted(folder.glob("console-*"))
    assert consoles
    lines = [line for file in consoles for line in file.read_text("utf-8").splitlines()]
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
        screen.click_in_bar(item)
        eventually(lambda item=item: screen.marked_in_bar() == [item])
        eventually(lambda before=before: ImageChops.difference(before, screen.place()).getbbox())
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
    out, _ = second.communicate(timeout=20)
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


@dataclass
class Spots:
    """Where a visitor touches the form of a window of this size."""

    email: QPoint
    keys: dict[str, QPointF]
    consent: QPoint
    send: QPoint


@pytest.fixture
def spots(run_kiosk: RunKiosk, visit: type[Visitor]) -> Spots:
    """Looked up in a kiosk of the same size in this process."""
    visitor = visit(run_kiosk(CHECKOUT / "content.yaml", (WIDTH, HEIGHT)).window)
    visitor.wait_for_all_parts()
    visitor.tap("Button", "Touch to begin")
    visitor.wait(lambda: not visitor.sees("Touch to begin"))
    visitor.tap("PageTab", "Stay updated")
    visitor.wait(lambda: visitor.sees("Email"))
    consent = visitor.find("CheckBox", "Yes, please").rect.center()
    send = visitor.find("Button", "Sign me up").rect.center()
    email = visitor.find("EditableText", "Email").rect.center()
    visitor.tap_at(email)
    visitor.wait(lambda: visitor.has_key("@"))
    visitor.type("a@a")  # once it writes, its keys are where they stay
    keys = {sign: visitor.middle(visitor.key(sign)) for sign in "qwertyuiopasdfghjklzxcvbnm@."}
    return Spots(email, keys, consent, send)


def test_a_signup_leaves_nothing_readable_in_any_file(
    start: Start, screen: Screen, spots: Spots, tmp_path: Path
) -> None:
    marker = "".join(random.choice("qwertyuiopasdfghjklzxcvbnm") for _ in range(12))
    key = OpeningKey.generate()
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    install(data, key.sealing, datetime.now(UTC))
    program = start("--windowed", f"{WIDTH}x{HEIGHT}", home=tmp_path / "home")
    fill_in_the_address(screen, spots, f"{marker}@example.de")
    for _ in range(3):
        screen.press("Return")  # through the fields; the last one puts the keyboard away
    eventually(lambda: screen.marked_in_bar() == [7])
    screen.click(spots.consent.x(), spots.consent.y())
    screen.click(spots.send.x(), spots.send.y())
    eventually(lambda: stored(data, key) == [f"{marker}@example.de"])
    screen.click_in_bar(0)
    eventually(lambda: screen.marked_in_bar() == [0])

    program.send_signal(signal.SIGKILL)
    program.wait(10)
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert data / "kiosk.log" in written
    for code in ("utf-8", "utf-16-le"):
        assert [f for f in written if marker.encode(code) in f.read_bytes().lower()] == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory as Linux shows it")
@pytest.mark.parametrize(
    ("sends", "is_sealed", "walks_away"),
    [(False, False, True), (True, True, True), (True, False, False)],
    ids=["types and walks away", "is sealed and walks away", "is stored and goes home"],
)
def test_what_was_typed_leaves_the_memory_with_the_visitor(
    start: Start,
    screen: Screen,
    spots: Spots,
    tmp_path: Path,
    sends: bool,
    is_sealed: bool,
    walks_away: bool,
) -> None:
    marker = "".join(random.choice("qwertyuiopasdfghjklzxcvbnm") for _ in range(12))
    key = OpeningKey.generate()
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    if is_sealed:
        install(data, key.sealing, datetime.now(UTC))
    kiosk = "tests/visit/hurried.py" if walks_away else "main.py"
    program = start("--windowed", f"{WIDTH}x{HEIGHT}", home=tmp_path / "home", program=kiosk)
    fill_in_the_address(screen, spots, f"{marker}@example.de")
    eventually(lambda: places_of(marker, program.pid))

    if sends:
        for _ in range(3):
            screen.press("Return")  # through the fields; the last one puts the keyboard away
        eventually(lambda: screen.marked_in_bar() == [7])
        screen.click(spots.consent.x(), spots.consent.y())
        screen.click(spots.send.x(), spots.send.y())
        eventually(lambda: stored(data, key) == [f"{marker}@example.de"])
    if walks_away:
        eventually(lambda: screen.marked_in_bar() == [] and screen.shows_a_poster())
    else:
        screen.click_in_bar(0)
        eventually(lambda: screen.marked_in_bar() == [0])

    for text in (marker, marker[:8]):  # all of it, and what stood there when it was half typed
        with suppress(AssertionError):
            eventually(lambda text=text: not places_of(text, program.pid), 5)
        assert places_of(text, program.pid) == []
    assert program.poll() is None
    assert complaints(tmp_path) == []


def fill_in_the_address(screen: Screen, spots: Spots, address: str) -> None:
    """Wake the kiosk, open the form, and type on its keyboard."""
    eventually(screen.shows_a_poster)
    screen.click(WIDTH * 0.7, HEIGHT * 0.2)
    eventually(lambda: screen.marked_in_bar() == [0])
    eventually(lambda: screen.opens(7))  # the first touches may come while it still wakes
    before = screen.picture()
    screen.click(spots.email.x(), spots.email.y())
    eventually(lambda: ImageChops.difference(before, screen.picture()).getbbox())
    eventually(lambda: screen.picture() == screen.picture())
    Event().wait(LOOK_SECONDS)
    for sign in address:
        screen.click(spots.keys[sign].x(), spots.keys[sign].y(), look=0)


def stored(data: Path, key: OpeningKey) -> list[str]:
    try:
        with Queue.look(data) as queue:
            queue.select("all")
            return [person_of(record, key).email for record in queue.selected()]
    except QueueUnavailable:
        return []


def test_a_keyboard_that_is_plugged_in_composes(
    start: Start, screen: Screen, spots: Spots, tmp_path: Path
) -> None:
    key = OpeningKey.generate()
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    install(data, key.sealing, datetime.now(UTC))
    screen.run("setxkbmap", "us", "-variant", "intl", "-option", "compose:ralt")
    start("--windowed", f"{WIDTH}x{HEIGHT}", home=tmp_path / "home")
    eventually(screen.shows_a_poster)
    screen.click(WIDTH * 0.7, HEIGHT * 0.2)
    eventually(lambda: screen.marked_in_bar() == [0])
    eventually(lambda: screen.opens(7))

    screen.click(spots.email.x(), spots.email.y())
    screen.type("vera@example.de")
    screen.press("Return")
    # Dead keys, one after another, one begun and broken off; then Compose.
    screen.press("R", "e", "n", "dead_acute", "e", "space", "V", "dead_diaeresis", "o")
    screen.press("dead_acute", "space", "dead_grave", "q", "Multi_key", "slash", "l")
    screen.press("dead_acute", "Tab", "a", "b", "c", "Return")  # not for the next field
    eventually(lambda: screen.marked_in_bar() == [7])
    screen.click(spots.consent.x(), spots.consent.y())
    screen.click(spots.send.x(), spots.send.y())
    eventually(lambda: stored(data, key) == ["vera@example.de"])
    with Queue.look(data) as queue:
        queue.select("all")
        (person,) = (person_of(record, key) for record in queue.selected())
    assert (person.name, person.postal_code) == ("René Vö'qł", "abc")
    assert complaints(tmp_path) == []


def test_an_interrupt_ends_it(start: Start, screen: Screen) -> None:
    program = start()
    eventually(screen.shows_a_poster)
    program.send_signal(signal.SIGTERM)
    program.communicate(timeout=10)
    assert program.returncode == -signal.SIGTERM
