"""The content that comes with the kiosk is in order and tells all that the source page told."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
import yaml

from kiosk.blocks.block import Place
from kiosk.blocks.words import NOT_NEEDED
from kiosk.content.check.loading import Loaded
from kiosk.content.model import Content
from kiosk.content.words import Words
from kiosk.places.dealers.model import Dealers
from kiosk.places.features.model import Features
from kiosk.places.links.model import Links
from kiosk.places.models.model import Models
from kiosk.places.offers.model import Offers
from kiosk.places.schedule.model import Schedule
from kiosk.places.signup.model import SignupForm
from kiosk.places.team.model import Team
from kiosk.places.timeline.model import Timeline
from tests.conftest import CHECKOUT
from tests.content.linting import lint

P = TypeVar("P", bound=Place)
FILE = CHECKOUT / "content.yaml"

RACES = [
    ("Sonoma Raceway", "Sonoma", "CA", date(2024, 4, 5), date(2024, 4, 7)),
    ("Sebring International Raceway", "Sebring", "FL", date(2024, 5, 3), date(2024, 5, 5)),
    ("Circuit of the Americas", "Austin", "TX", date(2024, 5, 17), date(2024, 5, 19)),
    ("Virginia International Raceway", "Alton", "VA", date(2024, 7, 19), date(2024, 7, 21)),
    ("Road America", "Plymouth", "WI", date(2024, 8, 16), date(2024, 8, 18)),
    ("Barber Motorsports Park", "Birmingham", "AL", date(2024, 9, 6), date(2024, 9, 8)),
    ("Indianapolis Motor Speedway", "Indianapolis", "IN", date(2024, 10, 4), date(2024, 10, 6)),
]
MODELS = {
    "2025": [
        "MINI Countryman S ALL4",
        "MINI JCW Countryman ALL4",
        "MINI Cooper 2 Door",
        "MINI Cooper 4 Door",
    ],
    "2024": [
        "MINI Electric Hardtop 2 Door",
        "MINI Convertible",
        "MINI Electric",
        "MINI John Cooper Works",
    ],
    "Outgoing 2024": [
        "MINI Countryman",
        "MINI Hardtop 2 Door",
        "MINI Hardtop 4 Door",
        "MINI Clubman",
    ],
}
MENU = {
    "Community": ["Why MINI", "Covered Maintenance", "Our Heritage", "Motorsports"],
    "Shopping tools": [
        "Build a New MINI",
        "Find a Dealer",
        "Schedule a Test Drive",
        "Special Offers",
        "Estimate a Payment",
        "MINI Financial Services",
        "Certified Pre-Owned",
        "Military Program",
        "MINI Mobility Program",
        "Motoring Protection Programs",
        "U.S. Diplomatic Sales Program",
        "MINI App",
    ],
    "Legal & help": [
        "Contact Us",
        "Safety and Emission Recalls",
        "MINI Accessibility Statement",
        "Frequently Asked Questions",
        "Privacy & Legal",
        "Do Not Sell My Personal Information",
        "MINI.com",
        "Ad Choices",
        "Manage Cookies",
    ],
    "Owners & careers": ["Login", "MINI Careers"],
    "Social": ["TikTok", "Facebook", "Instagram", "Twitter", "YouTube"],
}
PROGRAMMES = [
    "MINI Financial Services",
    "Certified Pre-Owned",
    "Military Program",
    "MINI Mobility Program",
    "Motoring Protection Programs",
    "U.S. Diplomatic Sales Program",
    "Covered Maintenance",
]
HERITAGE = [
    "Alec Issigonis",
    "John Cooper",
    "997",
    "Tulip Rally",
    "Pat Moss",
    "Monte Carlo",
    "Paddy Hopkirk",
    "Dakar",
    "Stéphane Peterhansel",
    "Saudi Arabia",
    "Crew of the Year",
]


@pytest.fixture(scope="module")
def content(default_loaded: Loaded) -> Content:
    assert default_loaded.content is not None
    return default_loaded.content


def _place(content: Content, kind: type[P]) -> P:
    (place,) = (place for place in content.places if isinstance(place, kind))
    return place


def test_while_its_season_runs_it_is_only_warned_of_its_examples(default_loaded: Loaded) -> None:
    rules = [problem.rule for problem in lint(default_loaded, date(2024, 4, 1))]

    assert default_loaded.problems == ()
    assert rules == ["example-left"] * 3


def test_all_seven_weekends_have_their_days_and_places(content: Content) -> None:
    races = _place(content, Schedule).races

    assert [(r.venue, r.city, r.region, r.starts, r.ends) for r in races] == RACES
    assert all(r.starts.weekday() == 4 and r.ends.weekday() == 6 for r in races)  # Fri to Sun


def test_every_track_lies_on_the_map(content: Content) -> None:
    from kiosk.places.schedule.presentation import on_map

    schedule = _place(content, Schedule)
    assert schedule.map is not None
    for race in schedule.races:
        assert race.position is not None
        assert on_map(schedule.map, race.position) is not None


def test_the_drivers_have_their_cars_and_results(content: Content) -> None:
    team = _place(content, Team)

    assert [(d.name, d.number, d.result) for d in team.drivers] == [
        ("Clayton Williams", "60", "2nd"),
        ("Christian Perocarpi", "61", "4th"),
        ("PJ Groenke", None, "9th"),
    ]
    assert [(fact.figure, fact.label) for fact in team.results[:3]] == [
        ("2nd", "team, Touring Car (TC)"),
        ("3rd", "team, Touring Car A (TCA)"),
        ("7", "tracks around the US"),
    ]


def test_the_people_behind_the_team_are_told(content: Content) -> None:
    people = {person.title: str(person) for person in _place(content, Team).people}

    assert list(people) == ["LAP Motorsports", "Luis Perocarpi", "The Bulldog Race Team"]
    assert "Indianapolis" in people["LAP Motorsports"]
    assert "2008" in people["Luis Perocarpi"]
    assert "Nürburg" in people["The Bulldog Race Team"]


def test_heritage_tells_every_victory(content: Content) -> None:
    reported = str(_place(content, Timeline))

    assert [name for name in HERITAGE if name not in reported] == []
    years = {chapter.figure for chapter in _place(content, Timeline).chapters}
    assert {"1964", "2021", "2023"} <= years


def test_privateers_find_the_school_the_prizes_and_the_club(content: Content) -> None:
    features = {feature.title: str(feature) for feature in _place(content, Features).features}

    assert list(features) == [
        "Performance Driving School",
        "Motoring Awards Program",
        "The 37 Club",
    ]
    assert "Spartanburg, SC" in features["Performance Driving School"]
    assert "Thermal, CA" in features["Performance Driving School"]


def test_every_programme_is_told(content: Content) -> None:
    assert [p.title for p in _place(content, Offers).programmes] == PROGRAMMES


def test_every_figure_of_money_wears_the_example_ribbon(content: Content) -> None:
    offers = _place(content, Offers)

    assert offers.offers
    assert all(offer.example for offer in offers.offers)
    assert offers.estimator is not None
    assert offers.estimator.example


def test_every_dealer_wears_the_example_ribbon(content: Content) -> None:
    dealers = _place(content, Dealers)

    assert dealers.others
    for dealer in (dealers.here, *dealers.others):
        assert dealer.example
        assert dealer.phone
        assert dealer.opening_hours


def test_every_model_of_both_years_is_there(content: Content) -> None:
    line_ups = _place(content, Models).line_ups

    assert {up.name: [model.name for model in up.models] for up in line_ups} == MODELS


def test_every_entry_of_the_menus_can_be_taken_home(content: Content) -> None:
    groups = _place(content, Links).groups

    assert {group.name: [link.name for link in group.links] for group in groups} == MENU
    assert any("trademarks" in line for line in _place(content, Links).legal)


def test_the_newsletter_promises_not_to_share(content: Content) -> None:
    signup = _place(content, SignupForm)

    assert "not share" in signup.promise
    assert signup.consent.version


def test_the_newsletter_says_who_asks_and_that_this_is_an_example(content: Content) -> None:
    controller = _place(content, SignupForm).controller

    assert (controller.name, controller.street, controller.city) == (
        "Example MINI of Springfield",
        "100 Example Avenue",
        "Springfield, IL 62701",
    )
    assert controller.example


def test_nobody_is_on_the_list_before_the_address_is_confirmed(content: Content) -> None:
    signup = _place(content, SignupForm)

    assert "confirm" in signup.thanks
    assert "sends no email" in " ".join(signup.privacy.body)


def test_the_privacy_page_tells_who_gets_the_details_and_how_to_have_them_erased(
    content: Content,
) -> None:
    privacy = _place(content, SignupForm).privacy
    reported = " ".join(privacy.body)

    assert privacy.retention_days == 30
    for word in ("kept on this kiosk", "to nobody else", "proof", "copy", "erased"):
        assert word in reported


def test_names_the_source_page_misspelled_are_right(content: Content) -> None:
    reported = str(content)

    assert "Virgina" not in reported
    assert "Perocapri" not in reported


def test_every_word_of_the_kiosk_is_there_to_be_changed() -> None:
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))["words"]

    assert listed.keys() == Words.model_fields.keys() - {"plurals", *NOT_NEEDED}


def test_the_listed_words_are_the_usual_ones(content: Content) -> None:
    of_races = {
        name: getattr(Words(), name) for name in ("next_race", "racing_now", "race_calendar")
    }
    assert content.words.model_copy(update=of_races) == Words()
