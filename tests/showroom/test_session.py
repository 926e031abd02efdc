"""A visitor's session. Its clocks are not waited for: each test lets them run out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.showroom.viewmodels.session import SessionViewModel


class Clocks:
    """The two timers of a session: the pause that is allowed, and the countdown after it."""

    def __init__(self, session: SessionViewModel) -> None:
        timers = session.findChildren(QTimer)
        self.idle = next(timer for timer in timers if timer.isSingleShot())
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
def session(qapp: QGuiApplication) -> SessionViewModel:
    return SessionViewModel()


@pytest.fixture
def clocks(session: SessionViewModel) -> Clocks:
    return Clocks(session)


def test_nothing_is_timed_while_nobody_is_there(session: SessionViewModel, clocks: Clocks) -> None:
    session.touched()
    session.carryOn()
    assert session.phase == "attract"
    assert not clocks.idle.isActive()
    assert not clocks.countdown.isActive()


def test_information_is_left_alone_for_a_minute(session: SessionViewModel, clocks: Clocks) -> None:
    session.wake()
    assert session.phase == "active"
    assert clocks.idle.isActive()
    assert clocks.idle.interval() == 60_000


def test_the_form_is_left_alone_for_a_minute_and_a_half(
    session: SessionViewModel, clocks: Clocks
) -> None:
    session.wake()
    session.be_on_form(True)
    assert clocks.idle.interval() == 90_000
    session.be_on_form(False)
    assert clocks.idle.interval() == 60_000


def test_every_touch_begins_the_pause_anew(session: SessionViewModel, clocks: Clocks) -> None:
    session.wake()
    clocks.idle.start(2000)  # as if most of the minute were over
    session.touched()
    assert clocks.idle.interval() == 60_000
    assert clocks.idle.remainingTime() > 50_000


def test_a_second_waking_touch_does_not_count_as_more(
    session: SessionViewModel, qtbot: QtBot
) -> None:
    session.wake()
    with qtbot.assertNotEmitted(session.phaseChanged):
        session.wake()


def test_a_pause_asks_and_counts_down_twenty_seconds(
    session: SessionViewModel, clocks: Clocks
) -> None:
    session.wake()
    clocks.pause()
    assert session.phase == "warning"
    assert session.secondsLeft == 20
    assert clocks.countdown.interval() == 1000
    clocks.tick(19)
    assert (session.phase, session.secondsLeft) == ("warning", 1)


def test_the_countdown_ends_the_session_once(
    session: SessionViewModel, clocks: Clocks, qtbot: QtBot
) -> None:
    session.wake()
    clocks.pause()
    with qtbot.waitSignal(session.ended):
        clocks.tick(20)
    assert session.phase == "attract"
    assert not clocks.countdown.isActive()
    with qtbot.assertNotEmitted(session.ended):
        session.end()


def test_carrying_on_begins_the_pause_anew(session: SessionViewModel, clocks: Clocks) -> None:
    session.wake()
    clocks.pause()
    clocks.tick(12)
    session.carryOn()
    assert session.phase == "active"
    assert clocks.idle.isActive()
    assert not clocks.countdown.isActive()
    clocks.pause()
    assert session.secondsLeft == 20  # not the 8 that were left


def test_during_the_warning_only_carrying_on_counts(
    session: SessionViewModel, clocks: Clocks
) -> None:
    session.wake()
    clocks.pause()
    session.touched()
    session.be_on_form(True)
    assert session.phase == "warning"
    assert not clocks.idle.isActive()


def test_whoever_comes_next_begins_afresh(session: SessionViewModel, clocks: Clocks) -> None:
    session.wake()
    clocks.pause()
    clocks.tick(20)
    session.wake()
    assert session.phase == "active"
    assert clocks.idle.isActive()
    clocks.pause()
    assert session.secondsLeft == 20
