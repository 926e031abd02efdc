"""Which control a press at a spot would reach."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem

CONTROLS = ("QQuickControl", "QQuickTextInput", "QQuickMouseArea", "QQuickMultiPointTouchArea")
"""What is pressed, of all that takes touches; the last is the keyboard, all its keys together."""


def control_at(item: QQuickItem, point: QPointF) -> QQuickItem | None:
    """The topmost control at a point of `item`, as Qt Quick would find it."""
    if not (item.isVisible() and item.isEnabled()):
        return None
    is_inside = item.contains(point)
    if not is_inside and item.width() and item.height():
        return None
    siblings = item.childItems()
    siblings.reverse()  # of two at one height, the later one is in front
    for child in sorted(siblings, key=QQuickItem.z, reverse=True):
        control = control_at(child, item.mapToItem(child, point))
        if control is not None:
            return control
    return item if is_inside and any(map(item.inherits, CONTROLS)) else None
