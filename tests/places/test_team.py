"""A team on screen: drivers, and people to talk to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.content.check.loading import load
from kiosk.places.presenting import Context
from kiosk.places.team.model import Team
from kiosk.places.team.presentation import door, initials, is_of_faces, person_page, person_row

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.conftest import Block, Contents

PHONE = "+1 217 555 0137"
LINK = {"name": "Book a visit", "address": "https://www.example.com"}

Shown = tuple[Team, Context]


@pytest.fixture
def shown(contents: Contents, moment: datetime) -> Callable[..., Shown]:
    """A team of people, without a driver or a season."""

    def show(*people: Block) -> Shown:
        loaded = contents.load(_team(contents, *people))
        assert loaded.content is not None
        (place,) = loaded.content.places
        assert isinstance(place, Team)
        return place, Context(loaded.content.words, moment, loaded.assets)

    return show


def test_people_need_no_driver_and_no_season(shown: Callable[..., Shown]) -> None:
    place, context = shown({"title": "Anna Lopez"})

    assert (place.drivers, place.season) == ((), None)
    assert door(place, context).line == place.title


def test_a_team_of_nobody_is_refused(contents: Contents) -> None:
    (problem,) = load(contents.write(_team(contents))).problems

    assert problem.code == "too-few"
    assert "people:" in problem.message


@pytest.mark.parametrize(
    ("expected", "of_faces"),
    [
        ({}, False),
        ({"role": "Sales"}, True),
        ({"phone": PHONE}, True),
        ({"languages": ["English"]}, True),
    ],
)
def test_somebody_to_talk_to_is_shown_by_the_face(
    shown: Callable[..., Shown], expected: Block, of_faces: bool
) -> None:
    place, _ = shown(
        {"title": "The workshop", "summary": "Where it is."}, {"title": "Bo", **expected}
    )

    assert is_of_faces(place) == of_faces


def test_a_photograph_keeps_the_face_in_view(shown: Callable[..., Shown]) -> None:
    place, context = shown(
        {"title": "Anna", "picture": {"file": "car.png"}},
        {"title": "Bo", "picture": {"file": "car.png", "focus_y": "0.5"}},
        {"title": "Carl"},
    )

    anna, bo, carl = (person_row(person, context) for person in place.people)

    assert (anna.focus_y, bo.focus_y) == (0.25, 0.5)
    assert carl.source == ""


def test_a_page_says_which_languages_and_calls_the_phone(shown: Callable[..., Shown]) -> None:
    anna = {"title": "Anna", "phone": PHONE, "languages": ["English", "Español"], "link": LINK}
    place, context = shown(anna)

    page = person_page(place, 0, context)

    assert page.languages == "English, Español"
    assert page.code == "tel:+12175550137"
    assert (page.code_name, page.code_caption) == (PHONE, "Scan to call.")
    assert page.next_name == ""


def test_without_a_phone_the_link_is_what_is_taken_home(shown: Callable[..., Shown]) -> None:
    place, context = shown({"title": "Anna", "role": "Sales", "link": LINK})

    page = person_page(place, 0, context)

    assert (page.code, page.code_name) == ("https://www.example.com", "Book a visit")


def test_pages_lead_from_one_to_the_next_and_around(shown: Callable[..., Shown]) -> None:
    place, context = shown({"title": "Anna"}, {"title": "Bo"})

    following = [person_page(place, n, context) for n in range(2)]

    assert [(page.next_name, page.next_entry) for page in following] == [("Bo", 1), ("Anna", 0)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("PJ Groenke", "PG"), ("Anna Maria Lopez", "AL"), ("Bo", "B")],
)
def test_initials_are_of_the_first_name_and_the_last(name: str, expected: str) -> None:
    assert initials(name) == expected


def _team(contents: Contents, *people: Block) -> Block:
    team = {**contents.team(), "people": list(people)}
    return {key: value for key, value in team.items() if key not in ("drivers", "season")}
