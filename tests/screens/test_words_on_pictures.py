"""Words that stand on a picture are read on a white one, too (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QPointF

from kiosk.content.lint.contrast import ratio

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem

    from tests.conftest import Contents, MakeStage, Visitor

ON_PICTURES = ["attract-1", "attract-2", "home", "timeline", "features", "team"]
BESIDE = 6
"""Pixels to the left of a text, where nothing but its ground is drawn."""


def begins(text: QQuickItem) -> list[QPointF]:
    """Beside the first and the last line of a text, as they are drawn."""
    drawn = text.height() - text.property("topPadding") - text.property("bottomPadding")
    top = text.property("topPadding")
    return [text.mapToScene(QPointF(-BESIDE, max(0, top) + part * drawn)) for part in (0.1, 0.6)]


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280)], ids=["landscape", "portrait"])
def test_they_are_read_on_white(
    make_stage: MakeStage, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    picture = {"picture": {"file": "white.png"}}
    poster = {"headline": "Number 37", "line": "The car that won.", **picture}
    home = {"headline": "Small car", "lead": "A car for everyone.", **picture}
    article = contents.article("A school", **picture)
    people = [contents.article(f"Person {number}", **picture) for number in range(3)]
    file = contents.write(
        contents.timeline(chapters=[{**article, "figure": "1964"}]),
        contents.features(features=[article, article]),
        contents.team(people=people),
        attract={"posters": [poster, poster]},
        home=home,
    )
    Image.new("RGB", (1600, 900), "white").save(file.parent / "assets" / "white.png")
    from kiosk.content.check.loading import load

    stage = make_stage(load(file), size=size)
    screens = {screen.name: screen for screen in stage.screens()}
    found = {}
    for name in ON_PICTURES:
        image = stage.picture(screens[name])
        for text in visit(stage.window).items_of("QQuickText"):
            colour = text.property("color")
            words = str(text.property("text"))
            if colour.lightnessF() < 0.7 or len(words) < 2:
                continue  # dark words stand on paper
            for point in begins(text):
                if image.rect().contains(point.toPoint()):
                    ground = image.pixelColor(point.toPoint())
                    contrast = ratio(colour.getRgbF()[:3], ground.getRgbF()[:3])
                    if contrast < 4.5:
                        found[name, words] = round(contrast, 1)
    assert found == {}
