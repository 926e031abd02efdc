"""Every content that was shown is kept whole, pictures included, and can be gone back to."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

from kiosk.blocks.walking import asset_files
from kiosk.content.check.loading import Loaded, load
from kiosk.content.versions import history as history_module
from kiosk.content.versions.history import (
    History,
    HistoryRefused,
    Hold,
    PictureReplaced,
)
from tests.conftest import CHECKOUT, Contents

NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def history(data: Path) -> History:
    return History(data)


@pytest.fixture
def loaded(contents: Contents) -> Loaded:
    return contents.load(contents.timeline(picture={"file": "car.png"}))


@pytest.fixture
def later(loaded: Loaded, contents: Contents) -> Loaded:
    """The same under another name."""
    return contents.load(contents.timeline(name="History", picture={"file": "car.png"}))


def test_an_accepted_content_is_a_content_folder_like_any_other(
    history: History, loaded: Loaded
) -> None:
    version = history.accept(loaded, NOW)

    assert (version.number, version.accepted_at) == (1, NOW)
    assert version.changes == ("first version",)
    again = load(version.file)
    assert again.problems == ()
    assert again.content == loaded.content
    assert (again.assets / "car.png").read_bytes() == (loaded.assets / "car.png").read_bytes()
    assert history.versions() == [version]


def test_two_threads_write_one_after_the_other_though_nothing_is_kept_yet(
    history: History, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (contents.load(contents.timeline(name=name)) for name in ("First", "Second"))
    other = Thread(target=lambda: history.accept(second, NOW))
    sync = history_module.sync_file

    def sync_slowly(file: Path) -> None:
        if other.ident is None:
            other.start()
            other.join(0.2)
        sync(file)

    monkeypatch.setattr(history_module, "sync_file", sync_slowly)
    history.accept(first, NOW)
    other.join()
    names = [load(version.file).content.places[0].name for version in history.versions()]  # type: ignore[union-attr]
    assert names == ["First", "Second"]


def test_the_same_content_is_not_kept_twice(history: History, loaded: Loaded) -> None:
    assert history.accept(loaded, NOW) == history.accept(loaded, NOW)
    assert len(history.versions()) == 1


def test_a_change_is_another_version_and_told(
    history: History, loaded: Loaded, later: Loaded
) -> None:
    history.accept(loaded, NOW)

    version = history.accept(later, NOW)

    assert version.number == 2
    assert version.changes == ("place 'Timeline' is now called 'History'",)


def test_another_picture_under_the_same_name_is_another_version(
    history: History, loaded: Loaded
) -> None:
    first = history.accept(loaded, NOW)
    Image.new("RGB", (160, 90), (1, 2, 3)).save(loaded.assets / "car.png")

    second = history.accept(load(loaded.file), NOW)

    assert second.number == 2
    assert second.changes == ("pictures or notes changed",)
    stored = [(v.file.parent / "assets" / "car.png").read_bytes() for v in (first, second)]
    assert stored[0] != stored[1]


def test_a_picture_that_stays_is_kept_once(history: History, loaded: Loaded, later: Loaded) -> None:
    history.accept(loaded, NOW)
    version = history.accept(later, NOW)

    later_on = history.pictures(replace(later, file=version.file))["car.png"]
    assert later_on == history.pictures(loaded)["car.png"]
    assert (version.file.parent / "assets" / "car.png").samefile(later_on)


def test_a_picture_that_is_replaced_while_it_is_being_kept_is_refused(
    history: History, loaded: Loaded
) -> None:
    """What was found in order is what is shown."""
    (loaded.assets / "car.png").write_bytes(b"half of another")

    with pytest.raises(PictureReplaced):
        history.accept(loaded, NOW)

    assert history.versions() == []
    assert history.pictures(loaded) == {}


def test_a_kept_picture_that_was_damaged_is_kept_anew(
    history: History, loaded: Loaded, later: Loaded
) -> None:
    history.accept(loaded, NOW)
    intact = (loaded.assets / "car.png").read_bytes()
    stored = history.pictures(loaded)["car.png"]
    stored.write_bytes(intact[:40])

    version = history.accept(later, NOW)

    assert stored.read_bytes() == intact
    assert (version.file.parent / "assets" / "car.png").read_bytes() == intact


def test_a_disk_without_hard_links_keeps_copies(
    history: History, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)

    version = history.accept(loaded, NOW)

    assert (version.file.parent / "assets" / "car.png").is_file()
    assert history.pictures(loaded)["car.png"].is_file()


def test_pictures_go_with_the_last_version_that_shows_them_and_not_before(
    history: History, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "MAX_VERSIONS", 3)
    stays = contents.file.parent / "assets" / "car.png"
    changes = stays.with_name("other.png")
    paths = []
    for number in range(8):
        Image.new("RGB", (16, 9), (number, 0, 0)).save(changes)
        poster = {"headline": "A", "line": "B", "picture": {"file": "other.png"}}
        loaded = contents.load(
            contents.timeline(name=f"No. {number}", picture={"file": "car.png"}),
            attract={"posters": [poster]},
        )
        history.accept(loaded, NOW)
        shown = history.pictures(loaded)
        paths.append(shown["other.png"])
        assert shown["car.png"].read_bytes() == stays.read_bytes()
        assert shown["other.png"].read_bytes() == changes.read_bytes()

    assert [path.is_file() for path in paths] == [False] * 5 + [True] * 3


def test_what_was_kept_before_pictures_had_names_of_their_own_is_shown(
    history: History, loaded: Loaded
) -> None:
    version = history.accept(loaded, NOW)
    stored = history.pictures(loaded)["car.png"]
    stored.unlink()

    again = load(version.file)

    assert History(version.file.parents[2]).pictures(again) == {"car.png": stored}
    assert stored.read_bytes() == (loaded.assets / "car.png").read_bytes()


def test_only_pictures_that_are_shown_are_kept(history: History, loaded: Loaded) -> None:
    (loaded.assets / "unused.png").write_bytes(b"whatever")

    version = history.accept(loaded, NOW)

    assert [f.name for f in (version.file.parent / "assets").iterdir()] == ["car.png"]


def test_every_picture_of_the_default_content_is_found() -> None:
    content = load(CHECKOUT / "content.yaml").content
    text = (CHECKOUT / "content.yaml").read_text(encoding="utf-8")
    assert content is not None

    found = set(asset_files(content))

    assert len(found) > 10
    assert all(name in text for name in found)
    assert found == {
        str(f.relative_to(CHECKOUT / "assets")) for f in (CHECKOUT / "assets").rglob("*.svg")
    }


def test_the_oldest_go_when_there_are_too_many(
    history: History, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "MAX_VERSIONS", 3)
    for number in range(5):
        history.accept(contents.load(contents.timeline(name=f"No. {number}")), NOW)

    assert [version.number for version in history.versions()] == [3, 4, 5]


def refuse(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_disk_that_refuses_leaves_no_half_version(
    history: History, loaded: Loaded, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "sync_file", refuse)
    with pytest.raises(HistoryRefused, match="No space left on device"):
        history.accept(loaded, NOW)

    assert history.versions() == []
    left = [file for file in (data / "history").rglob("*") if file.is_file()]
    assert left == []


def test_a_disk_that_fills_up_half_way_gets_its_room_back(
    history: History, contents: Contents, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = contents.timeline(picture={"file": "car.png"})
    history.accept(contents.load(place), NOW)
    stored = sorted((data / "history" / "pictures").iterdir())
    Image.new("RGB", (80, 80), (9, 9, 9)).save(contents.file.parent / "assets" / "car.png")

    monkeypatch.setattr(history_module, "_write", refuse)
    with pytest.raises(HistoryRefused, match="No space left on device"):
        history.accept(contents.load(place), NOW)

    assert sorted((data / "history" / "pictures").iterdir()) == stored


# Forks once for every step of keeping a version: the fork is killed as it begins that step.
KEEP_UP_TO_EVERY_STEP = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from kiosk.content.versions.history import History
from kiosk.content.check.loading import load

data, loaded = Path(sys.argv[1]), load(Path(sys.argv[2]))

def keep(steps):
    left = iter(range(steps))
    def count(event, arguments):
        if event in {"open", "os.rename", "os.mkdir", "os.link", "shutil.copyfile"}:
            if sys.argv[1] in str(arguments) and next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    History(data).accept(loaded, datetime.now(UTC))

for steps in range(100):
    if (process := os.fork()) == 0:
        keep(steps)
        os._exit(0)
    end = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    for version in History(data).versions():
        assert load(version.file).content == loaded.content
    if end == 0:
        break
print(steps)
"""


