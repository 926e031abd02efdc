"""A photograph on home ends above the words; what is drawn leaves room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF

from tests.offscreen import SIZES

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem

    from tests.conftest import Contents, Visitor
    from tests.screens.conftest import BuildAlone

LEAD = "A car for everyone, and everything that it needs, in two sentences. This is the other."


def photographs(visitor: Visitor) -> list[QQuickItem]:
    """What shows the picture, once its size has been read."""
    return [
        item
        for item in visitor.items()
        if item.property("sourceSize") is not None
        and item.property("source").fileName() == "car.png"
    ]


@SIZES
@pytest.mark.parametrize("headline", ["Small car", "Große Freiheit für Fahrer im Mai"], ids=len)
def test_no_word_stands_on_the_photograph_of_home(
    alone: BuildAlone,
    contents: Contents,
    visit: type[Visitor],
    size: tuple[int, int],
    headline: str,
) -> None:
    home = {"headline": headline, "lead": LEAD, "picture": {"file": "car.png"}}
    places = contents.timeline(), contents.team(), contents.features(), contents.links()
    screen = alone("home", contents.load(*places, home=home), size=size)
    visitor = visit(screen.window)
    visitor.wait(lambda: photographs(visitor))
    screen.window.grabWindow()
    (photograph,) = photographs(visitor)
    frame = photograph.parentItem()
    seen = frame.mapRectToScene(QRectF(0, 0, frame.width(), frame.height()))
    assert seen.topLeft().isNull()
    assert seen.height() >= 280 / 1080 * min(size)
    for item in visitor.items_of("QQuickText"):
        words = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
        assert not words.intersects(seen), item.property("text")
