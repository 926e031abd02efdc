"""A press counts by when it was made, however late a busy event loop hands it over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputEvent
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from kiosk.showroom.touch.press_times import WRAP_MS
from tests.offscreen import show_screen
from tests.touch_guards import GuardTime, guards_of, stop_time

if TYPE_CHECKING:
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import Visitor

UPTIMES = [3_600_000.0, WRAP_MS - 150.0, 5.5 * WRAP_MS]
"""Milliseconds; stamps begin again at 0 after 49 days."""
LATE = [0, 40, 700]
"""Milliseconds that the event loop was busy."""
BUTTON = "Estimate a payment"


@pytest.fixture(scope="module", autouse=True)
def clock() -> Iterator[GuardTime]:
    with pytest.MonkeyPatch.context() as patch:
        yield stop_time(patch)


class Stamper(QObject):
    """Stamps what a window is sent, before anything else sees it."""

    def __init__(self, window: QQuickWindow) -> None:
        super().__init__(window)
        self.stamp = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputEvent):
            event.setTimestamp(self.stamp)
        return False


class Offers:
    """The offers, with a button that opens the estimator."""

    def __init__(self, kiosk: OffscreenKiosk, clock: GuardTime, visitor: Visitor) -> None:
        self.kiosk, self.clock, self.visitor = kiosk, clock, visitor
        (self.guard,) = guards_of(kiosk.window)
        kiosk.window.frameSwapped.connect(self._note_frame)
        self.stamper = Stamper(kiosk.window)

    def show(self, uptime: float) -> None:
        self.clock.now = uptime
        show_screen(self.kiosk, "offers")
        self.visitor.look()
        self.spot = self.visitor.find("Button", BUTTON).rect.center()
        self.button = next(b for b in self.visitor.buttons() if b.property("text") == BUTTON)

    def change(self) -> float:
        """Show them again; returns when the first frame was presented."""
        if self.has_opened:
            self.kiosk.showroom.navigation.back()
        self.button.forceActiveFocus()
        self.guard.hold()
        self._is_presented = False
        while not self._is_presented:
            QTest.qWait(1)
        return self.clock.now

    def _note_frame(self) -> None:
        self._is_presented = True

    @property
    def has_opened(self) -> bool:
        return self.kiosk.showroom.navigation.screen == "estimator"

    def press(self, tap: Tap, stamp: float) -> None:
        """Tap with events that carry a stamp."""
        self.stamper.stamp = int(stamp) % WRAP_MS
        tap(self)


Tap = Callable[[Offers], None]


def touch(offers: Offers) -> None:
    offers.visitor.tap_at(offers.spot)


def click(offers: Offers) -> None:
    QTest.mouseClick(offers.kiosk.window, Qt.MouseButton.LeftButton, pos=offers.spot)


def press_key(offers: Offers) -> None:
    QTest.keyClick(offers.kiosk.window, Qt.Key.Key_Space)


@pytest.fixture(scope="module")
def all_offers(clock: GuardTime, default_kiosk: OffscreenKiosk, visit: type[Visitor]) -> Offers:
    return Offers(default_kiosk, clock, visit(default_kiosk.window, is_hasty=True))


@pytest.fixture(params=UPTIMES)
def offers(request: pytest.FixtureRequest, all_offers: Offers) -> Offers:
    all_offers.show(request.param)
    return all_offers


TAPS = (touch, click, press_key)


def test_a_press_counts_by_when_it_was_made(offers: Offers) -> None:
    made_and_opens = [(0, False), (280, False), (300, False), (350, True)]
    for tap, late, (created, opens) in product(TAPS, LATE, made_and_opens):
        presented = offers.change()
        offers.clock.now = presented + created + late  # and the event loop did not turn
        offers.press(tap, presented + created)
        assert offers.has_opened == opens, (tap, late, created)


def test_a_press_made_while_the_screen_changes_does_nothing_however_late(offers: Offers) -> None:
    for tap in TAPS:
        offers.guard.hold()
        changed = offers.clock.now
        offers.clock.now += 1000
        offers.press(tap, changed + 900)
        assert not offers.has_opened, tap


def test_a_stamp_of_no_known_clock_is_judged_by_the_turns_of_the_event_loop(
    offers: Offers,
) -> None:
    turned_busy_and_opens = [(100, 0, False), (300, 0, False), (200, 500, False), (350, 0, True)]
    for stamp in (0, 10**8, -60_000):  # none, another clock's, too old
        for turned, busy, opens in turned_busy_and_opens:
            presented = offers.change()
            offers.clock.let_pass(turned, offers.kiosk.window)
            offers.clock.now += busy
            offers.press(click, stamp and presented + stamp)
            assert offers.has_opened == opens, (stamp, turned, busy)


def test_a_clock_that_is_ahead_by_its_coarseness_is_known(offers: Offers) -> None:
    presented = offers.change()
    offers.clock.now = presented + 350
    offers.press(click, presented + 354)
    assert offers.has_opened
