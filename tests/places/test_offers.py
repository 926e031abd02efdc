"""Offers on screen: how their terms begin, their car, and what can be done next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kiosk.places.models.drawn import drawing_url
from kiosk.places.models.model import Models
from kiosk.places.offers.model import Offer, Offers
from kiosk.places.offers.presentation import (
    LONGEST_SENTENCE,
    beginning,
    offer_page,
    offer_row,
    offer_sights,
    posters,
)
from kiosk.places.presenting import Context
from tests.conftest import ESTIMATOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.conftest import Block, Contents

TODAY = date(2024, 5, 1)
SEEN = {"name": "Seen", "picture": {"file": "car.png"}, "pictures": [{"file": "car.png"}]}
DRAWN = {
    "name": "Drawn",
    "body_style": "van",
    "price": {"figure": "$30,000", "line": "MSRP", "terms": "Extra.", "amount": "30000"},
}

Shown = tuple[Offers, tuple[Offer, ...], Context]


@pytest.fixture
def shown(contents: Contents, moment: datetime) -> Callable[..., Shown]:
    """The offers of a content in which two cars are in the second line-up."""

    def show(*offers: Block, **other: object) -> Shown:
        line_ups = [
            {"name": "2024", "models": [{"name": "Old"}]},
            {"name": "2025", "models": [SEEN, DRAWN]},
        ]
        loaded = contents.load(
            contents.offers(*offers, **other), {**contents.models(), "line_ups": line_ups}
        )
        assert loaded.content is not None
        place = loaded.content.places[0]
        assert isinstance(place, Offers)
        words, places = loaded.content.words, loaded.content.places
        return place, place.offers, Context(words, moment, loaded.assets, places=places)

    return show


# How terms begin


def test_terms_that_fit_are_shown_whole() -> None:
    assert beginning("Tax is extra.", 80) == "Tax is extra."
    assert beginning("Tax is extra. So are fees.", 80) == "Tax is extra. So are fees."


def test_what_does_not_fit_is_cut_after_a_sentence() -> None:
    assert beginning("Tax is extra. So are fees.", 20) == "Tax is extra.\u00a0…"


def test_the_first_sentence_is_there_whatever_its_length() -> None:
    sentence = "One for each car, with nothing paid out in cash."
    assert beginning(f"{sentence} More.", 0) == f"{sentence}\u00a0…"


def test_amounts_are_not_taken_for_the_end_of_a_sentence() -> None:
    assert beginning("At 4.9% APR. Tax is extra.", 0) == "At 4.9% APR.\u00a0…"


def test_an_endless_sentence_is_cut_after_a_word() -> None:
    cut = beginning("subject, " * 40, 80)

    assert cut.endswith("subject\u00a0…")
    assert len(cut) <= LONGEST_SENTENCE + 2


# Its car


def test_an_offer_shows_its_car_as_it_is_seen_or_drawn(shown: Callable[..., Shown]) -> None:
    place, offers, context = shown(
        {"car": "Seen", **_offer("One")}, {"car": "Drawn", **_offer("Two")}
    )

    seen, drawn = (offer_row(offer, context, place) for offer in offers)

    assert seen.source.endswith("car.png")
    assert seen.drawing == ""
    assert drawn.drawing == drawing_url(place_of_cars(context).line_ups[1].models[1])
    assert len(offer_sights(offers[0], context, place)) == 2


def test_an_offers_own_picture_comes_before_those_of_its_car(shown: Callable[..., Shown]) -> None:
    own = {"picture": {"file": "car.png", "focus_x": "0.2"}}
    place, (offer,), context = shown({**own, "car": "Seen", **_offer("One")})

    first, *others = offer_sights(offer, context, place)

    assert first.focus_x == 0.2
    assert [sight.focus_x for sight in others] == [0.5, 0.5]


@pytest.mark.parametrize("car", [{}, {"car": "Old"}, {"car": "Unknown"}])
def test_without_any_picture_the_places_own_stands_in(
    shown: Callable[..., Shown], car: Block
) -> None:
    place, (offer,), context = shown({**car, **_offer("One")}, picture={"file": "car.png"})

    (sight,) = offer_sights(offer, context, place)

    assert sight.source.endswith("car.png")


@pytest.mark.parametrize(("car", "is_drawn"), [("Seen", False), ("Drawn", True)])
def test_the_poster_sets_the_car_apart_from_its_words(
    shown: Callable[..., Shown], car: str, is_drawn: bool
) -> None:
    place, _, context = shown({"car": car, **_offer("One")})

    (poster,) = posters(place, context)

    assert poster.is_apart
    assert (poster.drawing != "", poster.source != "") == (is_drawn, not is_drawn)


def test_without_a_car_the_words_stand_on_the_places_picture(shown: Callable[..., Shown]) -> None:
    place, _, context = shown(_offer("One"), picture={"file": "car.png"})

    (poster,) = posters(place, context)

    assert not poster.is_apart
    assert poster.source.endswith("car.png")


# What to do next


def test_an_offer_leads_to_its_car_and_to_an_estimate_for_it(shown: Callable[..., Shown]) -> None:
    place, (offer,), context = shown({"car": "Drawn", **_offer("One")}, estimator=ESTIMATOR)

    page = offer_page(offer, context, place)

    assert (page.car, page.car_place, page.car_tab, page.car_entry) == ("Drawn", "models", 1, 1)
    assert page.estimator == "estimator/30000"


def test_an_offer_for_no_car_leads_to_the_estimator_alone(shown: Callable[..., Shown]) -> None:
    place, (offer,), context = shown(_offer("One"), estimator=ESTIMATOR)

    page = offer_page(offer, context, place)

    assert (page.car, page.estimator) == ("", "estimator")


def place_of_cars(context: Context) -> Models:
    return next(place for place in context.places if isinstance(place, Models))


def _offer(title: str) -> Block:
    words = {"figure": "$349", "unit": "a month", "terms": "Tax is extra."}
    return {"title": title, "valid_until": TODAY, **words}
