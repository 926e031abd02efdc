"""A visitor switches between groups of links at any moment, however many each has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint

if TYPE_CHECKING:
    from tests.conftest import Contents, MakeKiosk, Visitor

LINK = {"name": "Site", "address": "https://www.example.com"}


@pytest.mark.parametrize("count", [9, 12, 20, 40])
def test_a_shorter_group_replaces_a_longer_one_whose_rows_are_still_being_made(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor], count: int
) -> None:
    """Qt makes the rows behind the edge later; a warning of it fails this test."""
    groups = [
        {"name": "Long", "links": [LINK] * count},
        {"name": "Short", "links": [LINK] * 2},
    ]
    kiosk = make_kiosk(contents.load(contents.links() | {"groups": groups}), size=(960, 540))
    visitor = visit(kiosk.window)
    kiosk.home()
    kiosk.draw()
    kiosk.showroom.navigation.open(kiosk.content.places[0].id)
    kiosk.window.grabWindow()

    kiosk.showroom.navigation.place.choose(1)
    kiosk.window.grabWindow()
    visitor.drag(QPoint(700, 300), QPoint(0, -80))
    kiosk.draw()

    assert kiosk.showroom.navigation.place.links.count == 2


def test_few_links_leave_room_to_something_to_do_next(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    """And a group alone has no tab: there is nothing to choose."""
    groups = [{"name": "On the web", "links": [LINK]}]
    places = contents.links() | {"groups": groups}, contents.signup()
    kiosk = make_kiosk(contents.load(*places), size=(960, 540))
    visitor = visit(kiosk.window)
    kiosk.home()
    kiosk.showroom.navigation.open("links")
    kiosk.draw()

    assert not visitor.sees("On the web")
    (link,) = (button for button in visitor.controls("Button") if button.name == "Site")
    (step,) = (button for button in visitor.controls("Button") if "The signup" in button.name)
    assert link.rect.bottom() < step.rect.top()
    assert step.rect.height() > link.rect.height()
    visitor.tap("Button", step.name)
    assert kiosk.showroom.navigation.placeId == "signup"
