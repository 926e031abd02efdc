"""What we rely on in PySide6 itself; see docs/decisions/0004-pyside-below-6-12.md."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

ROUNDS = 200


class Sender(QObject):
    said = Signal()


def emit(sender: Sender) -> None:
    sender.said.emit()


def make_timer(sender: Sender) -> None:
    QTimer(sender, singleShot=True)


def delete(sender: Sender) -> None:
    QObject(sender).deleteLater()


def work_off(_: Sender) -> None:
    QCoreApplication.processEvents()


@pytest.mark.parametrize("act", [emit, make_timer, delete, work_off])
def test_months_of_signals_and_timers_use_up_no_references(
    qapp: object, act: Callable[[Sender], None]
) -> None:
    sender = Sender()
    act(sender)
    gc.collect()  # what other tests have left behind must not go away, and be counted, in between
    gc.disable()
    before = [sys.getrefcount(constant) for constant in (None, True, False)]
    for _ in range(ROUNDS):
        act(sender)
    after = [sys.getrefcount(constant) for constant in (None, True, False)]
    gc.enable()
    lost = [old - new for old, new in zip(before, after, strict=True)]
    assert max(lost) < ROUNDS / 2, f"None, True, False lost {lost} references in {ROUNDS} rounds"
