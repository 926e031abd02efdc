"""What changed is told in words that staff would use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kiosk.content.model import Content
from kiosk.content.versions.changes import MOST_CHANGES, changes
from tests.conftest import Contents

Make = Callable[..., Content]


@pytest.fixture
def make(contents: Contents) -> Make:
    def make(*places: dict[str, object], **top: object) -> Content:
        content = contents.load(*places, **top).content
        assert content is not None
        return content

    return make


def test_nothing_changed_is_nothing_said(make: Make, contents: Contents) -> None:
    assert changes(make(contents.timeline()), make(contents.timeline())) == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            {"until": date(2024, 1, 15)},
            {"until": date(2024, 1, 31)},
            "offer 'Lease a Cooper' now ends 2024-01-31",
        ),
        ({}, {"figure": "$299"}, "offer 'Lease a Cooper': figure is now '$299'"),
        ({}, {"terms": "Other terms. " * 8}, "offer 'Lease a Cooper': terms changed"),
        ({}, {"summary": "In May only."}, "offer 'Lease a Cooper': summary is now 'In May only.'"),
        ({"summary": "Once."}, {}, "offer 'Lease a Cooper': summary removed"),
        (
            {},
            {"valid_from": date(2024, 1, 1)},
            "offer 'Lease a Cooper' now starts 2024-01-01",
        ),
        ({}, {"picture": {"file": "car.png"}}, "offer 'Lease a Cooper': picture added"),
        ({}, {"example": False}, "offer 'Lease a Cooper': example is now no"),
    ],
)
def test_a_changed_field_of_an_offer(
    make: Make,
    contents: Contents,
    before: dict[str, object],
    after: dict[str, object],
    expected: str,
) -> None:
    old, new = (
        make(contents.offers(contents.offer(**{"until": date(2024, 6, 1), **given})))
        for given in (before, after)
    )
    if "until" not in before:
        assert changes(old, new) == (expected,)
    else:
        assert expected in changes(old, new)


def test_an_entry_that_comes_and_one_that_goes(make: Make, contents: Contents) -> None:
    lease, loan = (
        contents.offer(date(2024, 6, 1), title=title) for title in ("Winter lease", "Loan")
    )

    assert changes(make(contents.offers(lease)), make(contents.offers(lease, loan))) == (
        "new offer 'Loan'",
    )
    assert changes(make(contents.offers(lease, loan)), make(contents.offers(loan))) == (
        "offer 'Winter lease' removed",
    )


def test_entries_in_another_order(make: Make, contents: Contents) -> None:
    lease, loan = (contents.offer(date(2024, 6, 1), title=title) for title in ("Lease", "Loan"))

    assert changes(make(contents.offers(lease, loan)), make(contents.offers(loan, lease))) == (
        "offer: order changed",
    )


def test_a_race_that_moves(make: Make, contents: Contents) -> None:
    before = make(contents.schedule((date(2024, 5, 3), date(2024, 5, 5))))
    after = make(contents.schedule((date(2024, 5, 10), date(2024, 5, 12))))

    assert changes(before, after) == ("race 'Track 1' moved to 2024-05-10 to 2024-05-12",)


def test_places_are_told_apart_by_their_id(make: Make, contents: Contents) -> None:
    before = make(contents.timeline(), contents.team())
    after = make(contents.timeline(name="History"), contents.links())

    assert changes(before, after) == (
        "'Team' removed",
        "new 'Links'",
        "place 'Timeline' is now called 'History'",
    )


def test_the_only_block_of_its_kind_needs_no_name(make: Make, contents: Contents) -> None:
    before = make(contents.timeline())
    after = make(contents.timeline(), home={"headline": "Large car", "lead": "A car for everyone."})

    assert changes(before, after) == ("home: headline is now 'Large car'",)


def test_words_and_colors(make: Make, contents: Contents) -> None:
    before = make(contents.timeline())
    after = make(contents.timeline(), words={"home": "Start"}, theme={"accent": "#00aa00"})

    assert changes(before, after) == (
        "colors: accent is now '#00aa00'",
        "the kiosk's word 'home' changed",
    )


def test_a_driver_inside_a_place(make: Make, contents: Contents) -> None:
    assert changes(make(contents.team(2)), make(contents.team(3))) == ("new driver 'Driver 3'",)


def test_very_many_changes_are_cut(make: Make, contents: Contents) -> None:
    before, after = (
        make(
            contents.offers(
                *(contents.offer(date(2024, 6, 1), title=f"No. {n}", figure=f) for n in range(300))
            )
        )
        for f in ("$1", "$2")
    )

    output = changes(before, after)

    assert len(output) == MOST_CHANGES + 1
    assert output[-1] == "and more"


def test_an_entry_with_another_name_is_told_as_renamed(make: Make, contents: Contents) -> None:
    before = contents.timeline(chapters=[contents.article("A win", figure="1964")])
    after = contents.timeline(chapters=[contents.article("A great win", figure="1964")])
    assert changes(make(before), make(after)) == ("chapter 'A win' is now called 'A great win'",)


def test_an_entry_that_takes_the_place_of_another_is_new(make: Make, contents: Contents) -> None:
    before = contents.timeline(chapters=[contents.article("A win", figure="1964")])
    other = {"title": "The desert", "summary": "Sand.", "body": ["Hot."], "figure": "2021"}
    assert changes(make(before), make(contents.timeline(chapters=[other]))) == (
        "chapter 'A win' removed",
        "new chapter 'The desert'",
    )


def links(word: str) -> list[dict[str, str]]:
    return [{"name": f"{word} {n}", "address": f"https://www.example.com/{n}"} for n in range(120)]


def test_of_another_content_nobody_looks_for_renamed_entries(
    make: Make, contents: Contents
) -> None:
    before, after = (
        {**contents.links(), "groups": [{"name": "All", "links": links(word)}]}
        for word in ("Site", "Sitio")
    )
    reported = changes(make(before), make(after))
    assert "link 'Site 7' removed" in reported
    assert not [sentence for sentence in reported if "is now called" in sentence]