def test_a_kill_at_any_step_leaves_the_version_whole_or_absent(
    history: History, loaded: Loaded, data: Path
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KEEP_UP_TO_EVERY_STEP, str(data), str(loaded.file)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    assert 5 <= int(killed) < 99
    assert len(history.versions()) == 1
    assert sorted(f.name for f in (data / "history").iterdir()) == ["0001", "pictures"]
    assert len(list((data / "history" / "pictures").iterdir())) == 1


def test_a_note_that_was_damaged_hides_its_version_alone(
    history: History, loaded: Loaded, later: Loaded
) -> None:
    first, second = (history.accept(each, NOW) for each in (loaded, later))
    (first.file.parent / "version.json").write_text("{")

    assert history.versions() == [second]
    with pytest.raises(
        HistoryRefused, match="there is no version 1; 'kiosk history' lists the versions"
    ):
        history.version(1)


def test_a_hold_that_is_not_the_one_meant_is_not_released(history: History, loaded: Loaded) -> None:
    """Somebody rolls back while the file is being read."""
    history.accept(loaded, NOW)
    history.hold(1, "abc")
    history.release(Hold(history.version(1), "an older file"))
    assert history.held() is not None


def test_a_version_that_cannot_be_read_any_more_cannot_be_held(
    history: History, loaded: Loaded
) -> None:
    version = history.accept(loaded, NOW)
    version.file.write_text("brand: [")
    with pytest.raises(HistoryRefused, match="version 1 is damaged and cannot be shown"):
        history.hold(1, "abc")
    assert history.held() is None


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbf", b""], ids=["with a mark", "without"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"], ids=["Windows", "other"])
def test_what_is_kept_is_what_was_read_byte_for_byte(
    history: History, contents: Contents, raw: bytes, end: bytes
) -> None:
    contents.load(contents.timeline(name="Größe"))
    read = raw + contents.file.read_bytes().replace(b"\n", end)
    contents.file.write_bytes(read)
    loaded = load(contents.file)
    contents.file.write_bytes(b"another one by now")

    version = history.accept(loaded, NOW)

    assert version.file.read_bytes() == read
    assert load(version.file).digest == loaded.digest


