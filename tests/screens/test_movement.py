"""What moves says where one is going, and moves nothing else; with reduced motion, all is still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import hypot
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QMetaObject, QPointF, QRectF
from PySide6.QtTest import QTest

from kiosk.showroom.offscreen import offscreen_kiosk
from kiosk.showroom.offscreen.offscreen_kiosk import written_text
from kiosk.showroom.viewmodels import photographs
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from tests.conftest import class_name
from tests.long_runs import IS_LONG
from tests.offscreen import SIZES

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem

    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import Contents, MakeKiosk, Visitor

RESULTS = [{"figure": "25", "label": "Races"}, {"figure": "2nd", "label": "In its class"}]
WAY = 80
"""How far what comes has to go, at 1080p."""
ORIENTATIONS = range(1, 9) if IS_LONG else (1, 6)
"""Upright and turned in an everyday run, every one there is in a long one."""
"""Exif 2.32, 4.6.4."""

MakeMoving = Callable[..., "OffscreenKiosk"]
Words = dict[str, QRectF]


@pytest.fixture
def make_moving(make_kiosk: MakeKiosk, monkeypatch: pytest.MonkeyPatch) -> MakeMoving:
    """Kiosks that move as those on the floor do."""
    monkeypatch.setattr(offscreen_kiosk, "ShowroomViewModel", lambda **_: ShowroomViewModel())

    def make(*given: object, **named: object) -> OffscreenKiosk:
        kiosk = make_kiosk(*given, **named)
        while not kiosk.showroom.ready or _home_is_missing(kiosk):
            QTest.qWait(5)
        kiosk.home()
        settle(kiosk)
        return kiosk

    return make


def _home_is_missing(kiosk: OffscreenKiosk) -> bool:
    kiosk.showroom.session.wake()
    return kiosk.showroom.moving


def settle(kiosk: OffscreenKiosk) -> None:
    kiosk.draw()
    while kiosk.showroom.moving:
        QTest.qWait(5)
    kiosk.draw()


def coming(visitor: Visitor) -> QPointF:
    """How far what comes still has to go."""
    screens = [item for item in visitor.items_of("QQuickLoader") if item.property("file")]
    screens += [item for item in visitor.items() if class_name(item).startswith("ScreenStack")]
    away = [QPointF(item.x(), item.y()) for item in screens if item.x() or item.y()]
    assert len(away) <= 1
    return away[0] if away else QPointF()


def figures(visitor: Visitor) -> list[QQuickItem]:
    found = [item for item in visitor.items_of("QQuickText") if item.property("goal") is not None]
    assert found
    return found


@SIZES
def test_a_place_comes_from_where_it_stands_in_the_bar_and_back_goes_the_other_way(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    places = contents.timeline(), contents.team(), contents.features()
    kiosk = make_moving(contents.load(*places), size)
    visitor = visit(kiosk.window)
    navigation = kiosk.showroom.navigation
    tabs = {tab.name: tab.rect.center() for tab in visitor.controls("PageTab")}
    before = "Home"
    for place in ("team", "timeline", "features", "team", ""):
        name = place.capitalize() or "Home"
        navigation.open(place) if place else navigation.goHome()
        step = coming(visitor)
        way = tabs[name] - tabs[before]
        assert (step.x(), step.y()) == (
            (WAY if way.x() > 0 else -WAY, 0) if way.x() else (0, WAY if way.y() > 0 else -WAY)
        )
        settle(kiosk)
        assert coming(visitor) == QPointF()
        before = name


@SIZES
def test_what_is_opened_comes_from_where_it_was_touched_and_goes_back_there(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    chapters = [contents.article(f"Story {n}", figure=f"{1960 + n}") for n in range(8)]
    kiosk = make_moving(contents.load(contents.timeline(chapters=chapters)), size)
    visitor = visit(kiosk.window)
    kiosk.showroom.navigation.open("timeline")
    settle(kiosk)
    for name in [card.name for card in visitor.controls("Button") if "Story" in card.name]:
        kiosk.draw()
        card = visitor.find("Button", name)
        if not on_screen(kiosk, card.rect.center()):
            continue
        visitor.tap("Button", card.name)
        step, spot = coming(visitor), card.rect.center()
        assert likeness(step, QPointF(spot) - middle(visitor)) > 0.95
        settle(kiosk)
        kiosk.showroom.navigation.back()
        assert likeness(coming(visitor), step) < -0.95
        settle(kiosk)


def middle(visitor: Visitor) -> QPointF:
    """Of what was opened."""
    detail = screen_of(visitor, "Detail")
    return QPointF(detail.width() / 2, detail.height() / 2)


def likeness(one: QPointF, other: QPointF) -> float:
    """Of two directions: 1 for the same, -1 for the opposite."""
    lengths = hypot(one.x(), one.y()) * hypot(other.x(), other.y())
    return QPointF.dotProduct(one, other) / lengths


def on_screen(kiosk: OffscreenKiosk, spot: QPointF) -> bool:
    return QRectF(0, 0, kiosk.window.width(), kiosk.window.height()).contains(QPointF(spot))


def test_a_figure_counts_up_once_where_it_is_and_is_read_out_as_it_is(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor]
) -> None:
    kiosk = make_moving(contents.load(contents.team(results=RESULTS)))
    visitor = visit(kiosk.window)
    kiosk.showroom.navigation.open("team")
    boxes, shown = set(), []
    while "25" not in shown:
        kiosk.draw()
        number, ordinal = figures(visitor)
        assert ordinal.property("text") == "2nd"
        assert visitor.sees("25 Races")
        shown.append(number.property("text"))
        boxes.add((number.width(), number.height(), number.property("drawn")))
        assert number.property("contentWidth") <= number.width()
    numbers = [int(text) for text in shown]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 2
    assert len(boxes) == 1
    settle(kiosk)
    for _ in range(20):
        QCoreApplication.processEvents()
        assert figures(visitor)[0].property("text") == "25"


def test_with_reduced_motion_nothing_moves(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    kiosk = make_kiosk(contents.load(contents.team(results=RESULTS), contents.timeline()))
    visitor = visit(kiosk.window)
    kiosk.home()
    kiosk.draw()
    for place in ("team", "timeline", "team"):
        kiosk.showroom.navigation.open(place)
        assert coming(visitor) == QPointF()
    assert [figure.property("text") for figure in figures(visitor)] == ["25", "2nd"]


def test_in_software_no_poster_pans(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor]
) -> None:
    """Each frame would cost the whole screen."""
    posters = [
        {"headline": f"{n}", "line": "In a sentence.", "picture": {"file": "car.png"}}
        for n in range(3)
    ]
    kiosk = make_moving(contents.load(contents.timeline(), attract={"posters": posters}))
    kiosk.showroom.session.end()
    attract, visitor = kiosk.item("attract"), visit(kiosk.window)
    for _ in posters:
        QMetaObject.invokeMethod(attract, "goOn")
        visitor.wait(lambda: not attract.property("isMoving"))
        (sheet,) = (i for i in visitor.items() if i.property("panRoom") is not None)
        assert sheet.property("panRoom") == 0


# Before a photograph is there


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """While it is cleared, no file of a picture is looked at on the threads that do."""
    is_free, read_head = Event(), photographs.read_head
    is_free.set()

    def wait_and_read(file: str) -> bytes | None:
        is_free.wait()
        return read_head(file)

    monkeypatch.setattr(photographs, "read_head", wait_and_read)
    yield is_free
    is_free.set()


def photograph(contents: Contents, orientation: int, size: tuple[int, int]) -> dict[str, str]:
    """A photograph that is of this size where it is seen upright."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = size if orientation < 5 else size[::-1]
    name = f"{orientation}.jpg"
    file = contents.file.parent / "assets" / name
    Image.new("RGB", stored, (120, 120, 120)).save(file, exif=exif)
    return {"file": name}


