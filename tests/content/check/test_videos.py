"""A video the content names is there, complete, not too large, and has a picture to stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.blocks.refusal import PictureProblem
from kiosk.content.check.loading import load
from kiosk.content.check.pictures import Pictures
from kiosk.content.versions.history import History
from tests.conftest import Contents

NOT_COMPLETE = "is not a complete video; copy it again, or save it again as .mp4"


def box(kind: bytes, body: bytes = b"") -> bytes:
    """A part of an MP4."""
    return (8 + len(body)).to_bytes(4) + kind + body


def large_box(kind: bytes, body: bytes) -> bytes:
    """The same with a length of 64 bits."""
    return (1).to_bytes(4) + kind + (16 + len(body)).to_bytes(8) + body


HEAD, INDEX, PIXELS = box(b"ftyp", b"isom"), box(b"moov", b"..vide.."), box(b"mdat", b"....")
EBML = b"\x1a\x45\xdf\xa3\x84\x42\x82webm"
SEGMENT = b"\x18\x53\x80\x67"

FINE = {
    "a.mp4": HEAD + INDEX + PIXELS,
    "b.MP4": HEAD + PIXELS + INDEX,
    "c.mov": large_box(b"mdat", b"....") + INDEX,
    "d.m4v": HEAD + INDEX + (0).to_bytes(4) + b"mdat....",
    "e.webm": EBML + SEGMENT + b"\x84....",
    "f.webm": EBML + SEGMENT + b"\x01" + b"\xff" * 7 + b"....",
}
WRONG = {
    "cut.mp4": (HEAD + INDEX + PIXELS)[:-1],
    "without-index.mp4": HEAD + PIXELS,
    "empty.mp4": b"",
    "text.mp4": b"not a video at all, whatever it is called",
    "zeros.mov": bytes(64),
    "cut.webm": EBML + SEGMENT + b"\x84...",
    "head.webm": EBML + SEGMENT,
    "matroska.webm": EBML.replace(b"webm", b"matroska") + SEGMENT + b"\x84....",
}


def complaint(folder: Path, name: str) -> str:
    with pytest.raises(PictureProblem) as caught:
        Pictures(folder).inspect(name, "video")
    return str(caught.value)


@pytest.mark.parametrize("name", FINE)
def test_a_complete_video_is_fine(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FINE[name])
    assert Pictures(tmp_path).inspect(name, "video") == name


@pytest.mark.parametrize("name", WRONG)
def test_an_incomplete_video_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(WRONG[name])
    assert complaint(tmp_path, name) == f"'{name}' {NOT_COMPLETE}"


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(HEAD + box(b"moov", b"..soun..") + PIXELS)
    assert complaint(tmp_path, "a.mp4") == "'a.mp4' has only sound; use a video"


def test_a_video_of_over_a_hundred_megabytes_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.mp4").open("wb") as sparse:
        sparse.truncate(100_000_001)
    assert complaint(tmp_path, "a.mp4") == (
        "the video 'a.mp4' is over 100 MB; make it shorter, or save it at 1080p"
    )


def test_a_picture_is_no_video_and_a_video_no_picture(contents: Contents) -> None:
    assets = contents.file.parent / "assets"
    (assets / "a.mp4").write_bytes(FINE["a.mp4"])
    pictures = Pictures(assets)
    for wrong, right, name, use in (
        ("video", "picture", "car.png", ".mp4"),
        ("picture", "video", "a.mp4", ".jpg, .png"),
    ):
        for _ in range(2):
            with pytest.raises(PictureProblem, match=f"is not a {wrong} type .* use {use}"):
                pictures.inspect(name, wrong)
            pictures.inspect(name, right)


@pytest.mark.parametrize("name", ["../a.mp4", "/a.mp4", "gone.mp4", "link.mp4"])
def test_a_video_lies_in_the_assets(tmp_path: Path, name: str) -> None:
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "a.mp4").write_bytes(FINE["a.mp4"])
    (assets / "link.mp4").symlink_to(tmp_path / "a.mp4")
    expected = "is not in the assets folder" if name == "gone.mp4" else "assets folder"
    assert expected in complaint(assets, name)


def test_a_video_needs_a_picture(contents: Contents) -> None:
    (contents.file.parent / "assets" / "a.mp4").write_bytes(FINE["a.mp4"])
    poster = {"headline": "Number 37", "line": "It won.", "video": "a.mp4"}
    car = {"name": "Car", "video": "a.mp4"}
    line_ups = [{"name": "2025", "models": [car]}]
    place = {**contents.models(), "line_ups": line_ups}
    file = contents.write(place, attract={"posters": [poster]})
    assert [(problem.code, problem.message) for problem in load(file).problems] == [
        (
            "missing-still",
            f"{entry} has a video but no picture; add a 'picture:', which is shown where the video"
            " does not play",
        )
        for entry in ("entry 1 of 'posters'", "entry 1 of 'models'")
    ]


def test_a_video_is_kept_with_the_version_that_showed_it(
    contents: Contents, tmp_path: Path
) -> None:
    (contents.file.parent / "assets" / "a.mp4").write_bytes(FINE["a.mp4"])
    poster = {"headline": "37", "line": "It won.", "video": "a.mp4", "picture": {"file": "car.png"}}
    loaded = contents.load(contents.timeline(), attract={"posters": [poster]})
    assert "a.mp4" in History(tmp_path).pictures(loaded)
