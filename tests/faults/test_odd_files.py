"""Whatever has got a name in the data folder: the kiosk starts, and says what is wrong."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.operation.health import examine
from kiosk.showroom.run.log_file import LogFile
from tests.conftest import Contents
from tests.faults.windowless import Windowless
from tests.long_runs import IS_LONG

SECONDS = 20
"""For a start, a visitor and a report, on a busy machine; what waits for a pipe waits for ever."""


def pipe(place: Path) -> None:
    os.mkfifo(place)


def folder(place: Path) -> None:
    place.mkdir()
    (place / "inside").touch()


def lonely_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as end:
        here = Path.cwd()
        os.chdir(place.parent)  # a socket's path must be short
        end.bind(place.name)
        os.chdir(here)


def link_to_nothing(place: Path) -> None:
    place.symlink_to(place.parent / "nothing")


def link_to_itself(place: Path) -> None:
    place.symlink_to(place)


def link_to_a_pipe(place: Path) -> None:
    os.mkfifo(place.parent / "pipe")
    place.symlink_to(place.parent / "pipe")


def link_without_end(place: Path) -> None:
    place.symlink_to("/dev/zero")


def nest(place: Path) -> None:
    place.write_text("[" * 200_000)


def rubbish(place: Path) -> None:
    place.write_bytes(bytes(range(256)) * 40)


KINDS = [
    *(pipe, folder, lonely_socket, link_to_nothing, link_to_itself, link_to_a_pipe),
    *(link_without_end, nest, rubbish),
]
NAMES = [
    *("kiosk.log", "kiosk.log.1", "status.json", "settings.toml", "opening.json"),
    *("consents.jsonl", "sealing-key.json", "signups.sqlite3", "signups.sqlite3-journal"),
    *("signups.sqlite3-wal", "signups.sqlite3-shm"),
    *("history", "history/hold.json", "history/0001", "history/0001/version.json"),
    *("history/0001/content.yaml", "history/0001/assets", "history/pictures"),
    *("history/pictures/*.png", "history/0001/assets/car.png", "alive.sock"),
]


CASES = [
    pytest.param(name, kind, id=f"{name}-{kind.__name__}")
    for at, name in enumerate(NAMES)
    for kind in (KINDS if IS_LONG else [KINDS[(at + step) % len(KINDS)] for step in (0, 3, 6)])
]


class Machine(Windowless):
    """A kiosk that reads its content whenever it may."""

    def start(self) -> None:
        super().start()
        self.showroom.built.emit()
        self.work()

    def sign_up(self) -> str:
        """What became of the form."""
        self.open_form()
        became = self.send_form()
        self.showroom.navigation.goHome()
        return became


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a content, of the data folder and of what that held after a first signup."""
    contents = Contents(tmp_path_factory.mktemp("home") / "content")
    poster = {"headline": "One", "line": "Two.", "picture": {"file": "car.png"}}
    contents.write(contents.signup(), attract={"posters": [poster]})
    os.utime(contents.file, (0, 0))  # else it may be half written, and is looked at once more
    return contents.file.parent.parent


@pytest.fixture
def machine(
    qapp: QGuiApplication,
    home: Path,
    work_off: Callable[[], None],
    closed_desks: None,
    log_handlers: None,
) -> Iterator[Machine]:
    machine = Machine(home / "content" / "content.yaml", home / "data", work_off)
    used = home / "used"
    if not used.exists():
        machine.data.mkdir()
        handlers = list(logging.getLogger().handlers)
        machine.start()
        assert machine.sign_up() == "thanked"
        machine.close()
        close_log(handlers)
        machine.data.rename(used)
    shutil.copytree(used, machine.data, ignore=shutil.ignore_patterns("*.sock"))
    yield machine
    machine.close()
    shutil.rmtree(machine.data)


@pytest.fixture
def log_handlers() -> Iterator[None]:
    """The log file of each start is closed again, and what earlier tests have left, before."""
    root = logging.getLogger()
    close_log([handler for handler in root.handlers if not isinstance(handler, LogFile)])
    before = list(root.handlers)
    yield
    close_log(before)


def close_log(before: list[Any]) -> None:
    root = logging.getLogger()
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    def give_up(*_: object) -> None:
        pytest.fail(f"it takes more than {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_it_starts_and_says_what_is_wrong(
    machine: Machine, name: str, kind: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    data = machine.data
    place = next(data.glob(name), data / name)
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    kind(place)
    caplog.clear()

    machine.start()

    assert machine.showroom.ready, "the content itself is in order"
    became = machine.sign_up()
    assert became in {"thanked", "typing", "resting"}
    findings = examine(data)
    assert findings
    if became != "thanked":
        assert [one for one in findings if one.name in {"signups", "seal"} and one.needs_attention]
    if name == "kiosk.log" and kind not in {nest, rubbish}:
        assert "kiosk.log cannot be written" in caplog.text
    assert not (place.parent / "nothing").exists(), "nothing is written through a link"
