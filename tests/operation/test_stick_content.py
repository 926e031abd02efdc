"""Content from a stick is checked and copied before it is shown; until then the old stays."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from PIL import Image

from kiosk.content.check.loading import Loaded, load
from kiosk.content.versions import current_content
from kiosk.content.versions.current_content import ContentTracker, CurrentContent, QuietPeriods
from kiosk.content.versions.history import History
from kiosk.content.versions.rolling_back import release, roll_back
from kiosk.operation import folders, stick_content
from kiosk.operation.backup.archive import is_left_out
from kiosk.operation.stick_content import (
    CheckedContent,
    StickContent,
    StickContentRefused,
    check_content,
    find_contents,
    show_content,
)
from kiosk.operation.sticks import find_sticks
from tests.conftest import Contents
from tests.drives import Drives

NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)


@dataclass
class Showroom:
    """A kiosk that shows a content file, a stick in it, and what somebody prepares at the desk."""

    drives: Drives
    shown: Contents
    brought: Contents
    tracker: ContentTracker
    last: CurrentContent

    @property
    def data(self) -> Path:
        return self.drives.data

    @property
    def stick(self) -> Path:
        return self.brought.file.parent

    def found(self) -> StickContent:
        (content,) = find_contents(find_sticks(self.data))
        return content

    def check(self) -> CheckedContent:
        return check_content(self.found(), self.data, self.version)

    def show(self, checked: CheckedContent) -> None:
        show_content(checked, self.data, self.shown.file)
        self.look()

    def look(self) -> None:
        self.last = self.tracker.poll() or self.last

    @property
    def places(self) -> list[str]:
        """Those on screen."""
        assert self.last.loaded is not None
        assert self.last.loaded.content is not None
        return [place.name for place in self.last.loaded.content.places]

    @property
    def version(self) -> int:
        assert self.last.version is not None
        return self.last.version.number

    def copies(self) -> list[Path]:
        return list(self.data.glob(".from-stick-*"))


@pytest.fixture
def showroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drives: Drives) -> Showroom:
    monkeypatch.setattr(current_content, "QUIET_PERIODS", QuietPeriods(0, 0, 0))
    shown = Contents(tmp_path / "srv")
    shown.write(shown.timeline(picture={"file": "car.png"}), shown.signup())
    tracker = ContentTracker(shown.file, drives.data, lambda: NOW)
    first = tracker.poll()
    assert first is not None
    folder = drives.mount("KINGSTON")
    brought = Contents(folder / "showroom")
    brought.write(brought.timeline(name="History"), brought.signup())
    return Showroom(drives, shown, brought, tracker, first)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below, with its bytes."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def refusal(showroom: Showroom, content: StickContent | None = None) -> str:
    """The sentence; neither the screen nor anything that is kept has changed."""
    before, version, history = tree(showroom.shown.file.parent), showroom.version, kept(showroom)
    with pytest.raises(StickContentRefused) as refused:
        check_content(content or showroom.found(), showroom.data, version)
    showroom.look()
    assert (tree(showroom.shown.file.parent), showroom.version) == (before, version)
    assert kept(showroom) == history
    return str(refused.value)


def consent(version: str, wording: str) -> dict[str, str]:
    return {"version": version, "wording": wording}


def kept(showroom: Showroom) -> dict[str, bytes]:
    return tree(showroom.data / "history")


# What is found


def test_contents_are_found_at_the_top_and_one_folder_below(
    drives: Drives, contents: Contents
) -> None:
    stick = drives.mount("KINGSTON")
    source = contents.write(contents.timeline())
    for place in ("content.yaml", "june/content.yaml", "june/a.yml", "a/b/content.yaml"):
        (stick / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, stick / place)
    for other in ("._content.yaml", "notes.txt", ".Trash/content.yaml"):
        (stick / other).parent.mkdir(exist_ok=True)
        (stick / other).write_text("x")
    (stick / "folder.yaml").mkdir()

    found = find_contents(find_sticks(drives.data))
    assert [content.name for content in found] == [
        "content.yaml",
        "june/content.yaml",
        "june/a.yml",
    ]


def test_each_content_is_found_once_and_none_behind_a_link_off_the_stick(
    drives: Drives, contents: Contents
) -> None:
    stick = drives.mount("KINGSTON")
    source = contents.write(contents.timeline())
    shutil.copy(source, stick / "content.yaml")
    (stick / "again").symlink_to(".")
    (stick / "copy.yaml").symlink_to("content.yaml")
    (stick / "secret.yaml").symlink_to(source)
    (stick / "elsewhere").symlink_to(source.parent)
    (stick / "gone.yaml").symlink_to("/nowhere/at/all.yaml")

    found = find_contents(find_sticks(drives.data))
    assert [content.name for content in found] == ["content.yaml"]


def test_a_stick_that_is_pulled_out_meanwhile_has_none(drives: Drives) -> None:
    folder = drives.mount("KINGSTON")
    sticks = find_sticks(drives.data)
    drives.pull(folder)
    assert find_contents(sticks) == []


# What the check says


def test_errors_are_told_with_their_lines_and_nothing_is_copied(showroom: Showroom) -> None:
    showroom.brought.write(showroom.brought.timeline(tilte="x"), showroom.brought.signup())
    before = tree(showroom.data)
    checked = showroom.check()
    (problem,) = checked.problems
    assert "unknown key 'tilte' (did you mean 'title'?)" in problem.message
    assert problem.spot.line > 1
    assert (checked.copy, showroom.copies()) == (None, [])
    assert tree(showroom.data) == before


def test_a_picture_that_was_left_at_the_desk_is_an_error(showroom: Showroom) -> None:
    brought = showroom.brought
    brought.write(brought.timeline(picture={"file": "new.png"}), brought.signup())
    (problem,) = showroom.check().problems
    assert "'new.png' is not in the assets folder" in problem.message


def test_what_changes_is_told_in_the_words_of_the_history(showroom: Showroom) -> None:
    checked = showroom.check()
    assert "place 'Timeline' is now called 'History'" in checked.changes
    assert checked.missing == ()
    assert checked.copy is not None
    assert showroom.version == 1
    assert History(showroom.data).held() is None


def test_warnings_are_told_and_do_not_keep_it_from_being_shown(showroom: Showroom) -> None:
    brought = showroom.brought
    brought.write(brought.offers(brought.offer(datetime(2024, 1, 1, tzinfo=UTC).date())))
    checked = showroom.check()
    assert checked.copy is not None
    assert {problem.severity for problem in checked.problems} == {"warning"}


def test_what_is_on_screen_already_changes_nothing(showroom: Showroom) -> None:
    shutil.copytree(showroom.shown.file.parent, showroom.stick, dirs_exist_ok=True)
    checked = showroom.check()
    assert (checked.changes, checked.missing) == ((), ())
    assert checked.copy is not None


def test_another_picture_under_the_same_name_is_a_change(showroom: Showroom) -> None:
    shutil.copytree(showroom.shown.file.parent, showroom.stick, dirs_exist_ok=True)
    Image.new("RGB", (160, 90), (1, 2, 3)).save(showroom.stick / "assets" / "car.png")
    assert showroom.check().changes == ("pictures or notes changed",)


def test_half_a_copy_is_told(showroom: Showroom) -> None:
    showroom.brought.write(showroom.brought.timeline())
    assert showroom.check().missing == ("one place is missing: 'Signup'",)


def test_other_words_under_the_name_of_an_earlier_consent_are_an_error(
    showroom: Showroom,
) -> None:
    brought = showroom.brought
    brought.write(brought.timeline(), brought.signup(consent=consent("2024-1", "Other words.")))
    assert [problem.code for problem in showroom.check().problems] == ["consent-version"]


# What is shown


def test_it_is_shown_in_place_of_the_file_which_stays_as_it_is(showroom: Showroom) -> None:
    before = tree(showroom.shown.file.parent)
    checked = showroom.check()
    showroom.drives.pull(showroom.stick.parent)  # no longer needed
    showroom.show(checked)

    assert showroom.places == ["History", "Signup"]
    assert showroom.version == 2
    hold = History(showroom.data).held()
    assert hold is not None
    assert hold.is_from_stick
    assert tree(showroom.shown.file.parent) == before


@pytest.mark.parametrize("state", ["read-only", "missing"])
def test_it_is_shown_whether_or_not_the_kiosk_may_write_the_contents_folder(
    showroom: Showroom, state: str
) -> None:
    if state == "missing":
        showroom.shown.file.unlink()
    else:
        showroom.shown.file.parent.chmod(0o555)
        showroom.shown.file.chmod(0o444)
    showroom.look()
    showroom.show(showroom.check())
    assert showroom.places[0] == "History"


def test_a_file_that_was_gone_when_it_was_shown_counts_again_once_it_has_changed(
    showroom: Showroom,
) -> None:
    share = showroom.shown.file.with_name("share.yaml")
    showroom.shown.file.rename(share)
    showroom.look()
    showroom.show(showroom.check())
    roll_back(History(showroom.data), 2, showroom.shown.file)
    share.rename(showroom.shown.file)
    showroom.look()
    assert showroom.places[0] == "History"
    showroom.shown.file.unlink()
    showroom.look()
    showroom.shown.write(showroom.shown.timeline(name="At the desk"), showroom.shown.signup())
    showroom.look()
    assert showroom.places[0] == "At the desk"


def test_it_survives_a_restart(showroom: Showroom) -> None:
    showroom.show(showroom.check())
    showroom.tracker = ContentTracker(showroom.shown.file, showroom.data, lambda: NOW)
    showroom.look()
    assert (showroom.places[0], showroom.version) == ("History", 2)


def test_a_file_that_is_saved_with_a_change_is_shown_again(showroom: Showroom) -> None:
    showroom.show(showroom.check())
    showroom.shown.write(showroom.shown.timeline(name="At the desk"), showroom.shown.signup())
    showroom.look()
    assert showroom.places[0] == "At the desk"
    assert History(showroom.data).held() is None


def test_where_the_file_came_with_the_kiosk_an_update_does_not_bring_it_back(
    showroom: Showroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "PACKAGE", showroom.shown.file.parent)
    showroom.show(showroom.check())
    showroom.shown.write(showroom.shown.timeline(name="Example"), showroom.shown.signup())
    showroom.look()
    assert showroom.places[0] == "History"
    release(History(showroom.data), showroom.shown.file)
    showroom.look()
    assert showroom.places[0] == "Example"


def test_the_version_before_comes_back_and_so_does_the_file(showroom: Showroom) -> None:
    brought = showroom.brought
    brought.write(brought.timeline(name="History"), brought.team(), brought.signup())
    showroom.show(showroom.check())
    history = History(showroom.data)
    roll_back(history, 1, showroom.shown.file)
    showroom.look()
    assert (showroom.places[0], showroom.version) == ("Timeline", 1)
    roll_back(history, 2, showroom.shown.file)
    showroom.look()
    assert showroom.places[0] == "History"
    release(history, showroom.shown.file)  # though it has fewer places
    showroom.look()
    assert showroom.places[0] == "Timeline"
    assert showroom.last.missing == ()


def test_another_stick_replaces_it(showroom: Showroom) -> None:
    showroom.show(showroom.check())
    showroom.brought.write(showroom.brought.timeline(name="July"), showroom.brought.signup())
    checked = showroom.check()
    assert "place 'History' is now called 'July'" in checked.changes
    showroom.show(checked)
    assert (showroom.places[0], showroom.version) == ("July", 3)


def test_its_consent_stands_for_the_same_words_from_then_on(showroom: Showroom) -> None:
    brought = showroom.brought
    brought.write(brought.timeline(), brought.signup(consent=consent("9", "New words.")))
    showroom.show(showroom.check())
    release(History(showroom.data), showroom.shown.file)
    showroom.look()
    brought.write(brought.timeline(), brought.signup(consent=consent("9", "Others.")))
    assert [problem.code for problem in showroom.check().problems] == ["consent-version"]


def test_copies_that_are_not_shown_are_removed(showroom: Showroom) -> None:
    showroom.check()
    (copy,) = showroom.copies()
    assert is_left_out(copy.name)  # of backups
    showroom.check()
    assert len(showroom.copies()) == 1
    folders.remove_stick_copies(showroom.data)
    assert showroom.copies() == []


# What goes wrong


def each_call_of(name: str, patch: pytest.MonkeyPatch, act: Callable[[int], None]) -> None:
    """Have something happen before each call of a function that the module uses."""
    original, count = getattr(stick_content, name), [0]

    def acting(*given: object, **options: object) -> object:
        count[0] += 1
        act(count[0])
        return original(*given, **options)

    patch.setattr(stick_content, name, acting)


@pytest.fixture
def album(showroom: Showroom) -> Showroom:
    """A stick with several pictures."""
    brought = showroom.brought
    places = []
    for number in range(4):
        name = f"{number}.png"
        Image.new("RGB", (160, 90), (number, 9, 9)).save(showroom.stick / "assets" / name)
        places.append(
            brought.timeline(name=f"Time {number}", id=f"t{number}", picture={"file": name})
        )
    brought.write(*places, brought.signup())
    return showroom


PULLED = (
    "KINGSTON was pulled out before everything was read. What is on screen stays as it is; plug it"
    " in and check again."
)


@pytest.mark.parametrize("moment", [1, 2, 4])
def test_a_stick_that_is_pulled_out_in_the_middle_leaves_the_old_content(
    album: Showroom, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    found = album.found()

    def pull(count: int) -> None:
        if count == moment:
            album.drives.pull(album.stick.parent)

    each_call_of("opened_regular_file", monkeypatch, pull)
    assert refusal(album, found) == PULLED


def test_a_stick_that_is_pulled_out_before_the_check_leaves_the_old_content(
    album: Showroom,
) -> None:
    found = album.found()
    album.drives.pull(album.stick.parent)
    assert refusal(album, found) == PULLED


def test_pictures_that_vanish_with_the_stick_are_no_mistakes_in_the_file(
    album: Showroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = album.found()

    def load_and_pull(file: Path) -> Loaded:
        shutil.rmtree(album.stick / "assets")
        loaded = load(file)
        album.drives.pull(album.stick.parent)
        return loaded

    monkeypatch.setattr(stick_content, "load", load_and_pull)
    assert refusal(album, found) == PULLED


@pytest.mark.parametrize(
    ("code", "is_own_disk", "sentence"),
    [
        (errno.EIO, False, "KINGSTON cannot be read (Input/output error)."),
        (errno.ENOSPC, True, "The kiosk's disk is full ("),
        (errno.EROFS, True, "The kiosk's disk cannot be written (Read-only file system)."),
    ],
)
def test_a_disk_or_stick_that_refuses_is_told(
    album: Showroom,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    is_own_disk: bool,
    sentence: str,
) -> None:
    place = album.data / "x" if is_own_disk else album.stick / "x"

    each_call_of(
        "copyfileobj", monkeypatch, Mock(side_effect=OSError(code, os.strerror(code), str(place)))
    )
    told = refusal(album)
    assert told.startswith(sentence)
    assert "What is on screen stays as it is" in told


def test_a_stick_that_returns_something_else_the_second_time_is_told(
    album: Showroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace(count: int) -> None:
        if count == 3:
            Image.new("RGB", (160, 90), (200, 9, 9)).save(album.stick / "assets" / "2.png")

    each_call_of("opened_regular_file", monkeypatch, replace)
    assert "returns something else each time it is read" in refusal(album)


def test_a_stick_that_hangs_is_told(showroom: Showroom, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    goes_on = threading.Event()
    monkeypatch.setattr(stick_content, "CHECK_SECONDS", 0.05)
    each_call_of("load", monkeypatch, lambda _: (goes_on.wait(), None)[1])
    assert refusal(showroom) == (
        "KINGSTON does not respond. What is on screen stays as it is; take another stick."
    )
    goes_on.set()


def test_pictures_behind_a_link_off_the_stick_are_neither_checked_nor_copied(
    showroom: Showroom, tmp_path: Path
) -> None:
    """Else a stick could have the kiosk's own files quoted on the screen."""
    (showroom.stick / "assets").rename(tmp_path / "assets")
    (showroom.stick / "assets").symlink_to(tmp_path / "assets")
    assert refusal(showroom) == (
        "The assets folder of showroom/content.yaml is a link that leads out of KINGSTON. What is"
        " on screen stays as it is; copy the files themselves to the stick."
    )


