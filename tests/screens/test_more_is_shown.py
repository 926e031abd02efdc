"""Whatever scrolls shows at its edges that it does, and only while there is more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickWindow

from kiosk.showroom import scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtGui import QGuiApplication
    from PySide6.QtQuick import QQuickItem

    from kiosk.content.check.loading import Loaded
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import Contents, MakeStage, Visitor

SCREENS = scene.QML_FOLDER / "Showroom" / "screens"
SCROLLS = re.compile(r"(?m)^ *(?:Flickable|ListView|GridView) \{$")
CUT_OFF = b"""
import QtQuick
import Showroom
Window {
    width: 100; height: 200
    Flickable {
        id: list
        anchors.fill: parent; contentHeight: 400
        Rectangle { width: 100; height: 400; color: "red" }
    }
    EdgeFade { view: list; ground: "black" }
}
"""
SIZES = pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=["landscape", "portrait"])


@pytest.mark.parametrize("file", sorted(SCREENS.glob("*.qml")), ids=lambda file: file.stem)
def test_everything_that_can_scroll_has_edges_that_fade(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(SCROLLS.findall(text)) == text.count("EdgeFade {")


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


def offences(stage: OffscreenKiosk, visitor: Visitor) -> Iterator[str]:
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
                stage.draw()
            if (False, upright) in fading(view) or (True, upright) not in fading(view):
                yield f"what begins at {view.position().toTuple()} shows more at its end"


def test_what_an_edge_cuts_off_is_still_seen(
    qapp: QGuiApplication, work_off: Callable[[], None]
) -> None:
    engine = scene.make_engine()
    component = QQmlComponent(engine)
    component.setData(CUT_OFF, QUrl())
    window = component.create()
    assert isinstance(window, QQuickWindow), component.errorString()
    window.show()
    work_off()
    red, green, _blue, _alpha = window.grabWindow().pixelColor(50, 199).getRgb()
    window.close()
    window.deleteLater()
    engine.deleteLater()
    work_off()
    assert 60 < red < 120
    assert green == 0


@SIZES
def test_on_every_screen_more_is_shown_while_there_is_more(
    make_stage: MakeStage, default_loaded: Loaded, visit: type[Visitor], size: tuple[int, int]
) -> None:
    stage = make_stage(default_loaded, size)
    visitor = visit(stage.window)
    found = []
    for screen in stage.screens():
        if screen.is_for_visitors:
            stage.picture(screen)
            found += [f"{screen.name}: {offence}" for offence in offences(stage, visitor)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("place", ["dealers", "links", "team", "timeline", "offers"])
def test_long_lists_show_that_they_go_on(
    make_stage: MakeStage, contents: Contents, visit: type[Visitor], place: str
) -> None:
    many = {
        "dealers": contents.dealers(30),
        "links": contents.links(1, legal=["All of it. " * 30] * 20),
        "team": contents.team(40, people=[contents.article(f"Person {n}") for n in range(9)]),
        "timeline": contents.timeline(
            chapters=[contents.article(f"Year {n}", figure=str(n)) for n in range(30)]
        ),
        "offers": contents.offers(programmes=[contents.article(f"No. {n}") for n in range(30)]),
    }
    stage = make_stage(contents.load(many[place]))
    stage.picture(next(screen for screen in stage.screens() if screen.name == place))
    visitor = visit(stage.window)
    assert any(view.property("interactive") for view in visitor.items_of("QQuickFlickable"))
    assert list(offences(stage, visitor)) == []
