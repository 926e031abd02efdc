"""What a screen leaves to its pictures and figures, on the shapes of screens that dealers have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF

from kiosk.showroom.offscreen.offscreen_kiosk import open_offscreen, visible_items
from tests.conftest import class_name
from tests.showrooms.building import MOMENT

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem

    from kiosk.content.check.loading import Loaded

    LoadShowroom = Callable[[str], Loaded]

WIDE, UPRIGHT, SQUARISH = (1920, 1080), (1080, 1920), (1280, 1024)
MUNICH, TEXAS, QUEBEC = "munich-motorcycles", "texas-trucks", "quebec-lot"

pytestmark = pytest.mark.usefixtures("qapp")


@contextmanager
def drawn(loaded: Loaded, name: str, size: tuple[int, int]) -> Iterator[QQuickItem]:
    """A screen once nothing on it changes any more."""
    with open_offscreen(loaded, MOMENT, size) as kiosk:
        kiosk.picture(next(screen for screen in kiosk.screens() if screen.name == name))
        yield kiosk.window.contentItem()


def of_type(item: QQuickItem, name: str) -> list[QQuickItem]:
    return [each for each in visible_items(item) if class_name(each).split("_")[0] == name]


def area(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def words_end(item: QQuickItem) -> float:
    texts = [each for each in visible_items(item) if each.inherits("QQuickText")]
    return max(area(text).bottom() for text in texts if text.opacity() > 0)


@pytest.mark.parametrize("size", [WIDE, SQUARISH])
def test_the_photographs_of_events_are_as_high_as_the_most_words_let_them_be(
    load_showroom: LoadShowroom, size: tuple[int, int]
) -> None:
    with drawn(load_showroom(MUNICH), "termine", size) as screen:
        cards = of_type(screen, "EventCard")
        frames = [area(of_type(card, "Picture")[0]) for card in cards]
        assert len({(frame.top(), frame.bottom()) for frame in frames}) == 1, "words in one line"
        below = min(area(card).bottom() - words_end(card) for card in cards)
        assert frames[0].height() == pytest.approx(cards[0].height() / 2, abs=1) or below < 60
        assert below > 0


@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
def test_a_dealership_s_hours_have_the_width_of_its_column(
    load_showroom: LoadShowroom, size: tuple[int, int]
) -> None:
    with drawn(load_showroom(MUNICH), "standorte", size) as screen:
        hours = [area(line) for line in of_type(screen, "Spread")]
        (code,) = [area(each) for each in of_type(screen, "QrCode")]
        assert len(hours) == 7
        assert {line.right() for line in hours} == {code.right()}
        assert len({line.height() for line in hours}) == 1, "each in one line"
        pictures = [area(each) for each in of_type(screen, "Picture")]
        assert all(picture.bottom() < code.top() for picture in pictures)


@pytest.mark.parametrize("size", [WIDE, UPRIGHT, SQUARISH])
@pytest.mark.parametrize(("name", "place"), [(MUNICH, "team"), (TEXAS, "people")])
def test_no_face_stands_in_a_frame_that_is_far_higher_than_wide(
    load_showroom: LoadShowroom, name: str, place: str, size: tuple[int, int]
) -> None:
    """A photograph that lies would show little more than the nose."""
    with drawn(load_showroom(name), place, size) as screen:
        frames = [area(of_type(card, "Picture")[0]) for card in of_type(screen, "FaceCard")[:2]]
        assert all(frame.height() < 1.41 * frame.width() for frame in frames)


@pytest.mark.parametrize(
    ("name", "screen_name"), [(MUNICH, "motorraeder-compare"), (QUEBEC, "autos-compare")]
)
def test_figures_of_compared_cars_reach_down_to_the_cars_to_exchange(
    load_showroom: LoadShowroom, name: str, screen_name: str
) -> None:
    with drawn(load_showroom(name), screen_name, SQUARISH) as screen:
        rows = of_type(screen, "ComparedValues")
        choice = min(area(each).top() for each in of_type(screen, "EdgeFade")[-1:])
        assert 0 <= choice - area(rows[-1]).bottom() < rows[-1].height()


def test_a_car_that_is_alone_fills_an_upright_screen(load_showroom: LoadShowroom) -> None:
    with drawn(load_showroom(TEXAS), "trucks-tab-3", UPRIGHT) as screen:
        (car,) = of_type(screen, "CarSight")
        frame = area(car)
        assert frame.height() > 0.4 * screen.height()
        assert frame.width() / frame.height() > 0.69 * car.property("shape"), "little is cut off"


@pytest.mark.parametrize(
    ("name", "screen_name", "most"),
    [
        pytest.param(MUNICH, "termine-event", 1.4, id="beside a short figure"),
        pytest.param(
            MUNICH, "werkstatt-feature", 2.4, id="below a long one, beside little to read"
        ),
    ],
)
def test_a_photograph_is_no_strip_below_a_figure(
    load_showroom: LoadShowroom, name: str, screen_name: str, most: float
) -> None:
    with drawn(load_showroom(name), screen_name, UPRIGHT) as screen:
        frame = area(of_type(screen, "Picture")[0])
        assert frame.width() < most * frame.height()
        texts = [each for each in visible_items(screen) if each.inherits("QQuickText")]
        written = [
            text.mapRectToScene(QRectF(0, 0, text.property("contentWidth"), text.height()))
            for text in texts
        ]
        assert not any(word.intersects(frame) for word in written)


def test_few_features_show_more_of_their_photographs_all_as_wide(
    load_showroom: LoadShowroom,
) -> None:
    with drawn(load_showroom(TEXAS), "service", UPRIGHT) as screen:
        cards = of_type(screen, "PosterCard")
        pictures = [area(of_type(card, "Picture")[0]) for card in cards]
        assert {picture.width() for picture in pictures} == {round(0.45 * cards[0].width())}
