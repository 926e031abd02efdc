"""A visitor's session. Its clocks are not waited for: each test lets them run out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.showroom.viewmodels.session import SessionViewModel
from tests.showroom.conftest import Steady


class Clocks:
    """The two timers of a session: the pause that is allowed, and the countdown after it."""

    def __init__(self, session: SessionViewModel) -> None:
        timers = session.findChildren(QTimer)
        self.idle = timers[0]
        self.countdown = next(timer for timer in timers if not timer.isSingleShot())

    def pause(self) -> None:
        """Let the allowed pause run out."""
        assert self.idle.isActive()
        self.idle.stop()
        self.idle.timeout.emit()

    def tick(self, seconds: int) -> None:
        for _ in range(seconds):
            assert self.countdown.isActive()
            self.countdown.timeout.emit()


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def session(qapp: QGuiApplication, steady: Steady) -> SessionViewModel:
    return SessionViewModel(steady=steady)


@pytest.fixture
def clocks(session: SessionViewModel) -> Clocks:
    return Clocks(session)


def test_nothing_is_timed_while_nobody_is_there(session: SessionViewModel, clocks: Clocks) -> None:
    session.touched()
    session.carryOn()
    assert session.phase == "attract"
    assert not clocks.idle.isActive()
    assert not clocks.countdown.isActive()


def test_a_place_is_left_alone_for_a_minute_and_the_form_for_a_minute_and_a_half(
    session: SessionViewModel, clocks: Clocks, qtbot: QtBot
) -> None:
    session.wake()
    assert session.phase == "active"
    assert clocks.idle.isActive()
    assert clocks.idle.interval() == 60_000
    with qtbot.assertNotEmitted(session.phaseChanged):
        session.wake()  # a second touch does not count as more
    clocks.idle.start(2000)  # as if most of the minute were over
    session.touched()
    assert clocks.idle.interval() == 60_000
    assert clocks.idle.remainingTime() > 50_000
    session.be_on_form(True)
    assert clocks.idle.interval() == 90_000
    session.be_on_form(False)
    assert clocks.idle.interval() == 60_000


def test_a_pause_asks_and_counts_down_twenty_seconds_and_then_the_session_ends_once(
    session: SessionViewModel, clocks: Clocks, qtbot: QtBot
) -> None:
    for _ in range(2):  # whoever comes next begins afresh
        session.wake()
        clocks.pause()
        assert (session.phase, session.secondsLeft) == ("warning", 20)
        assert clocks.countdown.interval() == 1000
        clocks.tick(19)
        assert (session.phase, session.secondsLeft) == ("warning", 1)
        with qtbot.waitSignal(session.ended):
            clocks.tick(1)
        assert session.phase == "attract"
        assert not clocks.countdown.isActive()
        with qtbot.assertNotEmitted(session.ended):
            session.end()


def test_during_the_warning_only_carrying_on_counts_and_begins_the_pause_anew(
    session: SessionViewModel, clocks: Clocks
) -> None:
    session.wake()
    clocks.pause()
    session.touched()
    session.be_on_form(True)
    assert session.phase == "warning"
    assert not clocks.idle.isActive()
    clocks.tick(12)
    session.carryOn()
    assert session.phase == "active"
    assert clocks.idle.isActive()
    assert not clocks.countdown.isActive()
    clocks.pause()
    assert session.secondsLeft == 20  # not the 8 that were left


# Timers stand still while the machine sleeps


@pytest.mark.parametrize("on_form", [False, True])
def test_the_first_touch_after_a_night_asleep_ends_what_was_left(
    session: SessionViewModel, steady: Steady, qtbot: QtBot, on_form: bool
) -> None:
    session.wake()
    session.be_on_form(on_form)
    steady.seconds += 8 * 3600
    with qtbot.waitSignal(session.ended):
        session.touched()
    assert session.phase == "attract"


def test_a_night_asleep_ends_the_session_without_a_touch(
    session: SessionViewModel, clocks: Clocks, steady: Steady
) -> None:
    session.wake()
    clocks.pause()
    assert session.phase == "warning"
    steady.seconds += 8 * 3600
    session.count_pause()
    assert session.phase == "attract"
    assert not clocks.countdown.isActive()


def test_a_nap_longer_than_the_pause_asks_first(session: SessionViewModel, steady: Steady) -> None:
    session.wake()
    steady.seconds += 70
    session.count_pause()
    assert (session.phase, session.secondsLeft) == ("warning", 20)


def test_a_short_nap_is_a_pause_like_any_other(session: SessionViewModel, steady: Steady) -> None:
    session.wake()
    steady.seconds += 40
    session.count_pause()
    session.touched()
    steady.seconds += 40
    session.count_pause()
    assert session.phase == "active"


def test_at_a_desk_no_sleep_ends_anything(session: SessionViewModel, steady: Steady) -> None:
    session.stay()
    session.wake()
    steady.seconds += 8 * 3600
    session.touched()
    assert session.phase == "active"


# A touch whose end is lost


def test_a_lost_end_of_a_touch_is_forgotten_with_the_session(
    session: SessionViewModel, qtbot: QtBot
) -> None:
    session.wake()
    session.press()
    with qtbot.waitSignal(session.released):
        session.end()
    assert not session.is_pressed


def test_a_finger_not_heard_of_for_a_minute_is_gone(
    session: SessionViewModel, qtbot: QtBot
) -> None:
    session.press()  # on a screen that shows nothing but a notice, say
    lost = next(t for t in session.findChildren(QTimer) if t.isActive())
    assert lost.interval() == 60_000
    with qtbot.waitSignal(session.released):
        lost.timeout.emit()
    assert not session.is_pressed
