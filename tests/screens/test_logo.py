"""A logo stands where the name would, as it was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

from tests.offscreen import as_pillow

if TYPE_CHECKING:
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


def green_of(picture: Image.Image) -> Image.Image:
    """What of it has the logo's own color."""
    pairs = zip(picture.split(), GREEN, strict=True)
    red, green, blue = (c.point([255 * (n == level) for n in range(256)]) for c, level in pairs)
    return ImageChops.darker(ImageChops.darker(red, green), blue)


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
    green = green_of(as_pillow(built.window.grabWindow()))
    box = green.getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert abs((right - left) / (bottom - top) - 3) < 0.1
    row = green.crop((left, (top + bottom) // 2, right, (top + bottom) // 2 + 1))
    assert 0.3 < row.histogram()[255] / row.width < 0.6  # half of it, with edges between: no blur
    assert row.width >= 300 * min(size) / 1080


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
