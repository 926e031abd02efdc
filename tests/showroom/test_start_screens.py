"""The note that lets the next start open at once: true to file, day and version or not used."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.places.rows import PictureRow, PosterRow
from kiosk.showroom import start_screens
from kiosk.showroom.rows import BrandRow, DoorRow, HomeRow, InterfaceWords
from kiosk.showroom.start_screens import (
    AttractLoop,
    HomeScreen,
    StartScreens,
    load_start_screens,
    save_start_screens,
)

NOW = datetime(2024, 5, 1, 15, tzinfo=UTC)
SINCE, UNTIL = datetime(2024, 5, 1, 5, tzinfo=UTC), datetime(2024, 5, 1, 23, 30, tzinfo=UTC)
ATTRACT = AttractLoop(
    asphalt="#101114",
    paper="#f5f2eb",
    accent="#e2231a",
    brand=BrandRow("MINI", "Motorsports", "37", "file:///logo.svg", 3.0, is_on_light=True),
    touch_to_begin="Touch to begin",
    example="Example",
    language="en",
    seconds_each=9,
    posters=(
        PosterRow("Number 37", "It won.", source="file:///b.jpg", shape=4 / 3, is_cut_out=True),
        PosterRow("$349", "a month", example=True, dated=True),
    ),
    since=SINCE.isoformat(),
    until=UNTIL.isoformat(),
)
HOME = HomeScreen(
    HomeRow(
        "Made to turn",
        "And to win.",
        "h",
        "file:///h.ttf",
        PictureRow("file:///a.jpg", 0.2, 0.5, 1.5),
    ),
    InterfaceWords("Home", "Back"),
    (DoorRow("news", "signup", "News", "By mail", "", "", "n", "file:///n.ttf", in_bar=True),),
)
SCREENS = StartScreens(ATTRACT, HOME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_start_screens(tmp_path, "digest", Path("assets"), SCREENS)
    return tmp_path


def test_the_same_file_is_recalled_until_something_changes(folder: Path) -> None:
    elsewhere = NOW.astimezone(ZoneInfo("Pacific/Auckland"))  # the same moment
    for now in (SINCE, NOW, elsewhere, UNTIL - timedelta(microseconds=1)):
        assert load_start_screens(folder, "digest", now, Path("assets")) == SCREENS
    assert load_start_screens(folder, "other", NOW, Path("assets")) is None
    assert load_start_screens(folder, "digest", NOW, Path("elsewhere/assets")) is None


def test_afterwards_and_before_home_and_what_has_dates_are_left_out(folder: Path) -> None:
    undated = StartScreens(ATTRACT._replace(posters=ATTRACT.posters[:1]), None)
    dead_clock = datetime(1970, 1, 1, tzinfo=UTC)
    for now in (UNTIL, NOW + timedelta(days=1), SINCE - timedelta(seconds=1), dead_clock):
        assert load_start_screens(folder, "digest", now, Path("assets")) == undated


def test_a_note_that_says_no_shapes_of_pictures_leaves_them_unknown(folder: Path) -> None:
    note = folder / start_screens.FILE_NAME
    saved = json.loads(note.read_bytes())
    for poster in saved["attract"]["posters"]:
        del poster["shape"], poster["is_cut_out"]
    note.write_text(json.dumps(saved))
    recalled = load_start_screens(folder, "digest", NOW, Path("assets"))
    assert recalled is not None
    assert [poster.shape for poster in recalled.attract.posters] == [0.0, 0.0]
    assert not recalled.attract.posters[0].is_cut_out


def test_where_every_poster_has_dates_another_day_recalls_none(tmp_path: Path) -> None:
    save_start_screens(
        tmp_path,
        "digest",
        Path("assets"),
        StartScreens(ATTRACT._replace(posters=ATTRACT.posters[1:]), HOME),
    )
    assert load_start_screens(tmp_path, "digest", NOW + timedelta(days=1), Path("assets")) is None


def test_a_note_of_another_version_is_not_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_screens, "__version__", "99.0")
    assert load_start_screens(folder, "digest", NOW, Path("assets")) is None


def test_a_note_that_makes_no_sense_or_has_a_field_too_few_is_not_used(folder: Path) -> None:
    file = folder / start_screens.FILE_NAME
    good = file.read_text()
    notes = ["", "nonsense", "null", "[]", '{"key": 1}', '{"key": [], "attract": 3}', "\udcff"]
    for part, field in (("attract", "accent"), ("home", "doors")):
        fewer = json.loads(good)
        del fewer[part][field]
        notes.append(json.dumps(fewer))
    for note in notes:
        file.write_bytes(note.encode("utf-8", "surrogateescape"))
        assert load_start_screens(folder, "digest", NOW, Path("assets")) is None, note


def test_nothing_is_recalled_where_nothing_was_noted(tmp_path: Path) -> None:
    assert load_start_screens(tmp_path, "digest", NOW, Path("assets")) is None


def test_the_newest_note_counts(folder: Path) -> None:
    other = SCREENS._replace(attract=ATTRACT._replace(brand=BrandRow("Another")))
    save_start_screens(folder, "digest", Path("assets"), other)
    assert load_start_screens(folder, "digest", NOW, Path("assets")) == other
    assert [file.name for file in folder.iterdir()] == [start_screens.FILE_NAME]


def test_a_disk_that_refuses_is_no_trouble(tmp_path: Path) -> None:
    save_start_screens(tmp_path / "missing", "digest", Path("assets"), SCREENS)
    assert load_start_screens(tmp_path / "missing", "digest", NOW, Path("assets")) is None
