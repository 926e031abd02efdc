"""The whole kiosk without a touch: every control by Tab, everything that scrolls by its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.stages import SIZES, bring, on_window
from tests.touch_guards import lift_guards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage

    from kiosk.content.check.loading import Loaded
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import Contents, MakeStage, Visitor

Key = Qt.Key
CONTROLS = ("Button", "PageTab", "CheckBox", "RadioButton", "Slider", "EditableText")
ONE_BUTTON = ("attract", "idle-warning")
"""Screens that are one button, so that there is nowhere to go."""
MOST_STEPS = 80


def press(stage: OffscreenKiosk, *keys: Key) -> QImage:
    """Each key once the screen before it was seen; returns the picture after the last."""
    for key in keys:
        lift_guards(stage.window)
        QTest.keyClick(stage.window, key)
    return stage.draw()


def focused(stage: OffscreenKiosk) -> QQuickItem:
    return stage.window.activeFocusItem()


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


def walk(stage: OffscreenKiosk, forward: bool = True) -> Iterator[tuple[QQuickItem, QImage]]:
    """Each control that Tab comes to, once round, and the picture then."""
    seen: list[QQuickItem] = []
    for _ in range(MOST_STEPS):
        picture = press(stage, Key.Key_Tab if forward else Key.Key_Backtab)
        item = focused(stage)
        if item in seen:
            return
        seen.append(item)
        yield item, picture


def offences(stage: OffscreenKiosk, visitor: Visitor) -> Iterator[str]:
    """What a visitor at a keyboard would stumble over on the screen that is shown."""
    wanted = {c.name for c in visitor.controls(*CONTROLS) if not c.interface.state().disabled}
    before = stage.window.grabWindow()
    reached = set()
    for item, picture in walk(stage):
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
    make_stage: MakeStage, default_loaded: Loaded, visit: type[Visitor], size: tuple[int, int]
) -> None:
    stage = make_stage(default_loaded, size)
    stage.window.requestActivate()
    visitor = visit(stage.window)
    found = []
    for screen in stage.screens():
        if screen.is_for_visitors and not screen.name.startswith(ONE_BUTTON):
            stage.picture(screen)
            found += [f"{screen.name}: {offence}" for offence in offences(stage, visitor)]
    assert not found, "\n".join(found)


def test_a_list_of_thirty_is_walked_to_its_end_and_back(
    make_stage: MakeStage, contents: Contents
) -> None:
    stage = make_stage(contents.load(contents.dealers(30)))
    stage.window.requestActivate()
    bring(stage, "dealers")
    there = [(name_of(item), is_in_view(item)) for item, _ in walk(stage)]
    dealers = [(f"Dealer {n + 1}, Springfield", True) for n in range(30)]
    assert [(", ".join(name.split(", ")[:2]), seen) for name, seen in there[:30]] == dealers
    stage.showroom.navigation.goHome()
    bring(stage, "dealers")
    press(stage, Key.Key_Tab)
    back = [name_of(item).split(",")[0] for item, _ in walk(stage, forward=False)]
    dealers_back = [name for name in back if name.startswith("Dealer ")]
    assert dealers_back == [f"Dealer {n}" for n in range(30, 0, -1)]


@pytest.fixture
def stage(make_stage: MakeStage, default_loaded: Loaded) -> OffscreenKiosk:
    stage = make_stage(default_loaded)
    stage.window.requestActivate()
    return stage


def test_what_has_the_focus_opens_by_key(stage: OffscreenKiosk) -> None:
    for key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
        bring(stage, "home")
        press(stage, Key.Key_Tab, Key.Key_Tab, key)
        assert stage.showroom.navigation.placeId == "team", key


def test_the_focus_returns_to_what_opened_a_page(stage: OffscreenKiosk) -> None:
    bring(stage, "home")
    press(stage, Key.Key_Tab, Key.Key_Tab, Key.Key_Return)  # team
    press(stage, Key.Key_Tab, Key.Key_Tab)
    opener = name_of(focused(stage))
    press(stage, Key.Key_Return)
    assert stage.showroom.navigation.screen == "detail"
    press(stage, Key.Key_Escape)
    assert stage.showroom.navigation.screen == "team"
    assert (name_of(focused(stage)), focused(stage).property("visualFocus")) == (opener, True)
    press(stage, Key.Key_Escape)
    assert stage.showroom.navigation.screen == "home"
    assert (name_of(focused(stage)), focused(stage).property("visualFocus")) == ("Team", True)
    press(stage, Key.Key_Escape)
    assert stage.showroom.navigation.screen == "home"


def test_the_focus_goes_into_the_warning_and_back(stage: OffscreenKiosk) -> None:
    bring(stage, "offers")
    press(stage, Key.Key_Tab, Key.Key_Tab)
    before = focused(stage)
    stage.showroom.session.warn()
    stage.draw()
    assert name_of(focused(stage)) == "Carry on"
    press(stage, Key.Key_Return)
    assert stage.showroom.session.phase == "active"
    stage.draw()
    assert focused(stage) == before
    assert before.property("visualFocus")
    assert stage.showroom.navigation.screen == "offers"


def test_what_is_typed_goes_on_after_the_warning(stage: OffscreenKiosk) -> None:
    bring(stage, "stay-updated")
    press(stage, Key.Key_Tab)
    press(stage, Key.Key_V, Key.Key_E)
    stage.showroom.session.warn()
    stage.draw()
    press(stage, Key.Key_Space)
    stage.draw()
    press(stage, Key.Key_R, Key.Key_A)
    assert stage.showroom.navigation.place.email == "vera"


def test_any_key_wakes_and_does_nothing_else(stage: OffscreenKiosk) -> None:
    bring(stage, "attract-1")
    press(stage, Key.Key_Return)
    assert stage.showroom.session.phase == "active"
    assert stage.showroom.navigation.screen == "home"
    press(stage, Key.Key_Tab)
    assert name_of(focused(stage)) == "Heritage"


LONG = ["A paragraph that has something to say. " * 20] * 12


def scroller(visitor: Visitor) -> QQuickItem:
    return next(i for i in visitor.items_of("QQuickFlickable") if i.property("interactive"))


def position(view: QQuickItem) -> float:
    return max(
        view.property("contentY") - view.property("originY"),
        view.property("contentX") - view.property("originX"),
    )


def test_what_scrolls_scrolls_by_key(
    make_stage: MakeStage, contents: Contents, visit: type[Visitor]
) -> None:
    chapters = [contents.article(f"Year {n}", figure=str(n), body=LONG) for n in range(30)]
    stage = make_stage(
        contents.load(
            contents.timeline(chapters=chapters),
            contents.signup(privacy={"title": "Yours", "body": LONG[:4]}),
            contents.dealers(30),
            contents.links(1, legal=["All of it. " * 30] * 20),
        )
    )
    stage.window.requestActivate()
    visitor = visit(stage.window)
    for screen in ("timeline-chapter-1", "signup-privacy", "dealers", "links", "timeline"):
        bring(stage, screen)
        view = scroller(visitor)
        start = position(view)
        stops = []
        for key in (Key.Key_PageDown, Key.Key_Down, Key.Key_Up, Key.Key_PageUp, Key.Key_End):
            press(stage, key)
            stops.append(position(view))
        paged, down, up, back, end = stops
        assert start < up < down, screen
        assert paged == pytest.approx(up, abs=2)
        assert back == pytest.approx(start, abs=2)
        assert (view.property("atYEnd"), view.property("atXEnd")) == (True, True)
        assert end > start
        press(stage, Key.Key_Home)
        assert position(view) == pytest.approx(start, abs=2)


def test_a_key_moves_a_slider_by_its_step(stage: OffscreenKiosk, visit: type[Visitor]) -> None:
    bring(stage, "offers-estimator")
    estimator = stage.showroom.navigation.within
    slider = next(iter(visit(stage.window).items_of("QQuickSlider")))
    press(stage, Key.Key_Tab)
    assert focused(stage) == slider
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
        press(stage, key)
        assert estimator.price == wanted, key
        assert slider.property("value") == wanted
    press(stage, *[Key.Key_Left] * 111)
    assert slider.property("value") == estimator.price

    # Let go between two stops it shows what counts.
    visitor = visit(stage.window)
    box = on_window(slider)
    for share in (0.301, 0.305, 0.309):
        spot = box.topLeft() + (box.bottomRight() - box.topLeft()) * share
        spot.setY(box.center().y())
        visitor.press_at(box.center())
        visitor.move_to(spot)
        visitor.release_at(spot)
        stage.draw()
        assert slider.property("value") == estimator.price


def test_nothing_hidden_takes_the_focus(stage: OffscreenKiosk) -> None:
    for screen in stage.screens():
        if screen.name in {"team-driver", "idle-warning", "attract-2", "schedule-race"}:
            stage.picture(screen)
            for item, _ in walk(stage):
                assert item.isVisible(), (screen.name, name_of(item))
                assert item.isEnabled(), (screen.name, name_of(item))


def test_escape_puts_the_keyboard_away_before_it_leaves_the_form(
    stage: OffscreenKiosk, visit: type[Visitor]
) -> None:
    bring(stage, "stay-updated")
    visitor = visit(stage.window)
    press(stage, Key.Key_Tab)
    visitor.wait(lambda: visitor.has_key("q") or visitor.has_key("Q"))
    press(stage, Key.Key_Escape)
    visitor.wait(lambda: not (visitor.has_key("q") or visitor.has_key("Q")))
    assert stage.showroom.navigation.screen == "signup"
    press(stage, Key.Key_Escape)
    assert stage.showroom.navigation.screen == "home"
