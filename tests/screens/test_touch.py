"""A finger on the whole kiosk, off screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMetaObject, QPoint, QPointF
from PySide6.QtQuick import QQuickItem

from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
from tests.offscreen import show_screen

if TYPE_CHECKING:
    from tests.conftest import Contents, MakeKiosk, Visitor


@pytest.fixture
def visitor(kiosk: OffscreenKiosk, visit: type[Visitor]) -> Visitor:
    return visit(kiosk.window)


@pytest.fixture
def kiosk(default_kiosk: OffscreenKiosk) -> OffscreenKiosk:
    """Awake, at home."""
    show_screen(default_kiosk, "home")
    return default_kiosk


def pressed(visitor: Visitor) -> list[str]:
    return [item.property("text") for item in visitor.buttons() if item.property("pressed")]


def strip(visitor: Visitor) -> QQuickItem:
    """What is dragged sideways."""
    return next(
        item
        for item in visitor.items_of("QQuickFlickable")
        if item.property("contentWidth") > item.width() + 1
    )


def test_a_touch_opens_a_place_from_its_door(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    visitor.tap("Button", "Heritage")
    assert kiosk.showroom.navigation.screen == "timeline"


def test_pressed_is_shown_at_once_and_nothing_opens_before_the_finger_leaves(
    kiosk: OffscreenKiosk, visitor: Visitor
) -> None:
    spot = visitor.find("Button", "Heritage").rect.center()
    before = kiosk.window.grabWindow()
    visitor.press_at(spot)
    assert pressed(visitor) == ["Heritage"]  # without a turn of the event loop
    assert kiosk.window.grabWindow() != before
    assert kiosk.showroom.navigation.screen == "home"
    visitor.release_at(spot)
    assert pressed(visitor) == []
    assert kiosk.showroom.navigation.screen == "timeline"


def test_a_press_on_something_that_scrolls_is_shown_at_once_too(
    kiosk: OffscreenKiosk, visitor: Visitor
) -> None:
    show_screen(kiosk, "heritage")
    chapter = next(c for c in visitor.controls("Button") if "Tulip" in c.name)
    visitor.press_at(chapter.rect.center())
    visitor.wait(lambda: pressed(visitor) == [chapter.name])
    visitor.release_at(chapter.rect.center())
    assert kiosk.showroom.navigation.screen == "detail"


def test_a_finger_that_slides_off_opens_nothing(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    rect = visitor.find("Button", "Heritage").rect
    visitor.drag(rect.center(), QPoint(-rect.width(), 0))
    assert pressed(visitor) == []
    assert kiosk.showroom.navigation.screen == "home"


def test_a_drag_on_the_timeline_scrolls_one_to_one_and_opens_nothing(
    kiosk: OffscreenKiosk, visitor: Visitor
) -> None:
    show_screen(kiosk, "heritage")
    timeline = strip(visitor)
    start = timeline.property("contentX")
    spot = timeline.mapRectToScene(timeline.boundingRect()).center().toPoint()
    visitor.press_at(spot)
    for moved in (20, 60, 100):  # past the threshold
        visitor.move_to(spot - QPoint(moved, 0))
    begun = timeline.property("contentX")
    visitor.move_to(spot - QPoint(400, 0))
    assert timeline.property("contentX") - begun == pytest.approx(300, abs=2)
    visitor.release_at(spot - QPoint(400, 0))
    assert timeline.property("contentX") > start + 300
    assert kiosk.showroom.navigation.screen == "timeline"
    assert pressed(visitor) == []


def test_a_tap_beside_every_target_does_nothing(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    for spot in (QPoint(300, 60), QPoint(300, 500), QPoint(480, 740)):
        assert not any(c.rect.contains(spot) for c in visitor.controls("Button", "PageTab"))
        visit_before = kiosk.showroom.navigation.visit
        visitor.tap_at(spot)
        assert kiosk.showroom.navigation.screen == "home"
        assert kiosk.showroom.navigation.visit == visit_before


def test_the_waking_touch_only_wakes(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    show_screen(kiosk, "attract-1")
    touchable = [c for c in visitor.controls("Button") if not c.interface.state().disabled]
    assert [control.name for control in touchable] == ["Touch to begin"]
    door = QPoint(kiosk.window.width() * 3 // 4, 100)  # where a door stands on home
    visitor.tap_at(door)
    assert kiosk.showroom.session.phase == "active"
    assert kiosk.showroom.navigation.screen == "home"


def test_a_touch_during_the_warning_carries_on_and_does_nothing_else(
    kiosk: OffscreenKiosk, visitor: Visitor
) -> None:
    show_screen(kiosk, "idle-warning")
    assert visitor.sees("Still there?")
    visitor.tap_at(QPoint(kiosk.window.width() * 3 // 4, 100))
    assert kiosk.showroom.session.phase == "active"
    assert kiosk.showroom.navigation.screen == "home"


def test_whatever_opens_by_touch_opens_by_a_screen_readers_press(
    kiosk: OffscreenKiosk, visitor: Visitor
) -> None:
    door = visitor.find("Button", "Team")
    action = door.interface.actionInterface()
    assert "Press" in action.actionNames()
    action.doAction("Press")
    assert kiosk.showroom.navigation.screen == "team"


def test_the_sliders_follow_the_finger(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    show_screen(kiosk, "offers-estimator")
    slider = next(item for item in visitor.items_of("QQuickSlider"))
    box = slider.mapRectToScene(slider.boundingRect())
    prices = []
    visitor.press_at(QPointF(box.left() + box.width() * 0.3, box.center().y()))
    for share in (0.4, 0.5, 0.8, 1.0):
        visitor.move_to(QPointF(box.left() + box.width() * share, box.center().y()))
        prices.append(kiosk.showroom.navigation.within.price)
    visitor.release_at(QPointF(box.right(), box.center().y()))
    assert prices == sorted(set(prices))
    assert prices[-1] == 60_000
    assert visitor.sees("$60,000")


def test_a_long_list_scrolls_to_its_end_by_finger(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    kiosk = make_kiosk(contents.load(contents.dealers(30)))
    show_screen(kiosk, "dealers")
    visitor = visit(kiosk.window)
    bar = visitor.find("PageTab", "Home").rect.top()

    def last_in_view() -> bool:
        last = [c.rect.bottom() for c in visitor.controls("Button") if "Dealer 30," in c.name]
        return bool(last) and last[0] <= bar

    assert not last_in_view()
    for _ in range(12):
        visitor.drag(QPoint(1400, 850), QPoint(0, -700))
        for view in visitor.items_of("QQuickFlickable"):
            QMetaObject.invokeMethod(view, "cancelFlick")
            QMetaObject.invokeMethod(view, "returnToBounds")
        if last_in_view():
            break
    assert last_in_view()
    assert kiosk.showroom.navigation.screen == "dealers"
    visitor.tap("Button", "Dealer 30,")
    assert kiosk.showroom.navigation.detail.title == "Dealer 30"
