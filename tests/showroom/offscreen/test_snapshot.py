"""`kiosk snapshot`: the same pixels on every run, every place there, every code readable."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from kiosk.content import model
from kiosk.places.dealers.model import Dealers
from kiosk.places.features.model import Features
from kiosk.places.links.model import Links
from kiosk.places.models.model import Models
from kiosk.places.offers.model import Offers
from kiosk.places.schedule.model import Schedule
from kiosk.places.signup import viewmodel as signup
from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
from kiosk.showroom.viewmodels import session

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from tests.conftest import MakeStage

CHECKOUT = Path(__file__).resolve().parents[3]
SIZE = "960x540"
DRAWN_TWICE = pytest.mark.slow(reason="draws every screen twice, in processes of its own")


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two runs of the command, side by side, from different folders."""
    folders = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    runs = [
        subprocess.Popen(
            [
                *(sys.executable, CHECKOUT / "main.py", "snapshot", "--size", SIZE),
                *("--content", CHECKOUT / "content.yaml", "--out", folder / "out"),
                *("--at", "2024-05-01T10:00:00+00:00"),
            ],
            cwd=folder,
            env=os.environ | {"TZ": "UTC"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for folder in folders
    ]
    for run in runs:
        said, _ = run.communicate(timeout=120)
        assert run.returncode == 0, said
        assert "Traceback" not in said
    return folders[0] / "out", folders[1] / "out"


def pictures(out: Path) -> dict[str, str]:
    files = sorted((out / SIZE / "en").glob("*.png"))
    return {file.stem: sha256(file.read_bytes()).hexdigest() for file in files}


@DRAWN_TWICE
def test_two_runs_draw_the_same_pixels(twice: tuple[Path, Path]) -> None:
    first, second = map(pictures, twice)
    assert len(first) > 40
    assert [name for name in first if first[name] != second.get(name)] == []
    assert first.keys() == second.keys()


@DRAWN_TWICE
def test_no_two_screens_are_the_same(twice: tuple[Path, Path]) -> None:
    drawn = pictures(twice[0])
    assert len(set(drawn.values())) == len(drawn)


@DRAWN_TWICE
def test_every_screen_that_is_promised_is_there(
    twice: tuple[Path, Path], default_loaded: Loaded
) -> None:
    names = pictures(twice[0]).keys()
    places = {place.id for place in default_loaded.content.places}
    assert places <= names
    form = {f"stay-updated-{part}" for part in ("errors", "keyboard", "suggestion", "thanked")}
    details = {
        "heritage-chapter-1",
        "team-driver",
        "team-person",
        "schedule-race",
        "offers-offer",
        "offers-programme",
        "offers-estimator",
        "drive-feature",
        "models-car",
        "dealers-dealer",
        "more-link",
        "stay-updated-privacy",
    }
    whole = {"home", "attract-1", "attract-2", "idle-warning", "staff-notice"}
    assert form | details | whole <= names


@DRAWN_TWICE
def test_the_index_shows_every_picture(twice: tuple[Path, Path]) -> None:
    out = twice[0]
    page = (out / "index.html").read_text("utf-8")
    linked = set(re.findall(r'href="([^"]+)"', page))
    assert linked == {f"{SIZE}/en/{name}.png" for name in pictures(out)}
    assert set(re.findall(r'src="([^"]+)"', page)) == linked


@DRAWN_TWICE
def test_the_pictures_have_the_size_that_was_asked_for(twice: tuple[Path, Path]) -> None:
    for file in (twice[0] / SIZE / "en").glob("*.png"):
        with Image.open(file) as picture:
            assert picture.size == (960, 540)
            assert len(picture.convert("RGB").getcolors(960 * 540)) > 3, file


# What a phone reads from the drawn screens


ReadCodes = Callable[[str, Callable[[], None] | None], list[str]]


@pytest.fixture(params=[(1920, 1080), (1080, 1920), (3840, 2160)], ids=lambda s: f"{s[0]}x{s[1]}")
def stage(
    request: pytest.FixtureRequest, make_stage: MakeStage, default_loaded: Loaded
) -> OffscreenKiosk:
    stage = make_stage(default_loaded, request.param)
    stage.picture(next(screen for screen in stage.screens() if screen.name == "home"))
    return stage


def codes(stage: OffscreenKiosk, name: str) -> list[str]:
    """What stands in the codes of a screen, read from its pixels."""
    screen = next(screen for screen in stage.screens() if screen.name == name)
    drawn = stage.picture(screen).convertToFormat(QImage.Format.Format_RGB888)
    picture = Image.frombuffer(
        "RGB",
        (drawn.width(), drawn.height()),
        bytes(drawn.constBits()),
        "raw",
        "RGB",
        drawn.bytesPerLine(),
        1,
    )
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def place(loaded: Loaded, kind: type) -> model.AnyPlace:
    return next(place for place in loaded.content.places if isinstance(place, kind))


def test_links_are_taken_home_as_they_stand_in_the_file(
    stage: OffscreenKiosk, default_loaded: Loaded
) -> None:
    offer = place(default_loaded, Offers).offers[0]
    programme = place(default_loaded, Offers).programmes[0]
    feature = place(default_loaded, Features).features[0]
    car = place(default_loaded, Models).line_ups[0].models[0]
    link = place(default_loaded, Links).groups[0].links[0]
    expected = {
        "offers-offer": offer.link,
        "offers-programme": programme.link,
        "drive-feature": feature.link,
        "models-car": car.link,
        "more-link": link,
    }
    assert all(expected.values())
    for name, wanted in expected.items():
        assert codes(stage, name) == [wanted.address], name


def test_the_way_to_a_dealer_is_its_position(stage: OffscreenKiosk, default_loaded: Loaded) -> None:
    here = place(default_loaded, Dealers).here.position
    route = "https://www.google.com/maps/dir/?api=1&destination="
    assert codes(stage, "dealers") == [f"{route}{here.latitude}%2C{here.longitude}"]
    (other,) = codes(stage, "dealers-dealer")
    assert re.fullmatch(rf"{re.escape(route)}-?\d+\.\d+%2C-?\d+\.\d+", other)
    assert other != f"{route}{here.latitude}%2C{here.longitude}"


def test_a_race_is_imported_into_a_calendar_with_its_days(
    stage: OffscreenKiosk, default_loaded: Loaded
) -> None:
    race = place(default_loaded, Schedule).races[-1]
    (text,) = codes(stage, "schedule-race")
    calendar = icalendar.Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("DTSTART") == race.starts == date(2024, 10, 4)
    assert event.decoded("DTEND") == date(2024, 10, 7)  # the day after the last
    assert race.venue in event["SUMMARY"]
    assert event["LOCATION"] == f"{race.venue}, {race.city}, {race.region}"
    assert event["UID"]
    assert event.decoded("DTSTAMP") == datetime(2024, 5, 1, tzinfo=UTC)
    assert calendar["VERSION"] == "2.0"


@DRAWN_TWICE
@pytest.mark.parametrize(
    ("screen", "box"),
    [
        ("home", (0.04, 0.3, 0.48, 0.66)),  # the headline
        ("heritage-chapter-3", (0.03, 0.1, 0.4, 0.3)),  # the year
        ("schedule", (0.04, 0.12, 0.5, 0.3)),  # the days
        ("idle-warning", (0.5, 0.2, 1, 0.9)),  # the seconds
    ],
)
def test_letters_as_large_as_posters_are_drawn(
    twice: tuple[Path, Path], screen: str, box: tuple[float, float, float, float]
) -> None:
    with Image.open(twice[0] / SIZE / "en" / f"{screen}.png") as picture:
        left, top, right, bottom = box
        cut = picture.convert("L").crop(
            (
                int(left * picture.width),
                int(top * picture.height),
                int(right * picture.width),
                int(bottom * picture.height),
            )
        )
        light = sum(cut.histogram()[225:])
    assert light / (cut.width * cut.height) > 0.1


def test_time_stands_still_however_long_a_picture_takes(
    make_stage: MakeStage, default_loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signup, "THANKS_SECONDS", 0)
    monkeypatch.setattr(session, "IDLE_SECONDS", 0)
    monkeypatch.setattr(session, "FORM_IDLE_SECONDS", 0)
    first: dict[str, tuple[OffscreenKiosk, QImage]] = {}
    for name in ("stay-updated-thanked", "idle-warning", "attract-1", "home"):
        stage = make_stage(default_loaded, (480, 270))
        [screen] = [screen for screen in stage.screens() if screen.name == name]
        first[name] = stage, stage.picture(screen).copy()
        running = [timer for timer in stage.showroom.findChildren(QTimer) if timer.isActive()]
        assert running == [], name
    until = time.monotonic() + 1.2  # the warning counts in seconds
    while time.monotonic() < until:
        for name, (stage, picture) in first.items():
            assert stage.draw() == picture, name
        time.sleep(0.05)
