"""What somebody does to a touchscreen: on purpose, in passing, with two fingers or a keyboard."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

DRAG_STEPS = 5
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Delete),
    *(Qt.Key.Key_A, Qt.Key.Key_At, Qt.Key.Key_Period, Qt.Key.Key_1),
)


class Gesture(NamedTuple):
    """`text` describes it; `is_hasty` if it does not wait until the screen has been seen."""

    text: str
    make: Callable[[], None]
    is_hasty: bool = False


class Hand:
    """Draws gestures by lot. The same lots on the same window are the same gestures."""

    def __init__(self, window: QQuickWindow, device: QPointingDevice) -> None:
        self._window = window
        self._device = device

    def next(self, chance: Random) -> Gesture:
        """The next gesture; the odds are roughly those of a busy Saturday with children."""
        (kind,) = chance.choices(
            [self._tap, self._double_tap, self._drag, self._two_fingers, self._key],
            [66, 6, 14, 3, 11],
        )
        return kind(chance)

    def tap(self, spot: QPoint) -> None:
        """Touch a spot and let go."""
        self._press(spot)
        self._release(spot)

    def _tap(self, chance: Random) -> Gesture:
        spot = self._spot(chance)
        return Gesture(f"touch at {_written(spot)}", lambda: self.tap(spot))

    def _double_tap(self, chance: Random) -> Gesture:
        spot = self._spot(chance)

        def make() -> None:
            self.tap(spot)
            self.tap(spot)

        return Gesture(f"double touch at {_written(spot)}", make, is_hasty=True)

    def _drag(self, chance: Random) -> Gesture:
        start, end = self._spot(chance), self._spot(chance)

        def make() -> None:
            self._press(start)
            for step in range(1, DRAG_STEPS + 1):
                spot = start + (end - start) * (step / DRAG_STEPS)
                QTest.touchEvent(self._window, self._device).move(0, spot, self._window).commit()
                QCoreApplication.processEvents()
            self._release(end)

        return Gesture(f"drag from {_written(start)} to {_written(end)}", make)

    def _two_fingers(self, chance: Random) -> Gesture:
        spots = [self._spot(chance) for _ in range(4)]

        def make() -> None:
            for action, pair in (("press", spots[:2]), ("move", spots[2:]), ("release", spots[2:])):
                touch = QTest.touchEvent(self._window, self._device)
                for finger, spot in enumerate(pair):
                    getattr(touch, action)(finger, spot, self._window)
                touch.commit()

        return Gesture(f"two fingers at {_written(spots[0])} and {_written(spots[1])}", make)

    def _key(self, chance: Random) -> Gesture:
        key = chance.choice(KEYS)
        modifier = chance.choice(
            [Qt.KeyboardModifier.NoModifier] * 4 + [Qt.KeyboardModifier.ShiftModifier]
        )
        return Gesture(key.name, lambda: QTest.keyClick(self._window, key, modifier))

    def _spot(self, chance: Random) -> QPoint:
        return QPoint(
            chance.randrange(self._window.width()), chance.randrange(self._window.height())
        )

    def _press(self, spot: QPoint) -> None:
        QTest.touchEvent(self._window, self._device).press(0, spot, self._window).commit()

    def _release(self, spot: QPoint) -> None:
        QTest.touchEvent(self._window, self._device).release(0, spot, self._window).commit()


def _written(spot: QPoint) -> str:
    return f"{spot.x()},{spot.y()}"
