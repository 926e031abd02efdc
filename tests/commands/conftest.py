"""Commands run inside the test, on a data folder of their own."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kiosk.cli import main
from kiosk.commands.support.passphrase import VARIABLE
from kiosk.operation.folders import create_data_folder
from kiosk.signups.crypto.keys import create_key_pair
from kiosk.signups.crypto.sealed_box import PrivateKey, PublicKey
from kiosk.signups.form import Signup
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup

PASSPHRASE = "correct horse battery staple"
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)


class Done(NamedTuple):
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What was printed by a command that succeeded."""
        assert (self.status, self.err) == (0, ""), self
        return self.out

    @property
    def sentence(self) -> str:
        """The one line that a refusal consists of."""
        assert (self.status, self.out) == (2, ""), self
        (line,) = self.err.splitlines()
        assert line.startswith("kiosk: ")
        return line.removeprefix("kiosk: ")


class Input(io.StringIO):
    """The standard input; a terminal where a test says so."""

    is_terminal = False

    def isatty(self) -> bool:
        return self.is_terminal


def _input(given: str | bytes) -> io.TextIOBase:
    return Input(given) if isinstance(given, str) else io.TextIOWrapper(io.BytesIO(given), "utf-8")


Fill = Callable[..., list[Signup]]


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a passphrase nor anything on the standard input."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys, "stdin", Input())


@pytest.fixture
def moment() -> Iterator[time_machine.Coordinates]:
    """The commands are given at NOW, in UTC, unless a test travels on."""
    with time_machine.travel(NOW.replace(tzinfo=ZoneInfo("UTC")), tick=False) as travel:
        yield travel


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data folder, beside which a manager works."""
    folder = tmp_path / "data"
    create_data_folder(folder)
    return folder


@pytest.fixture
def fill(data: Path) -> Fill:
    """Stores a signup for each of some addresses."""

    def store(*emails: str, key: PublicKey | None = None, **fields: object) -> list[Signup]:
        signups = [make_signup(email=email, **fields) for email in emails]
        with Queue.open(data) as queue:
            for signup in signups:
                queue.add(signup, key)
        return signups

    return store


class Run:
    """Runs `kiosk …` in a folder; no terminal."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self._patch, self._capsys = folder, patch, capsys
        patch.chdir(folder)

    def __call__(
        self, *arguments: str | Path, given: str | bytes = "", passphrase: str | None = None
    ) -> Done:
        """`given` is on the standard input."""
        self._patch.setattr(sys, "stdin", _input(given))
        if passphrase is not None:
            self._patch.setenv(VARIABLE, passphrase)
        self._capsys.readouterr()
        try:
            status = main(list(map(str, arguments)))
        except SystemExit as wrong_use:
            status = int(str(wrong_use.code))
        self._patch.delenv(VARIABLE, raising=False)
        return Done(status, *self._capsys.readouterr())


class Kiosk:
    """Runs `kiosk … --data data`, beside the data folder."""

    def __init__(self, run: Run, data: Path, fill: Fill) -> None:
        self.run, self.folder, self.data, self.fill = run, run.folder, data, fill

    def __call__(self, *arguments: str | Path, **given: Any) -> Done:
        return self.run(*arguments, "--data", "data", **given)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(tmp_path, monkeypatch, capsys)


@pytest.fixture
def kiosk(run: Run, data: Path, fill: Fill) -> Kiosk:
    return Kiosk(run, data, fill)


@pytest.fixture
def key(tmp_path: Path) -> PrivateKey:
    """A manager's key in `key.json`, under PASSPHRASE."""
    return create_key_pair(tmp_path / "key.json", PASSPHRASE, NOW)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Somebody at a terminal who types some answers; returns what was asked."""

    def type_(*answers: str) -> list[str]:
        asked: list[str] = []
        left = iter(answers)

        def answer(question: str = "") -> str:
            asked.append(question)
            typed = next(left, None)
            if typed is None:
                raise EOFError
            return typed

        monkeypatch.setattr(Input, "is_terminal", True)
        monkeypatch.setattr("kiosk.commands.support.passphrase.getpass", answer)
        monkeypatch.setattr("kiosk.commands.pin.getpass", answer)
        monkeypatch.setattr("builtins.input", answer)
        return asked

    return type_


@pytest.fixture
def descriptor() -> Callable[[bytes], int]:
    """A file descriptor from which some bytes can be read."""

    def make(typed: bytes) -> int:
        reading, writing = os.pipe()
        os.write(writing, typed)
        os.close(writing)
        return reading

    return make
