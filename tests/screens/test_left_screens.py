"""What a visitor left is as it was; the next visitor begins at the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.showroom.viewmodels.navigation import MOST_LEFT
from tests.conftest import class_name

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
def test_a_place_begins_at_its_beginning_for_who(
    kiosk: OffscreenKiosk, visit: MakeVisitor, begin: Callable[[OffscreenKiosk, Visitor], None]
) -> None:
    visitor = visit(kiosk.window)
    tapped(kiosk, visitor, "Dealers")
    scrolled(visitor).setProperty("contentY", 400)

    begin(kiosk, visitor)

    assert scrolled(visitor).property("contentY") <= 0


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

    assert max(counts) == MOST_LEFT + 2  # home, and the open one
