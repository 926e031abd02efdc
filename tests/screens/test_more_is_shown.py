"""Whatever scrolls shows at its edges that it does, and only while there is more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickWindow

from kiosk import places
from kiosk.showroom import scene
from tests.offscreen import show_screen
from tests.screens.offences import without_its_edges

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QGuiApplication

    from tests.conftest import Contents, MakeKiosk, Visitor

FOLDERS = scene.QML_FOLDER / "Showroom", Path(places.__file__).parent
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


def test_everything_that_can_scroll_has_edges_that_fade() -> None:
    files = [*FOLDERS[1].rglob("*Screen.qml")]
    files += [file for name in ("screens", "staff") for file in (FOLDERS[0] / name).glob("*.qml")]
    texts = {str(file): file.read_text("utf-8") for file in files}
    assert len(texts) > 20
    differ = [
        n for n, text in texts.items() if len(SCROLLS.findall(text)) != text.count("EdgeFade {")
    ]
    assert differ == []


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


def test_long_lists_show_that_they_go_on(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor]
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
    kiosk = make_kiosk(contents.load(*many.values()))
    visitor = visit(kiosk.window)
    for place in many:
        show_screen(kiosk, place)
        assert any(view.property("interactive") for view in visitor.items_of("QQuickFlickable"))
        assert list(without_its_edges(kiosk, visitor)) == [], place
