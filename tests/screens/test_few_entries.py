"""Entries come and go by their dates: with one left, or none, every screen still draws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage

from kiosk.showroom import scene
from kiosk.showroom.offscreen.offscreen_kiosk import Screen
from kiosk.showroom.read_only import present_read_only
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import Runner
from tests.showroom.conftest import Hands

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from tests.conftest import Contents, HandDrained, MakeKiosk, Visitor

    Gone = dict[str, object]

FULL = datetime(2024, 5, 1, 15, tzinfo=UTC)
ONE_LEFT = FULL + timedelta(days=1)
NONE_LEFT = FULL + timedelta(days=2)
STAY = ["schedule", "offers", "dealers"]
"""The places that have something to say without an entry."""

UPRIGHT = pytest.param((1080, 1920), marks=pytest.mark.slow(reason="draws every screen again"))

pytestmark = pytest.mark.parametrize("size", [(1920, 1080), UPRIGHT], ids=["landscape", "portrait"])


def _three(make: Callable[[str], dict[str, object]]) -> list[dict[str, object]]:
    """Of three entries two go after the first day and the last one after the second."""
    first, last = {"show_until": "2024-05-01"}, {"show_until": "2024-05-02"}
    return [{**make(f"Entry {n}"), **dates} for n, dates in enumerate([first, last, first])]


@pytest.fixture
def loaded(contents: Contents) -> Loaded:
    article = contents.article

    def chapter(name: str) -> dict[str, object]:
        return article(name, figure="1964")

    def named(name: str) -> dict[str, object]:
        return {"name": name}

    def line_up(name: str) -> dict[str, object]:
        return {"name": name, "models": _three(named)}

    def link(name: str) -> dict[str, object]:
        return {"name": name, "address": "https://www.example.com"}

    def group(name: str) -> dict[str, object]:
        return {"name": name, "links": _three(link)}

    def dealer(name: str) -> dict[str, object]:
        return {**contents.dealers()["here"], "name": name}

    def race(name: str) -> dict[str, object]:
        days = {"starts": "2024-05-03", "ends": "2024-05-05"}
        return {"venue": name, "city": "Alton", "region": "VA", **days}

    def offer(name: str) -> dict[str, object]:
        return contents.offer("2024-12-31", title=name)

    def poster(name: str) -> dict[str, object]:
        return {"headline": name, "line": "It won."}

    return contents.load(
        {**contents.timeline(), "chapters": _three(chapter)},
        {**contents.team(), "drivers": _three(named), "people": _three(article)},
        {**contents.schedule(), "races": _three(race)},
        {**contents.offers(), "offers": _three(offer), "programmes": _three(article)},
        {**contents.features(), "features": _three(article)},
        {**contents.models(), "line_ups": _three(line_up)},
        {**contents.dealers(), "others": _three(dealer)},
        {**contents.links(bar=False), "groups": _three(group)},
        attract={"posters": _three(poster)},
        time_zone="America/Chicago",
    )


@pytest.mark.parametrize(
    ("at", "places"), [(ONE_LEFT, 8), (NONE_LEFT, len(STAY))], ids=["one left", "none left"]
)
def test_every_screen_draws(
    make_kiosk: MakeKiosk, loaded: Loaded, size: tuple[int, int], at: datetime, places: int
) -> None:
    kiosk = make_kiosk(loaded, size, at=at)
    drawn = {screen.name: kiosk.picture(screen) for screen in kiosk.screens()}

    assert kiosk.showroom.navigation.doors.count == places
    assert "attract-1" in drawn
    for name, picture in drawn.items():
        assert _colors(picture) > 3, name


def test_a_team_without_drivers_still_has_its_people(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    gone = {"name": "Driver", "show_until": "2024-04-30"}
    team = {**contents.team(), "drivers": [gone], "people": [contents.article("Crew chief")]}
    kiosk = make_kiosk(contents.load(team), size, at=FULL)
    kiosk.picture(next(screen for screen in kiosk.screens() if screen.name == "team"))
    assert visit(kiosk.window).find("Button", "Crew chief")


def test_home_has_room_for_no_door_at_all(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    loaded = contents.load(contents.timeline(show_until="2024-04-30"))
    kiosk = make_kiosk(loaded, size, at=FULL)
    drawn = {screen.name: _colors(kiosk.picture(screen)) for screen in kiosk.screens()}

    assert drawn.keys() == {"attract-1", "home", "idle-warning", "staff-notice"}
    assert kiosk.showroom.navigation.doors.count == 0
    kiosk = make_kiosk(loaded, size, at=FULL)  # without the notice, which was drawn last
    kiosk.picture(Screen("home", kiosk.home))
    visitor = visit(kiosk.window)
    assert visitor.sees("Small car")
    visitor.tap("PageTab", "Home")
    assert kiosk.showroom.navigation.screen == "home"


def test_a_picture_of_another_day_shows_what_is_due_then(
    make_kiosk: MakeKiosk, loaded: Loaded, size: tuple[int, int]
) -> None:
    before, after = (
        {screen.name for screen in make_kiosk(loaded, size, at=at).screens()}
        for at in (FULL, NONE_LEFT)
    )
    assert {"attract-2", "timeline-chapter-3", "models-tab-3", "offers-offer"} <= before
    assert after - before == set()
    gone = {name.partition("-")[0] for name in before - after}
    assert gone == {"timeline", "team", "features", "models", "links", *STAY, "attract"}
    assert set(STAY) <= after


def test_in_an_open_window_they_come_and_go(
    qapp: QGuiApplication,
    executor: HandDrained,
    loaded: Loaded,
    visit: type[Visitor],
    work_off: Callable[[], None],
    size: tuple[int, int],
) -> None:
    showroom = ShowroomViewModel(reduced_motion=True, at_leisure=False)
    hands = [FULL]
    presenter = present_read_only(showroom, Hands(at=hands), Runner(executor, showroom))
    presenter.present(loaded)
    built = scene.build_scene(showroom)
    window = built.window
    window.setGeometry(0, 0, *size)
    window.show()
    visitor = visit(window)
    (timer,) = presenter.findChildren(QTimer)
    doors = []
    for now in (FULL, ONE_LEFT, NONE_LEFT, ONE_LEFT):
        hands.append(now)
        timer.timeout.emit()
        work_off()
        window.grabWindow()
        showroom.wake()
        work_off()
        window.grabWindow()
        doors.append([visitor.sees(name) for name in ("Timeline", "Offers", "Models")])
        showroom.session.end()
        work_off()
    window.close()
    del built
    work_off()

    assert doors == [[True] * 3, [True] * 3, [False, True, False], [True] * 3]


def _colors(picture: QImage) -> int:
    small = picture.scaled(200, 200)
    return len({small.pixel(x, y) for x in range(0, 200, 3) for y in range(0, 200, 3)})
