"""Keeps the second of two quick taps from what the first one has brought under the finger.

While the screen changes, and for a moment after, a press does nothing: not when it comes, not when
it is let go later, whatever it was made with. What was pressed before goes on.

Where the screen stays and only what is on it moves, as a form does that asks something, a tap may
be repeated at its spot for that moment only on the same control; other spots are free at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, inf
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QTimer, Slot
from PySide6.QtGui import QEventPoint, QInputEvent, QKeyEvent, QMouseEvent, QTouchEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.showroom.touch.press_times import PressTimes, monotonic_ms
from kiosk.showroom.touch.under_finger import control_at
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

FREE_AFTER_MS = 320
"""From the frame that shows the new screen: the 300 ms within which Android, too, takes two taps
for a double tap, and the time that the picture is on its way.
"""
MOST_MS = 2000
"""However long something moves, or takes to load."""

STILL_PX = 10
"""How far a finger strays within a tap; what goes farther scrolls."""
SPOT = 1 / 15
"""How far apart two taps at one spot are, of the shorter side: 20 mm on a screen of 24 inches."""

TOUCHES = frozenset({QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd})
PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease})
PRESSING_KEYS = frozenset({0x01000004, 0x01000005, 0x20, 0x01010000})
"""Return, Enter, Space and Select of `Qt.Key`, which takes 30 ms of the start to import."""


class Press(NamedTuple):
    """Where a finger came down, and on what."""

    point: QPointF | None = None
    control: QQuickItem | None = None

    def is_near(self, other: Press, distance: float) -> bool:
        if self.point is None or other.point is None:
            return False
        offset = self.point - other.point
        return hypot(offset.x(), offset.y()) <= distance


NO_PRESS = Press()


class TouchGuard(QObject):
    """Filters what a window is sent; in front of `scene`, which may be a part of it."""

    def __init__(
        self, window: QQuickWindow, scene: QQuickItem, showroom: ShowroomViewModel
    ) -> None:
        super().__init__(window)
        self._window = window
        self._scene = scene
        self._showroom = showroom
        self.is_holding = False
        """Whether a press may still do nothing, by when it was made."""
        self._frame_is_due = self._frame_is_drawn = False
        self._press = self._tap = NO_PRESS
        self._idle_fingers: set[int] = set()
        self._idle_buttons: set[Qt.MouseButton] = set()
        self._pressed_keys: set[int] = set()
        self._idle_keys: set[int] = set()
        self._free_from = -inf
        self._times = PressTimes(self)
        self._times.passed.connect(self._lift_in_time)
        self._limit = QTimer(self, singleShot=True, interval=MOST_MS)
        self._limit.timeout.connect(self.lift)
        showroom.screenChanged.connect(self.hold)
        showroom.movingChanged.connect(self._follow_movement)
        window.afterAnimating.connect(self._await_frame)
        window.frameSwapped.connect(self._notice_frame)
        window.installEventFilter(self)

    @Slot()
    def hold(self) -> None:
        """Something else lies under the finger now."""
        self.is_holding = True
        self._idle_keys |= self._pressed_keys
        self._await_change()

    @Slot()
    def lift(self) -> None:
        """Whoever presses now has seen what they press."""
        self.is_holding = self._frame_is_due = self._frame_is_drawn = False
        self._free_from = -inf
        self._tap = NO_PRESS
        self._times.stop()
        self._limit.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in TOUCHES:
            return self._stops_touch(cast(QTouchEvent, event))
        if kind == QEvent.Type.TouchCancel:
            self._idle_fingers.clear()
        elif kind in PRESSES:
            return self._stops_press(cast(QMouseEvent, event))
        elif kind == QEvent.Type.MouseMove:
            return bool(self._idle_buttons)
        elif kind == QEvent.Type.MouseButtonRelease:
            return self._stops_release(cast(QMouseEvent, event))
        elif kind in KEYS:
            return self._stops_key(cast(QKeyEvent, event))
        return False

    @Slot()
    def _follow_movement(self) -> None:
        if self.is_holding or self._showroom.moving:
            self.hold()

    def _await_change(self) -> None:
        self._limit.start()
        self._frame_is_due, self._frame_is_drawn = True, False
        self._free_from = inf
        self._window.update()  # where nothing else draws a frame

    @Slot()
    def _await_frame(self) -> None:
        """A frame begins; the one before it may not show the change yet."""
        self._frame_is_drawn = self._frame_is_due

    @Slot()
    def _notice_frame(self) -> None:
        if not self._frame_is_drawn:
            return
        self._frame_is_due = self._frame_is_drawn = False
        if not self._showroom.moving:  # else another frame is due when that ends
            self._free_from = monotonic_ms() + FREE_AFTER_MS
            self._times.watch()

    @Slot(float)
    def _lift_in_time(self, moment: float) -> None:
        if moment >= self._free_from:
            self.lift()

    def _is_early(self, event: QInputEvent) -> bool:
        """Whether it was made before somebody can have seen what is on the screen now."""
        return self._free_from > -inf and self._times.date(event) < self._free_from

    def _stops(self, point: QPointF, event: QInputEvent) -> bool:
        """Whether a press does nothing; one that does something may be the first of two."""
        scene = self._scene
        at = scene.mapFromScene(point)
        if not scene.contains(at):
            return False
        is_early = self._is_early(event)
        if is_early and self.is_holding:
            return True
        press = Press(point, control_at(scene, at))
        is_second = is_early and self._tap.is_near(press, self._spot())
        if is_second and press.control is not None and press.control is not self._tap.control:
            return True
        self._press = press
        return False

    def _spot(self) -> float:
        return SPOT * min(self._window.width(), self._window.height())

    def _end_press(self, point: QPointF) -> None:
        press, self._press = self._press, NO_PRESS
        if press.is_near(Press(point), STILL_PX):
            self._tap = press
            self._await_change()

    def _stops_touch(self, event: QTouchEvent) -> bool:
        """Each finger by itself: one that rests must not keep another from working."""
        points = event.points()
        for point in points:
            if point.state() == QEventPoint.State.Pressed:
                self._idle_fingers.discard(point.id())
                if self._stops(point.position(), event):
                    self._idle_fingers.add(point.id())
        if event.type() == QEvent.Type.TouchEnd:
            self._end_press(points[0].position())
        if not self._idle_fingers:
            return False
        working = [point for point in points if point.id() not in self._idle_fingers]
        if len(working) == len(points):
            return False
        for point in points:
            if point.state() == QEventPoint.State.Released:
                self._idle_fingers.discard(point.id())
        event.accept()  # else Qt makes a mouse's press of it
        if working:
            device, modifiers = event.pointingDevice(), event.modifiers()
            remaining = QTouchEvent(_kind_of(working), device, modifiers, working)
            remaining.setTimestamp(event.timestamp())
            QCoreApplication.sendEvent(self._window, remaining)
        return True

    def _stops_press(self, event: QMouseEvent) -> bool:
        self._idle_buttons.discard(event.button())
        if self._stops(event.position(), event):
            self._idle_buttons.add(event.button())
            return True
        return False

    def _stops_release(self, event: QMouseEvent) -> bool:
        if event.button() in self._idle_buttons:
            self._idle_buttons.discard(event.button())
            return True
        self._end_press(event.position())
        return False

    def _stops_key(self, event: QKeyEvent) -> bool:
        """A key that is held down repeats itself; that is no press of what has come meanwhile."""
        key = event.key()
        if key not in PRESSING_KEYS:
            return False
        if not event.isAutoRepeat():
            self._idle_keys.discard(key)
            if event.type() == QEvent.Type.KeyRelease:
                self._pressed_keys.discard(key)
                return False
            self._pressed_keys.add(key)
        if self._is_typing():
            return False
        if self.is_holding and self._is_early(event) and self._has_focus():
            self._idle_keys.add(key)
        return key in self._idle_keys

    def _is_typing(self) -> bool:
        item: QQuickItem | None = self._window.activeFocusItem()
        return item is not None and bool(item.flags() & QQuickItem.Flag.ItemAcceptsInputMethod)

    def _has_focus(self) -> bool:
        """Whether a key is meant for the scene, or for nothing in the window."""
        item = self._window.activeFocusItem()
        return item in {None, self._window.contentItem()} or self._scene.isAncestorOf(item)


def _kind_of(fingers: Sequence[QEventPoint]) -> QEvent.Type:
    states = {finger.state() for finger in fingers}
    if states == {QEventPoint.State.Pressed}:
        return QEvent.Type.TouchBegin
    if states == {QEventPoint.State.Released}:
        return QEvent.Type.TouchEnd
    return QEvent.Type.TouchUpdate
