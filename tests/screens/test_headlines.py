"""Headlines stand tight, and an accent never touches the line above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickWindow

from kiosk.showroom import scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QGuiApplication, QImage

    Draw = Callable[[str], QImage]

SIZE = 100
ALONE = b"""
import QtQuick
import Showroom
Window {
    property alias heading: headline.heading
    width: 900; height: 500; color: "white"
    Headline { id: headline; y: 100; x: 20; width: 860; size: 100; color: "black"; heading: "" }
}
"""


@pytest.fixture
def draw(qapp: QGuiApplication, work_off: Callable[[], None]) -> Iterator[Draw]:
    """Draws a headline in letters of 100 pixels, a hundred pixels from the top."""
    engine = scene.make_engine()
    component = QQmlComponent(engine)
    component.setData(ALONE, QUrl())
    window = component.create()
    assert isinstance(window, QQuickWindow), component.errorString()
    window.show()

    def draw(heading: str) -> QImage:
        window.setProperty("heading", heading)
        work_off()
        return window.grabWindow()

    yield draw
    window.close()
    window.deleteLater()
    engine.deleteLater()
    work_off()


def inked(picture: QImage) -> list[int]:
    """The rows in which something is drawn."""
    size, pixels = picture.bytesPerLine(), bytes(picture.constBits())
    lines = [pixels[start : start + size] for start in range(0, len(pixels), size)]
    return [y for y, line in enumerate(lines) if line != lines[0]]


def columns(picture: QImage, rows: range) -> list[int]:
    """The columns in which something is drawn in some rows."""
    white = picture.pixel(0, 0)
    across = range(picture.width())
    return [x for x in across if any(picture.pixel(x, y) != white for y in rows)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Grösse", "Über alles"),
        ("Nuit,", "Été à Évian"),
        ("Årets", "Åhus Öppet"),
        ("Français", "Ça va été"),
        ("Străzi", "Ȟară Înainte"),
        ("Quai", "Ẽ Ǵ"),
    ],
)
def test_an_accent_stays_clear_of_the_line_above(draw: Draw, first: str, second: str) -> None:
    above = inked(draw(first))[-1]
    rows = set(inked(draw(f"{first}\n{second}")))
    assert max(rows) > above + SIZE / 2
    assert not rows & set(range(above + 1, above + 1 + SIZE * 3 // 100))


def test_plain_capitals_stand_as_tight_as_before(draw: Draw) -> None:
    one, two = inked(draw("Small car")), inked(draw("Small car\nForce"))
    assert two[-1] - one[-1] == pytest.approx(0.926 * SIZE, abs=2)


def test_no_line_ends_behind_the_first_letter_of_e_mail(draw: Draw) -> None:
    alone, both = draw("Wwwwwww"), draw("Wwwwwww E-Mail")
    first_line = range(100, 100 + SIZE * 7 // 10)
    assert len(inked(both)) > 1.5 * len(inked(alone))
    assert columns(both, first_line)[-1] == columns(alone, first_line)[-1]