def first_words(kiosk: OffscreenKiosk, visitor: Visitor, screen: QQuickItem) -> Words:
    """Where its words stand in the first frame that is drawn."""
    kiosk.draw()
    assert any(item.property("settled") is False for item in visitor.items())
    return words_of(visitor, screen)


def settled_words(
    kiosk: OffscreenKiosk, visitor: Visitor, screen: QQuickItem, unread: Event
) -> Words:
    """Where they stand once the photograph is there and nothing moves."""
    unread.set()
    visitor.wait(lambda: all(item.property("settled") is not False for item in visitor.items()))
    settle(kiosk)
    return words_of(visitor, screen)


def screen_of(visitor: Visitor, name: str) -> QQuickItem:
    """What is being opened, by what its file is called."""
    (found,) = (i for i in visitor.items_of("QQuickLoader") if name in str(i.property("file")))
    return found


def cut_out(contents: Contents) -> dict[str, str]:
    """A car with nothing around it."""
    picture = Image.new("RGBA", (400, 300))
    picture.paste((120, 120, 120, 255), (0, 100, 400, 300))
    picture.save(contents.file.parent / "assets" / "cut-out.png")
    return {"file": "cut-out.png"}


def words_of(visitor: Visitor, screen: QQuickItem) -> Words:
    """Where on a screen its words stand."""
    return {
        written_text(item): item.mapRectToItem(screen, QRectF(0, 0, item.width(), item.height()))
        for item in visitor.items_of("QQuickText")
        if screen.isAncestorOf(item)
    }


