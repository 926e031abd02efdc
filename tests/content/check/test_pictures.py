"""A picture the content names is there, is a picture, and fits into the kiosk's memory."""

from __future__ import annotations

import gc
import os
import struct
import zlib
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from kiosk.blocks.refusal import PictureProblem
from kiosk.content import file as file_module
from kiosk.content.check import pictures as pictures_module
from kiosk.content.check.loading import load
from kiosk.content.check.pictures import Pictures
from kiosk.content.versions.history import History
from kiosk.files import read_regular_file
from kiosk.operation.memory import gc_paused
from tests.conftest import Contents
from tests.content.linting import lint


def _png_claiming(width: int, height: int) -> bytes:
    """The head of a PNG of any size, in a few bytes."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + header
        + struct.pack(">I", zlib.crc32(header))
        + struct.pack(">I4sI", 0, b"IEND", zlib.crc32(b"IEND"))
    )


def _complaint(assets: Path, name: str) -> str:
    with pytest.raises(PictureProblem) as caught:
        Pictures(assets).inspect(name)
    return str(caught.value)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.jpeg", "a.webp", "A.PNG", "photos/a.png"])
def test_a_picture_is_fine(tmp_path: Path, name: str) -> None:
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / name)

    Pictures(tmp_path).inspect(name)


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photograph_is_as_wide_by_its_height_as_it_is_seen(tmp_path: Path, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    Image.new("RGB", (8, 4)).save(tmp_path / "a.jpg", exif=exif)
    pictures = Pictures(tmp_path)
    pictures.inspect("a.jpg")

    assert pictures.appearance_of("a.jpg") == (2 if turn < 5 else 0.5, False)


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
def test_a_picture_that_is_seen_through_is_a_cut_out(tmp_path: Path, name: str) -> None:
    Image.new("RGBA", (8, 4)).save(tmp_path / name)
    pictures = Pictures(tmp_path)
    pictures.inspect(name)

    assert pictures.appearance_of(name) == (2, True)


SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" '


@pytest.mark.parametrize(
    ("head", "shape"),
    [
        ('width="300" height="100" viewBox="0 0 5 5"', 3),
        ('width="30mm" height="10mm"', 3),
        ('width="100%" height="100%" viewBox="0 0 4.5 1.5"', 3),
        ('viewBox="-10,-10,90,30"', 3),
        ('viewBox="0 0 0 0"', 1),
        ("", 1),
    ],
)
def test_the_shape_of_a_drawing_is_known(tmp_path: Path, head: str, shape: float) -> None:
    (tmp_path / "a.svg").write_text(f"{SVG_HEAD}{head}/>")
    pictures = Pictures(tmp_path)
    assert pictures.shape(pictures.inspect("a.svg")) == shape


def test_the_shape_of_a_photograph_is_known_as_it_is_seen(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (10, 30)).save(tmp_path / "a.jpg", exif=exif)
    pictures = Pictures(tmp_path)
    assert pictures.shape(pictures.inspect("a.jpg")) == 3


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        pytest.param(8_000, "has 8000 x 8000 pixels; save it with at most 3840", id="64 million"),
        pytest.param(10_000, "has 10000 x 10000 pixels; save it with at most 3840", id="a warning"),
        pytest.param(40_000, "has far too many pixels; save it smaller", id="a bomb"),
    ],
)
def test_a_picture_of_huge_size_is_refused_undrawn(
    tmp_path: Path, side: int, expected: str
) -> None:
    (tmp_path / "big.png").write_bytes(_png_claiming(side, side))

    assert expected in _complaint(tmp_path, "big.png")


def test_a_file_of_forty_megabytes_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "big.png").open("wb") as sparse:
        sparse.truncate(41 * 1024 * 1024)

    assert _complaint(tmp_path, "big.png") == "the picture 'big.png' is over 40 MB; save it smaller"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<html/>", id="a web page"),
        pytest.param("<svg", id="half a drawing"),
        pytest.param("", id="nothing"),
        pytest.param(
            '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
            + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi"))
            + ']><svg xmlns="http://www.w3.org/2000/svg"><text>&i;</text></svg>',
            id="a billion laughs",
        ),
    ],
)
def test_a_file_that_is_no_drawing_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.svg").write_text(text)

    assert _complaint(tmp_path, "a.svg") == "'a.svg' is not a picture; save it again as .svg"


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()

    assert "'photos' is not in the assets folder" in _complaint(tmp_path, "photos")


@pytest.mark.parametrize("name", ["../a.png", "/a.png", "photos\\a.png", "a/../../a.png"])
def test_a_path_does_not_lead_out_of_the_assets(tmp_path: Path, name: str) -> None:
    (tmp_path / "assets").mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")

    assert "must be a path inside the assets folder" in _complaint(tmp_path / "assets", name)


def test_a_name_no_disk_can_hold_is_told_as_missing(tmp_path: Path) -> None:
    assert "is not in the assets folder" in _complaint(tmp_path, "x" * 5000 + ".png")
    assert "is not in the assets folder" in _complaint(tmp_path, "a\0.png")


def test_a_missing_assets_folder_makes_the_picture_missing(tmp_path: Path) -> None:
    assert "is not in the assets folder" in _complaint(tmp_path / "nowhere", "a.png")


def test_a_picture_named_often_is_opened_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "good.png")
    (tmp_path / "bad.png").touch()
    opened: list[str] = []
    original = read_regular_file
    monkeypatch.setattr(
        pictures_module,
        "read_regular_file",
        lambda file: (opened.append(file.name), original(file))[1],
    )
    pictures = Pictures(tmp_path)

    for _ in range(3):
        pictures.inspect("good.png")
        with pytest.raises(PictureProblem):
            pictures.inspect("bad.png")

    assert opened == ["good.png", "bad.png"]


def test_a_picture_is_looked_at_again_as_soon_as_it_may_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_module, "SETTLED_NS", -(10**9))  # what was looked at is remembered
    picture = tmp_path / "car.png"
    Image.new("RGB", (8, 8), (1, 1, 1)).save(picture)
    times = picture.stat().st_atime_ns, picture.stat().st_mtime_ns
    pictures = Pictures(tmp_path)
    pictures.inspect("car.png")
    first = pictures.digest("car.png")
    raw = bytearray(picture.read_bytes())
    picture.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    os.utime(picture, ns=times)  # as large and as old as before

    again = pictures.reinspect(tmp_path)

    assert again is None or again.digest("car.png") != first


def test_a_picture_that_has_long_been_the_same_is_not_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "car.png"
    Image.new("RGB", (8, 8), (1, 1, 1)).save(picture)
    monkeypatch.setattr(file_module, "SETTLED_NS", -(10**9))
    pictures = Pictures(tmp_path)
    pictures.inspect("car.png")
    looked: list[Path] = []
    original = read_regular_file
    monkeypatch.setattr(
        pictures_module, "read_regular_file", lambda file: (looked.append(file), original(file))[1]
    )

    again = pictures.reinspect(tmp_path)

    assert again is not None
    assert again.digest("car.png") == pictures.digest("car.png")
    assert looked == []
    picture.with_name("new.png").write_bytes(b"")
    picture.with_name("new.png").replace(picture)
    assert again.reinspect(tmp_path) is None


@pytest.mark.parametrize("name", ["broken.jpg", "broken.svg", "Car.png", "gone.png"])
def test_a_bad_picture_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (8, 8), (1, 1, 1)).save(tmp_path / "car.png")
    (tmp_path / "broken.jpg").write_bytes(bytes(100_000))
    (tmp_path / "broken.svg").write_text("<svg")

    def look() -> None:
        pictures = Pictures(tmp_path)
        for _ in range(2):
            with pytest.raises(PictureProblem):
                pictures.inspect(name)

    def held() -> int:
        return sum(isinstance(item, Pictures | PictureProblem) for item in gc.get_objects())

    look()  # what is imported for it is another thing
    gc.collect()
    before = held()
    with gc_paused():
        look()
        after = held()
    assert after == before


NFC, NFD = "R\u00e4der.jpg", "Ra\u0308der.jpg"


@pytest.mark.parametrize(("written", "stored"), [(NFC, NFD), (NFD, NFC), (NFC, NFC), (NFD, NFD)])
@pytest.mark.parametrize("folder", ["", "Caf\u00e9/", "Cafe\u0301/"])
def test_a_picture_is_found_however_a_mac_stores_its_name(
    contents: Contents, written: str, stored: str, folder: str
) -> None:
    file = contents.file.parent / "assets" / f"{folder}{stored}"
    file.parent.mkdir(exist_ok=True)
    Image.new("RGB", (1000, 500)).save(file)
    place = contents.timeline(picture={"file": f"Café/{written}" if folder else written})
    loaded = contents.load(place)
    assert loaded.content is not None
    picture = loaded.content.places[0].picture
    assert picture is not None
    assert (loaded.assets / picture.file) == file
    assert lint(loaded, date(2024, 5, 1)) == []


def test_a_kept_picture_is_found_again_under_the_other_spelling(
    contents: Contents, tmp_path: Path
) -> None:
    Image.new("RGB", (1000, 500)).save(contents.file.parent / "assets" / NFD)
    loaded = contents.load(contents.timeline(picture={"file": NFC}))
    (tmp_path / "data").mkdir()
    history = History(tmp_path / "data")
    version = history.accept(loaded, datetime(2024, 5, 1, tzinfo=UTC))
    assert list(history.pictures(loaded)) == [NFD]
    again = load(version.file)
    assert again.content is not None
    picture = again.content.places[0].picture
    assert picture is not None
    assert (again.assets / picture.file).is_file()


def test_a_picture_whose_file_is_stored_anew_is_found_again(contents: Contents) -> None:
    assets = contents.file.parent / "assets"
    Image.new("RGB", (1000, 500)).save(assets / NFD)
    before = contents.load(contents.timeline(picture={"file": NFC}))
    (assets / NFD).rename(assets / NFC)
    after = load(contents.file, before)
    assert after.content is not None
    picture = after.content.places[0].picture
    assert picture is not None
    assert picture.file == NFC
