"""What lies in a file's place neither stops anybody nor leads anywhere."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.files import MAX_BYTES, read_small_file, why_unreadable, write_small_file


def _fill(file: Path) -> None:
    file.write_bytes(b"what was there")


def _lead_elsewhere(file: Path) -> None:
    elsewhere = file.with_name("elsewhere")
    elsewhere.write_bytes(b"somebody's own")
    file.symlink_to(elsewhere)


def _lead_to_itself(file: Path) -> None:
    file.symlink_to(file)


def _listen(file: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(file))


def _grow(file: Path) -> None:
    with file.open("wb") as opened:
        opened.truncate(MAX_BYTES + 1)


@pytest.mark.parametrize(
    "put",
    [Path.mkdir, os.mkfifo, _listen, _lead_to_itself, _grow, lambda file: None],
    ids=["folder", "pipe", "socket", "circle", "large", "nothing"],
)
def test_what_is_no_small_file_is_refused_at_once(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    put(tmp_path / "note")

    with pytest.raises(OSError, match=r".") as caught:
        read_small_file(tmp_path / "note")

    assert caught.value.strerror


@pytest.mark.parametrize(
    "put", [_fill, _lead_elsewhere, _lead_to_itself, os.mkfifo, _listen, lambda file: None]
)
@pytest.mark.parametrize("left", [_fill, _lead_elsewhere, os.mkfifo, lambda file: None])
def test_what_is_written_takes_the_place_and_follows_no_link(
    tmp_path: Path, put: Callable[[Path], None], left: Callable[[Path], None]
) -> None:
    put(tmp_path / "note")
    left(tmp_path / ".note.part")

    write_small_file(tmp_path / "note", b"new")

    assert read_small_file(tmp_path / "note") == b"new"
    assert (tmp_path / "note").lstat().st_mode == 0o100600
    elsewhere = tmp_path / "elsewhere"
    assert not elsewhere.exists() or elsewhere.read_bytes() == b"somebody's own"
    assert {file.name for file in tmp_path.iterdir()} <= {"note", "elsewhere"}


def test_a_folder_in_the_place_is_left_and_told(tmp_path: Path) -> None:
    (tmp_path / "note").mkdir()

    with pytest.raises(OSError, match="directory"):
        write_small_file(tmp_path / "note", b"new")

    assert [file.name for file in tmp_path.iterdir()] == ["note"]


@pytest.mark.parametrize(
    ("put", "expected"),
    [
        (Path.mkdir, "note is a folder; remove it"),
        (os.mkfifo, "note is not a regular file; remove it"),
        (
            lambda file: file.write_bytes(bytes(MAX_BYTES + 1)),
            "note is larger than 1 MB, so it is another; move it away",
        ),
        (_lead_to_itself, "note cannot be read (Too many levels of symbolic links); ask"),
    ],
)
def test_what_is_not_read_is_named(
    tmp_path: Path, put: Callable[[Path], None], expected: str
) -> None:
    file = tmp_path / "note"
    put(file)
    with pytest.raises(OSError) as caught:  # noqa: PT011 # whichever it is
        read_small_file(file)
    assert why_unreadable(file, caught.value, "ask") == f"{tmp_path}/{expected}"
