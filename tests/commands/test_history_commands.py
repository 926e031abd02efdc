"""`kiosk history` and `kiosk rollback`: what was shown, and the way back."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.content.versions import history as history_module
from kiosk.content.versions.history import History
from kiosk.operation.status import Status, StatusFile
from tests.commands.conftest import Done, Kiosk
from tests.conftest import Contents

Rollback = Callable[..., Done]
NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def three(contents: Contents, data: Path) -> History:
    history = History(data)
    for name in ("First", "Second", "Third"):
        history.accept(contents.load(contents.timeline(name=name)), NOW)
    return history


@pytest.fixture
def rollback(kiosk: Kiosk, contents: Contents) -> Rollback:
    return partial(kiosk, "rollback", "--content", contents.file)


def held(history: History) -> int:
    """The number of the version that is held."""
    hold = history.held()
    assert hold is not None
    return hold.version.number


def test_each_version_with_what_changed(three: History, kiosk: Kiosk) -> None:
    assert kiosk("history").said.splitlines() == [
        "   1  2024-05-01 09:30",
        "      first version",
        "   2  2024-05-01 09:30",
        "      place 'First' is now called 'Second'",
        "   3  2024-05-01 09:30",
        "      place 'Second' is now called 'Third'",
    ]


def test_for_programs(three: History, kiosk: Kiosk) -> None:
    three.hold(2, "abc")

    reported = json.loads(kiosk("history", "--json").said)

    assert reported["held"] == 2
    assert [version["number"] for version in reported["versions"]] == [1, 2, 3]
    assert Path(reported["versions"][0]["file"]).is_file()


def test_nothing_shown_yet(kiosk: Kiosk) -> None:
    assert kiosk("history").said.startswith("No content has been shown yet")


def test_back_by_one_and_by_one_more(three: History, rollback: Rollback) -> None:
    for number in (2, 1):
        assert f"Version {number} of 2024-05-01 09:30 is shown until" in rollback().said
        assert held(three) == number
    done = rollback()
    assert done.status == 2
    assert "there is no earlier version to go back to" in done.err


def test_to_a_version_and_back_to_the_file(
    three: History, kiosk: Kiosk, rollback: Rollback
) -> None:
    assert rollback("1").status == 0
    assert "   1  2024-05-01 09:30  (held by rollback)" in kiosk("history").said
    three.hold(2, "abc", is_from_stick=True)
    marked = "   2  2024-05-01 09:30  (from a stick, shown instead of the content file)"
    assert marked in kiosk("history").said

    assert rollback("--release").status == 0
    assert three.held() is None


def test_from_any_folder_it_is_the_content_on_the_floor_that_is_rolled_back(
    three: History, kiosk: Kiosk, contents: Contents
) -> None:
    StatusFile(kiosk.data, Status(str(contents.file))).write()
    (kiosk.folder / "content.yaml").write_text("another one", "utf-8")

    assert f"is shown until {contents.file} is saved" in kiosk("rollback").said
    hold = three.held()
    assert hold is not None
    assert hold.instead_of == sha256(contents.file.read_bytes()).hexdigest()

    released = [kiosk("rollback", "--release").said for _ in range(2)]
    assert released == [
        f"The kiosk shows {contents.file} again.\n",
        f"No version is held; the kiosk shows {contents.file}.\n",
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["9"], "there is no version 9; 'kiosk history' lists the versions"),
        (["first"], "'first' is not a version number; 'kiosk history' lists them"),
        (
            ["1", "--release"],
            "--release shows the content file again; leave the version out",
        ),
    ],
)
def test_wrong_use_is_one_sentence(
    three: History, rollback: Rollback, given: list[str], expected: str
) -> None:
    done = rollback(*given)

    assert done.status == 2
    assert expected in done.err
    assert three.held() is None


def test_a_file_that_is_gone_can_be_rolled_back_from(
    three: History, rollback: Rollback, contents: Contents
) -> None:
    digest = sha256(contents.file.read_bytes()).hexdigest()
    contents.file.unlink()

    for _ in range(2):
        assert rollback().status == 0

    hold = three.held()
    assert hold is not None
    assert (hold.version.number, hold.instead_of) == (1, digest)


def test_what_cannot_be_read_any_more_is_not_said_to_be_shown(
    three: History, data: Path, rollback: Rollback
) -> None:
    (data / "history" / "0002" / "content.yaml").write_text("brand: [")

    assert rollback() == (
        *(1, ""),
        "kiosk: version 2 is damaged and cannot be shown; choose another version\n",
    )
    assert three.held() is None


@pytest.mark.parametrize("option", ["2", "--release"])
def test_a_disk_that_refuses_is_told(
    three: History,
    rollback: Rollback,
    option: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    three.hold(1, "abc")
    refuse = Mock(side_effect=OSError(errno.EROFS, os.strerror(errno.EROFS)))
    monkeypatch.setattr(history_module, "_write", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)

    done = rollback(option)

    assert (done.status, done.out) == (1, "")
    assert "hold.json cannot be written (Read-only file system)" in done.err


def test_a_file_that_was_saved_a_moment_ago_is_rolled_back_from(
    three: History, contents: Contents, rollback: Rollback
) -> None:
    """It is not on the floor yet, and shall not be."""
    contents.write(contents.timeline(name="Bad"))

    assert rollback().said.startswith("Version 3 of")
    hold = three.held()
    assert hold is not None
    assert hold.instead_of == sha256(contents.file.read_bytes()).hexdigest()


def test_a_file_that_is_saved_again_and_again_is_told(
    three: History,
    contents: Contents,
    rollback: Rollback,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original = History.hold

    def save_meanwhile(self: History, *given: object, **options: object) -> object:
        contents.file.write_bytes(contents.file.read_bytes() + b"\n")
        return original(self, *given, **options)

    monkeypatch.setattr(History, "hold", save_meanwhile)
    done = rollback("1")

    assert done.status == 1
    assert "is being written; try again" in done.err


@pytest.fixture
def in_safe_mode(data: Path, contents: Contents) -> Callable[[str], None]:
    """Has a kiosk show a version in safe mode."""

    def show(version: str) -> None:
        since = "2024-05-02T09:00:00+00:00"
        StatusFile(data, Status(str(contents.file), version=version, safe_since=since)).write()

    return show


@pytest.mark.parametrize(
    ("on_screen", "held", "expected"),
    [
        ("1", None, 1),  # 2 and 3 never ran well
        ("2", None, 2),
        ("3", None, 2),  # the crashes had another cause
        ("1", 2, 1),
        ("3", 2, 1),
        ("", None, 2),  # the file itself is shown: nothing is stored of it
    ],
)
def test_in_safe_mode_the_way_back_is_to_what_is_on_screen(
    three: History,
    rollback: Rollback,
    in_safe_mode: Callable[[str], None],
    on_screen: str,
    held: int | None,
    expected: int,
) -> None:
    in_safe_mode(on_screen)
    if held is not None:
        three.hold(held, "abc")

    printed = rollback().said

    assert printed.startswith(f"Version {expected} of 2024-05-01 09:30 is shown until")
    assert printed.endswith("The kiosk is in safe mode; this counts once it is restarted.\n")


def test_in_safe_mode_a_file_that_was_saved_since_is_not_gone_back_from_to_an_untried_version(
    three: History, contents: Contents, rollback: Rollback, in_safe_mode: Callable[[str], None]
) -> None:
    contents.write(contents.timeline(name="Bad"))
    in_safe_mode("1")

    assert rollback().status == 0

    assert held(three) == 1


def test_after_safe_mode_was_ended_by_hand_the_newest_version_counts(
    three: History, data: Path, contents: Contents, rollback: Rollback
) -> None:
    since = "2024-05-02T09:00:00+00:00"
    closed = Status(str(contents.file), version="1", safe_since=since, end="closed")
    StatusFile(data, closed).write()

    assert rollback().status == 0

    assert held(three) == 2


def test_the_history_marks_what_safe_mode_shows(
    three: History, kiosk: Kiosk, in_safe_mode: Callable[[str], None]
) -> None:
    in_safe_mode("1")
    three.hold(2, "abc")

    lines = kiosk("history").said.splitlines()

    assert "   1  2024-05-01 09:30  (on screen, in safe mode)" in lines
    assert "   2  2024-05-01 09:30  (held by rollback after a restart)" in lines
