"""The second of two quick taps does nothing to what the first has brought; a later one works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from kiosk.showroom.offscreen import offscreen_kiosk
from kiosk.showroom.offscreen.offscreen_kiosk import Layout, OffscreenKiosk, Screen
from kiosk.showroom.touch import touch_guard
from kiosk.showroom.touch.press_times import TURN_MS
from kiosk.showroom.touch.touch_guard import FREE_AFTER_MS, TouchGuard
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from tests.long_runs import IS_LONG
from tests.offscreen import LANDSCAPE, SIZES
from tests.touch_guards import GuardTime, guards_of, is_presented, stop_time

if TYPE_CHECKING:
    from kiosk.blocks.screen_sizes import Size
    from kiosk.content.check.loading import Loaded
    from tests.conftest import Contents, MakeKiosk, Visitor

OFFSETS = [0, 90, 180, 300]
"""Milliseconds from the first of two taps, or from what it has brought, to the second."""

SHARES = (0.1, 0.3, 0.5, 0.7, 0.9) if IS_LONG else (0.1, 0.5, 0.9)
"""How far down on a button the taps are."""

Where = tuple[str, str, str]
T = TypeVar("T")


@pytest.fixture(scope="module", autouse=True)
def clock() -> Iterator[GuardTime]:
    with pytest.MonkeyPatch.context() as patch:
        yield stop_time(patch)


@pytest.fixture
def kiosk(default_kiosk: OffscreenKiosk) -> OffscreenKiosk:
    return default_kiosk


@pytest.fixture
def sized(kiosk: OffscreenKiosk, size: Size) -> Iterator[OffscreenKiosk]:
    """The same on a screen of another size."""
    kiosk.lay_out(Layout(size))
    yield kiosk
    kiosk.lay_out(Layout(LANDSCAPE))


@pytest.fixture
def hasty(kiosk: OffscreenKiosk, visit: type[Visitor]) -> Visitor:
    return visit(kiosk.window, is_hasty=True)


def show(kiosk: OffscreenKiosk, name: str = "home") -> None:
    """Once it stands; until then no picture is taken of it."""
    next(screen for screen in kiosk.screens() if screen.name == name).reach()
    kiosk.draw()
    wait_for_the_end_of_movement(kiosk)
    kiosk.picture(Screen(name, lambda: None))
    wait_for_the_end_of_movement(kiosk)


def wait_for_the_end_of_movement(kiosk: OffscreenKiosk) -> None:
    while kiosk.showroom.moving:
        QTest.qWait(5)


def where(kiosk: OffscreenKiosk) -> Where:
    navigation, session = kiosk.showroom.navigation, kiosk.showroom.session
    return session.phase, navigation.placeId, navigation.screen


def guard_of(kiosk: OffscreenKiosk) -> TouchGuard:
    (guard,) = guards_of(kiosk.window)
    return guard


def double_tap(
    hasty: Visitor, kiosk: OffscreenKiosk, clock: GuardTime, milliseconds: int, point: QPoint
) -> Where:
    """Tap twice on a spot; returns where the first has led."""
    hasty.look()
    hasty.tap_at(point)
    led_to = where(kiosk)
    if milliseconds:
        hasty.wait(lambda: is_presented(kiosk.window))
        clock.let_pass(milliseconds, kiosk.window)
    hasty.tap_at(point)
    return led_to


def click_with_mouse(kiosk: OffscreenKiosk, point: QPoint) -> None:
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)


def pairs(things: Iterable[T]) -> Iterable[tuple[T, int]]:
    """Each with each offset in a long run; else each offset once, with things from all over."""
    if IS_LONG:
        return product(things, OFFSETS)
    things = list(things)
    return [(things[n * len(things) // len(OFFSETS)], ms) for n, ms in enumerate(OFFSETS)]


@SIZES
def test_a_double_tap_on_a_door_opens_its_place_and_nothing_else(
    sized: OffscreenKiosk, hasty: Visitor, clock: GuardTime
) -> None:
    kiosk = sized
    show(kiosk)
    doors = {c.name: c.rect.center() for c in hasty.controls("Button")}
    assert len(doors) >= len(kiosk.content.places)
    for (name, spot), milliseconds in pairs(doors.items()):
        kiosk.home()
        kiosk.draw()
        led_to = double_tap(hasty, kiosk, clock, milliseconds, spot)
        assert led_to[2] != "home", (name, milliseconds)
        assert where(kiosk) == led_to, (name, milliseconds)


MOVING = pytest.param(False, marks=pytest.mark.slow(reason="waits until each screen has come"))


@pytest.mark.parametrize("is_still", [True, MOVING], ids=["still", "moving"])
def test_a_press_is_heard_again_soon_and_none_before_whether_screens_move_or_not(
    make_kiosk: MakeKiosk,
    default_loaded: Loaded,
    visit: type[Visitor],
    clock: GuardTime,
    monkeypatch: pytest.MonkeyPatch,
    is_still: bool,
) -> None:
    """With reduced motion, and with all of it."""
    showroom = partial(ShowroomViewModel, reduced_motion=is_still, at_leisure=False)
    monkeypatch.setattr(offscreen_kiosk, "ShowroomViewModel", lambda **_: showroom())
    kiosk = make_kiosk(default_loaded)
    hasty = visit(kiosk.window, is_hasty=True)
    for number, milliseconds in pairs(range(kiosk.showroom.posters.count)):
        show(kiosk)
        spot = hasty.find("Button", "Offers").rect.center()
        opened = ("active", "offers", "offers")
        assert double_tap(hasty, kiosk, clock, milliseconds, spot) == opened
        assert where(kiosk) == opened, milliseconds
        kiosk.showroom.session.end()
        kiosk.item("attract").setProperty("wanted", number)
        double_tap(hasty, kiosk, clock, milliseconds, spot)
        assert where(kiosk) == ("active", "", "home"), (number, milliseconds)
    show(kiosk, "heritage-chapter-1")
    guard_of(kiosk).lift()
    hasty.tap("Button", "Back, Heritage")
    hasty.wait(lambda: is_presented(kiosk.window))
    clock.let_pass(FREE_AFTER_MS, kiosk.window)
    assert guard_of(kiosk).is_holding
    clock.let_pass(TURN_MS, kiosk.window)
    hasty.tap("PageTab", "Team")
    assert where(kiosk) == ("active", "team", "team")


def test_whatever_changes_the_screen_keeps_a_second_tap_from_it(
    kiosk: OffscreenKiosk, hasty: Visitor
) -> None:
    navigation, session = kiosk.showroom.navigation, kiosk.showroom.session
    changes: dict[str, tuple[str, Callable[[], object]]] = {
        "a place": ("home", lambda: navigation.open("offers")),
        "a place of the bar": ("team", lambda: navigation.open("offers")),
        "a detail": ("offers", lambda: navigation.openDetail("offers", 0)),
        "the estimator": ("offers", partial(navigation.openWithin, "estimator")),
        "back": ("offers-estimator", navigation.back),
        "home": ("offers", navigation.goHome),
        "the warning": ("home", session.warn),
        "its end": ("idle-warning", session.carryOn),
        "the end of the session": ("home", session.end),
        "waking": ("attract-1", session.wake),
    }
    for change, (screen, make) in changes.items():
        show(kiosk, screen)
        guard_of(kiosk).lift()
        make()
        assert guard_of(kiosk).is_holding, change
        before = where(kiosk)
        for control in hasty.controls("Button", "PageTab"):
            hasty.tap_at(control.rect.center())
            assert where(kiosk) == before, (change, control)


def test_the_thank_you_of_the_form_keeps_a_second_tap_from_its_button(
    kiosk: OffscreenKiosk,
) -> None:
    show(kiosk, kiosk.content.places[-1].id)
    form = kiosk.showroom.navigation.place
    form.email, form.consented = "vera@example.com", True
    guard_of(kiosk).lift()
    form.submit()
    assert form.state in {"saving", "thanked"}
    assert guard_of(kiosk).is_holding


def test_the_keyboard_that_comes_takes_a_second_tap_for_no_letter_and_all_that_follow(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor], clock: GuardTime
) -> None:
    kiosk = make_kiosk(contents.load(contents.signup()))
    show(kiosk, kiosk.content.places[-1].id)
    hasty = visit(kiosk.window, is_hasty=True)
    guard_of(kiosk).lift()
    hasty.tap("EditableText", "Email")
    hasty.wait(lambda: hasty.has_key("q"))
    assert guard_of(kiosk).is_holding
    hasty.tap_at(hasty.middle(hasty.key("q")))
    assert kiosk.showroom.navigation.place.email == ""
    hasty.wait(lambda: is_presented(kiosk.window))
    clock.let_pass(FREE_AFTER_MS + TURN_MS, kiosk.window)
    hasty.type("vera@example.com")  # in one breath
    assert kiosk.showroom.navigation.place.email == "vera@example.com"


def test_a_tap_works_while_nothing_changes(kiosk: OffscreenKiosk, hasty: Visitor) -> None:
    show(kiosk, "offers-estimator")
    guard_of(kiosk).lift()
    estimator = kiosk.showroom.navigation.within
    for months in (24, 36, 48):
        hasty.tap("RadioButton", f"{months}")
        assert estimator.months == months


# However it is pressed


@pytest.fixture
def at_offers(kiosk: OffscreenKiosk) -> OffscreenKiosk:
    """A moment after the offers were opened from home."""
    show(kiosk, "offers")
    guard_of(kiosk).hold()
    return kiosk


def test_a_finger_that_comes_too_early_and_stays_does_nothing_when_it_leaves(
    at_offers: OffscreenKiosk, hasty: Visitor
) -> None:
    offer = hasty.find("Button", "Estimate a payment").rect.center()
    hasty.press_at(offer)
    guard_of(at_offers).lift()
    hasty.move_to(offer + QPoint(2, 2))
    hasty.release_at(offer)
    assert where(at_offers) == ("active", "offers", "offers")
    hasty.tap_at(offer)
    assert where(at_offers) == ("active", "offers", "estimator")


def test_a_finger_that_was_there_before_may_finish(kiosk: OffscreenKiosk, hasty: Visitor) -> None:
    show(kiosk, "offers")
    guard_of(kiosk).lift()
    offer = hasty.find("Button", "Estimate a payment").rect.center()
    hasty.press_at(offer)
    guard_of(kiosk).hold()
    hasty.release_at(offer)
    assert where(kiosk) == ("active", "offers", "estimator")


def test_a_finger_that_came_too_early_and_rests_does_not_keep_another_from_working(
    at_offers: OffscreenKiosk, hasty: Visitor
) -> None:
    window = at_offers.window
    offer = hasty.find("Button", "Estimate a payment").rect.center()
    team = hasty.find("PageTab", "Team").rect.center()
    device = QTest.createTouchDevice()
    QTest.touchEvent(window, device).press(0, offer, window).commit()
    guard_of(at_offers).lift()
    QTest.touchEvent(window, device).stationary(0).press(1, team, window).commit()
    QTest.touchEvent(window, device).stationary(0).release(1, team, window).commit()
    assert where(at_offers) == ("active", "team", "team")
    QTest.touchEvent(window, device).release(0, offer, window).commit()
    assert where(at_offers) == ("active", "team", "team")


def test_a_second_finger_is_held_off_beside_one_that_rests(
    kiosk: OffscreenKiosk, hasty: Visitor
) -> None:
    show(kiosk)
    window = kiosk.window
    spot = hasty.find("Button", "Offers").rect.center()
    hasty.look()
    device = QTest.createTouchDevice()
    palm = QPoint(2, 2)
    QTest.touchEvent(window, device).press(0, palm, window).commit()
    for _ in range(2):
        QTest.touchEvent(window, device).stationary(0).press(1, spot, window).commit()
        QTest.touchEvent(window, device).move(0, palm, window).release(1, spot, window).commit()
        assert where(kiosk) == ("active", "offers", "offers")
    QTest.touchEvent(window, device).release(0, palm, window).commit()
    assert where(kiosk) == ("active", "offers", "offers")


def test_a_mouse_is_held_off_as_a_finger_is(at_offers: OffscreenKiosk, hasty: Visitor) -> None:
    offer = hasty.find("Button", "Estimate a payment").rect.center()
    click_with_mouse(at_offers, offer)
    QTest.mouseDClick(
        at_offers.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, offer
    )
    assert where(at_offers) == ("active", "offers", "offers")
    guard_of(at_offers).hold()
    button = (at_offers.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, offer)
    QTest.mousePress(*button)
    guard_of(at_offers).lift()
    QTest.mouseRelease(*button)
    assert where(at_offers) == ("active", "offers", "offers")
    click_with_mouse(at_offers, offer)
    assert where(at_offers) == ("active", "offers", "estimator")


def focus_offer(kiosk: OffscreenKiosk, hasty: Visitor) -> None:
    offer = next(b for b in hasty.buttons() if b.property("text") == "Estimate a payment")
    offer.forceActiveFocus()
    guard_of(kiosk).lift()


def test_a_key_that_is_held_down_opens_one_thing(kiosk: OffscreenKiosk, hasty: Visitor) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        show(kiosk, "offers")
        focus_offer(kiosk, hasty)
        send_key(kiosk, QEvent.Type.KeyPress, key)
        kiosk.showroom.navigation.open("offers")  # while the key is down
        focus_offer(kiosk, hasty)
        for _ in range(3):
            send_key(kiosk, QEvent.Type.KeyRelease, key, is_repeated=True)
            send_key(kiosk, QEvent.Type.KeyPress, key, is_repeated=True)
        send_key(kiosk, QEvent.Type.KeyRelease, key)
        assert where(kiosk) == ("active", "offers", "offers"), key
        QTest.keyClick(kiosk.window, key)
        assert key != Qt.Key.Key_Space or where(kiosk)[2] == "estimator"


def test_a_key_is_held_off_as_a_finger_is(at_offers: OffscreenKiosk, hasty: Visitor) -> None:
    focus_offer(at_offers, hasty)
    guard_of(at_offers).hold()
    QTest.keyClick(at_offers.window, Qt.Key.Key_Space)
    assert where(at_offers) == ("active", "offers", "offers")
    guard_of(at_offers).lift()
    QTest.keyClick(at_offers.window, Qt.Key.Key_Space)
    assert where(at_offers) == ("active", "offers", "estimator")


def send_key(
    kiosk: OffscreenKiosk, kind: QEvent.Type, key: Qt.Key, *, is_repeated: bool = False
) -> None:
    from PySide6.QtCore import QCoreApplication

    event = QKeyEvent(kind, key.value, Qt.KeyboardModifier.NoModifier, "", is_repeated)
    QCoreApplication.sendEvent(kiosk.window, event)


def test_nothing_that_moves_for_ever_closes_the_screen(
    make_kiosk: MakeKiosk,
    default_loaded: Loaded,
    visit: type[Visitor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(touch_guard, "MOST_MS", 50)
    kiosk = make_kiosk(default_loaded)
    show(kiosk)
    kiosk.showroom.moving = True
    assert guard_of(kiosk).is_holding
    visit(kiosk.window).wait(lambda: not guard_of(kiosk).is_holding)


# Where the screen stays and what is on it moves


def type_into_form(kiosk: OffscreenKiosk, email: str) -> None:
    show(kiosk, kiosk.content.places[-1].id)
    kiosk.showroom.navigation.place.email = email
    kiosk.draw()
    guard_of(kiosk).lift()


@SIZES
def test_a_second_tap_reaches_nothing_that_the_form_moves_under_the_finger(
    sized: OffscreenKiosk, hasty: Visitor
) -> None:
    kiosk = sized
    moving = {"vera@gmail.com": "vera@gmial.com", "Yes": "v\u00e9ra@example.com"}
    for (button, email), share in product(moving.items(), SHARES):
        type_into_form(kiosk, email)
        if button == "Yes":
            kiosk.showroom.navigation.place.submit()
            kiosk.draw()
            guard_of(kiosk).lift()
        rect = next(c.rect for c in hasty.controls("Button") if button in c.name)
        spot = rect.center()
        spot.setY(round(rect.y() + share * rect.height()))
        hasty.tap_at(spot)
        kiosk.draw()
        assert all(button not in c.name for c in hasty.controls("Button"))
        hasty.tap_at(spot)
        entries = hasty.items_of("QQuickTextInput")
        assert entries
        assert not any(entry.hasActiveFocus() for entry in entries), (button, share)
        assert not kiosk.showroom.navigation.place.consented, (button, share)
        kiosk.home()


def test_a_tap_elsewhere_works_at_once_after_what_moves(
    kiosk: OffscreenKiosk, hasty: Visitor
) -> None:
    type_into_form(kiosk, "vera@gmial.com")
    hasty.tap_at(next(c for c in hasty.controls("Button") if "gmail" in c.name).rect.center())
    kiosk.draw()
    hasty.tap("CheckBox", "Yes, please")
    assert kiosk.showroom.navigation.place.consented


def test_a_list_scrolls_again_and_again_in_haste(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    kiosk = make_kiosk(contents.load(contents.dealers(30)))
    show(kiosk, "dealers")
    guard_of(kiosk).lift()
    hasty = visit(kiosk.window, is_hasty=True)
    (view,) = (
        flickable
        for flickable in hasty.items_of("QQuickFlickable")
        if flickable.property("contentHeight") > 2 * flickable.height()
    )
    for _ in range(3):
        before = view.property("contentY")
        hasty.drag(QPoint(1400, 700), QPoint(0, -200))
        assert view.property("contentY") > before
