"""A drawing is drawn in bounded time out of nothing but itself, or refused in a sentence."""

from __future__ import annotations

import os
import time
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from kiosk.blocks.refusal import PictureProblem
from kiosk.content.check.pictures import Pictures

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 400 300">'
)
RECT = '<rect x="5" y="5" width="30" height="20" fill="#c00"/>'
SCRIBBLE = "M0 0" + "".join(f"L{n * 131 % 400} {n * 77 % 300}" for n in range(2000))
HUGE_SCRIBBLE = "M0 0" + "".join(f"L{n * 131 % 400}e200 {n * 77 % 300}e200" for n in range(2000))
COAST = "M0 0" + "".join(f"l{n * 7 % 3} {n * 5 % 2}" for n in range(5000))


def _complaint(folder: Path, body: str, head: str = HEAD) -> str:
    (folder / "a.svg").write_text(f"{head}{body}</svg>")
    started = time.process_time()
    with pytest.raises(PictureProblem) as caught:
        Pictures(folder).inspect("a.svg")
    assert time.process_time() - started < 5
    return str(caught.value)


def _laughs(levels: int, attribute: str = "xlink:href") -> str:
    groups = [f'<g id="a0">{RECT}</g>']
    for level in range(1, levels):
        uses = f'<use {attribute}="#a{level - 1}"/>' * 10
        groups.append(f'<g id="a{level}">{uses}</g>')
    return f'<defs>{"".join(groups)}</defs><use {attribute}="#a{levels - 1}"/>'


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(_laughs(10), id="a billion laughs"),
        pytest.param(_laughs(6, "href"), id="a hundred thousand of them, without a namespace"),
        pytest.param(RECT * 100_000, id="a hundred thousand rectangles"),
        pytest.param(f'<path d="{SCRIBBLE}"/>', id="a scribble"),
        pytest.param(f'<path d="{HUGE_SCRIBBLE}"/>', id="a scribble of huge numbers"),
        pytest.param(f'<polygon points="{SCRIBBLE[1:].replace("L", " ")}"/>', id="a polygon"),
        pytest.param(
            '<linearGradient id="g"><stop/></linearGradient>'
            + '<rect width="400" height="300" style="fill:url(#g)"/>' * 5000,
            id="gradients over one another",
        ),
        pytest.param(
            '<filter id="f"><feGaussianBlur stdDeviation="200"/></filter>'
            + '<rect width="400" height="300" filter="url(#f)"/>' * 40,
            id="filters",
        ),
        pytest.param(
            f'<pattern id="p" width="9" height="9">{RECT * 900}</pattern>'
            + '<rect width="400" height="300" fill="url(#p)"/>' * 40,
            id="patterns",
        ),
        pytest.param(
            f'<marker id="m">{RECT * 9}</marker><path marker-mid="url(#m)" d="{COAST}"/>',
            id="a marker at every point",
        ),
    ],
)
def test_what_would_take_long_to_draw_is_refused(tmp_path: Path, body: str) -> None:
    assert "simplify it, or save it as .png" in _complaint(tmp_path, body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<g id="a"><use xlink:href="#a"/></g>', "<use> that is drawn inside itself"),
        ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "drawn inside itself"),
        ("<g>" * 5000 + "</g>" * 5000, "groups nested more than 32 deep"),
    ],
    ids=["itself", "by way of another", "deep"],
)
def test_what_qt_leaves_out_as_a_whole_is_refused(tmp_path: Path, body: str, expected: str) -> None:
    assert expected in _complaint(tmp_path, body)


@pytest.mark.parametrize(
    "address",
    ["../a.png", "/etc/passwd", "file:///etc/passwd", "http://example.com/a.png", "car.png"],
)
@pytest.mark.parametrize(
    "body",
    [
        '<image width="9" height="9" xlink:href="{}"/>',
        '<image width="9" height="9" href=" {}"/>',
        '<use xlink:href="{}#a"/>',
        '<rect width="9" height="9" fill="url({}#a)"/>',
        "<rect width='9' height='9' style='filter: url(\"{}#a\")'/>",
        "<style>.a {{ fill: url({}#a) }}</style>",
        '<filter id="f"><feImage href="{}"/></filter>',
    ],
)
def test_a_drawing_reaches_no_other_file(tmp_path: Path, body: str, address: str) -> None:
    assert f"shows another file ('{address}" in _complaint(tmp_path, body.format(address))


def test_a_link_and_a_name_space_are_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        f'{HEAD}<a xlink:href="https://example.com">{RECT}</a><use href="#b"/></svg>'
    )
    Pictures(tmp_path).inspect("a.svg")


def _embedded(picture: Image.Image) -> str:
    file = BytesIO()
    picture.save(file, "PNG")
    data = b64encode(file.getvalue()).decode()
    return f'<image width="9" height="9" xlink:href="data:image/png;base64,{data}"/>'


def test_an_embedded_photograph_is_looked_at_as_well(tmp_path: Path) -> None:
    small = _embedded(Image.new("RGB", (8, 8)))
    (tmp_path / "a.svg").write_text(f"{HEAD}{small}</svg>")
    Pictures(tmp_path).inspect("a.svg")
    assert "16 bits per channel" in _complaint(tmp_path, _embedded(Image.new("I;16", (6000, 6000))))
    assert "takes too long to draw" in _complaint(tmp_path, small * 40)


@pytest.mark.parametrize(
    "entities",
    [
        f'<!ENTITY a "{"x" * 5000}">',
        '<!ENTITY a "red"><!ENTITY b "&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
    ],
    ids=["long", "of others", "a file"],
)
def test_entities_that_qt_does_not_read_are_refused(tmp_path: Path, entities: str) -> None:
    head = f"<!DOCTYPE svg [{entities}]>{HEAD}"
    assert "is not a picture" in _complaint(tmp_path, RECT, head)


def test_the_entities_that_drawing_programs_write_are_fine(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        '<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>'
        f'<svg xmlns="&ns_svg;" viewBox="0 0 9 9">{RECT}<path d="{COAST}"/></svg>'
    )
    Pictures(tmp_path).inspect("a.svg")


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_a_pipe_in_a_pictures_place_is_told_and_not_opened(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(PictureProblem, match="is a pipe or a device, not a file"):
        Pictures(tmp_path).inspect(name)


def test_a_link_out_of_the_assets_is_refused(tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    assets.mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / "out.png")
    Image.new("RGB", (8, 8)).save(assets / "in.png")
    (assets / "a.png").symlink_to(tmp_path / "out.png")
    (assets / "b.png").symlink_to(assets / "in.png")
    Pictures(assets).inspect("b.png")
    with pytest.raises(PictureProblem, match="is a link that leads out of the assets folder"):
        Pictures(assets).inspect("a.png")