def test_a_content_file_that_has_become_a_link_off_the_stick_is_not_read(
    showroom: Showroom, tmp_path: Path
) -> None:
    found = showroom.found()
    (tmp_path / "secret.yaml").write_text("password: open sesame")
    found.file.unlink()
    found.file.symlink_to(tmp_path / "secret.yaml")
    told = refusal(showroom, found)
    assert "is a link that leads out of KINGSTON" in told
    assert "sesame" not in told


def test_a_link_within_the_stick_is_followed(showroom: Showroom) -> None:
    (showroom.stick / "assets").rename(showroom.stick / "pictures")
    (showroom.stick / "assets").symlink_to("pictures")
    assert showroom.check().copy is not None


def test_a_file_that_is_too_large_is_not_blamed_on_the_stick(showroom: Showroom) -> None:
    found = showroom.found()
    os.truncate(found.file, 50_000_000)
    assert refusal(showroom, found) == (
        "The file showroom/content.yaml has 50 MB, and a content file has at most 8 MB. What is on"
        " screen stays as it is; this is probably another file."
    )


def test_a_disk_without_room_for_it_and_for_signups_takes_no_copy(
    album: Showroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = (f"{number}.png" for number in range(4))
    size = sum((album.stick / "assets" / file).stat().st_size for file in files)
    needed = folders.LEAST_FREE_BYTES + 2 * (size + (album.stick / "content.yaml").stat().st_size)
    free = needed - 1
    monkeypatch.setattr(stick_content, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert refusal(album).startswith("The kiosk's disk has 200 MB free (")
    assert album.copies() == []
    free = needed
    assert album.check().copy is not None


@pytest.mark.parametrize("moment", [1, 3])
def test_half_a_copy_does_not_stay(
    album: Showroom, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    def refuse(count: int) -> None:
        if count == moment:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(album.data / "x"))

    each_call_of("copyfileobj", monkeypatch, refuse)
    refusal(album)
    assert album.copies() == []


def test_a_disk_that_takes_no_version_leaves_the_old_content(
    showroom: Showroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.content.versions import history as history_module

    checked = showroom.check()

    before = kept(showroom)
    with monkeypatch.context() as full:
        full.setattr(
            history_module,
            "write_small_file",
            Mock(side_effect=OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))),
        )
        with pytest.raises(StickContentRefused, match="cannot be stored in"):
            show_content(checked, showroom.data, showroom.shown.file)
    showroom.look()
    assert (showroom.places[0], kept(showroom)) == ("Timeline", before)


def test_a_content_file_that_hangs_is_told_and_nothing_changes(
    showroom: Showroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    goes_on = Event()
    checked = showroom.check()
    monkeypatch.setattr(stick_content, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(stick_content, "roll_back", lambda *_, **__: goes_on.wait())
    with pytest.raises(StickContentRefused, match="does not respond"):
        show_content(checked, showroom.data, showroom.shown.file)
    goes_on.set()
    showroom.look()
    assert showroom.places[0] == "Timeline"


def test_a_file_that_is_saved_at_the_same_moment_is_kept_as_well(showroom: Showroom) -> None:
    """Two threads write versions at once."""
    history = [History(showroom.data), History(showroom.data)]
    sources = list(_variants(showroom))
    with ThreadPoolExecutor(2) as pool:
        rounds = [
            [
                pool.submit(keeper.accept, loaded, NOW)
                for keeper, loaded in zip(history, pair, strict=True)
            ]
            for pair in sources
        ]
        for jobs in rounds:
            for job in jobs:
                job.result()
    versions = history[0].versions()
    assert [version.number for version in versions] == list(range(1, len(versions) + 1))
    names = {load(version.file).content.places[0].name for version in versions}  # type: ignore[union-attr]
    assert {f"{side} {n}" for n in range(len(sources)) for side in ("a", "b")} <= names


def _variants(showroom: Showroom) -> Iterator[tuple[Loaded, Loaded]]:
    for number in range(8):
        pair = []
        for side, contents in (("a", showroom.shown), ("b", showroom.brought)):
            place = contents.timeline(name=f"{side} {number}", picture={"file": "car.png"})
            pair.append(contents.load(place, contents.signup()))
        yield pair[0], pair[1]