def test_the_words_of_a_poster_stand_in_its_first_frame_where_they_stay(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor], unread: Event
) -> None:
    """Of the one that comes at once when a visitor has gone: the next are read before."""
    pictures = [photograph(contents, n, (400, 300)) for n in ORIENTATIONS]
    pictures += 2 * [cut_out(contents)]  # words at the foot, and hung from the top
    posters = [
        {"headline": f"Come {n}", "line": "A line.", "picture": picture}
        for n, picture in enumerate(pictures)
    ]
    kiosk = make_moving(contents.load(contents.timeline(), attract={"posters": posters}))
    visitor, session = visit(kiosk.window), kiosk.showroom.session
    for number in range(len(posters)):
        session.end()
        attract = kiosk.item("attract")
        attract.setProperty("wanted", number)
        visitor.wait(lambda attract=attract: not attract.property("isMoving"))
        session.wake()
        settle(kiosk)
        unread.clear()
        session.end()
        first = first_words(kiosk, visitor, attract)
        assert f"Come {number}" in first
        assert settled_words(kiosk, visitor, attract, unread) == first, number


def test_the_words_of_a_detail_stand_in_its_first_frame_where_they_stay(
    make_moving: MakeMoving, contents: Contents, visit: type[Visitor], unread: Event
) -> None:
    """How high the words begin on an upright screen goes by the shape of the picture."""
    chapters = [
        contents.article(f"Win {n}", figure="1964", picture=photograph(contents, n, (400, 300)))
        for n in ORIENTATIONS
    ]
    kiosk = make_moving(contents.load(contents.timeline(chapters=chapters)), (1080, 1920))
    visitor, navigation = visit(kiosk.window), kiosk.showroom.navigation
    navigation.open("timeline")
    settle(kiosk)
    for index in range(len(chapters)):
        unread.clear()
        navigation.openDetail("chapters", index)
        detail = screen_of(visitor, "Detail")
        first = first_words(kiosk, visitor, detail)
        assert chapters[index]["title"] in first
        assert settled_words(kiosk, visitor, detail, unread) == first, index
        navigation.back()
        settle(kiosk)


@pytest.mark.parametrize("is_cut_out", [False, True], ids=["photograph", "cut-out"])
def test_the_words_of_a_car_that_is_alone_stand_in_their_first_frame_where_they_stay(
    make_moving: MakeMoving,
    contents: Contents,
    visit: type[Visitor],
    unread: Event,
    is_cut_out: bool,
) -> None:
    picture = cut_out(contents) if is_cut_out else photograph(contents, 6, (480, 270))
    car = {"name": "Cooper", "picture": picture}
    models = contents.models() | {"line_ups": [{"name": "2025", "models": [car]}]}
    kiosk = make_moving(contents.load(models, contents.timeline()), (1080, 1920))
    visitor = visit(kiosk.window)
    unread.clear()
    kiosk.showroom.navigation.open("models")
    place = screen_of(visitor, "models")
    first = first_words(kiosk, visitor, place)
    assert "Cooper" in first
    assert settled_words(kiosk, visitor, place, unread) == first
