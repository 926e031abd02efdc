"""What `kiosk check` warns of: in which order, at which spot, and what is silenced."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.blocks.problem_codes import SilenceableRule
from kiosk.content.check.loading import Loaded, load
from kiosk.content.lint.report import report
from kiosk.content.lint.rule import Subject
from kiosk.content.lint.rules import RULES
from kiosk.places.offers.model import Offers
from tests.conftest import CHECKOUT, Block, Contents
from tests.content.conftest import MINIMAL, Write
from tests.content.linting import lint
from tests.long_runs import examples

DAY = date(2024, 5, 1)
ENDED = date(2024, 3, 1)
NUMBER = re.compile(r"\d+(?:\.\d+)*")


@pytest.fixture
def loaded(content_file: Write) -> Loaded:
    """Its last race ends on April 7, 2024, its offer stands from January 1 to December 31."""
    terms = "24 monthly payments of $349, $349 due at signing, no security deposit."
    text = MINIMAL.replace("terms: An example.", f"terms: {terms}").replace("Example", "Our")
    file = content_file(text.replace("217 555 0137", "217 555 2137"))
    Image.new("RGB", (960, 540)).save(file.parent / "assets" / "car.png")
    return load(file)


def _said(loaded: Loaded, today: date) -> list[str]:
    return [problem.in_file("content.yaml") for problem in lint(loaded, today)]


def test_content_in_its_dates_has_no_warning(loaded: Loaded) -> None:
    assert _said(loaded, date(2024, 4, 7)) == []


def test_a_season_without_a_race_ahead_is_warned_of(loaded: Loaded) -> None:
    assert _said(loaded, date(2024, 4, 8)) == [
        "content.yaml:39:7: warning: no race of 'Schedule' lies ahead; the screen shows"
        " season_over, add the next dates when they are known [season-over]"
    ]


def test_an_offer_that_ended_is_warned_of_behind_the_season(loaded: Loaded) -> None:
    season, offer = _said(loaded, date(2025, 1, 1))

    assert "no race of 'Schedule' lies ahead" in season
    assert offer == (
        "content.yaml:56:22: warning: 'Lease a Cooper' ended on 2024-12-31 and is not shown;"
        " extend or remove it [ended-offer]"
    )


def test_broken_content_has_problems_and_no_warnings(content_file: Write) -> None:
    assert lint(load(content_file("x")), date(2030, 1, 1)) == []


def test_every_rule_can_be_silenced_and_has_a_name_of_its_own() -> None:
    assert tuple(rule.name for rule in RULES) == get_args(SilenceableRule)


def test_every_rule_is_in_the_documentation() -> None:
    text = (CHECKOUT / "docs" / "linting.md").read_text(encoding="utf-8")

    for name in (*get_args(SilenceableRule), "consent-version", "unused-silence"):
        assert f"| `{name}`" in text
    for rule in RULES:
        assert all(number in text for number in NUMBER.findall(rule.source))


def test_warnings_come_in_the_order_of_the_file(contents: Contents) -> None:
    loaded = contents.load(
        contents.schedule((ENDED, ENDED)),
        contents.offers(contents.offer(ENDED)),
        contents.timeline(picture={"file": "car.png"}),
    )
    spots = [problem.spot for problem in lint(loaded, DAY)]

    assert len(spots) == 5
    assert spots == sorted(spots)


# Silencing


@pytest.fixture
def silenced(contents: Contents) -> Callable[..., tuple[list[str], list[str]]]:
    """The rules of what is told and of what is not, with some entries of `silence`."""

    def run(*entries: Block, today: date = DAY) -> tuple[list[str], list[str]]:
        offer = contents.offer(ENDED, picture={"file": "car.png"}, example=False)
        other = contents.offer(ENDED, title="Another", example=False, figure="New", unit="car")
        place = contents.offers(offer, other, name="Specials")
        silence = [{"reason": "It was looked at.", **entry} for entry in entries]
        found = report(contents.load(place, silence=silence), today)
        return (
            sorted(problem.rule for problem in found.problems),
            sorted(one.problem.rule for one in found.silenced),
        )

    return run


def test_without_silence_everything_is_told(
    silenced: Callable[..., tuple[list[str], list[str]]],
) -> None:
    reported, quiet = silenced()

    assert reported == ["ended-offer", "ended-offer", "lease-terms", "picture-size"]
    assert quiet == []


@pytest.mark.parametrize(
    ("entry", "count"),
    [
        (None, 2),
        ("Another", 1),
        ("another", 1),
        ("Lease a Cooper", 1),
        ("Specials", 2),
        ("The offers", 2),
        ("Somebody else", 0),
    ],
)
def test_a_silence_covers_its_entry(
    silenced: Callable[..., tuple[list[str], list[str]]], entry: str | None, count: int
) -> None:
    reported, quiet = silenced({"rule": "ended-offer", **({"entry": entry} if entry else {})})

    assert quiet == ["ended-offer"] * count
    assert reported.count("ended-offer") == 2 - count
    assert "unused-silence" not in reported


@pytest.mark.parametrize("entry", ["car.png", "Lease a Cooper", "Specials"])
def test_a_picture_is_silenced_by_its_file_or_by_what_it_belongs_to(
    silenced: Callable[..., tuple[list[str], list[str]]], entry: str
) -> None:
    assert silenced({"rule": "picture-size", "entry": entry})[1] == ["picture-size"]


def test_a_silence_that_silences_nothing_is_told_with_its_spot(contents: Contents) -> None:
    silence = [{"rule": "contrast", "reason": "Seen on the wall."}]
    loaded = contents.load(contents.timeline(), silence=silence)
    (problem,) = lint(loaded, DAY)

    assert (problem.rule, problem.severity) == ("unused-silence", "warning")
    assert problem.message.startswith("there is no 'contrast' warning to silence; remove")
    line = loaded.file.read_text().splitlines()[problem.spot.line - 1]
    assert line[: problem.spot.column - 1].strip() == "-"


def test_what_comes_and_goes_with_the_day_may_be_silenced_ahead(contents: Contents) -> None:
    silence = [{"rule": "season-over", "reason": "No news before spring."}]
    place = contents.schedule((DAY, DAY))
    loaded = contents.load(place, silence=silence)

    assert lint(loaded, DAY) == []
    assert lint(loaded, date(2024, 5, 2)) == []
    assert [one.reason for one in report(loaded, date(2024, 5, 2)).silenced] == [
        "No news before spring."
    ]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            {"rule": "leaseterms", "reason": "It was looked at."},
            "'leaseterms' is not allowed for 'rule'; did you mean 'lease-terms'?",
        ),
        (
            {"rule": "x", "reason": "It was looked at."},
            "'x' is not allowed for 'rule'; write 'credit",
        ),
        ({"rule": "sum"}, "'reason' is missing"),
        ({"rule": "sum", "reason": "Fine."}, "'reason' says too little; write in a sentence why"),
        ({"rule": "sum", "reason": "It was looked at.", "entri": "x"}, "did you mean 'entry'?"),
    ],
    ids=str,
)
def test_a_silence_that_is_not_in_order_is_an_error(
    contents: Contents, entry: Block, expected: str
) -> None:
    (problem,) = load(contents.write(contents.timeline(), silence=[entry])).problems

    assert expected in problem.message
    assert problem.severity == "error"


def test_a_region_that_is_not_known_is_an_error(contents: Contents) -> None:
    (problem,) = load(contents.write(contents.timeline(), region="ca")).problems

    assert problem.message == "'ca' is not allowed for 'region'; write 'us', 'uk', 'eu' or 'other'"


# Whatever is written


WORDS = (
    *("Lease", "finance", "$349", "£1,234.50", "$0", "€1", "a month", "per month", "/mo", "4.9%"),
    *("APR", "representative example", "36", "payments of", "monthly", "down", "due at signing"),
    *("total", "in all", "security deposit", "for 999 months", "two years", "financed", "first"),
    *("payment", "fee", "no", "is", "of", ":", ".", ",", "(", "balloon payment", "100% APR"),
    *("0 payments", "$1,000", "per", "interest", "İ", "車", "percent", "acquisition fee of"),
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=TEXTS, unit=TEXTS, summary=TEXTS, terms=TEXTS, region=st.sampled_from(["us", "uk", "x"])
)
def test_no_words_of_an_offer_break_the_linter(
    loaded: Loaded, title: str, unit: str, summary: str, terms: str, region: str
) -> None:
    assert loaded.content is not None
    place = next(p for p in loaded.content.places if isinstance(p, Offers))
    offer = place.offers[0].model_copy(
        update={"title": title, "unit": unit, "summary": summary, "terms": terms}
    )
    changed = place.model_copy(update={"offers": (offer,)})
    content = loaded.content.model_copy(update={"places": (changed,), "region": region})
    subject = Subject(content, DAY, loaded.assets)

    for rule in RULES:
        for finding in rule.find(subject):
            assert finding.message
            assert finding.path[:1] in {("places",), ("theme",)}
