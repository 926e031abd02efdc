"""`kiosk snapshot`: the same pixels on every run, every place there, every code readable."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from kiosk.content import model
from kiosk.places.features.model import Features
from kiosk.places.links.model import Links
from kiosk.places.models.model import Models
from kiosk.places.offers.model import Offers
from kiosk.places.schedule.model import Schedule
from kiosk.places.signup import viewmodel as signup
from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
from kiosk.showroom.viewmodels import session
from tests.long_runs import IS_LONG
from tests.offscreen import LANDSCAPE, PORTRAIT, as_pillow, show_screen

if TYPE_CHECKING:
    from kiosk.blocks.screen_sizes import Size
    from kiosk.content.check.loading import Loaded
    from tests.conftest import MakeKiosk

CHECKOUT = Path(__file__).resolve().parents[3]
SIZE = "960x540"
SOME = """
import sys
from kiosk import cli
from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
usual, every = OffscreenKiosk.screens, int(sys.argv.pop(1))
OffscreenKiosk.screens = lambda kiosk: list(usual(kiosk))[::every]
sys.exit(cli.main(sys.argv[1:]))
"""
"""The command for one of so many screens."""
PROMISED = {
    *("home", "attract-1", "attract-2", "idle-warning", "staff-notice"),
    *(
        f"stay-updated-{part}"
        for part in ("errors", "keyboard", "suggestion", "thanked", "privacy")
    ),
    *("heritage-chapter-1", "team-driver", "team-person", "schedule-race", "offers-offer"),
    *("offers-programme", "offers-estimator", "drive-feature", "models-car", "dealers-dealer"),
    "more-link",
}
LARGE = {
    "home": (0.04, 0.3, 0.48, 0.66),  # the headline
    "heritage-chapter-3": (0.03, 0.1, 0.4, 0.3),  # the year
    "schedule": (0.04, 0.12, 0.5, 0.3),  # the days
    "idle-warning": (0.5, 0.2, 1, 0.9),  # the seconds
}
"""Where letters as large as posters stand."""


@pytest.mark.slow(reason="draws every screen in a process of its own")
def test_the_command_draws_every_screen_and_its_index(
    tmp_path: Path, default_loaded: Loaded, subtests: pytest.Subtests
) -> None:
    outs = tmp_path / "first", tmp_path / "second"
    programs = [CHECKOUT / "main.py"], ["-c", SOME, "1" if IS_LONG else "3"]
    moment = "2024-05-01T10:00:00+00:00"
    runs = [
        subprocess.Popen(
            [
                *(sys.executable, *program, "snapshot", "--size", SIZE, "--at", moment),
                *("--content", CHECKOUT / "content.yaml", "--out", out),
            ],
            cwd=tmp_path,
            env=os.environ | {"TZ": "UTC", "PYTHONPATH": str(CHECKOUT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for program, out in zip(programs, outs, strict=True)
    ]
    for run in runs:
        _, error = run.communicate(timeout=300)
        assert (run.returncode, "Traceback" in error) == (0, False), error
    out = outs[0]
    drawn = {file.stem: Image.open(file) for file in (out / SIZE / "en").glob("*.png")}
    assert len(drawn) > 40

    with subtests.test("every screen that is promised is there"):
        assert {place.id for place in default_loaded.content.places} <= drawn.keys()
        assert drawn.keys() >= PROMISED
    with subtests.test("the index shows every picture"):
        page = (out / "index.html").read_text("utf-8")
        linked = set(re.findall(r'href="([^"]+)"', page))
        assert linked == {f"{SIZE}/en/{name}.png" for name in drawn}
        assert set(re.findall(r'src="([^"]+)"', page)) == linked
    with subtests.test("they have the size that was asked for, and something is on them"):
        assert {picture.size for picture in drawn.values()} == {(960, 540)}
        colors = {n: picture.convert("RGB").getcolors(960 * 540) for n, picture in drawn.items()}
        assert [name for name, found in colors.items() if len(found) <= 3] == []
    with subtests.test("no two are the same"):
        assert len({picture.tobytes() for picture in drawn.values()}) == len(drawn)
    with subtests.test("letters as large as posters are drawn"):
        shares = {name: light(drawn[name], box) for name, box in LARGE.items()}
        assert min(shares.values()) > 0.1, shares
    with subtests.test("another process draws the same pixels"):
        again = sorted((outs[1] / SIZE / "en").glob("*.png"))
        assert len(again) >= len(drawn) / 3
        first = out / SIZE / "en"
        assert [f.name for f in again if f.read_bytes() != (first / f.name).read_bytes()] == []


def light(picture: Image.Image, box: tuple[float, float, float, float]) -> float:
    """The share of a part of a picture that is nearly white."""
    sides = (picture.width, picture.height) * 2
    part = picture.convert("L").crop(tuple(int(a * b) for a, b in zip(box, sides, strict=True)))
    return sum(part.histogram()[225:]) / (part.width * part.height)


# What a phone reads from the drawn screens


def codes(kiosk: OffscreenKiosk, name: str) -> list[str]:
    """What stands in the codes of a screen, read from its pixels."""
    return [code.text for code in zxingcpp.read_barcodes(as_pillow(show_screen(kiosk, name)))]


def place(loaded: Loaded, kind: type) -> model.AnyPlace:
    return next(place for place in loaded.content.places if isinstance(place, kind))


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT] + [(3840, 2160)] * IS_LONG, ids=str)
def test_links_ways_and_races_are_taken_home_by_phone(
    make_kiosk: MakeKiosk, default_loaded: Loaded, size: Size
) -> None:
    kiosk = make_kiosk(default_loaded, size)
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
        assert codes(kiosk, name) == [wanted.address], name

    route = "https://www.google.com/maps/dir/?api=1&destination="
    (here,) = codes(kiosk, "dealers")
    assert here.startswith(route)
    call, way = sorted(codes(kiosk, "dealers-dealer"), key=lambda code: code.startswith("https"))
    assert re.fullmatch(rf"{re.escape(route)}-?\d+\.\d+%2C-?\d+\.\d+", way)
    assert call == "tel:+12175550142"

    race = place(default_loaded, Schedule).races[-1]
    (text,) = codes(kiosk, "schedule-race")
    calendar = icalendar.Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("DTSTART") == race.starts == date(2024, 10, 4)
    assert event.decoded("DTEND") == date(2024, 10, 7)  # the day after the last
    assert race.venue in event["SUMMARY"]
    assert event["LOCATION"] == f"{race.venue}, {race.city}, {race.region}"
    assert event["UID"]
    assert event.decoded("DTSTAMP") == datetime(2024, 5, 1, tzinfo=UTC)
    assert calendar["VERSION"] == "2.0"


def test_time_stands_still_however_long_a_picture_takes(
    make_kiosk: MakeKiosk, default_loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signup, "THANKS_SECONDS", 0)
    monkeypatch.setattr(session, "IDLE_SECONDS", 0)
    monkeypatch.setattr(session, "FORM_IDLE_SECONDS", 0)
    first: dict[str, tuple[OffscreenKiosk, QImage]] = {}
    for name in ("stay-updated-thanked", "idle-warning", "attract-1", "home"):
        kiosk = make_kiosk(default_loaded, (480, 270))
        [screen] = [screen for screen in kiosk.screens() if screen.name == name]
        first[name] = kiosk, kiosk.picture(screen).copy()
        running = [timer for timer in kiosk.showroom.findChildren(QTimer) if timer.isActive()]
        assert running == [], name
    until = time.monotonic() + 1.2  # the warning counts in seconds
    while time.monotonic() < until:
        for name, (kiosk, picture) in first.items():
            assert kiosk.draw() == picture, name
        time.sleep(0.05)
