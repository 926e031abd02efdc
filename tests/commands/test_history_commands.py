"""`kiosk history` and `kiosk rollback`: what was shown, and the way back."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.cli import main
from kiosk.content.versions import history as history_module
from kiosk.content.versions.history import History
from kiosk.operation.status import Status, StatusFile
from tests.conftest import Contents

NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def three(contents: Contents, data: Path) -> History:
    history = History(data)
    for name in ("First", "Second", "Third"):
        history.accept(contents.load(contents.timeline(name=name)), NOW)
    return history


def test_each_version_with_what_changed(
    three: History, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "--data", str(data)]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "   1  2024-05-01 09:30",
        "      first version",
        "   2  2024-05-01 09:30",
        "      place 'First' is now called 'Second'",
        "   3  2024-05-01 09:30",
        "      place 'Second' is now called 'Third'",
    ]


def test_for_programs(three: History, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    three.hold(2, "abc")
    assert main(["history", "--data", str(data), "--json"]) == 0

    reported = json.loads(capsys.readouterr().out)
    assert reported["held"] == 2
    assert [version["number"] for version in reported["versions"]] == [1, 2, 3]
    assert Path(reported["versions"][0]["file"]).is_file()


def test_nothing_shown_yet(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("No content has been shown yet")


def test_back_by_one_and_by_one_more(
    three: History, data: Path, contents: Contents, capsys: pytest.CaptureFixture[str]
) -> None:
    rollback = ["rollback", "--content", str(contents.file), "--data", str(data)]

    for number in (2, 1):
        assert main(rollback) == 0
        assert f"Version {number} of 2024-05-01 09:30 is shown until" in capsys.readouterr().out
        hold = three.held()
        assert hold is not None
        assert hold.version.number == number
    assert main(rollback) == 2
    assert "there is no earlier version to go back to" in capsys.readouterr().err


def test_to_a_version_and_back_to_the_file(
    three: History, data: Path, contents: Contents, capsys: pytest.CaptureFixture[str]
) -> None:
    rollback = ["rollback", "--content", str(contents.file), "--data", str(data)]
    assert main([*rollback, "1"]) == 0
    assert main(["history", "--data", str(data)]) == 0
    assert "   1  2024-05-01 09:30  (held by rollback)" in capsys.readouterr().out
    three.hold(2, "abc", is_from_stick=True)
    assert main(["history", "--data", str(data)]) == 0
    marked = "   2  2024-05-01 09:30  (from a stick, shown instead of the content file)"
    assert marked in capsys.readouterr().out

    assert main([*rollback, "--release"]) == 0
    assert three.held() is None


def test_from_any_folder_it_is_the_content_on_the_floor_that_is_rolled_back(
    three: History,
    data: Path,
    contents: Contents,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    StatusFile(data, Status(str(contents.file))).write()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content.yaml").write_text("another one", "utf-8")
    rollback = ["rollback", "--data", str(data)]

    assert main(rollback) == 0
    hold = three.held()
    assert hold is not None
    assert hold.instead_of == sha256(contents.file.read_bytes()).hexdigest()
    assert f"is shown until {contents.file} is saved" in capsys.readouterr().out

    assert main([*rollback, "--release"]) == 0
    assert capsys.readouterr().out == f"The kiosk shows {contents.file} again.\n"
    assert main([*rollback, "--release"]) == 0
    assert capsys.readouterr().out == f"No version is held; the kiosk shows {contents.file}.\n"


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
    three: History,
    data: Path,
    contents: Contents,
    capsys: pytest.CaptureFixture[str],
    given: list[str],
    expected: str,
) -> None:
    arguments = ["rollback", "--content", str(contents.file), "--data", str(data), *given]
    try:
        status: object = main(arguments)
    except SystemExit as stop:
        status = stop.code

    assert status == 2
    assert expected in capsys.readouterr().err
    assert three.held() is None


def test_a_file_that_is_gone_can_be_rolled_back_from(
    three: History, data: Path, contents: Contents
) -> None:
    digest = sha256(contents.file.read_bytes()).hexdigest()
    contents.file.unlink()

    for _ in range(2):
        assert main(["rollback", "--content", str(contents.file), "--data", str(data)]) == 0

    hold = three.held()
    assert hold is not None
    assert (hold.version.number, hold.instead_of) == (1, digest)


@pytest.fixture
def rollback(data: Path, contents: Contents) -> list[str]:
    return ["rollback", "--content", str(contents.file), "--data", str(data)]


def test_what_cannot_be_read_any_more_is_not_said_to_be_shown(
    three: History, data: Path, rollback: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "history" / "0002" / "content.yaml").write_text("brand: [")

    assert main(rollback) == 1
    reported = capsys.readouterr()
    assert reported.out == ""
    assert (
        reported.err == "kiosk: version 2 is damaged and cannot be shown; choose another version\n"
    )
    assert three.held() is None


@pytest.mark.parametrize("option", ["2", "--release"])
def test_a_disk_that_refuses_is_told(
    three: History,
    rollback: list[str],
    option: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    three.hold(1, "abc")
    refuse = Mock(side_effect=OSError(errno.EROFS, os.strerror(errno.EROFS)))
    monkeypatch.setattr(history_module, "_write", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)

    assert main([*rollback, option]) == 1
    reported = capsys.readouterr()
    assert reported.out == ""
    assert "hold.json cannot be written (Read-only file system)" in reported.err


def test_a_file_that_was_saved_a_moment_ago_is_rolled_back_from(
    three: History, contents: Contents, rollback: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is not on the floor yet, and shall not be."""
    contents.write(contents.timeline(name="Bad"))

    assert main(rollback) == 0
    assert capsys.readouterr().out.startswith("Version 3 of")
    hold = three.held()
    assert hold is not None
    assert hold.instead_of == sha256(contents.file.read_bytes()).hexdigest()


