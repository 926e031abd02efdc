"""A screen built alone: an engine, a window and the properties it requires, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.operation.clock import StoppedClock
from kiosk.showroom import scene
from kiosk.showroom.read_only import present_read_only
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import Runner

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.content.check.loading import Loaded
    from tests.conftest import HandDrained

SCREENS = {
    "home": "screens/HomeScreen",
    "detail": "screens/DetailScreen",
    "attract": "screens/AttractScreen",
    "warning": "screens/IdleWarning",
    "notice": "staff/StaffNotice",
}
OPENED_WITHIN = ("estimator", "compare/0")
MOST_FRAMES = 400
WINDOW = b"""
import QtQuick
import Showroom
Window {
    id: window
    Binding { target: Theme; property: "width"; value: window.width }
    Binding { target: Theme; property: "height"; value: window.height }
    Binding { target: Theme; property: "reducedMotion"; value: true }
}
"""


@dataclass(repr=False)  # a failed test prints what it has, and the items may be gone
class Alone:
    """A screen that fills its window, and the view models behind it."""

    window: QQuickWindow
    item: QQuickItem
    showroom: ShowroomViewModel


BuildAlone = Callable[..., Alone]


@pytest.fixture
def alone(
    qapp: QGuiApplication,
    executor: HandDrained,
    moment: datetime,
    work_off: Callable[[], None],
) -> Iterator[BuildAlone]:
    """Builds a screen of a content; `place` is opened first, then `detail` or what is within."""
    engines: list[tuple[QQmlApplicationEngine, Alone]] = []

    def build(
        screen: str,
        loaded: Loaded,
        place: str = "",
        detail: tuple[str, int] | None = None,
        size: tuple[int, int] = (1920, 1080),
        at: datetime = moment,
    ) -> Alone:
        showroom = ShowroomViewModel(reduced_motion=True)
        runner = Runner(executor, showroom)
        clock = StoppedClock(moment=at)
        present_read_only(showroom, clock, runner).present(loaded)
        navigation = showroom.navigation
        if place:
            navigation.open(place)
        if detail:
            navigation.openDetail(*detail)
        if screen in OPENED_WITHIN:
            navigation.openWithin(screen)
        engine = scene.make_engine()
        engine.loadData(WINDOW)
        (window,) = engine.rootObjects()
        assert isinstance(window, QQuickWindow)
        window.setGeometry(0, 0, *size)
        filling = {"parent": window.contentItem(), "width": size[0], "height": size[1]}
        item = _create(engine, _file(screen, showroom), _properties(screen, showroom) | filling)
        window.show()
        built = Alone(window, item, showroom)
        engines.append((engine, built))
        _settle(window, work_off)
        return built

    yield build
    for engine, built in engines:
        built.window.close()
        built.item.deleteLater()
        engine.deleteLater()
    engines.clear()
    work_off()


def _settle(window: QQuickWindow, work_off: Callable[[], None]) -> None:
    """Draw until nothing changes and nothing is added.

    After each frame a list may make entries ahead, which lie in its corner until the next one.
    """
    before = None
    for _ in range(MOST_FRAMES):
        work_off()
        now = window.grabWindow(), _count(window.contentItem())
        if now == before:
            return
        before = now
    raise AssertionError("the screen goes on changing")


def _count(item: QQuickItem) -> int:
    return 1 + sum(map(_count, item.childItems()))


def _properties(screen: str, showroom: ShowroomViewModel) -> dict[str, object]:
    """What the screen's `required property` lines ask for."""
    navigation = showroom.navigation
    shared: dict[str, object] = {"navigation": navigation}
    match screen:
        case "home" | "attract" | "notice":
            return {"showroom": showroom}
        case "warning":
            return {"session": showroom.session, "words": showroom.words}
        case "detail":
            return shared | {"detail": navigation.detail, "words": showroom.words}
        case _ if navigation.within is not None:
            return shared | {"place": navigation.within}
        case _:
            return shared | {"place": navigation.place}


def _file(screen: str, showroom: ShowroomViewModel) -> QUrl:
    if screen in SCREENS:
        file = scene.QML_FOLDER / "Showroom" / f"{SCREENS[screen]}.qml"
        return QUrl.fromLocalFile(str(file))
    return QUrl(showroom.navigation.withinFile or showroom.navigation.screenFile)


def _create(engine: QQmlApplicationEngine, file: QUrl, properties: dict[str, object]) -> QQuickItem:
    component = QQmlComponent(engine, file)
    created = component.createWithInitialProperties(properties)
    assert isinstance(created, QQuickItem), component.errorString()
    created.setParent(engine)
    return created
