"""What a signup's visitor is told: the privacy page, and all of it as text for the proof."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.content.words import Words
from kiosk.places.presenting import Context
from kiosk.places.rows import Detail, FactRow
from kiosk.places.signup.model import SignupForm
from kiosk.places.signup.presentation import notice, privacy_detail

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from tests.conftest import Block, Contents

WORDS = Words()
PRIVACY = {"title": "Your details", "body": ["They stay here.", "Ask for them."]}
TOLD = """\
The signup
We share nothing.

Privacy
Your details

Who we are: Our place
1 Main Street, Springfield
What for: News by email.
How to stop: Tell us.
How long: 30 days after they are handed to the dealership, your details are erased from this kiosk.

They stay here.

Ask for them."""


class Form:
    """A signup place as the content file tells it."""

    def __init__(self, contents: Contents, moment: datetime, words: Words = WORDS) -> None:
        self._contents = contents
        self._context = Context(words, moment, Path("/nowhere"))

    def place(self, **other: object) -> SignupForm:
        loaded = self._contents.load(self._contents.signup(**other))
        assert loaded.content is not None
        (place,) = loaded.content.places
        assert isinstance(place, SignupForm)
        return place

    def page(self, **other: object) -> Detail:
        return privacy_detail(self.place(**other), self._context)

    def notice(self, **other: object) -> str:
        return notice(self.place(**other), self._context)


@pytest.fixture
def form(contents: Contents, moment: datetime) -> Form:
    return Form(contents, moment)


def retention(days: int | None) -> dict[str, Block]:
    return {"privacy": PRIVACY if days is None else {**PRIVACY, "retention_days": days}}


def test_the_page_tells_who_what_for_how_to_stop_and_how_long(form: Form) -> None:
    page = form.page(picture={"file": "car.png", "focus_x": 0.2})
    assert (page.layout, page.overline, page.title) == ("words", "Privacy", "Your details")
    assert page.facts == (
        FactRow("Who we are", "Our place\n1 Main Street, Springfield"),
        FactRow("What for", "News by email."),
        FactRow("How to stop", "Tell us."),
        FactRow("How long", WORDS.privacy_kept_open),
    )
    assert page.paragraphs == ("They stay here.", "Ask for them.")
    assert page.picture.source == "file:///nowhere/car.png"
    assert page.picture.focus_x == 0.2
    assert not page.example


def test_how_long_is_said_in_a_sentence_that_reads(form: Form) -> None:
    handed = "after they are handed to the dealership, your details are erased from this kiosk."
    for days, output in (
        (None, "Your details stay on this kiosk until the dealership erases them."),
        (1, f"One day {handed}"),
        (2, f"2 days {handed}"),
        (3650, f"3,650 days {handed}"),
    ):
        assert form.page(**retention(days)).facts[3].label == output
        assert output in form.notice(**retention(days))


def test_the_notice_is_plain_text_that_can_be_read_years_from_now(form: Form) -> None:
    assert form.notice(**retention(30)) == TOLD


def test_an_example_is_told_as_one(form: Form) -> None:
    controller = {"name": "Us", "street": "PO Box 5", "city": "Alton", "example": True}
    assert form.page(controller=controller).example
    assert "\nExample\n" in form.notice(controller=controller)
    assert "Example" not in form.notice()


def test_whatever_is_told_otherwise_is_another_notice_and_nothing_else(form: Form) -> None:
    there = {"name": "Our place", "street": "1 Main Street", "city": "Springfield"}
    changes: list[Block] = [
        {"title": "Other news"},
        {"promise": "We share a little."},
        {"controller": {**there, "name": "Others"}},
        {"controller": {**there, "street": "2 Main Street"}},
        {"purpose": "News by post."},
        {"withdraw": "Write to us."},
        {"privacy": {**PRIVACY, "title": "About you"}},
        {"privacy": {**PRIVACY, "body": ["They stay here."]}},
        {"privacy": {**PRIVACY, "retention_days": 30}},
    ]
    assert [change for change in changes if form.notice(**change) == form.notice()] == []
    assert form.notice() == form.notice(picture={"file": "car.png"})


def test_the_default_content_fits_the_form_and_the_page(
    default_loaded: Loaded, moment: datetime
) -> None:
    content = default_loaded.content
    assert content is not None
    place = next(place for place in content.places if isinstance(place, SignupForm))
    context = Context(content.words, moment, default_loaded.assets)
    reported = notice(place, context)
    assert reported.splitlines()[:2] == [place.title, place.promise]
    assert "100 Example Avenue, Springfield, IL 62701" in reported
    assert "\nExample\n" in reported
    assert privacy_detail(place, context).example
