"""What is shown is the file while it is in order, else the last good content, whatever happens."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from kiosk.content.check.loading import Loaded, load
from kiosk.content.versions import current_content
from kiosk.content.versions import history as history_module
from kiosk.content.versions.current_content import ContentTracker, CurrentContent, QuietPeriods
from kiosk.content.versions.history import History, HistoryRefused
from kiosk.showroom.screenplay import derive_screenplay
from tests.conftest import Block, Contents

NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)

Show = Callable[..., CurrentContent]


@pytest.fixture
def tracker(contents: Contents, data: Path, monkeypatch: pytest.MonkeyPatch) -> ContentTracker:
    monkeypatch.setattr(current_content, "QUIET_PERIODS", QuietPeriods(0, 0, 0))
    return ContentTracker(contents.file, data, lambda: NOW)


def look(tracker: ContentTracker) -> CurrentContent:
    current = tracker.poll()
    assert current is not None
    return current


def loaded(current: CurrentContent) -> Loaded:
    assert current.loaded is not None
    return current.loaded


@pytest.fixture
def show(tracker: ContentTracker, contents: Contents) -> Show:
    """Save a content and look at it."""

    def show(*places: Block) -> CurrentContent:
        contents.write(*places)
        return look(tracker)

    return show


def name(current: CurrentContent) -> str:
    content = loaded(current).content
    assert content is not None
    return content.places[0].name


def number(current: CurrentContent) -> int:
    assert current.version is not None
    return current.version.number


def test_a_good_file_is_shown_from_where_it_is_kept(
    show: Show, contents: Contents, data: Path
) -> None:
    current = show(contents.timeline(picture={"file": "car.png"}))

    assert current.is_valid
    assert loaded(current).file == data / "history" / "0001" / "content.yaml"
    assert (loaded(current).assets / "car.png").is_file()
    assert (
        current.digest == sha256(contents.file.read_bytes()).hexdigest() == loaded(current).digest
    )


def test_nothing_new_is_nothing_to_show(
    show: Show, tracker: ContentTracker, contents: Contents
) -> None:
    show(contents.timeline())

    assert tracker.poll() is None


@pytest.mark.parametrize(
    ("fault", "named"),
    [({"tilte": "x"}, "unknown key 'tilte'"), ({"chapters": "-"}, "must be a list")],
    ids=["unknown key", "text in place of a list"],
)
def test_a_broken_file_leaves_the_last_good_content(
    show: Show, contents: Contents, fault: Block, named: str
) -> None:
    show(contents.timeline(name="Good"))

    current = show(contents.timeline(**fault))

    assert name(current) == "Good"
    assert not current.is_valid
    assert named in current.problems[0].message
    assert number(current) == 1


def test_a_start_with_a_broken_file_opens_the_last_good_content(
    show: Show, contents: Contents, data: Path
) -> None:
    show(contents.timeline(name="Good"))
    contents.file.write_text("brand: [")

    assert name(look(ContentTracker(contents.file, data, lambda: NOW))) == "Good"


def test_a_deleted_file_leaves_the_last_good_content_and_its_return_is_shown(
    show: Show, tracker: ContentTracker, contents: Contents
) -> None:
    show(contents.timeline(name="Good"))
    contents.file.unlink()
    gone = look(tracker)
    assert name(gone) == "Good"
    assert "does not exist" in gone.message
    assert name(show(contents.timeline(name="Back"))) == "Back"


def test_deleted_and_damaged_pictures_do_not_reach_the_floor(
    show: Show, tracker: ContentTracker, contents: Contents
) -> None:
    first = show(contents.timeline(picture={"file": "car.png"}))
    picture = contents.file.parent / "assets" / "car.png"
    intact = picture.read_bytes()
    for harm in (lambda: picture.write_bytes(intact[:60]), picture.unlink):
        harm()
        current = look(tracker)
        assert current.problems
        assert (loaded(current).assets / "car.png").read_bytes() == intact
    assert (loaded(first).assets / "car.png").read_bytes() == intact


def test_a_changed_picture_is_noticed(
    show: Show, tracker: ContentTracker, contents: Contents
) -> None:
    show(contents.timeline(picture={"file": "car.png"}))
    Image.new("RGB", (160, 90), (9, 9, 9)).save(contents.file.parent / "assets" / "car.png")

    current = look(tracker)

    assert number(current) == 2


@pytest.mark.parametrize("name", ["content.yaml", "assets/car.png"])
def test_permissions_that_are_taken_and_given_back_are_noticed(
    show: Show, tracker: ContentTracker, contents: Contents, name: str
) -> None:
    show(contents.timeline(picture={"file": "car.png"}))
    file = contents.file.parent / name

    file.chmod(0)
    current = look(tracker)

    assert current.is_valid == (os.geteuid() == 0)  # nothing is forbidden to the root user
    file.chmod(0o644)
    assert look(tracker).is_valid


def test_a_held_version_is_shown_until_the_file_changes(
    show: Show, tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    show(contents.timeline(name="First"))
    digest = show(contents.timeline(name="Second")).digest
    History(data).hold(1, digest)

    held = look(tracker)
    assert name(held) == "First"
    assert History(data).held() is not None
    assert (
        name(look(ContentTracker(contents.file, data, lambda: NOW))) == "First"
    )  # after a restart too

    after = show(contents.timeline(name="Third"))
    assert name(after) == "Third"
    assert History(data).held() is None


def test_a_broken_save_over_a_held_version_keeps_holding_it(
    show: Show, tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    """What was rolled back from must not come again because of another mistake."""
    show(contents.timeline(name="First"))
    contents.write(contents.timeline(name="Second"))
    History(data).hold(1, look(tracker).digest)
    look(tracker)

    current = show(contents.timeline(tilte="x"))

    assert name(current) == "First"
    assert current.problems


def test_a_disk_that_cannot_keep_it_shows_it_all_the_same(
    show: Show, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise HistoryRefused("the disk is full")

    monkeypatch.setattr(History, "accept", refuse)

    current = show(contents.timeline(name="Good"))

    assert name(current) == "Good"
    assert current.version is None
    assert current.is_valid


def test_a_data_folder_may_be_named_from_where_one_stands(
    contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    contents.write(contents.timeline(picture={"file": "car.png"}))
    content = contents.file.relative_to(tmp_path)
    current = look(ContentTracker(content, Path("data"), lambda: datetime(2024, 5, 1, tzinfo=UTC)))
    assert current.version is not None
    derive_screenplay(loaded(current), datetime(2024, 5, 1, tzinfo=UTC), is_clock_trusted=True)
    assert [path.is_absolute() for path in loaded(current).stored_pictures.values()] == [True]


def test_a_fault_of_ours_leaves_the_last_good_content(
    show: Show, tracker: ContentTracker, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(contents.timeline(name="Good"))
    contents.write(contents.timeline(name="Better"))

    def fail(file: Path, *before: object) -> Loaded:
        if file == contents.file:
            raise IndexError("a bug")
        return load(file)

    monkeypatch.setattr(current_content, "load", fail)
    current = look(tracker)
    assert name(current) == "Good"
    assert not current.is_valid
    assert current.message.startswith("The content file could not be read")


def test_what_the_disk_could_not_keep_stays_when_the_file_breaks(
    show: Show, tracker: ContentTracker, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise HistoryRefused("the disk is full")

    show(contents.timeline(name="Kept"))
    with monkeypatch.context() as full:
        full.setattr(History, "accept", refuse)
        show(contents.timeline(name="Shown"))
    contents.file.unlink()
    assert name(look(tracker)) == "Shown"
    show(contents.timeline(name="Later"))
    contents.file.unlink()
    assert name(look(tracker)) == "Later"


def test_nothing_good_ever_is_told_with_its_problems(
    tracker: ContentTracker, contents: Contents
) -> None:
    contents.file.write_text("brand: [")
    current = look(tracker)
    assert current.loaded is None
    assert current.problems

    contents.file.unlink()
    assert look(tracker).message


def test_a_kept_version_that_is_damaged_gives_way_to_the_one_before(
    show: Show, tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    for each in ("First", "Second"):
        show(contents.timeline(name=each))
    (data / "history" / "0002" / "content.yaml").write_text("brand: [")
    contents.file.unlink()

    assert name(look(tracker)) == "First"


def test_a_picture_that_is_replaced_while_it_is_kept_is_looked_at_again(
    tracker: ContentTracker, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = contents.file.parent / "assets" / "car.png"
    contents.write(contents.timeline(picture={"file": "car.png"}))
    digests = []
    original = History.accept

    def replaced_before(self: History, loaded: Loaded, *rest: object) -> object:
        if not digests:
            Image.new("RGB", (160, 90), (9, 200, 9)).save(picture)
        digests.append(loaded.pictures.digest("car.png"))
        return original(self, loaded, *rest)

    monkeypatch.setattr(History, "accept", replaced_before)

    current = look(tracker)

    assert len(set(digests)) == 2
    assert loaded(current).stored_pictures["car.png"].read_bytes() == picture.read_bytes()


def test_a_change_is_read_after_what_was_read_before(show: Show, contents: Contents) -> None:
    """What is shown is the same as after a start."""
    for number in range(4):
        timeline = contents.timeline(name=f"No. {number}", picture={"file": "car.png"})
        current = show(timeline, contents.team())
        assert loaded(current).content == load(contents.file).content
        assert set(loaded(current).stored_pictures) == {"car.png"}


def test_what_is_shown_can_be_drawn_while_many_versions_come_and_go(
    show: Show, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A visitor who reads for long holds other content back."""
    monkeypatch.setattr(history_module, "MAX_VERSIONS", 3)
    first = show(contents.timeline(picture={"file": "car.png"}))
    for number in range(6):
        later = show(contents.timeline(name=f"No. {number}", picture={"file": "car.png"}))
        assert loaded(later).stored_pictures == loaded(first).stored_pictures

    assert not first.version.file.exists()
    assert loaded(first).stored_pictures["car.png"].is_file()


