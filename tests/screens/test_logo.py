"""A logo stands where the name would, as it was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from kiosk.content.check.loading import Loaded
    from tests.conftest import Contents, Visitor
    from tests.screens.conftest import BuildAlone

SIZES = pytest.mark.parametrize(
    "size", [(1920, 1080), (1080, 1920), (3840, 2160)], ids=["landscape", "portrait", "4K"]
)
SCREENS = pytest.mark.parametrize("screen", ["attract", "home"])
GREEN = (16, 180, 90)
BARS = "".join(f'<path d="M{x} 0h2v100h-2z"/>' for x in range(0, 300, 4))
DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100">'
    f'<g fill="rgb{GREEN}">{BARS}</g></svg>'
)


def load(contents: Contents, **logo: object) -> Loaded:
    (contents.file.parent / "assets" / "logo.svg").write_text(DRAWN)
    brand = {"name": "Nordwind", "line": "Motorrad", "logo": {"file": "logo.svg", **logo}}
    return contents.load(contents.timeline(), brand=brand)


def is_green(image: QImage, x: int, y: int) -> bool:
    color = image.pixelColor(x, y)
    return (color.red(), color.green(), color.blue()) == GREEN


def green_box(image: QImage) -> QRect:
    found = [
        (x, y)
        for y in range(0, image.height(), 2)
        for x in range(image.width())
        if is_green(image, x, y)
    ]
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return QRect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@SIZES
@SCREENS
def test_a_logo_is_drawn_in_its_own_color_and_sharp(
    alone: BuildAlone,
    contents: Contents,
    visit: type[Visitor],
    size: tuple[int, int],
    screen: str,
) -> None:
    built = alone(screen, load(contents), size=size)
    visitor = visit(built.window)
    visitor.wait(lambda: all(i.property("settled") is not False for i in visitor.items()))
    image = built.window.grabWindow()
    box = green_box(image)
    assert abs(box.width() / box.height() - 3) < 0.1
    row = box.center().y()
    greens = [is_green(image, x, row) for x in range(box.left(), box.right())]
    assert 0.3 < sum(greens) / len(greens) < 0.6  # half of it, with edges between: no blur
    assert box.width() >= 300 * min(size) / 1080


@SCREENS
@pytest.mark.parametrize("beside_name", [False, True])
def test_the_name_is_read_out_and_written_where_it_is_asked_for(
    alone: BuildAlone, contents: Contents, visit: type[Visitor], screen: str, beside_name: bool
) -> None:
    visitor = visit(alone(screen, load(contents, beside_name=beside_name)).window)
    assert visitor.sees("Nordwind Motorrad") or screen == "attract"
    written = [t for t in visitor.items_of("QQuickText") if t.property("heading") == "Nordwind"]
    assert bool(written) == beside_name


@SCREENS
def test_a_logo_that_is_gone_leaves_its_name(
    alone: BuildAlone, contents: Contents, visit: type[Visitor], screen: str
) -> None:
    loaded = load(contents)
    (contents.file.parent / "assets" / "logo.svg").unlink()
    visitor = visit(alone(screen, loaded).window)
    visitor.wait(
        lambda: any(t.property("heading") == "Nordwind" for t in visitor.items_of("QQuickText"))
    )
