"""Who reads the content ahead: right or silent, and never left behind."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.content.check.loading import load
from kiosk.content.versions.current_content import ContentTracker
from kiosk.content.versions.history import History
from kiosk.operation.clock import StoppedClock
from kiosk.operation.clock_judge import ClockJudge
from kiosk.places.rows import PosterRow
from kiosk.showroom.run.preloader import predict_start_screens
from kiosk.showroom.screenplay import derive_screenplay
from kiosk.showroom.start_screens import StartScreens

NOW = datetime(2024, 5, 1, 15, tzinfo=UTC)
CLOCK = StoppedClock(moment=NOW)

SENT = """
import json, os, sys, time
from pathlib import Path
from kiosk.operation.clock import Clock
from kiosk.showroom import start_screens
from kiosk.showroom.run import preloader
usual = preloader.predict_start_screens
def predict(*given):
    {instead}
preloader.predict_start_screens = predict
descriptors = len(os.listdir("/proc/self/fd"))
with preloader.preloading(Path({content!r}), Path({data!r}), Clock()) as sent:
    screens = None if sent is None else sent.start_screens({timeout})
print(sent is not None, screens is not None, len(os.listdir("/proc/self/fd")) - descriptors)
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
    content: Path, data: Path, instead: str = "return usual(*given)", timeout: float = 60
) -> tuple[bool, bool]:
    """Whether somebody was sent, and came back with a front; in any case nothing stays behind."""
    script = SENT.format(content=str(content), data=str(data), instead=instead, timeout=timeout)
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    sent, found, leaked, *rest = result.stdout.split()
    assert (leaked, rest) == ("0", ["alone"]), result.stderr
    return sent == "True", found == "True"


def _without_places(screens: StartScreens) -> StartScreens:
    """Without where the pictures lie: what is shown at last is shown from the history."""
    posters = tuple(row._replace(source="") for row in screens.attract.posters)
    assert screens.home is not None
    row = screens.home.row._replace(picture=screens.home.row.picture._replace(source=""))
    return StartScreens(screens.attract._replace(posters=posters), screens.home._replace(row=row))


def test_it_finds_what_a_start_comes_to(content_file: Path, tmp_path: Path) -> None:
    foreseen = predict_start_screens(content_file, tmp_path / "none", CLOCK)
    current = ContentTracker(content_file, tmp_path, lambda: NOW).poll()
    assert foreseen is not None
    assert current is not None
    assert current.loaded is not None
    shown = derive_screenplay(current.loaded, NOW).start_screens
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
    assert predict_start_screens(content_file, tmp_path, CLOCK) is None
    content_file.unlink()
    assert predict_start_screens(content_file, tmp_path, CLOCK) is None


def test_what_was_shown_before_is_left_to_the_start_itself(
    content_file: Path, tmp_path: Path
) -> None:
    history = History(tmp_path)
    version = history.accept(load(content_file), NOW)
    assert (
        predict_start_screens(content_file, tmp_path, CLOCK) is not None
    )  # the same, after an update, say
    history.hold(version.number, instead_of="another")
    assert predict_start_screens(content_file, tmp_path, CLOCK) is None
    history.release(history.held())
    text = content_file.read_text(encoding="utf-8").replace("It won.", "It won again.")
    content_file.write_text(text, encoding="utf-8")
    assert predict_start_screens(content_file, tmp_path, CLOCK) is None


def test_under_a_clock_not_to_be_believed_it_shows_nothing_dated(
    content_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert any(row.dated for row in _posters(predict_start_screens(content_file, tmp_path, CLOCK)))
    monkeypatch.setattr(ClockJudge, "is_trusted", lambda _: False)
    assert not any(
        row.dated for row in _posters(predict_start_screens(content_file, tmp_path, CLOCK))
    )


def _posters(screens: StartScreens | None) -> tuple[PosterRow, ...]:
    assert screens is not None
    return screens.attract.posters
