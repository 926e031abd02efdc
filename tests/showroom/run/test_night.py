"""Outside of its hours the screen is dark, unless somebody is there or the clock is in doubt."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kiosk.operation.screen_hours import parse_screen_hours
from kiosk.showroom.run.night import LIT_SECONDS, LONGEST_SECONDS, Night
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel


class Floor:
    """A showroom at an hour, with a panel that notes whether it is on."""

    def __init__(self, qapp: QGuiApplication) -> None:
        self.showroom = ShowroomViewModel()
        self.now = datetime(2026, 11, 27, 12, 0)
        self.seconds = self.showroom.session.last_touch + 10 * LIT_SECONDS
        self.is_trusted = True
        self.panel: list[bool] = []
        self.night = Night(
            parse_screen_hours("07:00-20:00"),
            self.showroom,
            lambda: self.now,
            lambda: self.is_trusted,
            self.panel.append,
            steady=lambda: self.seconds,
        )

    @property
    def is_dark(self) -> bool:
        return self.showroom.isDark

    def wait(self, **time: float) -> None:
        """Let some time pass; what is due then is done."""
        passed = timedelta(**time)
        self.now += passed
        self.seconds += passed.total_seconds()
        self.night._timer.timeout.emit()

    def touch(self) -> None:
        self.showroom.session.last_touch = self.seconds

    def due(self) -> float:
        """After how many seconds it looks again."""
        assert self.night._timer.isActive()
        return self.night._timer.interval() / 1000


@pytest.fixture
def floor(qapp: QGuiApplication) -> Floor:
    return Floor(qapp)


def test_dark_at_night_and_lit_in_the_morning(floor: Floor) -> None:
    assert not floor.is_dark
    floor.wait(hours=7, minutes=59)
    assert not floor.is_dark
    assert floor.due() == 60
    floor.wait(minutes=1)
    assert floor.is_dark
    floor.wait(hours=10, minutes=59)
    assert floor.is_dark
    floor.wait(minutes=1)
    assert not floor.is_dark
    assert floor.panel == [False, True]


def test_it_never_sleeps_longer_than_the_clock_may_stay_in_doubt(floor: Floor) -> None:
    assert floor.due() == LONGEST_SECONDS


def test_a_clock_in_doubt_leaves_it_on(floor: Floor) -> None:
    floor.is_trusted = False
    floor.wait(hours=9)
    assert not floor.is_dark
    floor.is_trusted = True
    floor.wait(seconds=LONGEST_SECONDS)
    assert floor.is_dark
    floor.is_trusted = False
    floor.wait(seconds=LONGEST_SECONDS)
    assert not floor.is_dark


def test_a_visitor_is_never_left_in_the_dark(floor: Floor) -> None:
    session = floor.showroom.session
    session.wake()
    floor.touch()
    floor.wait(hours=12)
    assert not floor.is_dark

    floor.touch()
    session.end()
    assert not floor.is_dark
    assert floor.due() == LIT_SECONDS
    floor.wait(seconds=LIT_SECONDS - 1)
    assert not floor.is_dark
    floor.wait(seconds=1)
    assert floor.is_dark


def test_staff_are_not_left_in_the_dark_either(floor: Floor) -> None:
    floor.showroom.show_staff(QObject(floor.showroom))
    floor.wait(hours=12)
    assert not floor.is_dark
    floor.showroom.show_staff(None)
    assert floor.is_dark


def test_a_finger_on_the_screen_keeps_it_on(floor: Floor) -> None:
    floor.showroom.session.press()
    floor.wait(hours=12)
    assert not floor.is_dark


def test_a_touch_lights_it_for_a_while(floor: Floor) -> None:
    floor.wait(hours=9)
    assert floor.is_dark
    floor.touch()
    floor.showroom.light()
    assert not floor.is_dark
    assert floor.showroom.session.phase == "attract"
    assert floor.due() == LIT_SECONDS
    floor.wait(seconds=LIT_SECONDS)
    assert floor.is_dark
    assert floor.panel == [False, True, False]


def test_a_clock_that_was_set_counts_at_once(floor: Floor) -> None:
    floor.now = datetime(2026, 11, 27, 23, 0)
    floor.night.look()
    assert floor.is_dark
    floor.now = datetime(2026, 11, 27, 9, 0)
    floor.night.look()
    assert not floor.is_dark
