"""What is shown is the file while it is in order, else the last good content, whatever happens."""

from __future__ import annotations

import os
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
from tests.conftest import Contents

NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def tracker(contents: Contents, data: Path, monkeypatch: pytest.MonkeyPatch) -> ContentTracker:
    monkeypatch.setattr(current_content, "QUIET_PERIODS", QuietPeriods(0, 0, 0))
    return ContentTracker(contents.file, data, lambda: NOW)


def look(tracker: ContentTracker) -> CurrentContent:
    current = tracker.poll()
    assert current is not None
    return current


def name(current: CurrentContent) -> str:
    assert current.loaded is not None
    assert current.loaded.content is not None
    return current.loaded.content.places[0].name


def test_a_good_file_is_shown_from_where_it_is_kept(
    tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    contents.write(contents.timeline(picture={"file": "car.png"}))

    current = look(tracker)

    assert current.is_valid
    assert current.loaded is not None
    assert current.loaded.file == data / "history" / "0001" / "content.yaml"
    assert (current.loaded.assets / "car.png").is_file()
    assert current.digest == sha256(contents.file.read_bytes()).hexdigest() == current.loaded.digest


def test_nothing_new_is_nothing_to_show(tracker: ContentTracker, contents: Contents) -> None:
    contents.write(contents.timeline())
    look(tracker)

    assert tracker.poll() is None


def test_a_broken_file_leaves_the_last_good_content(
    tracker: ContentTracker, contents: Contents
) -> None:
    contents.write(contents.timeline(name="Good"))
    look(tracker)
    contents.write(contents.timeline(tilte="x"))

    current = look(tracker)

    assert name(current) == "Good"
    assert not current.is_valid
    assert "unknown key 'tilte'" in current.problems[0].message
    assert current.version is not None
    assert current.version.number == 1


def test_a_start_with_a_broken_file_opens_the_last_good_content(
    tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    contents.write(contents.timeline(name="Good"))
    look(tracker)
    contents.file.write_text("brand: [")

    assert name(look(ContentTracker(contents.file, data, lambda: NOW))) == "Good"


def test_a_deleted_file_leaves_the_last_good_content_and_its_return_is_shown(
    tracker: ContentTracker, contents: Contents
) -> None:
    contents.write(contents.timeline(name="Good"))
    look(tracker)
    contents.file.unlink()
    gone = look(tracker)
    assert name(gone) == "Good"
    assert "does not exist" in gone.message
    contents.write(contents.timeline(name="Back"))

    assert name(look(tracker)) == "Back"


def test_deleted_and_damaged_pictures_do_not_reach_the_floor(
    tracker: ContentTracker, contents: Contents
) -> None:
    contents.write(contents.timeline(picture={"file": "car.png"}))
    first = look(tracker)
    picture = contents.file.parent / "assets" / "car.png"
    intact = picture.read_bytes()
    for harm in (lambda: picture.write_bytes(intact[:60]), picture.unlink):
        harm()
        current = look(tracker)
        assert current.problems
        assert current.loaded is not None
        assert (current.loaded.assets / "car.png").read_bytes() == intact
    assert first.loaded is not None
    assert (first.loaded.assets / "car.png").read_bytes() == intact


def test_a_changed_picture_is_noticed(tracker: ContentTracker, contents: Contents) -> None:
    contents.write(contents.timeline(picture={"file": "car.png"}))
    look(tracker)
    Image.new("RGB", (160, 90), (9, 9, 9)).save(contents.file.parent / "assets" / "car.png")

    current = look(tracker)

    assert current.version is not None
    assert current.version.number == 2


@pytest.mark.parametrize("name", ["content.yaml", "assets/car.png"])
def test_permissions_that_are_taken_and_given_back_are_noticed(
    tracker: ContentTracker, contents: Contents, name: str
) -> None:
    contents.write(contents.timeline(picture={"file": "car.png"}))
    look(tracker)
    file = contents.file.parent / name

    file.chmod(0)
    current = look(tracker)

    assert current.is_valid == (os.geteuid() == 0)  # nothing is forbidden to the root user
    file.chmod(0o644)
    assert look(tracker).is_valid


def test_a_held_version_is_shown_until_the_file_changes(
    tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    contents.write(contents.timeline(name="First"))
    look(tracker)
    contents.write(contents.timeline(name="Second"))
    digest = look(tracker).digest
    History(data).hold(1, digest)

    held = look(tracker)
    assert name(held) == "First"
    assert History(data).held() is not None
    assert (
        name(look(ContentTracker(contents.file, data, lambda: NOW))) == "First"
    )  # after a restart too

    contents.write(contents.timeline(name="Third"))
    after = look(tracker)
    assert name(after) == "Third"
    assert History(data).held() is None


def test_a_broken_save_over_a_held_version_keeps_holding_it(
    tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    """What was rolled back from must not come again because of another mistake."""
    contents.write(contents.timeline(name="First"))
    look(tracker)
    contents.write(contents.timeline(name="Second"))
    History(data).hold(1, look(tracker).digest)
    look(tracker)
    contents.write(contents.timeline(tilte="x"))

    current = look(tracker)

    assert name(current) == "First"
    assert current.problems


def test_a_disk_that_cannot_keep_it_shows_it_all_the_same(
    tracker: ContentTracker, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise HistoryRefused("the disk is full")

    monkeypatch.setattr(History, "accept", refuse)
    contents.write(contents.timeline(name="Good"))

    current = look(tracker)

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
    assert current.loaded is not None
    assert current.version is not None
    derive_screenplay(current.loaded, datetime(2024, 5, 1, tzinfo=UTC), is_clock_trusted=True)
    assert [path.is_absolute() for path in current.loaded.stored_pictures.values()] == [True]


def test_a_fault_of_ours_leaves_the_last_good_content(
    tracker: ContentTracker, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents.write(contents.timeline(name="Good"))
    look(tracker)
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
    tracker: ContentTracker, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise HistoryRefused("the disk is full")

    contents.write(contents.timeline(name="Kept"))
    look(tracker)
    with monkeypatch.context() as full:
        full.setattr(History, "accept", refuse)
        contents.write(contents.timeline(name="Shown"))
        look(tracker)
    contents.file.unlink()
    assert name(look(tracker)) == "Shown"
    contents.write(contents.timeline(name="Later"))
    look(tracker)
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
    tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    for each in ("First", "Second"):
        contents.write(contents.timeline(name=each))
        look(tracker)
    (data / "history" / "0002" / "content.yaml").write_text("brand: [")
    contents.file.unlink()

    assert name(look(tracker)) == "First"


def test_other_words_for_the_same_consent_do_not_reach_the_floor(
    tracker: ContentTracker, contents: Contents
) -> None:
    """A stored consent names a version, which must stand for one set of words."""
    contents.write(contents.signup())
    look(tracker)
    wording = {"version": "2024-1", "wording": "Yes, send me everything."}
    contents.write(contents.signup(consent=wording, title="Other words"))

    refused = look(tracker)

    assert refused.loaded is not None
    assert refused.loaded.content is not None
    assert refused.loaded.content.places[0].title == "The signup"
    (problem,) = refused.problems
    assert problem.rule == "consent-version"
    contents.write(contents.signup(consent={**wording, "version": "2024-2"}, title="Other words"))
    accepted = look(tracker)
    assert accepted.is_valid
    assert accepted.version is not None
    assert accepted.version.number == 2


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
    assert current.loaded is not None
    assert current.loaded.stored_pictures["car.png"].read_bytes() == picture.read_bytes()


def test_a_change_is_read_after_what_was_read_before(
    tracker: ContentTracker, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown is the same as after a start."""
    for number in range(4):
        timeline = contents.timeline(name=f"No. {number}", picture={"file": "car.png"})
        contents.write(timeline, contents.team())
        current = look(tracker)
        assert current.loaded is not None
        assert current.loaded.content == load(contents.file).content
        assert set(current.loaded.stored_pictures) == {"car.png"}


def test_what_is_shown_can_be_drawn_while_many_versions_come_and_go(
    tracker: ContentTracker, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A visitor who reads for long holds other content back."""
    monkeypatch.setattr(history_module, "MAX_VERSIONS", 3)
    contents.write(contents.timeline(picture={"file": "car.png"}))
    first = look(tracker)
    assert first.loaded is not None
    for number in range(6):
        contents.write(contents.timeline(name=f"No. {number}", picture={"file": "car.png"}))
        later = look(tracker)
        assert later.loaded is not None
        assert later.loaded.stored_pictures == first.loaded.stored_pictures

    assert first.version is not None
    assert not first.version.file.exists()
    assert first.loaded.stored_pictures["car.png"].is_file()


@pytest.mark.parametrize("written", ["", " ", "-", "x"])
def test_a_text_where_a_list_is_wanted_is_a_problem_like_any_other(
    tracker: ContentTracker, contents: Contents, written: str
) -> None:
    contents.write(contents.timeline(name="Good"))
    look(tracker)
    contents.write(contents.timeline(chapters=written))
    current = look(tracker)
    assert name(current) == "Good"
    (problem,) = current.problems
    assert "'chapters'" in problem.message


def test_a_hold_made_while_the_file_is_read_is_kept(
    tracker: ContentTracker, contents: Contents, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bad save, and somebody rolls back at once."""
    contents.write(contents.timeline(name="First"))
    look(tracker)
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
    tracker: ContentTracker, contents: Contents, data: Path
) -> None:
    for each in ("First", "Second", "Bad"):
        contents.write(contents.timeline(name=each))
        digest = look(tracker).digest
    History(data).hold(2, digest)
    (data / "history" / "0002" / "content.yaml").write_text("brand: [")
    (data / "history" / "0003" / "content.yaml").write_text("brand: [")

    assert name(look(tracker)) == "First"
