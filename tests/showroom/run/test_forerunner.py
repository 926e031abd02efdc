"""Who reads the content ahead: right or silent, and never left behind."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.content.check.loading import load
from kiosk.content.versions.history import History
from kiosk.content.versions.keeping import Keeper
from kiosk.operation.clock import StoppedClock
from kiosk.operation.clock_judge import ClockJudge
from kiosk.places.rows import PosterRow
from kiosk.showroom.opening import Front
from kiosk.showroom.run.forerunner import foresee
from kiosk.showroom.screenplay import derive_screenplay

NOW = datetime(2024, 5, 1, 15, tzinfo=UTC)
CLOCK = StoppedClock(moment=NOW)

SENT = """
import json, os, sys, time
from pathlib import Path
from kiosk.operation.clock import Clock
from kiosk.showroom import opening
from kiosk.showroom.run import forerunner
usual = forerunner.foresee
def foresee(*given):
    {instead}
forerunner.foresee = foresee
descriptors = len(os.listdir("/proc/self/fd"))
with forerunner.sent_ahead(Path({content!r}), Path({data!r}), Clock()) as sent:
    front = None if sent is None else sent.front({longest})
print(sent is not None, front is not None, len(os.listdir("/proc/self/fd")) - descriptors)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("alone")
"""
"""A process of its own, since the one of the tests has threads."""


@pytest.fixture
def content_file(contents: Any) -> Path:
    """With a poster that has a date, beside one that has none."""
    offer = contents.offer(date(2030, 1, 1))
    posters = [{"headline": "Number 37", "line": "It won.", "picture": {"file": "car.png"}}]
    attract = {"posters": posters, "show_offer": True}
    file: Path = contents.write(contents.offers(offer), contents.signup(), attract=attract)
    return file


def _send(
    content: Path, data: Path, instead: str = "return usual(*given)", longest: float = 60
) -> tuple[bool, bool]:
    """Whether somebody was sent, and came back with a front; in any case nothing stays behind."""
    script = SENT.format(content=str(content), data=str(data), instead=instead, longest=longest)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    sent, found, leaked, *rest = done.stdout.split()
    assert (leaked, rest) == ("0", ["alone"]), done.stderr
    return sent == "True", found == "True"


def _without_places(front: Front) -> Front:
    """Without where the pictures lie: what is shown at last is shown from the history."""
    posters = tuple(replace(row, source="") for row in front.opening.posters)
    assert front.lobby is not None
    home = replace(front.lobby.home, picture=replace(front.lobby.home.picture, source=""))
    return Front(replace(front.opening, posters=posters), replace(front.lobby, home=home))


def test_it_finds_what_a_start_comes_to(content_file: Path, tmp_path: Path) -> None:
    foreseen = foresee(content_file, tmp_path / "none", CLOCK)
    kept = Keeper(content_file, tmp_path, lambda: NOW).look()
    assert foreseen is not None
    assert kept is not None
    assert kept.good is not None
    shown = derive_screenplay(kept.good, NOW).front
    assert _without_places(foreseen) == _without_places(shown)


def test_it_comes_back_and_leaves_nothing_behind(content_file: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert _send(content_file, data) == (True, True)
    assert not data.exists()


def test_one_that_fails_hangs_or_talks_nonsense_is_not_believed(
    content_file: Path, tmp_path: Path
) -> None:
    assert _send(content_file, tmp_path, "time.sleep(60)", 0.2) == (True, False)
    note = "opening.note_of = lambda front: front; "
    for instead in (
        *("raise KeyError", "os._exit(3)", "os.kill(os.getpid(), 9)", "sys.exit()"),
        note + "return [1, 2]",
        note + "return {'opening': {}, 'lobby': None}",
        note + "return 'x' * 3_000_000",
    ):
        assert _send(content_file, tmp_path, instead) == (True, False), instead


def test_a_file_that_is_not_in_order_is_left_to_the_start_itself(
    content_file: Path, tmp_path: Path
) -> None:
    content_file.write_text(content_file.read_text(encoding="utf-8") + "\nnonsense: 1\n")
    assert foresee(content_file, tmp_path, CLOCK) is None
    content_file.unlink()
    assert foresee(content_file, tmp_path, CLOCK) is None


def test_what_was_shown_before_is_left_to_the_start_itself(
    content_file: Path, tmp_path: Path
) -> None:
    history = History(tmp_path)
    version = history.accept(load(content_file), NOW)
    assert foresee(content_file, tmp_path, CLOCK) is not None  # the same, after an update, say
    history.hold(version.number, instead_of="another")
    assert foresee(content_file, tmp_path, CLOCK) is None
    history.release(history.held())
    text = content_file.read_text(encoding="utf-8").replace("It won.", "It won again.")
    content_file.write_text(text, encoding="utf-8")
    assert foresee(content_file, tmp_path, CLOCK) is None


def test_under_a_clock_not_to_be_believed_it_shows_nothing_dated(
    content_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert any(row.dated for row in _posters(foresee(content_file, tmp_path, CLOCK)))
    monkeypatch.setattr(ClockJudge, "is_trusted", lambda _: False)
    assert not any(row.dated for row in _posters(foresee(content_file, tmp_path, CLOCK)))


def _posters(front: Front | None) -> tuple[PosterRow, ...]:
    assert front is not None
    return front.opening.posters
