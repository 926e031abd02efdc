"""The disk fills up, refuses, is locked or damaged while a visitor types into the running kiosk."""

from __future__ import annotations

import json
import logging
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.content.versions.history import History
from kiosk.content.words import Words
from kiosk.signups.store import database
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.queue import Queue
from tests.faults.visitors import now, take_stock
from tests.long_runs import IS_LONG

if TYPE_CHECKING:
    from tests.conftest import Contents, Visitor
    from tests.visit.conftest import RunKiosk, Running

PAGE = 4096
CHANGE_COUNTER = 24
"""Where a database says that it was changed (sqlite.org/fileformat, 1.3.7)."""
DAMAGES = 30 if IS_LONG else 12
ADDRESS = "vera@example.com"
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""

Trouble = Callable[[Path], AbstractContextManager[None]]
"""While it lasts the data folder refuses signups."""


class Form:
    """A running kiosk with its form open and a visitor in front of it."""

    def __init__(self, kiosk: Running, visitor: Visitor, thread: ThreadPoolExecutor) -> None:
        self.visitor = visitor
        self.data = kiosk.data
        self._kiosk = kiosk
        self._thread = thread
        visitor.wake()

    def open(self) -> None:
        """Come to the form."""
        self._kiosk.showroom.navigation.goHome()
        self.visitor.tap("PageTab", "Signup")
        self.visitor.wait(lambda: self.visitor.sees("Email"))
        self._thread.submit(lambda: None).result()  # the desk has been opened by then

    def fill_in(self) -> None:
        """Type on the on-screen keyboard and agree."""
        visitor = self.visitor
        visitor.take("Email")
        visitor.type(ADDRESS)
        visitor.put_away_keyboard()
        visitor.tap("CheckBox", "Yes, send me news.")

    def send(self) -> str:
        """Tap the button; returns the state of the form after that."""
        self.visitor.tap("Button", Words().subscribe)
        self.visitor.wait(lambda: self.place.state != "saving")
        return str(self.place.state)

    def sign_up(self, address: str) -> str:
        """A whole signup without the keyboard."""
        self._kiosk.showroom.navigation.goHome()
        self._kiosk.showroom.navigation.open("signup")
        self.place.email, self.place.consented = address, True
        self.place.submit()
        self.visitor.wait(lambda: self.place.state != "saving")
        return str(self.place.state)

    @property
    def place(self) -> object:
        return self._kiosk.showroom.navigation.place

    def stored(self) -> list[str]:
        """The addresses in the database."""
        if not (self.data / FILE_NAME).exists():
            return []
        with closing(sqlite3.connect(self.data / FILE_NAME)) as file:
            if not file.execute("SELECT 1 FROM sqlite_schema").fetchall():
                return []
            rows = file.execute("SELECT personal FROM people").fetchall()
        return [json.loads(personal)["email"] for (personal,) in rows]


