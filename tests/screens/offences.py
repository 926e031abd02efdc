"""What no screen of any content may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem

    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import Control, Visitor

NOT_FOR_EARS = re.compile(
    r"0x[0-9a-f]{4}|QML|undefined|null\b|\[object|NaN|\bInfinity|  |, ,|\.\. "
)
LONE_FIGURE = re.compile(r"(?!\d{4}$)[#$€£]?\d[\d.,–-]*")


def unfit_to_be_heard(controls: list[Control]) -> Iterator[str]:
    """What of the names of one screen should not be read out like that."""
    before = ""
    for control in controls:
        role, name, state = control.role.name, control.name, control.interface.state()
        if not name.strip():
            yield f"{role} without a name"
        if NOT_FOR_EARS.search(name):
            yield f"{role} '{name}' is not for ears"
        if role == "StaticText" and LONE_FIGURE.fullmatch(name):
            yield f"'{name}' counts nothing"
        if name == before and role != "PageTab":
            yield f"'{name}' is read twice"
        if state.disabled:
            yield f"{role} '{name}' cannot be used and is read out"
        before = name


def fading(view: QQuickItem) -> list[tuple[bool, bool]]:
    """The edges that fade: whether the start, whether above or below."""
    (edge,) = (
        item
        for item in view.parentItem().childItems()
        if item.property("ground") is not None
        and item.property("size") is not None
        and item.position() == view.position()
        and item.size() == view.size()
    )
    return [
        (child.property("atStart"), child.property("upright"))
        for child in edge.childItems()
        if child.isVisible() and child.property("atStart") is not None
    ]


def without_its_edges(kiosk: OffscreenKiosk, visitor: Visitor) -> Iterator[str]:
    """What goes on and does not show it, or shows more where it ends. It is scrolled for that."""
    for view in visitor.items_of("QQuickFlickable"):
        if not view.property("interactive"):
            continue
        for upright, content, room, at, first, margin, end in (
            (True, "contentHeight", "height", "contentY", "originY", "bottomMargin", "atYEnd"),
            (False, "contentWidth", "width", "contentX", "originX", "rightMargin", "atXEnd"),
        ):
            if view.property(content) <= view.property(room) + 1:
                continue
            if not view.property(end) and (False, upright) not in fading(view):
                yield f"what begins at {view.position().toTuple()} goes on and does not show it"
            for _ in range(3):  # a list learns its length while it is scrolled
                length = view.property(first) + view.property(content) + view.property(margin)
                view.setProperty(at, length - view.property(room))
                kiosk.draw()
            if (False, upright) in fading(view) or (True, upright) not in fading(view):
                yield f"what begins at {view.position().toTuple()} shows more at its end"
