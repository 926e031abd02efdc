"""On a poster nothing stands on anything else, however long the names and headlines are."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QMetaObject, QPointF, QRectF

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtQuick import QQuickItem

    from tests.conftest import Contents, Visitor
    from tests.screens.conftest import Alone, BuildAlone

SIZES = pytest.mark.parametrize(
    "size", [(1920, 1080), (1080, 1920), (1280, 1024)], ids=["landscape", "portrait", "squarish"]
)
CAR = {"file": "car.png"}
DRIFT = 14
"""How far what stands on a poster strays."""


def area(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def turn_to(screen: Alone, visitor: Visitor, place: int, headline: str) -> None:
    screen.item.setProperty("wanted", place)
    visitor.wait(lambda: len(written(visitor, headline)) == 1)
    visitor.wait(lambda: all(item.property("settled") is not False for item in visitor.items()))
    screen.window.grabWindow()


def written(visitor: Visitor, text: str) -> list[QQuickItem]:
    return [
        item
        for item in visitor.items_of("QQuickText")
        if text in {item.property("heading"), item.property("text")}
    ]


@SIZES
@pytest.mark.parametrize(
    "brand", ["MINI", "Nordwind Motorrad", "Nordwind Motorrad GmbH & Co. KG"], ids=len
)
def test_nothing_on_a_poster_stands_on_anything_else(
    alone: BuildAlone,
    contents: Contents,
    visit: type[Visitor],
    size: tuple[int, int],
    brand: str,
) -> None:
    """Each at the foot and at the top, where the words of every other poster stand."""
    line = "Every Saturday on the training ground behind the house, in any weather."
    headlines = ("Number 37", "Große Freiheit für Fahrer im Mai")
    posters = [
        {"headline": f"{headline} {n}", "line": line, "picture": picture}
        for n, (headline, picture, _) in enumerate(product(headlines, (None, CAR), range(2)))
    ]
    loaded = contents.load(
        contents.timeline(),
        attract={"posters": posters},
        brand={"name": brand, "line": "Motorradhaus Überlingen", "roundel": "37"},
    )
    screen = alone("attract", loaded, size=size)
    visitor = visit(screen.window)
    for place, headline in enumerate(poster["headline"] for poster in posters):
        turn_to(screen, visitor, place, headline)
        (invitation,) = written(visitor, "Touch to begin")
        (name,) = written(visitor, brand)
        (words,) = written(visitor, headline)
        mark = name.parentItem().parentItem()
        parts = [
            area(item) for item in (invitation.parentItem(), mark.parentItem(), words.parentItem())
        ]
        seen = QRectF(0, 0, *size).adjusted(0, 0, DRIFT, 0)  # the name stands against the edge
        assert all(seen.contains(part) for part in parts), headline
        assert not any(part.intersects(other) for part, other in combinations(parts, 2)), headline


@SIZES
def test_no_word_stands_on_a_photograph_which_has_two_fifths_of_the_screen(
    alone: BuildAlone, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    """A figure, too: a date has a photograph beside it."""
    headlines = ["Come and see", "Number 37"]
    posters = [{"headline": h, "line": "In a sentence.", "picture": CAR} for h in headlines]
    race = contents.schedule((date(2024, 5, 3), date(2024, 5, 5)), picture=CAR)
    screen = alone("attract", contents.load(race, attract={"posters": posters}), size=size)
    visitor = visit(screen.window)
    for place, words in enumerate(["COME AND SEE", "Track 1", "NUMBER 37"]):
        screen.item.setProperty("wanted", place)
        visitor.wait(lambda words=words: words in texts_of(visitor))
        visitor.wait(lambda: len(photographs(visitor)) == 1)
        screen.window.grabWindow()
        (photograph,) = photographs(visitor)
        frame = photograph.parentItem()
        seen = area(frame) & QRectF(0, 0, *size)
        assert seen.width() * seen.height() > 0.4 * size[0] * size[1]
        for item in visitor.items_of("QQuickText"):
            on_plate = item.property("heading") == "MINI" or item.property("text") == "Motorsports"
            assert on_plate or not area(item).intersects(seen), item.property("text")


@pytest.mark.parametrize(
    ("picture", "focus", "is_beside"),
    [
        pytest.param((400, 300), (0.5, 0.5), True, id="a photograph of a camera"),
        pytest.param((300, 400), (0.5, 0.5), True, id="taken upright"),
        pytest.param((400, 225), (0.5, 0.5), False, id="as wide as the screen"),
        pytest.param((400, 225), (0.25, 0.5), True, id="as wide, of something at its side"),
        pytest.param((400, 300), (0.5, 0.2), False, id="of something at its top"),
        pytest.param((400, 100), (0.5, 0.5), False, id="a panorama"),
    ],
)
def test_a_photograph_stands_where_less_is_cut_off_it(
    alone: BuildAlone,
    contents: Contents,
    visit: type[Visitor],
    picture: tuple[int, int],
    focus: tuple[float, float],
    is_beside: bool,
) -> None:
    """Beside the words or above a band of them; what lies around its focal point counts."""
    Image.new("RGB", picture).save(contents.file.parent / "assets" / CAR["file"])
    car = CAR | {"focus_x": focus[0], "focus_y": focus[1]}
    poster = {"headline": "Come and see", "line": "In a sentence.", "picture": car}
    loaded = contents.load(contents.timeline(), attract={"posters": [poster]})
    screen = alone("attract", loaded)
    visitor = visit(screen.window)
    turn_to(screen, visitor, 0, "Come and see")
    seen = area(photographs(visitor)[0].parentItem())
    assert (seen.width() < 1920, seen.height() < 1080) == (is_beside, not is_beside)
    (name,) = written(visitor, "MINI")
    assert not is_beside or area(name).bottom() < seen.center().y(), "it stands on the wheels"


def test_on_a_nearly_square_screen_a_photograph_beside_a_figure_has_three_fifths(
    alone: BuildAlone, contents: Contents, visit: type[Visitor]
) -> None:
    """So that a car of the usual 4:3 is seen to its ends."""
    Image.new("RGB", (400, 300)).save(contents.file.parent / "assets" / CAR["file"])
    race = contents.schedule((date(2024, 5, 3), date(2024, 5, 5)), picture=CAR)
    poster = {"headline": "Come and see", "line": "In a sentence."}
    loaded = contents.load(race, attract={"posters": [poster]})
    screen = alone("attract", loaded, size=(1280, 1024))
    visitor = visit(screen.window)
    screen.item.setProperty("wanted", 1)
    visitor.wait(lambda: "Track 1" in texts_of(visitor) and len(photographs(visitor)) == 1)

    assert area(photographs(visitor)[0].parentItem()).width() >= 0.6 * 1280


def photographs(visitor: Visitor) -> list[QQuickItem]:
    return [
        item
        for item in visitor.items()
        if item.property("sourceSize") is not None
        and item.property("source").fileName() == CAR["file"]
    ]


def texts_of(visitor: Visitor) -> str:
    texts = [str(item.property("text")) for item in visitor.items_of("QQuickText")]
    return " ".join(texts).replace("\u00a0", " ")


@SIZES
def test_the_long_title_of_an_offer_stays_on_its_poster(
    alone: BuildAlone,
    contents: Contents,
    visit: type[Visitor],
    moment: datetime,
    size: tuple[int, int],
) -> None:
    title = "Frühjahrsdurchsicht einschließlich Ölwechsel"
    loaded = contents.load(contents.offers(contents.offer(moment.date(), title=title)))
    screen = alone("attract", loaded, size=size)
    visitor = visit(screen.window)
    turn_to(screen, visitor, 1, title)
    (heading,) = written(visitor, title)
    assert QRectF(0, 0, *size).contains(area(heading))
    assert heading.property("contentWidth") <= heading.width()


@pytest.mark.parametrize("count", [1, 3])
def test_what_stands_on_a_poster_strays_as_a_whole(
    alone: BuildAlone, contents: Contents, visit: type[Visitor], count: int
) -> None:
    """A single one, too: it is the one that would burn in."""
    posters = [{"headline": "Number 37", "line": "In a sentence."}] * count
    screen = alone("attract", contents.load(contents.timeline(), attract={"posters": posters}))
    visitor = visit(screen.window)
    paths: dict[str, list[QPointF]] = {}
    for _ in range(4):
        for _ in range(2 * count):  # to the same poster, with its words hanging where they did
            QMetaObject.invokeMethod(screen.item, "goOn")
            visitor.wait(lambda: not screen.item.property("isMoving"))
        for text in ("Number 37", "Touch to begin", "MINI"):
            (item,) = written(visitor, text)
            paths.setdefault(text, []).append(area(item).topLeft())
    strays = [[spot - path[0] for spot in path] for path in paths.values()]
    assert len({(spot.x(), spot.y()) for spot in strays[0]}) == 4
    assert all(stray == strays[0] for stray in strays)
