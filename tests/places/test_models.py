"""Cars on screen: what stands in the street, on a car's page, and beside another car."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl

from kiosk.content.check.loading import load
from kiosk.content.model import Content
from kiosk.places.models import drawn as drawn_module
from kiosk.places.models.car_viewmodel import CarTexts
from kiosk.places.models.comparison import compared
from kiosk.places.models.drawn import DRAWINGS, FOLDER, PLAIN_PAINT
from kiosk.places.models.model import Models
from kiosk.places.models.presentation import car_page, car_row, longest_drawn, sights
from kiosk.places.models.rows import CarPage, CarRow
from kiosk.places.offers.presentation import offer_picture
from kiosk.places.presenting import Context
from tests.conftest import ESTIMATOR

if TYPE_CHECKING:
    from datetime import datetime

    from tests.conftest import Block, Contents

PRICE = {"figure": "$39,900", "line": "MSRP", "terms": "Taxes are extra.", "amount": "39900"}
TODAY = date(2024, 5, 1)


class Showroom:
    """A content with one line-up of cars, as it is shown."""

    def __init__(
        self, contents: Contents, moment: datetime, cars: list[Block], *more: Block
    ) -> None:
        place = {**contents.models(), "line_ups": [{"name": "2025", "models": cars}]}
        loaded = load(contents.write(place, *more))
        assert loaded.content is not None, loaded.problems
        self.content: Content = loaded.content
        self.place = self.content.places[0]
        assert isinstance(self.place, Models)
        words, places = self.content.words, self.content.places
        self.context = Context(words, moment, loaded.assets, places=places)

    def row(self, number: int = 0) -> CarRow:
        cars = self.place.line_ups[0].models
        return car_row(cars[number], self.context, self.place, longest_drawn(self.place))

    def page(self, number: int = 0) -> CarPage:
        line_up = self.place.line_ups[0]
        return car_page(line_up.models[number], self.context, self.place, line_up)


# Drawings


def drawn(url: str) -> tuple[str, str]:
    """The comment that names a drawing, and all that is in it."""
    text = Path(QUrl(url).toLocalFile()).read_text(encoding="utf-8")
    return text.split("<!--")[1].split("-->")[0].lower(), text


def test_every_body_style_has_a_drawing_of_its_length() -> None:
    for style, drawing in DRAWINGS.items():
        text = (FOLDER / f"{drawing.name}.svg").read_text(encoding="utf-8")
        box = re.search(r'viewBox="0 0 (\d+) \d+"', text)
        assert box is not None
        assert int(box[1]) == drawing.length, style
        assert text.count(f'fill="{PLAIN_PAINT}"') > 0, style


def test_every_drawing_belongs_to_a_body_style() -> None:
    assert {file.stem for file in FOLDER.glob("*.svg")} == {d.name for d in DRAWINGS.values()}


def test_a_car_without_a_picture_is_drawn_in_its_first_color(
    contents: Contents, moment: datetime
) -> None:
    blue = {"name": "Blue", "color": "#2b5aa0"}
    cars = [
        {"name": "Plain", "body_style": "suv"},
        {"name": "Blue", "body_style": "crossover", "colors": [blue]},
    ]
    showroom = Showroom(contents, moment, cars)

    plain, blue = (drawn(showroom.row(number).drawing) for number in range(2))
    assert PLAIN_PAINT in plain[1]
    assert "#2b5aa0" in blue[1]
    assert PLAIN_PAINT not in blue[1]
    assert "crossover" in plain[0]


def test_a_car_is_drawn_as_it_comes_where_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(drawn_module, "write_small_file", refuse)
    drawn_module._painted.cache_clear()

    assert drawn_module._painted("van", "#0b5d3c") == drawn_module._painted("van", PLAIN_PAINT)
    drawn_module._painted.cache_clear()


def test_a_cars_color_is_where_the_next_start_looks_for_it() -> None:
    """The saved start screens name the file; a folder that goes with the process would be gone."""
    painted = "from kiosk.places.models.drawn import _painted; print(_painted('van', '#0b5d3d'))"
    first, second = (
        subprocess.run(
            [sys.executable, "-c", painted], capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    )
    assert first == second
    assert "#0b5d3d" in Path(first.removeprefix("file://")).read_text(encoding="utf-8")


def test_drawings_stand_beside_each_other_in_their_true_proportion(
    contents: Contents, moment: datetime
) -> None:
    cars = [
        {"name": "Long", "body_style": "estate", "length": "5000"},
        {"name": "Short", "body_style": "hatchback", "length": "4000"},
        {"name": "Photographed", "body_style": "pickup", "picture": {"file": "car.png"}},
    ]
    showroom = Showroom(contents, moment, cars)

    assert [showroom.row(n).share for n in range(3)] == [5000 / 5890, 4000 / 5890, 1.0]
    assert showroom.row(2).drawing == ""
    assert showroom.row(2).source.endswith("car.png")


def test_a_color_shows_its_picture_or_paints_the_drawing(
    contents: Contents, moment: datetime
) -> None:
    red, blue = {"name": "Red", "color": "#c8102e"}, {"name": "Blue", "color": "#2b5aa0"}
    red_with_picture = {**red, "picture": {"file": "car.png"}}
    cars = [
        {"name": "Drawn", "body_style": "van", "colors": [red, blue]},
        {"name": "Seen", "body_style": "van", "colors": [blue, red_with_picture]},
    ]
    showroom = Showroom(contents, moment, cars)
    in_paint, seen = showroom.place.line_ups[0].models

    (painted,) = sights(in_paint, showroom.context, showroom.place, paint=1)
    assert "#2b5aa0" in drawn(painted.drawing)[1]
    (before,) = sights(seen, showroom.context, showroom.place)
    (after,) = sights(seen, showroom.context, showroom.place, paint=1)
    assert before.drawing == painted.drawing
    assert after.source.endswith("car.png")


def test_the_name_of_the_color_is_not_among_the_texts_that_never_change() -> None:
    texts = CarTexts.staticMetaObject
    assert texts.indexOfProperty("title") >= 0
    assert texts.indexOfProperty("paintName") == -1


# The page


def test_a_page_leads_to_what_can_be_done_next(contents: Contents, moment: datetime) -> None:
    offers = contents.offers(
        contents.offer(TODAY, title="For another"),
        contents.offer(TODAY, title="For it", car="Wagon"),
        id="deals",
        estimator=ESTIMATOR,
    )
    cars = [{"name": "Wagon", "price": PRICE}, {"name": "Other"}]
    showroom = Showroom(contents, moment, cars, offers)

    page = showroom.page(0)

    (offer,) = page.offers
    assert (offer.title, offer.place_id, offer.entry) == ("For it", "deals", 1)
    assert page.estimator == "deals/estimator/39900"
    assert page.comparison == "compare/0"
    assert showroom.page(1).estimator == "deals/estimator"
    assert showroom.page(1).comparison == "compare/1"


def test_a_lonely_car_leads_nowhere(contents: Contents, moment: datetime) -> None:
    page = Showroom(contents, moment, [{"name": "Only"}]).page()

    assert (page.offers, page.estimator, page.comparison) == ((), "", "")


def test_an_offer_shows_the_car_that_it_is_for(contents: Contents, moment: datetime) -> None:
    assets = contents.file.parent / "assets"
    copyfile(assets / "car.png", assets / "own.png")
    offers = contents.offers(
        contents.offer(TODAY, car="Seen"),
        contents.offer(TODAY, car="Seen", picture={"file": "own.png"}),
        contents.offer(TODAY),
    )
    cars = [{"name": "Seen", "picture": {"file": "car.png"}}]
    showroom = Showroom(contents, moment, cars, offers)
    listed = showroom.content.places[1].offers  # type: ignore[attr-defined]

    pictures = [offer_picture(offer, showroom.context) for offer in listed]

    assert [picture and picture.file for picture in pictures] == ["car.png", "own.png", None]


@pytest.mark.parametrize("missing", ["figure", "line", "terms"])
def test_a_price_needs_its_terms(contents: Contents, missing: str) -> None:
    price = {key: value for key, value in PRICE.items() if key != missing}
    cars = [{"name": "Wagon", "price": price}]
    place = {**contents.models(), "line_ups": [{"name": "2025", "models": cars}]}

    (problem,) = load(contents.write(place)).problems

    assert problem.code == "missing-key"
    assert missing in problem.message


# Beside each other


def test_values_with_the_same_label_stand_beside_each_other(
    contents: Contents, moment: datetime
) -> None:
    power, range_ = {"label": "Power", "figure": "204", "unit": "hp"}, {"label": "Range"}
    cars = [
        {"name": "One", "specifications": [power, {**range_, "figure": "310", "unit": "mi"}]},
        {
            "name": "Two",
            "specifications": [
                {"label": "Seats", "figure": "5"},
                {"label": "power", "figure": "150", "unit": "hp"},
            ],
        },
    ]
    showroom = Showroom(contents, moment, cars)
    one, two = showroom.place.line_ups[0].models

    rows = [(row.label, row.left_value, row.right_value) for row in compared(one, two)]

    assert rows == [
        ("Power", "204\u00a0hp", "150\u00a0hp"),
        ("Range", "310\u00a0mi", "–"),
        ("Seats", "–", "5"),
    ]


def test_a_video_belongs_to_the_first_picture_of_its_car(
    contents: Contents, moment: datetime
) -> None:
    (contents.file.parent / "assets" / "a.mp4").write_bytes(
        b"\0\0\0\x0cmoovvide" + b"\0\0\0\x0cmdat...."
    )
    pictures = {"picture": {"file": "car.png"}, "pictures": [{"file": "car.png"}]}
    showroom = Showroom(contents, moment, [{"name": "Car", "video": "a.mp4", **pictures}])
    car = showroom.place.line_ups[0].models[0]
    rows = sights(car, showroom.context, showroom.place)
    assert [row.video.rpartition("/")[2] for row in rows] == ["a.mp4", ""]
