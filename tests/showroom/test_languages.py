"""What the kiosk itself writes on its screens is in the language of the content."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kiosk.content.check.loading import Loaded
from kiosk.places.dealers.model import Dealers
from kiosk.places.dealers.presentation import distance_text, nearest_first
from kiosk.places.offers.model import Offers
from kiosk.places.offers.viewmodel import OffersViewModel
from kiosk.places.schedule.model import Schedule
from kiosk.places.schedule.presentation import race_detail, race_row
from kiosk.places.schedule.viewmodel import ScheduleViewModel
from kiosk.places.signup.model import SignupForm
from kiosk.places.signup.presentation import privacy_detail
from kiosk.showroom.screenplay import Screenplay, derive_screenplay
from tests.conftest import Contents, descendants

if TYPE_CHECKING:
    from tests.conftest import MakeKiosk

RACE = (date(2024, 9, 18), date(2024, 9, 26))
ESTIMATOR = {
    "title": "Rate",
    "currency": "€",
    "price": 33000,
    "price_least": 20000,
    "price_most": 60000,
    "down_payment": 3000,
    "months": 60,
    "months_choices": [60],
    "interest_rate": "4.9",
    "note": "Unverbindlich.",
}
POLISH = {
    "day_to_go": "dzień",
    "days_to_go": "dnia",
    "offer_today": "oferta",
    "offers_today": "oferty dziś",
    "plurals": {
        "days_to_go": {"few": "dni", "many": "dni"},
        "offers_today": {"few": "oferty", "many": "ofert"},
        "privacy_kept_days": {"few": "Przez {days} dni.", "many": "{days} dni."},
    },
}


def german(contents: Contents) -> Screenplay:
    loaded = contents.load(
        contents.schedule(RACE),
        contents.offers(contents.offer(date(2024, 9, 5), unit="im Monat"), estimator=ESTIMATOR),
        contents.dealers(),
        contents.signup(),
        language="de",
        words={"valid_until": "Gültig bis {date}"},
    )
    return shown(loaded)


def shown(loaded: Loaded, day: str = "2024-09-01") -> Screenplay:
    return derive_screenplay(loaded, datetime.fromisoformat(f"{day}T10:00:00+00:00"))


def test_a_german_kiosk_writes_german_days(contents: Contents) -> None:
    screenplay = german(contents)
    assert screenplay.attract.language == "de"
    _, race, offer = screenplay.attract.posters
    assert (race.figure, race.headline) == ("18.–26.", "September")
    assert offer.line == "Im Monat. Gültig bis 5. September 2024."
    schedule, offers = screenplay.home.doors[:2]
    assert (schedule.figure, schedule.line) == ("18.–26.", "September, Alton")
    assert (offers.figure, offers.line) == ("1", "offer today")
    place = screenplay.visible.places[0]
    assert isinstance(place, Schedule)
    row = race_row(place.races[0], "next", screenplay.context)
    assert row.when == "18.–26. September"
    detail = race_detail(place.races[0], "next", screenplay.context, place)
    assert detail.facts[0].label == "18.–26. September 2024"


def test_a_german_kiosk_writes_german_amounts(contents: Contents) -> None:
    screenplay = german(contents)
    offers, dealers = screenplay.visible.places[1:3]
    assert isinstance(offers, Offers)
    place = OffersViewModel(offers, screenplay.context)
    estimator = place.within("estimator")
    assert estimator is not None
    assert estimator.paymentText == "564,76\u00a0€"
    assert estimator.priceText == "33.000\u00a0€"
    assert estimator.rateText == "4,9\u00a0%"
    assert isinstance(dealers, Dealers)
    nearest = nearest_first(dealers)[0]
    assert distance_text(nearest, screenplay.context, dealers) == "111 km"


@pytest.mark.parametrize(
    ("day", "days", "unit"),
    [
        ("2024-09-17", "1", "dzień"),
        ("2024-09-16", "2", "dni"),
        ("2024-09-13", "5", "dni"),
        ("2024-09-18", "", "dni"),
    ],
)
def test_the_countdown_takes_the_polish_plural(
    contents: Contents, day: str, days: str, unit: str
) -> None:
    screenplay = shown(contents.load(contents.schedule(RACE), language="pl", words=POLISH), day)
    place = screenplay.visible.places[0]
    assert isinstance(place, Schedule)
    schedule = ScheduleViewModel(place, screenplay.context)
    assert (schedule.daysToGo, schedule.daysToGoUnit) == (days, unit)


@pytest.mark.parametrize(("count", "noun"), [(1, "oferta"), (2, "oferty"), (5, "ofert")])
def test_the_door_counts_offers_in_polish(contents: Contents, count: int, noun: str) -> None:
    offers = [contents.offer(date(2024, 9, 5), title=f"Oferta {n}") for n in range(count)]
    screenplay = shown(contents.load(contents.offers(*offers), language="pl", words=POLISH))
    assert (screenplay.home.doors[0].figure, screenplay.home.doors[0].line) == (str(count), noun)


@pytest.mark.parametrize(
    ("days", "sentence"), [(22, "Przez 22 dni."), (30, "30 dni."), (3650, "3\u00a0650 dni.")]
)
def test_the_privacy_page_counts_days_in_polish(
    contents: Contents, days: int, sentence: str
) -> None:
    privacy = {"title": "Dane", "body": ["Zostają tutaj."], "retention_days": days}
    screenplay = shown(contents.load(contents.signup(privacy=privacy), language="pl", words=POLISH))
    place = screenplay.visible.places[0]
    assert isinstance(place, SignupForm)
    assert privacy_detail(place, screenplay.context).facts[-1].label == sentence


@pytest.mark.parametrize(
    ("top", "line"),
    [
        ({}, "A month. Valid until September 5, 2024."),
        ({"region": "us"}, "A month. Valid until September 5, 2024."),
        ({"region": "uk"}, "A month. Valid until 5 September 2024."),
        ({"language": "en-GB"}, "A month. Valid until 5 September 2024."),
    ],
)
def test_english_is_written_as_in_the_region(
    contents: Contents, top: dict[str, object], line: str
) -> None:
    screenplay = shown(contents.load(contents.offers(contents.offer(date(2024, 9, 5))), **top))
    assert screenplay.attract.posters[1].line == line


@pytest.mark.parametrize(
    ("language", "headline", "drawn"),
    [("de", "Grüß Gott", "GRÜSS GOTT"), ("tr", "İyi günler", "İYİ GÜNLER")],
)
def test_a_headline_is_drawn_in_capitals_and_read_as_it_is_written(
    contents: Contents, make_kiosk: MakeKiosk, language: str, headline: str, drawn: str
) -> None:
    home = {"headline": headline, "lead": "…"}
    kiosk = make_kiosk(contents.load(contents.timeline(), language=language, home=home))
    kiosk.home()
    kiosk.draw()
    texts = {
        str(item.property("heading")): str(item.property("text"))
        for item in descendants(kiosk.window.contentItem())
        if item.property("heading") is not None
    }
    assert texts[headline].replace("\u00a0", " ") == drawn