def test_a_hold_made_while_the_file_is_read_is_kept(
    show: Show,
    tracker: ContentTracker,
    contents: Contents,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A bad save, and somebody rolls back at once."""
    show(contents.timeline(name="First"))
    contents.write(contents.timeline(name="Bad"))
    original = current_content.load

    def roll_back_meanwhile(file: Path, *before: Loaded) -> Loaded:
        loaded = original(file, *before)
        if file == contents.file:
            History(data).hold(1, loaded.digest)
        return loaded

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(current_content, "load", roll_back_meanwhile)
        look(tracker)

    assert History(data).held() is not None
    assert name(look(tracker)) == "First"


def test_a_file_saved_while_it_is_kept_is_the_next_version(
    tracker: ContentTracker, contents: Contents, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents.write(contents.timeline(name="First"))
    first = contents.file.read_bytes()
    original = History.accept

    def save_meanwhile(self: History, loaded: Loaded, *rest: object) -> object:
        contents.write(contents.timeline(name="Second"))
        return original(self, loaded, *rest)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(History, "accept", save_meanwhile)
        assert name(look(tracker)) == "First"

    assert History(data).version(1).file.read_bytes() == first
    assert name(look(tracker)) == "Second"


def test_a_held_version_that_is_damaged_gives_way_to_a_kept_one_not_to_the_file(
    show: Show, tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    for each in ("First", "Second", "Bad"):
        digest = show(contents.timeline(name=each)).digest
    History(data).hold(2, digest)
    (data / "history" / "0002" / "content.yaml").write_text("brand: [")
    (data / "history" / "0003" / "content.yaml").write_text("brand: [")

    assert name(look(tracker)) == "First"
