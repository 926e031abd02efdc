"""A clock that was set, or a machine that has slept, is told of by the kernel."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.showroom.run.clock_watch import ClockWatch


def test_the_kernel_is_asked_to_tell_of_any_jump_of_the_clock(qapp: QGuiApplication) -> None:
    watch = ClockWatch()
    notifier = watch.findChild(QSocketNotifier)
    assert notifier is not None
    reported = Path(f"/proc/self/fdinfo/{int(notifier.socket())}").read_text("utf-8")
    assert "clockid: 0" in reported  # CLOCK_REALTIME
    assert "settime flags: 03" in reported  # at a moment, cancelled when the clock is set


def test_each_jump_is_told_and_the_next_one_awaited(
    qapp: QGuiApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = ClockWatch()
    notifier = watch.findChild(QSocketNotifier)
    assert notifier is not None

    def cancelled(*_: object) -> bytes:
        raise OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))

    monkeypatch.setattr("kiosk.showroom.run.clock_watch.os.read", cancelled)
    for _ in range(2):
        with qtbot.waitSignal(watch.jumped):
            notifier.activated.emit(notifier.socket(), QSocketNotifier.Type.Read)


def test_nothing_is_told_while_the_clock_goes_on(qapp: QGuiApplication, qtbot: QtBot) -> None:
    watch = ClockWatch()
    with qtbot.assertNotEmitted(watch.jumped, wait=100):
        pass
