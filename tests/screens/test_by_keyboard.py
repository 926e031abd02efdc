"""The whole kiosk without a touch: every control by Tab, everything that scrolls by its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.offscreen import SIZES, on_window, show_screen
from tests.touch_guards import lift_guards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage

    from kiosk.content.check.loading import Loaded
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import Contents, MakeKiosk, Visitor

Key = Qt.Key
CONTROLS = ("Button", "PageTab", "CheckBox", "RadioButton", "Slider", "EditableText")
ONE_BUTTON = ("attract", "idle-warning")
"""Screens that are one button, so that there is nowhere to go."""
MOST_STEPS = 80


def press(kiosk: OffscreenKiosk, *keys: Key) -> QImage:
    """Each key once the screen before it was seen; returns the picture after the last."""
    for key in keys:
        lift_guards(kiosk.window)
        QTest.keyClick(kiosk.window, key)
    return kiosk.draw()


def focused(kiosk: OffscreenKiosk) -> QQuickItem:
    return kiosk.window.activeFocusItem()


def name_of(item: QQuickItem) -> str:
    """What a control is called, as far as the item itself says so."""
    return str(item.property("text") or "")


def is_in_view(item: QQuickItem) -> bool:
    """Whether nothing that scrolls around it, nor the window, cuts any of it off."""
    box = on_window(item)
    parent = item.parentItem()
    while parent is not None:
        if parent.clip() or parent.parentItem() is None:
            edge = on_window(parent).adjusted(-1, -1, 1, 1)
            across = edge.intersected(box)
            if min(across.width(), edge.width() - 2) < min(box.width(), edge.width() - 2) - 1:
                return False
            if min(across.height(), edge.height() - 2) < min(box.height(), edge.height() - 2) - 1:
                return False
        parent = parent.parentItem()
    return True


def changed_pixels(before: QImage, after: QImage, box: QRect) -> int:
    box = box.intersected(after.rect())
    return sum(
        before.pixel(x, y) != after.pixel(x, y)
        for x in range(box.left(), box.right() + 1, 3)
        for y in range(box.top() + 2, box.bottom() - 1, max(1, (box.height() - 4) // 8))
    )


def walk(kiosk: OffscreenKiosk, forward: bool = True) -> Iterator[tuple[QQuickItem, QImage]]:
    """Each control that Tab comes to, once round, and the picture then."""
    seen: list[QQuickItem] = []
    for _ in range(MOST_STEPS):
        picture = press(kiosk, Key.Key_Tab if forward else Key.Key_Backtab)
        item = focused(kiosk)
        if item in seen:
            return
        seen.append(item)
        yield item, picture


def offences(kiosk: OffscreenKiosk, visitor: Visitor) -> Iterator[str]:
    """What a visitor at a keyboard would stumble over on the screen that is shown."""
    wanted = {c.name for c in visitor.controls(*CONTROLS) if not c.interface.state().disabled}
    before = kiosk.window.grabWindow()
    reached = set()
    for item, picture in walk(kiosk):
        name = name_of(item)
        reached |= {c.name for c in visitor.controls(*CONTROLS) if c.interface.state().focused}
        if not is_in_view(item):
            yield f"'{name}' has the focus out of view"
        if not changed_pixels(before, picture, on_window(item).toRect().adjusted(-12, -12, 12, 12)):
            yield f"'{name}' has the focus and no ring"
        before = picture
    for name in wanted - reached:
        yield f"'{name}' is never reached"


@pytest.mark.slow(reason="walks every screen by Tab")
@SIZES
def test_every_control_of_every_screen_is_reached_seen_and_ringed(
    make_kiosk: MakeKiosk, default_loaded: Loaded, visit: type[Visitor], size: tuple[int, int]
) -> None:
    kiosk = make_kiosk(default_loaded, size)
    kiosk.window.requestActivate()
    visitor = visit(kiosk.window)
    found = []
    for screen in kiosk.screens():
        if screen.is_for_visitors and not screen.name.startswith(ONE_BUTTON):
            kiosk.picture(screen)
            found += [f"{screen.name}: {offence}" for offence in offences(kiosk, visitor)]
    assert not found, "\n".join(found)


def test_a_list_of_thirty_is_walked_to_its_end_and_back(
    make_kiosk: MakeKiosk, contents: Contents
) -> None:
    kiosk = make_kiosk(contents.load(contents.dealers(30)))
    kiosk.window.requestActivate()
    show_screen(kiosk, "dealers")
    there = [(name_of(item), is_in_view(item)) for item, _ in walk(kiosk)]
    dealers = [(f"Dealer {n + 1}, Springfield", True) for n in range(30)]
    assert [(", ".join(name.split(", ")[:2]), seen) for name, seen in there[:30]] == dealers
    kiosk.showroom.navigation.goHome()
    show_screen(kiosk, "dealers")
    press(kiosk, Key.Key_Tab)
    back = [name_of(item).split(",")[0] for item, _ in walk(kiosk, forward=False)]
    dealers_back = [name for name in back if name.startswith("Dealer ")]
    assert dealers_back == [f"Dealer {n}" for n in range(30, 0, -1)]


def test_a_wall_of_faces_is_walked_and_opens(make_kiosk: MakeKiosk, contents: Contents) -> None:
    people = [{"title": f"Person {n}", "role": "Sales"} for n in range(12)]
    kiosk = make_kiosk(contents.load(contents.team(drivers=2, people=people)))
    kiosk.window.requestActivate()
    show_screen(kiosk, "team")
    there = [name_of(item).split(",")[0] for item, _ in walk(kiosk)]
    assert there[2:14] == [f"Person {n}" for n in range(12)]
    show_screen(kiosk, "team")
    press(kiosk, *[Key.Key_Tab] * 4, Key.Key_Return)
    assert kiosk.showroom.navigation.entry_title == "Person 1"


@pytest.fixture
def kiosk(default_kiosk: OffscreenKiosk) -> OffscreenKiosk:
    default_kiosk.window.requestActivate()
    return default_kiosk


@pytest.fixture
def with_keyboard(make_kiosk: MakeKiosk, default_loaded: Loaded) -> OffscreenKiosk:
    """Qt gives its keyboard to the newest window alone."""
    kiosk = make_kiosk(default_loaded)
    kiosk.window.requestActivate()
    return kiosk


def test_what_has_the_focus_opens_by_key(kiosk: OffscreenKiosk) -> None:
    for key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
        show_screen(kiosk, "home")
        press(kiosk, Key.Key_Tab, Key.Key_Tab, key)
        assert kiosk.showroom.navigation.placeId == "models", key


def test_the_focus_returns_to_what_opened_a_page(kiosk: OffscreenKiosk) -> None:
    show_screen(kiosk, "home")
    press(kiosk, *[Key.Key_Tab] * 6, Key.Key_Return)  # team
    press(kiosk, Key.Key_Tab, Key.Key_Tab)
    opener = name_of(focused(kiosk))
    press(kiosk, Key.Key_Return)
    assert kiosk.showroom.navigation.screen == "detail"
    press(kiosk, Key.Key_Escape)
    assert kiosk.showroom.navigation.screen == "team"
    assert (name_of(focused(kiosk)), focused(kiosk).property("visualFocus")) == (opener, True)
    press(kiosk, Key.Key_Escape)
    assert kiosk.showroom.navigation.screen == "home"
    assert (name_of(focused(kiosk)), focused(kiosk).property("visualFocus")) == ("Team", True)
    press(kiosk, Key.Key_Escape)
    assert kiosk.showroom.navigation.screen == "home"


def test_the_focus_goes_into_the_warning_and_back(kiosk: OffscreenKiosk) -> None:
    show_screen(kiosk, "offers")
    press(kiosk, Key.Key_Tab, Key.Key_Tab)
    before = focused(kiosk)
    kiosk.showroom.session.warn()
    kiosk.draw()
    assert name_of(focused(kiosk)) == "Carry on"
    press(kiosk, Key.Key_Return)
    assert kiosk.showroom.session.phase == "active"
    kiosk.draw()
    assert focused(kiosk) == before
    assert before.property("visualFocus")
    assert kiosk.showroom.navigation.screen == "offers"


def test_what_is_typed_goes_on_after_the_warning(with_keyboard: OffscreenKiosk) -> None:
    kiosk = with_keyboard
    show_screen(kiosk, "stay-updated")
    press(kiosk, Key.Key_Tab)
    press(kiosk, Key.Key_V, Key.Key_E)
    kiosk.showroom.session.warn()
    kiosk.draw()
    press(kiosk, Key.Key_Space)
    kiosk.draw()
    press(kiosk, Key.Key_R, Key.Key_A)
    assert kiosk.showroom.navigation.place.email == "vera"


def test_any_key_wakes_and_does_nothing_else(kiosk: OffscreenKiosk) -> None:
    show_screen(kiosk, "attract-1")
    press(kiosk, Key.Key_Return)
    assert kiosk.showroom.session.phase == "active"
    assert kiosk.showroom.navigation.screen == "home"
    press(kiosk, Key.Key_Tab)
    assert name_of(focused(kiosk)) == "Sebring International Raceway"


LONG = ["A paragraph that has something to say. " * 20] * 12


def scroller(visitor: Visitor) -> QQuickItem:
    return next(i for i in visitor.items_of("QQuickFlickable") if i.property("interactive"))


def position(view: QQuickItem) -> float:
    return max(
        view.property("contentY") - view.property("originY"),
        view.property("contentX") - view.property("originX"),
    )


def test_what_scrolls_scrolls_by_key(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    chapters = [contents.article(f"Year {n}", figure=str(n), body=LONG) for n in range(30)]
    kiosk = make_kiosk(
        contents.load(
            contents.timeline(chapters=chapters),
            contents.signup(privacy={"title": "Yours", "body": LONG[:4]}),
            contents.dealers(30),
            contents.links(1, legal=["All of it. " * 30] * 20),
        )
    )
    kiosk.window.requestActivate()
    visitor = visit(kiosk.window)
    for screen in ("timeline-chapter-1", "signup-privacy", "dealers", "links", "timeline"):
        show_screen(kiosk, screen)
        view = scroller(visitor)
        start = position(view)
        stops = []
        for key in (Key.Key_PageDown, Key.Key_Down, Key.Key_Up, Key.Key_PageUp, Key.Key_End):
            press(kiosk, key)
            stops.append(position(view))
        paged, down, up, back, end = stops
        assert start < up < down, screen
        assert paged == pytest.approx(up, abs=2)
        assert back == pytest.approx(start, abs=2)
        assert (view.property("atYEnd"), view.property("atXEnd")) == (True, True)
        assert end > start
        press(kiosk, Key.Key_Home)
        assert position(view) == pytest.approx(start, abs=2)


def test_a_key_moves_a_slider_by_its_step(kiosk: OffscreenKiosk, visit: type[Visitor]) -> None:
    show_screen(kiosk, "offers-estimator")
    estimator = kiosk.showroom.navigation.within
    slider = next(iter(visit(kiosk.window).items_of("QQuickSlider")))
    while focused(kiosk) != slider:  # after the tabs
        press(kiosk, Key.Key_Tab)
    price, step = estimator.price, estimator.priceStep
    for key, wanted in (
        (Key.Key_Right, price + step),
        (Key.Key_Up, price + 2 * step),
        (Key.Key_Left, price + step),
        (Key.Key_Down, price),
        (Key.Key_PageUp, price + 10 * step),
        (Key.Key_Home, estimator.priceLeast),
        (Key.Key_End, estimator.priceMost),
        (Key.Key_Right, estimator.priceMost),
    ):
        press(kiosk, key)
        assert estimator.price == wanted, key
        assert slider.property("value") == wanted
    press(kiosk, *[Key.Key_Left] * 111)
    assert slider.property("value") == estimator.price

    # Let go between two stops it shows what counts.
    visitor = visit(kiosk.window)
    box = on_window(slider)
    for share in (0.301, 0.305, 0.309):
        spot = box.topLeft() + (box.bottomRight() - box.topLeft()) * share
        spot.setY(box.center().y())
        visitor.press_at(box.center())
        visitor.move_to(spot)
        visitor.release_at(spot)
        kiosk.draw()
        assert slider.property("value") == estimator.price


@pytest.mark.parametrize("left_at", ["home", "team-driver"])
def test_nobody_begins_where_the_visitor_before_has_stopped(
    kiosk: OffscreenKiosk, left_at: str
) -> None:
    show_screen(kiosk, "home")
    press(kiosk, Key.Key_Tab)
    first = name_of(focused(kiosk))
    show_screen(kiosk, left_at)
    press(kiosk, *[Key.Key_Tab] * 4, Key.Key_Return)
    kiosk.showroom.session.end()
    kiosk.draw()
    kiosk.showroom.session.wake()
    kiosk.draw()
    assert focused(kiosk).isVisible()
    press(kiosk, Key.Key_Tab)
    assert name_of(focused(kiosk)) == first


def test_nothing_hidden_takes_the_focus(kiosk: OffscreenKiosk) -> None:
    for screen in kiosk.screens():
        if screen.name in {"team-driver", "idle-warning", "attract-2", "schedule-race"}:
            kiosk.picture(screen)
            for item, _ in walk(kiosk):
                assert item.isVisible(), (screen.name, name_of(item))
                assert item.isEnabled(), (screen.name, name_of(item))


def test_escape_puts_the_keyboard_away_before_it_leaves_the_form(
    with_keyboard: OffscreenKiosk, visit: type[Visitor]
) -> None:
    kiosk = with_keyboard
    show_screen(kiosk, "stay-updated")
    visitor = visit(kiosk.window)
    press(kiosk, Key.Key_Tab)
    visitor.wait(lambda: visitor.has_key("q") or visitor.has_key("Q"))
    press(kiosk, Key.Key_Escape)
    visitor.wait(lambda: not (visitor.has_key("q") or visitor.has_key("Q")))
    assert kiosk.showroom.navigation.screen == "signup"
    press(kiosk, Key.Key_Escape)
    assert kiosk.showroom.navigation.screen == "home"
