"""What a start sees of its content, and what it does where it sees nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest

from kiosk.content.check.loading import load
from kiosk.content.versions.current_content import ContentTracker
from kiosk.content.versions.history import History
from kiosk.operation.clock import StoppedClock
from kiosk.showroom.run import initial_read
from kiosk.showroom.run.initial_read import InitialRead, read_file_info
from kiosk.showroom.screenplay import derive_screenplay
from kiosk.showroom.start_screens import (
    StartScreens,
    content_key,
    load_without_content,
    save_start_screens,
)

if TYPE_CHECKING:
    from tests.conftest import Contents

NOW = datetime(2024, 5, 1, 15, tzinfo=UTC)
CLOCK = StoppedClock(moment=NOW)


@pytest.fixture
def content(contents: Contents) -> Path:
    posters = [{"headline": "Number 37", "line": "It won.", "picture": {"file": "car.png"}}]
    return contents.write(contents.signup(), attract={"posters": posters})


def _note(content: Path, data: Path) -> StartScreens:
    """As a kiosk does that has shown the content."""
    current = ContentTracker(content, data, lambda: NOW).poll()
    assert current is not None
    assert current.loaded is not None
    screens = derive_screenplay(current.loaded, NOW).start_screens
    save_start_screens(data, content_key(current.digest, data), content.parent / "assets", screens)
    return screens


def test_nothing_is_noted_at_first_and_then_the_front(content: Path, tmp_path: Path) -> None:
    assert InitialRead(content, tmp_path, CLOCK).lacks_start_screens()
    screens = _note(content, tmp_path)
    look = InitialRead(content, tmp_path, CLOCK)
    assert not look.lacks_start_screens()
    file_info = look.file_info()
    assert file_info is not None
    assert (file_info.start_screens, file_info.file, file_info.is_folder) == (
        screens,
        content,
        False,
    )


def test_a_link_is_followed_and_a_folder_told(content: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(content)
    assert read_file_info(link, tmp_path, CLOCK).file == content
    assert read_file_info(content.parent, tmp_path, CLOCK).is_folder


def test_a_front_without_its_picture_is_not_shown(content: Path, tmp_path: Path) -> None:
    _note(content, tmp_path)
    for picture in (tmp_path / "history" / "pictures").iterdir():
        picture.unlink()
    assert read_file_info(content, tmp_path, CLOCK).start_screens is None
    assert load_without_content(tmp_path, NOW) is None


def test_a_share_that_hangs_is_not_waited_for(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()
    monkeypatch.setattr(initial_read, "read_file_info", lambda *_: gate.wait())
    look = InitialRead(content, tmp_path, CLOCK)
    assert not look.lacks_start_screens()
    assert look.file_info(timeout=0.01) is None
    gate.set()


def test_what_is_kept_is_recalled_whatever_the_file_says(content: Path, tmp_path: Path) -> None:
    screens = _note(content, tmp_path)
    content.unlink()
    assert load_without_content(tmp_path, NOW) == screens


def test_what_was_rolled_back_since_is_not_recalled(content: Path, tmp_path: Path) -> None:
    _note(content, tmp_path)
    History(tmp_path).hold(1, instead_of="another")
    assert load_without_content(tmp_path, NOW) is None


def test_a_front_whose_pictures_lie_on_the_share_is_not_recalled(
    content: Path, tmp_path: Path
) -> None:
    key, assets = content_key("digest", tmp_path), content.parent / "assets"
    screens = derive_screenplay(load(content), NOW).start_screens
    save_start_screens(tmp_path, key, assets, screens)
    assert load_without_content(tmp_path, NOW) is None
    bare = tuple(row._replace(source="") for row in screens.attract.posters)
    screens = screens._replace(attract=screens.attract._replace(posters=bare))
    save_start_screens(tmp_path, key, assets, screens)
    assert load_without_content(tmp_path, NOW) == screens