def test_a_file_that_is_saved_again_and_again_is_told(
    three: History,
    contents: Contents,
    rollback: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original = History.hold

    def save_meanwhile(self: History, *given: object, **options: object) -> object:
        contents.file.write_bytes(contents.file.read_bytes() + b"\n")
        return original(self, *given, **options)

    monkeypatch.setattr(History, "hold", save_meanwhile)
    assert main([*rollback, "1"]) == 1
    assert "is being written; try again" in capsys.readouterr().err


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
    rollback: list[str],
    in_safe_mode: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
    on_screen: str,
    held: int | None,
    expected: int,
) -> None:
    in_safe_mode(on_screen)
    if held is not None:
        three.hold(held, "abc")

    assert main(rollback) == 0

    printed = capsys.readouterr().out
    assert printed.startswith(f"Version {expected} of 2024-05-01 09:30 is shown until")
    assert printed.endswith("The kiosk is in safe mode; this counts once it is restarted.\n")


def test_in_safe_mode_a_file_that_was_saved_since_is_not_gone_back_from_to_an_untried_version(
    three: History, contents: Contents, rollback: list[str], in_safe_mode: Callable[[str], None]
) -> None:
    contents.write(contents.timeline(name="Bad"))
    in_safe_mode("1")

    assert main(rollback) == 0

    hold = three.held()
    assert hold is not None
    assert hold.version.number == 1


def test_after_safe_mode_was_ended_by_hand_the_newest_version_counts(
    three: History, data: Path, contents: Contents, rollback: list[str]
) -> None:
    since = "2024-05-02T09:00:00+00:00"
    closed = Status(str(contents.file), version="1", safe_since=since, end="closed")
    StatusFile(data, closed).write()

    assert main(rollback) == 0

    hold = three.held()
    assert hold is not None
    assert hold.version.number == 2


def test_the_history_marks_what_safe_mode_shows(
    three: History,
    data: Path,
    in_safe_mode: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    in_safe_mode("1")
    three.hold(2, "abc")

    assert main(["history", "--data", str(data)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert "   1  2024-05-01 09:30  (on screen, in safe mode)" in lines
    assert "   2  2024-05-01 09:30  (held by rollback after a restart)" in lines
