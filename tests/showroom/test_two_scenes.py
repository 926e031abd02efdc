"""Two scenes in one window, each in its own size and colors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.operation.clock import StoppedClock
from kiosk.showroom import scene
from kiosk.showroom.read_only import present_read_only
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import AtOnce, Runner
from tests.conftest import MOMENT

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtQml import QQmlApplicationEngine

    from kiosk.content.check.loading import Loaded
    from tests.conftest import Contents

WIDE, TALL = QRect(0, 0, 960, 540), QRect(960, 0, 405, 720)
COLORS = {"asphalt": "#102a43", "paper": "#f0f4f8", "accent": "#f7c948"}


class Wall:
    """A window with room for both."""

    def __init__(self) -> None:
        self.window = QQuickWindow()
        self.window.setGeometry(0, 0, 1365, 720)
        self.window.show()
        self._shown: list[tuple[QQmlApplicationEngine, ShowroomViewModel]] = []

    def hang(self, place: QRect, loaded: Loaded, text_scale: float = 1.0) -> None:
        showroom = ShowroomViewModel(reduced_motion=True, at_leisure=False)
        present_read_only(
            showroom, StoppedClock(moment=MOMENT), Runner(AtOnce(), showroom)
        ).present(loaded)
        frame = QQuickItem(self.window.contentItem())
        frame.setPosition(place.topLeft().toPointF())
        size = {"width": place.width(), "height": place.height(), "textScale": text_scale}
        engine = scene.make_engine()
        scene.place_scene(engine, showroom, frame, **size)
        showroom.session.wake()
        self._shown.append((engine, showroom))

    def draw(self, work_off: Callable[[], None]) -> QImage:
        for _ in range(8):
            work_off()
            image = self.window.grabWindow()
        return image

    def close(self) -> None:
        self.window.close()
        for engine, _ in self._shown:
            engine.deleteLater()


@pytest.fixture
def wall(qapp: object, work_off: Callable[[], None]) -> Iterator[Callable[[], Wall]]:
    walls: list[Wall] = []

    def build() -> Wall:
        walls.append(Wall())
        return walls[-1]

    yield build
    for each in walls:
        each.close()
    work_off()


def test_two_scenes_side_by_side_are_drawn_as_each_is_alone(
    wall: Callable[[], Wall], contents: Contents, work_off: Callable[[], None]
) -> None:
    plain = contents.load(contents.timeline(), contents.offers())
    blue = contents.load(contents.timeline(), contents.offers(), theme=COLORS)
    pictures = []
    for hung in (
        [(WIDE, plain, 1.0)],
        [(TALL, blue, 1.2)],
        [(WIDE, plain, 1.0), (TALL, blue, 1.2)],
    ):
        each = wall()
        for place, loaded, text_scale in hung:
            each.hang(place, loaded, text_scale)
        pictures.append(each.draw(work_off))
    wide, tall, both = pictures
    assert both.copy(WIDE) == wide.copy(WIDE)
    assert both.copy(TALL) == tall.copy(TALL)
    assert COLORS["asphalt"] in colors(tall)
    assert COLORS["asphalt"] not in colors(wide)


def colors(image: QImage) -> set[str]:
    """Of every few pixels."""
    across, down = range(0, image.width(), 5), range(0, image.height(), 5)
    return {image.pixelColor(x, y).name() for x in across for y in down}
