"""What a start sees of its content, and what it does where it sees nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest

from kiosk.content.check.loading import load
from kiosk.content.versions.history import History
from kiosk.content.versions.keeping import Keeper
from kiosk.operation.clock import StoppedClock
from kiosk.showroom.opening import Front, recall_kept, remember, shown_digest
from kiosk.showroom.run import first_look
from kiosk.showroom.run.first_look import FirstLook, look_first
from kiosk.showroom.screenplay import derive_screenplay

if TYPE_CHECKING:
    from tests.conftest import Contents

NOW = datetime(2024, 5, 1, 15, tzinfo=UTC)
CLOCK = StoppedClock(moment=NOW)


@pytest.fixture
def content(contents: Contents) -> Path:
    posters = [{"headline": "Number 37", "line": "It won.", "picture": {"file": "car.png"}}]
    return contents.write(contents.signup(), attract={"posters": posters})


def _note(content: Path, data: Path) -> Front:
    """As a kiosk does that has shown the content."""
    kept = Keeper(content, data, lambda: NOW).look()
    assert kept is not None
    assert kept.good is not None
    front = derive_screenplay(kept.good, NOW).front
    remember(data, shown_digest(kept.digest, data), content.parent / "assets", front)
    return front


def test_nothing_is_noted_at_first_and_then_the_front(content: Path, tmp_path: Path) -> None:
    assert FirstLook(content, tmp_path, CLOCK).finds_nothing_noted()
    front = _note(content, tmp_path)
    look = FirstLook(content, tmp_path, CLOCK)
    assert not look.finds_nothing_noted()
    sight = look.sight()
    assert sight is not None
    assert (sight.front, sight.file, sight.is_folder) == (front, content, False)


def test_a_link_is_followed_and_a_folder_told(content: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(content)
    assert look_first(link, tmp_path, CLOCK).file == content
    assert look_first(content.parent, tmp_path, CLOCK).is_folder


def test_a_front_without_its_picture_is_not_shown(content: Path, tmp_path: Path) -> None:
    _note(content, tmp_path)
    for picture in (tmp_path / "history" / "pictures").iterdir():
        picture.unlink()
    assert look_first(content, tmp_path, CLOCK).front is None
    assert recall_kept(tmp_path, NOW) is None


def test_a_share_that_hangs_is_not_waited_for(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()
    monkeypatch.setattr(first_look, "look_first", lambda *_: gate.wait())
    look = FirstLook(content, tmp_path, CLOCK)
    assert not look.finds_nothing_noted()
    assert look.sight(longest=0.01) is None
    gate.set()


def test_what_is_kept_is_recalled_whatever_the_file_says(content: Path, tmp_path: Path) -> None:
    front = _note(content, tmp_path)
    content.unlink()
    assert recall_kept(tmp_path, NOW) == front


def test_what_was_rolled_back_since_is_not_recalled(content: Path, tmp_path: Path) -> None:
    _note(content, tmp_path)
    History(tmp_path).hold(1, instead_of="another")
    assert recall_kept(tmp_path, NOW) is None


def test_a_front_whose_pictures_lie_on_the_share_is_not_recalled(
    content: Path, tmp_path: Path
) -> None:
    front = derive_screenplay(load(content), NOW).front
    remember(tmp_path, shown_digest("digest", tmp_path), content.parent / "assets", front)
    assert recall_kept(tmp_path, NOW) is None
    bare = tuple(replace(row, source="") for row in front.opening.posters)
    front = replace(front, opening=replace(front.opening, posters=bare))
    remember(tmp_path, shown_digest("digest", tmp_path), content.parent / "assets", front)
    assert recall_kept(tmp_path, NOW) == front