def _fill(history: History, contents: Contents, count: int) -> int:
    """Versions with a picture of their own each; returns how many bytes one of them is."""
    for number in range(count):
        picture = contents.file.parent / "assets" / "car.png"
        Image.effect_noise((200, 200), 60 + number).save(picture)
        place = contents.timeline(name=f"No. {number}", picture={"file": "car.png"})
        history.accept(contents.load(place), NOW)
    return sum(f.stat().st_size for f in (picture, contents.file))


def test_the_oldest_go_when_they_take_too_much_room(
    history: History, contents: Contents, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data / "history"
    size = _fill(history, contents, 1)
    monkeypatch.setattr(history_module, "MAX_BYTES", 5 * size)
    _fill(history, contents, 9)

    numbers = [version.number for version in history.versions()]
    assert numbers == list(range(11 - len(numbers), 11))
    assert 3 <= len(numbers) <= 5
    files = {f.stat().st_ino: f.stat().st_size for f in folder.rglob("*") if f.is_file()}
    assert sum(files.values()) <= 5 * size
    assert len(list((folder / "pictures").iterdir())) == len(numbers)


def test_what_is_shown_and_what_is_held_stays_however_large(
    history: History, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(history, contents, 2)
    history.hold(1, "abc")
    monkeypatch.setattr(history_module, "MAX_BYTES", 1)
    _fill(history, contents, 6)

    assert history.versions()[0].number == 1
    assert len(history.versions()) == 3
    assert history.held() is not None


def test_a_picture_in_many_versions_counts_once(
    history: History, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = _fill(history, contents, 1)
    monkeypatch.setattr(history_module, "MAX_BYTES", 2 * size)
    for number in range(6):
        place = contents.timeline(name=f"Other {number}", picture={"file": "car.png"})
        history.accept(contents.load(place), NOW)

    assert len(history.versions()) == 7
