"""What a visitor left is as it was; the next visitor begins at the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint

from kiosk.showroom.viewmodels.navigation import MOST_KEPT
from tests.conftest import ESTIMATOR, class_name
from tests.touch_guards import lift_guards

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtQuick import QQuickItem

    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import Contents, MakeKiosk, Visitor

    MakeVisitor = type[Visitor]


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk, contents: Contents) -> OffscreenKiosk:
    kiosk = make_kiosk(contents.load(contents.dealers(30), contents.team(drivers=2)))
    kiosk.home()
    kiosk.draw()
    return kiosk


def scrolled(visitor: Visitor) -> QQuickItem:
    """The list that can be scrolled."""
    views = visitor.items_of("QQuickListView")
    return max(views, key=lambda view: view.property("contentHeight") - view.height())


def tapped(kiosk: OffscreenKiosk, visitor: Visitor, name: str) -> None:
    visitor.tap("PageTab", name)
    kiosk.draw()


def test_a_place_that_is_come_back_to_is_where_it_was_scrolled_to(
    kiosk: OffscreenKiosk, visit: MakeVisitor
) -> None:
    visitor = visit(kiosk.window)
    for elsewhere in ("Home", "Team"):
        tapped(kiosk, visitor, "Dealers")
        scrolled(visitor).setProperty("contentY", 400)
        tapped(kiosk, visitor, elsewhere)
        tapped(kiosk, visitor, "Dealers")
        assert scrolled(visitor).property("contentY") == 400, elsewhere


def tap_it_again(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    tapped(kiosk, visitor, "Dealers")


def come_as_another(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    kiosk.home()
    kiosk.draw()
    tapped(kiosk, visitor, "Dealers")


def come_as_another_after_home(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    tapped(kiosk, visitor, "Home")
    come_as_another(kiosk, visitor)


@pytest.mark.parametrize("begin", [tap_it_again, come_as_another, come_as_another_after_home])
def test_a_place_begins_at_its_beginning_for_those_who(
    kiosk: OffscreenKiosk, visit: MakeVisitor, begin: Callable[[OffscreenKiosk, Visitor], None]
) -> None:
    visitor = visit(kiosk.window)
    tapped(kiosk, visitor, "Dealers")
    scrolled(visitor).setProperty("contentY", 400)

    begin(kiosk, visitor)

    assert scrolled(visitor).property("contentY") <= 0


@pytest.mark.parametrize("place", ["", "team"])
def test_what_one_finger_holds_is_let_go_when_another_opens_something(
    kiosk: OffscreenKiosk, visit: MakeVisitor, place: str
) -> None:
    visitor = visit(kiosk.window)
    if place:
        kiosk.showroom.navigation.open(place)
        kiosk.draw()
    held = visitor.find("Button", "Dealers" if not place else "1, Driver 1").rect.center()
    mark = visitor.find("PageTab", "Dealers" if place else "Team").rect.center()

    lift_guards(kiosk.window)
    visitor.touch().press(0, held, kiosk.window).commit()
    visitor.touch().stationary(0).press(1, mark, kiosk.window).commit()
    visitor.touch().stationary(0).release(1, mark, kiosk.window).commit()
    kiosk.draw()
    visitor.touch().release(0, held, kiosk.window).commit()
    assert kiosk.showroom.navigation.placeId == ("dealers" if place else "team")
    tapped(kiosk, visitor, place.capitalize() or "Home")

    assert not [button for button in visitor.buttons() if button.property("pressed")]
    visitor.tap_at(held)
    navigation = kiosk.showroom.navigation
    assert (navigation.placeId, navigation.inDepth) == (place or "dealers", bool(place))


def test_a_list_that_one_finger_drags_stands_still_when_another_opens_something(
    kiosk: OffscreenKiosk, visit: MakeVisitor
) -> None:
    visitor = visit(kiosk.window)
    tapped(kiosk, visitor, "Dealers")
    view = scrolled(visitor)
    spot = visitor.middle(view).toPoint()
    mark = visitor.find("PageTab", "Team").rect.center()
    lift_guards(kiosk.window)
    visitor.touch().press(0, spot, kiosk.window).commit()
    for step in range(1, 5):
        visitor.touch().move(0, spot - QPoint(0, 40 * step), kiosk.window).commit()
        kiosk.draw()
    assert view.property("dragging")
    lift_guards(kiosk.window)
    visitor.touch().stationary(0).press(1, mark, kiosk.window).commit()
    visitor.touch().stationary(0).release(1, mark, kiosk.window).commit()
    kiosk.draw()

    assert kiosk.showroom.navigation.placeId == "team"
    assert not view.property("dragging")
    visitor.touch().release(0, spot, kiosk.window).commit()
    tapped(kiosk, visitor, "Dealers")
    assert view.property("interactive")


def test_an_estimate_begins_with_the_figures_of_the_file(
    make_kiosk: MakeKiosk, contents: Contents
) -> None:
    """Whatever the one before has moved: another's figures, or another car's, are nobody's."""
    navigation = make_kiosk(contents.load(contents.offers(estimator=ESTIMATOR))).showroom.navigation
    navigation.open("offers")
    navigation.openWithin("estimator")
    begins = navigation.within.downPaymentText
    for address in ("offers/estimator", "offers/estimator/40000"):
        navigation.within.moveDownPayment(9000.0)
        assert navigation.within.downPaymentText != begins
        navigation.goHome()
        navigation.openScreen(address)
        assert navigation.within.downPaymentText == begins, address
    assert navigation.within.priceText == "$40,000"


def test_no_more_screens_are_there_than_may_be_left(
    make_kiosk: MakeKiosk, contents: Contents, visit: MakeVisitor
) -> None:
    places = contents.timeline(), contents.team(), contents.features(), contents.dealers(1)
    kiosk = make_kiosk(contents.load(*places))
    kiosk.home()
    kiosk.draw()
    visitor = visit(kiosk.window)

    (stack,) = (i for i in visitor.items() if class_name(i).startswith("ScreenStack"))
    counts = []
    for place in (*places, *places):
        tapped(kiosk, visitor, str(place["name"]))
        counts.append(len(stack.childItems()))

    assert max(counts) == MOST_KEPT + 2  # home, and the open one
