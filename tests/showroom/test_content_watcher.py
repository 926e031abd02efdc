"""A change of the content, of a picture or of a hold is told; a quiet machine is left asleep."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from kiosk.showroom import content_watcher
from kiosk.showroom.content_watcher import ContentWatcher

if TYPE_CHECKING:
    from tests.conftest import Contents


def write_over(file: Path) -> None:
    file.write_text("# another\n")


def replace(file: Path) -> None:
    """As many editors save."""
    new = file.with_name(".content.yaml.swp")
    new.write_text("# new\n")
    new.rename(file)


def append(file: Path) -> None:
    with file.open("a") as end:
        end.write("# more\n")


ACTS: list[Callable[[Path], object]] = [
    *(write_over, replace, append, Path.unlink, write_over, append),
    lambda file: (file.parent / "assets" / "car.png").write_bytes(b"other"),
    lambda file: (file.parent / "assets" / "new.png").write_bytes(b"new"),
    lambda file: (file.parent / "assets" / "2024").mkdir(),
    *(replace, write_over, replace),
]


@pytest.fixture(autouse=True)
def enough_watchers() -> None:
    """Those of earlier tests are let go: a user has 128."""
    gc.collect()


@pytest.fixture
def history(tmp_path: Path) -> Path:
    folder = tmp_path / "history"
    folder.mkdir()
    return folder


@pytest.fixture
def watcher(qapp: object, contents: Contents, history: Path) -> ContentWatcher:
    contents.write(contents.timeline())
    return _watch(contents.file, history)


def _look(watcher: ContentWatcher) -> None:
    watcher.poll_unless(is_notified=watcher.update())


def _watch(content: Path, history: Path) -> ContentWatcher:
    """A watcher whose listener lists anew what there is to watch, as the kiosk does."""
    watcher = ContentWatcher(content, history)
    watcher.changed.connect(lambda: _look(watcher))
    _look(watcher)
    return watcher


def test_each_kind_of_change_is_told_and_the_next_one_too(
    watcher: ContentWatcher, contents: Contents, qtbot: QtBot
) -> None:
    for act in ACTS:
        with qtbot.waitSignal(watcher.changed, timeout=60_000):
            act(contents.file)


def test_a_hold_is_told(watcher: ContentWatcher, history: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(watcher.changed, timeout=60_000):
        (history / "hold.json").write_text("{}")


def test_a_burst_is_told_once(watcher: ContentWatcher, contents: Contents, qtbot: QtBot) -> None:
    reported: list[None] = []
    watcher.changed.connect(lambda: reported.append(None))
    for _ in range(30):
        append(contents.file)
    qtbot.waitUntil(lambda: bool(reported), timeout=60_000)
    qtbot.wait(2 * content_watcher.DEBOUNCE_MS)

    assert len(reported) == 1


def test_a_link_to_a_file_elsewhere_is_followed(
    qapp: object, contents: Contents, history: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    contents.write(contents.timeline())
    link = tmp_path / "linked.yaml"
    link.symlink_to(contents.file)
    watcher = _watch(link, history)

    with qtbot.waitSignal(watcher.changed, timeout=60_000):
        replace(contents.file)
    other = tmp_path / "other.yaml"
    other.write_text("# other\n")
    with qtbot.waitSignal(watcher.changed, timeout=60_000):
        _link(tmp_path, other).replace(link)


def _link(folder: Path, to: Path) -> Path:
    link = folder / "new-link"
    link.symlink_to(to)
    return link


def _polls(watcher: ContentWatcher) -> bool:
    return any(t.isActive() and not t.isSingleShot() for t in watcher.findChildren(QTimer))


def test_no_timer_runs_while_nothing_changes(watcher: ContentWatcher) -> None:
    assert not any(timer.isActive() for timer in watcher.findChildren(QTimer))


def test_a_network_folder_is_looked_at_each_second(
    contents: Contents, history: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Changes that another machine makes there do not reach inotify."""
    monkeypatch.setattr(content_watcher, "_lacks_inotify", lambda _: True)
    contents.write(contents.timeline())
    watcher = _watch(contents.file, history)

    assert _polls(watcher)
    with qtbot.waitSignal(watcher.changed, timeout=60_000):
        pass


def test_a_folder_that_is_not_there_yet_is_looked_for(
    qapp: object, tmp_path: Path, history: Path
) -> None:
    content = tmp_path / "later" / "content.yaml"
    watcher = _watch(content, history)
    assert _polls(watcher)

    (tmp_path / "later").mkdir()
    _look(watcher)
    assert not _polls(watcher)
