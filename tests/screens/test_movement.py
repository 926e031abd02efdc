"""What moves says where one is going, and moves nothing else; with reduced motion, all is still."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QMetaObject, QPointF, QRectF
from PySide6.QtTest import QTest

from kiosk.showroom.offscreen import offscreen_kiosk
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from tests.conftest import class_name
from tests.offscreen import SIZES

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem

    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import Contents, MakeKiosk, Visitor

RESULTS = [{"figure": "25", "label": "Races"}, {"figure": "2nd", "label": "In its class"}]
WAY = 80
"""How far what comes has to go, at 1080p."""

MakeMoving = Callable[..., "OffscreenKiosk"]


@pytest.fixture
def make_moving(make_kiosk: MakeKiosk, monkeypatch: pytest.MonkeyPatch) -> MakeMoving:
    """Kiosks that move as those on the floor do."""
    monkeypatch.setattr(offscreen_kiosk, "ShowroomViewModel", lambda **_: ShowroomViewModel())

    def make(*given: object, **named: object) -> OffscreenKiosk:
        kiosk = make_kiosk(*given, **named)
        while not kiosk.showroom.ready or _home_is_missing(kiosk):
            QTest.qWait(5)
        kiosk.home()
        settle(kiosk)
        return kiosk

    return make


def _home_is_missing(kiosk: OffscreenKiosk) -> bool:
    kiosk.showroom.session.wake()
    return kiosk.showroom.moving


def settle(kiosk: OffscreenKiosk) -> None:
    kiosk.draw()
    while kiosk.showroom.moving:
        QTest.qWait(5)
    kiosk.draw()


def coming(visitor: Visitor) -> QPointF:
    """How far what comes still has to go."""
    screens = [item for item in visitor.items_of("QQuickLoader") if item.property("file")]
    screens += [item for item in visitor.items() if class_name(item).startswith("ScreenStack")]
    away = [QPointF(item.x(), item.y()) for item in screens if item.x() or item.y()]
    assert len(away) <= 1
    return away[0] if away else QPointF()


def figures(visitor: Visitor) -> list[QQuickItem]:
    found = [item for item in visitor.items_of("QQuickText") if item.property("goal") is not None]
    assert found
    return found


@SIZES
def test_a_place_comes_from_where_it_stands_in_the_bar_and_back_goes_the_other_way(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    places = contents.timeline(), contents.team(), contents.features()
    kiosk = make_moving(contents.load(*places), size)
    visitor = visit(kiosk.window)
    navigation = kiosk.showroom.navigation
    tabs = {tab.name: tab.rect.center() for tab in visitor.controls("PageTab")}
    before = "Home"
    for place in ("team", "timeline", "features", "team", ""):
        name = place.capitalize() or "Home"
        navigation.open(place) if place else navigation.goHome()
        step = coming(visitor)
        way = tabs[name] - tabs[before]
        assert (step.x(), step.y()) == (
            (WAY if way.x() > 0 else -WAY, 0) if way.x() else (0, WAY if way.y() > 0 else -WAY)
        )
        settle(kiosk)
        assert coming(visitor) == QPointF()
        before = name


@SIZES
def test_what_is_opened_comes_from_where_it_was_touched_and_goes_back_there(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    chapters = [contents.article(f"Story {n}", figure=f"{1960 + n}") for n in range(8)]
    kiosk = make_moving(contents.load(contents.timeline(chapters=chapters)), size)
    visitor = visit(kiosk.window)
    kiosk.showroom.navigation.open("timeline")
    settle(kiosk)
    for name in [card.name for card in visitor.controls("Button") if "Story" in card.name]:
        kiosk.draw()
        card = visitor.find("Button", name)
        if not on_screen(kiosk, card.rect.center()):
            continue
        visitor.tap("Button", card.name)
        step, spot = coming(visitor), card.rect.center()
        assert likeness(step, QPointF(spot) - middle(visitor)) > 0.95
        settle(kiosk)
        kiosk.showroom.navigation.back()
        assert likeness(coming(visitor), step) < -0.95
        settle(kiosk)


def middle(visitor: Visitor) -> QPointF:
    """Of what was opened."""
    (detail,) = (i for i in visitor.items_of("QQuickLoader") if "Detail" in str(i.property("file")))
    return QPointF(detail.width() / 2, detail.height() / 2)


def likeness(one: QPointF, other: QPointF) -> float:
    """Of two directions: 1 for the same, -1 for the opposite."""
    lengths = hypot(one.x(), one.y()) * hypot(other.x(), other.y())
    return QPointF.dotProduct(one, other) / lengths


def on_screen(kiosk: OffscreenKiosk, spot: QPointF) -> bool:
    return QRectF(0, 0, kiosk.window.width(), kiosk.window.height()).contains(QPointF(spot))


def test_a_figure_counts_up_once_where_it_is_and_is_read_out_as_it_is(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor]
) -> None:
    kiosk = make_moving(contents.load(contents.team(results=RESULTS)))
    visitor = visit(kiosk.window)
    kiosk.showroom.navigation.open("team")
    boxes, shown = set(), []
    while "25" not in shown:
        kiosk.draw()
        number, ordinal = figures(visitor)
        assert ordinal.property("text") == "2nd"
        assert visitor.sees("25 Races")
        shown.append(number.property("text"))
        boxes.add((number.width(), number.height(), number.property("drawn")))
        assert number.property("contentWidth") <= number.width()
    numbers = [int(text) for text in shown]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 2
    assert len(boxes) == 1
    settle(kiosk)
    for _ in range(20):
        QCoreApplication.processEvents()
        assert figures(visitor)[0].property("text") == "25"


def test_with_reduced_motion_nothing_moves(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    kiosk = make_kiosk(contents.load(contents.team(results=RESULTS), contents.timeline()))
    visitor = visit(kiosk.window)
    kiosk.home()
    kiosk.draw()
    for place in ("team", "timeline", "team"):
        kiosk.showroom.navigation.open(place)
        assert coming(visitor) == QPointF()
    assert [figure.property("text") for figure in figures(visitor)] == ["25", "2nd"]


def test_in_software_no_poster_pans(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor]
) -> None:
    """Each frame would cost the whole screen."""
    posters = [
        {"headline": f"{n}", "line": "In a sentence.", "picture": {"file": "car.png"}}
        for n in range(3)
    ]
    kiosk = make_moving(contents.load(contents.timeline(), attract={"posters": posters}))
    kiosk.showroom.session.end()
    attract, visitor = kiosk.item("attract"), visit(kiosk.window)
    for _ in posters:
        QMetaObject.invokeMethod(attract, "goOn")
        visitor.wait(lambda: not attract.property("isMoving"))
        (sheet,) = (i for i in visitor.items() if i.property("panRoom") is not None)
        assert sheet.property("panRoom") == 0
