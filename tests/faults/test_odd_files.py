"""Whatever has got a name in the data folder: the kiosk starts, and says what is wrong."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.operation.clock import Clock
from kiosk.operation.health import examine
from kiosk.showroom.run.kiosk import Kiosk, RunOptions
from kiosk.showroom.run.log_file import LogFile
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.signups.store.desk import Desk
from kiosk.toolkit.runner import AtOnce, Runner

if TYPE_CHECKING:
    from tests.conftest import Contents, HandDrained

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


class Machine:
    """A kiosk without its window; signups are stored when it is asked to."""

    def __init__(
        self, content: Path, data: Path, executor: HandDrained, work_off: Callable[[], None]
    ) -> None:
        self._content, self._data = content, data
        self._executor, self._work_off = executor, work_off

    def start(self) -> None:
        self.showroom = ShowroomViewModel()
        options = RunOptions(self._content, self._data, None, Clock())
        signups = Runner(self._executor, self.showroom)
        content = Runner(AtOnce(), self.showroom)
        self._kiosk = Kiosk(options, self.showroom, content, signups)
        self._kiosk.open_remembered()
        self._kiosk.open()
        self.showroom.presented.emit()
        self.showroom.built.emit()
        self._run_background()

    def sign_up(self) -> str:
        """What became of the form."""
        self.showroom.navigation.open("signup")
        self._run_background()
        form = self.showroom.navigation.place
        form.email, form.consented = "vera@example.com", True
        form.submit()
        self._run_background()
        state = form.state
        self.showroom.navigation.goHome()
        return str(state)

    def close(self) -> None:
        self._kiosk.close()

    def _run_background(self) -> None:
        while self._executor.drain():
            self._work_off()


@pytest.fixture
def machine(
    qapp: QGuiApplication,
    contents: Contents,
    tmp_path: Path,
    executor: HandDrained,
    work_off: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Machine]:
    desks: list[Desk] = []

    class ClosedAfterwards(Desk):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            desks.append(self)

    monkeypatch.setattr("kiosk.signups.store.desk.Desk", ClosedAfterwards)
    poster = {"headline": "One", "line": "Two.", "picture": {"file": "car.png"}}
    contents.write(contents.signup(), attract={"posters": [poster]})
    os.utime(contents.file, (0, 0))  # else it may be half written, and is looked at once more
    (tmp_path / "data").mkdir()
    machine = Machine(contents.file, tmp_path / "data", executor, work_off)
    yield machine
    machine.close()
    for desk in desks:
        desk.close()


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


@pytest.mark.usefixtures("log_handlers")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_it_starts_and_says_what_is_wrong(
    machine: Machine,
    tmp_path: Path,
    name: str,
    kind: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    data = tmp_path / "data"
    handlers = list(logging.getLogger().handlers)
    machine.start()
    assert machine.sign_up() == "thanked"
    machine.close()
    close_log(handlers)
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