@pytest.fixture
def form(
    contents: Contents,
    run_kiosk: RunKiosk,
    visit: type[Visitor],
    thread: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> Form:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.02)
    kiosk = run_kiosk(contents.write(contents.timeline(), contents.signup()))
    return Form(kiosk, visit(kiosk.window), thread)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte that holds the data folder and nothing else."""
    data = tmp_path / "data"
    data.mkdir()
    if not _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", data):
        pytest.skip("nothing may be mounted here")
    yield data
    subprocess.run(["umount", "--lazy", data], check=True)  # whatever holds it open still
    _close_log(data)


def _mount(*arguments: str | Path) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def _close_log(data: Path) -> None:
    for handler in logging.getLogger().handlers[:]:
        is_here = (
            isinstance(handler, RotatingFileHandler) and data in Path(handler.baseFilename).parents
        )
        if is_here:
            logging.getLogger().removeHandler(handler)
            with suppress(OSError):
                handler.close()


@contextmanager
def _full(data: Path) -> Iterator[None]:
    ballast = data / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(512)):
            pass
    assert shutil.disk_usage(data).free == 0
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def _read_only(data: Path) -> Iterator[None]:
    _close_log(data)  # no file may be open for writing
    assert _mount("-o", "remount,ro", data)
    try:
        yield
    finally:
        assert _mount("-o", "remount,rw", data)


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    Queue.open(data).close()
    command = [sys.executable, "-c", HOLD, str(data / FILE_NAME)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield
        other.communicate(b"let go\n")


@contextmanager
def _no_room_for_a_journal(data: Path) -> Iterator[None]:
    folder = data / f"{FILE_NAME}-journal"
    folder.mkdir()
    yield
    folder.rmdir()


@contextmanager
def _folder_in_its_place(data: Path) -> Iterator[None]:
    stored = data / "kept"
    if (data / FILE_NAME).exists():
        (data / FILE_NAME).rename(stored)
    (data / FILE_NAME).mkdir()
    yield
    (data / FILE_NAME).rmdir()
    if stored.exists():
        stored.rename(data / FILE_NAME)


def _is_kept_and_stored_later(form: Form, trouble: Trouble) -> None:
    before = form.stored()
    with trouble(form.data):
        for _ in range(3):
            assert form.send() == "typing"
            form.visitor.wait(lambda: form.visitor.sees(Words().not_saved))
            assert (form.place.email, form.place.consented) == (ADDRESS, True)
    assert form.stored() == before

    assert form.send() == "thanked"
    form.visitor.wait(lambda: form.visitor.sees("Thank you"))
    assert form.stored() == [*before, ADDRESS]
    with Queue.open_read_only(form.data) as queue:
        take_stock(queue)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_disk_that_is_full_keeps_what_was_typed_and_stores_it_once_there_is_room(
    small_disk: Path, form: Form, is_first: bool
) -> None:
    if not is_first:
        assert form.sign_up("earlier@example.com") == "thanked"
    form.open()
    form.fill_in()

    _is_kept_and_stored_later(form, _full)


def test_a_disk_that_turned_read_only_keeps_what_was_typed_and_stores_it_once_it_is_not(
    small_disk: Path, form: Form
) -> None:
    with _read_only(small_disk):
        form.open()  # and its database is not opened before that
        form.fill_in()
        assert form.send() == "typing"
        form.visitor.wait(lambda: form.visitor.sees(Words().not_saved))
        assert (form.place.email, form.place.consented) == (ADDRESS, True)

    assert form.send() == "thanked"
    assert form.stored() == [ADDRESS]


@pytest.mark.parametrize("trouble", [_locked, _no_room_for_a_journal, _folder_in_its_place])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_database_out_of_reach_keeps_what_was_typed_and_stores_it_once_it_is_back(
    form: Form, trouble: Trouble, is_first: bool
) -> None:
    if not is_first:
        assert form.sign_up("earlier@example.com") == "thanked"
    form.open()
    form.fill_in()

    _is_kept_and_stored_later(form, trouble)


def test_a_data_folder_without_room_keeps_no_change_off_the_floor(
    small_disk: Path,
    contents: Contents,
    run_kiosk: RunKiosk,
    visit: type[Visitor],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def save(word: str, **faults: object) -> None:
        poster = {"headline": f"{word} poster", "line": "The car that won."}
        contents.write(contents.timeline(**faults), attract={"posters": [poster]})

    def kept() -> int:
        latest = History(small_disk).latest()
        return latest.number if latest is not None else 0

    save("First")
    visitor = visit(run_kiosk(contents.file).window)
    visitor.wait(lambda: kept() == 1)
    with _full(small_disk):
        for word in ("Second", "Third"):
            save(word)
            visitor.wait(lambda word=word: visitor.sees(f"{word} poster"))
        caplog.clear()
        save("Broken", tilte="x")
        visitor.wait(lambda: "tilte" in caplog.text)
        assert visitor.sees("Third poster")
        assert kept() == 1
    save("Fourth")
    visitor.wait(lambda: visitor.sees("Fourth poster"))
    visitor.wait(lambda: kept() == 2)


def test_pages_damaged_at_random_under_the_kiosk_lose_no_signup_that_comes_after(
    form: Form, seed: int
) -> None:
    print(f"seed {seed}")
    chance = random.Random(seed)
    for number in range(DAMAGES):
        for visitor in range(chance.randint(1, 4)):
            assert form.sign_up(f"before{number}-{visitor}@example.com") == "thanked"
        _damage(form.data / FILE_NAME, chance)

        thanked = [f"after{number}-{visitor}@example.com" for visitor in range(3)]
        assert [form.sign_up(address) for address in thanked] == ["thanked"] * 3

        stored = b"".join(file.read_bytes() for file in form.data.glob("signups*.sqlite3"))
        assert [address for address in thanked if stored.count(address.encode()) != 1] == []
        _start_again(form.data)
    assert len(list(form.data.glob("signups.damaged-*.sqlite3"))) > DAMAGES / 6


def _start_again(data: Path) -> None:
    """As every morning: every page is looked at, and what is not sound is set aside."""
    store = LocalSignupStore(data, now)
    assert store.is_open()
    store.close()
    with Queue.open_read_only(data) as queue:
        assert queue.is_intact()


def _damage(file: Path, chance: random.Random) -> None:
    pages = file.stat().st_size // PAGE
    with file.open("r+b") as handle:
        for page in chance.sample(range(pages), chance.randint(1, 3)):
            handle.seek(page * PAGE)
            handle.write(chance.randbytes(PAGE))
        if chance.random() < 0.8:  # as if another program had written: what SQLite holds is void
            handle.seek(CHANGE_COUNTER)
            handle.write(chance.randbytes(4))
