"""Opening hours: as staff write them, and as visitors read them at a moment."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.blocks.opening_times import DAY, spans_of
from kiosk.blocks.refusal import Refusal
from kiosk.content.words import Words
from kiosk.places.dealers.model import WEEK, Dealer, Dealers
from kiosk.places.dealers.presentation import (
    dealer_detail,
    door,
    hours_rows,
    opening_line,
    opening_now,
)
from kiosk.places.presenting import Context

BERLIN = ZoneInfo("Europe/Berlin")
USUAL = {**dict.fromkeys(WEEK[:5], "9:00-18:00"), "saturday": "10:00-14:00", "sunday": "closed"}
CHRISTMAS = [
    {"date": "2026-12-24", "open": "9:00-12:00", "name": "Christmas Eve"},
    {"date": "2026-12-25", "until": "2026-12-27", "closed": "true"},
]
SPLIT = "9:00-12:00, 13:00-18:00"


def _dealer(week: dict[str, str] | None = None, **own: Any) -> Dealer:
    place = {"latitude": "52.5", "longitude": "13.4"}
    head = {"name": "Ours", "street": "Street 1", "city": "Town", "position": place}
    return Dealer.model_validate({**head, "opening_hours": week or USUAL, **own})


def _context(now: datetime, language: str = "en", region: str = "us", **own: Any) -> Context:
    return Context(Words(), now, Path("/nowhere"), language=language, region=region, **own)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


# 2026-12-14 is a Monday.
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-14 08:59", ("Opens at 9 AM", "")),
        ("2026-12-14 09:00", ("Open until 6 PM", "")),
        ("2026-12-14 17:59:59", ("Open until 6 PM", "")),
        ("2026-12-14 18:00", ("Closed now", "Opens tomorrow at 9 AM")),
        ("2026-12-19 14:00", ("Closed now", "Opens Monday at 9 AM")),
        ("2026-12-20 11:00", ("Closed today", "Opens tomorrow at 9 AM")),
        ("2026-12-24 11:00", ("Open until 12 PM", "")),
        ("2026-12-24 12:00", ("Closed now", "Opens Monday at 9 AM")),
        ("2026-12-25 12:00", ("Closed today", "Opens Monday at 9 AM")),
    ],
)
def test_visitors_read_whether_it_is_open(now: str, expected: tuple[str, str]) -> None:
    assert opening_now(_dealer(exceptions=CHRISTMAS), _context(_at(now))) == expected


@pytest.mark.parametrize(
    ("week", "now", "expected"),
    [
        (dict.fromkeys(WEEK, SPLIT), "2026-12-14 11:00", "Open until 12 PM"),
        (dict.fromkeys(WEEK, SPLIT), "2026-12-14 12:30", "Opens at 1 PM"),
        (dict.fromkeys(WEEK, "8:30-17:15"), "2026-12-14 11:00", "Open until 5:15 PM"),
        (dict.fromkeys(WEEK, "0:00-24:00"), "2026-12-14 11:00", "Open day and night"),
        (dict.fromkeys(WEEK, "9:00-24:00"), "2026-12-14 11:00", "Open until 12 AM"),
        (dict.fromkeys(WEEK[:5], "0:00-24:00"), "2026-12-14 11:00", "Open until Saturday, 12 AM"),
        (
            {"friday": "20:00-24:00", "saturday": "0:00-2:00"},
            "2026-12-18 21:00",
            "Open until 2 AM",
        ),
        ({"monday": "closed"}, "2026-12-14 11:00", "Closed today"),
        ({"monday": "9:00-12:00"}, "2026-12-14 12:00", "Opens December 21 at 9 AM"),
    ],
)
def test_unusual_weeks(week: dict[str, str], now: str, expected: str) -> None:
    line = opening_line(_dealer(week), _context(_at(now)))
    assert line.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("language", "region", "expected"),
    [
        ("de", "eu", "18:00"),
        ("en", "uk", "18:00"),
        ("es-US", "us", "6 p.m."),
    ],
)
def test_the_time_reads_as_in_the_language(language: str, region: str, expected: str) -> None:
    line = opening_line(_dealer(), _context(_at("2026-12-14 11:00"), language, region))
    assert line.replace("\u00a0", " ") == f"Open until {expected}"


def told_hours(dealer: Dealer, context: Context) -> list[tuple[str, str]]:
    """Days and times, without what keeps them in one line."""
    rows = hours_rows(dealer, context)
    return [(row.figure, row.label.replace("\u00a0", " ").replace("\u2060", "")) for row in rows]


def test_days_with_the_same_hours_stand_on_one_line() -> None:
    assert told_hours(_dealer(), _context(_at("2026-11-10 11:00"))) == [
        ("Monday to Friday", "9 AM – 6 PM"),
        ("Saturday", "10 AM – 2 PM"),
        ("Sunday", "Closed"),
    ]


def test_a_pair_of_days_and_a_day_between_others() -> None:
    week = {**USUAL, "wednesday": SPLIT, "saturday": "closed"}
    rows = told_hours(_dealer(week), _context(_at("2026-11-10 11:00"), "fr"))
    assert [days for days, _ in rows] == [
        "Lundi et mardi",
        "Mercredi",
        "Jeudi et vendredi",
        "Samedi et dimanche",
    ]
    assert rows[1][1] == "09:00 – 12:00, 13:00 – 18:00"


def test_a_span_of_hours_is_not_broken_between_two_lines() -> None:
    week = {**USUAL, "monday": SPLIT}
    label = hours_rows(_dealer(week), _context(_at("2026-11-10 11:00")))[0].label
    assert label.count(" ") == 1
    assert label.count("–\u2060\u00a0") == 2


def test_days_that_differ_are_announced_a_week_before() -> None:
    dealer = _dealer(exceptions=CHRISTMAS)
    before, ahead, over = (
        told_hours(dealer, _context(_at(f"{day} 11:00")))[:-3]
        for day in ("2026-12-16", "2026-12-18", "2026-12-28")
    )
    assert before == over == []
    assert ahead == [
        ("Dec 24 \u00b7 Christmas Eve", "9 AM – 12 PM"),
        ("December 25–27", "Closed"),
    ]


def test_a_clock_that_may_be_wrong_says_nothing_about_now() -> None:
    dealer = _dealer(exceptions=CHRISTMAS)
    wrong = _context(_at("2026-12-24 11:00"), is_clock_trusted=False)
    place = Dealers.model_construct(here=dealer, picture=None, directions="google")
    assert opening_now(dealer, wrong) == ("", "")
    assert "Dec" not in " ".join(row.figure for row in hours_rows(dealer, wrong))
    assert door(place, wrong).line == "Ours"


def test_hours_in_ones_own_words_stay_as_they_are() -> None:
    own = [{"days": "Every day", "open": "When the flag is up"}]
    dealer = _dealer(opening_hours=None, hours=own)
    context = _context(_at("2026-12-14 11:00"))
    assert [(row.figure, row.label) for row in hours_rows(dealer, context)] == [
        ("Every day", "When the flag is up")
    ]
    assert opening_now(dealer, context) == ("", "")


def test_the_door_and_the_page_say_it_too() -> None:
    here = _dealer()
    place = Dealers.model_construct(
        here=here, picture=None, directions="google", distance_unit="km"
    )
    context = _context(_at("2026-12-19 15:00"))
    assert door(place, context).line == "Opens Monday at 9 AM"
    facts = dealer_detail(here, context, place).facts
    assert ("Opening hours", "Opens Monday at 9 AM") in [
        (fact.figure, fact.label) for fact in facts
    ]


@given(
    week=st.fixed_dictionaries(
        dict.fromkeys(WEEK, st.sampled_from(["closed", "0:00-24:00", SPLIT, "18:00-24:00"]))
    ),
    minute=st.integers(0, 14 * DAY),
)
def test_what_visitors_read_changes_only_when_it_opens_or_closes(
    week: dict[str, str], minute: int
) -> None:
    dealer = _dealer(week)
    place = Dealers.model_construct(here=dealer, others=())
    moment = datetime(2026, 3, 2) + timedelta(minutes=minute)
    before = moment - timedelta(minutes=1)
    if moment not in {*place.turns_on(moment.date()), *place.turns_on(before.date())}:
        reported = [
            opening_now(dealer, _context(at.replace(tzinfo=BERLIN))) for at in (before, moment)
        ]
        assert reported[0] == reported[1] or moment.date() > before.date()


# As staff write them


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9:00-18:00", ((540, 1080),)),
        (" 09:00 – 18:00 ", ((540, 1080),)),
        (SPLIT, ((540, 720), (780, 1080))),
        ("0:00-24:00", ((0, DAY),)),
        ("Closed", ()),
    ],
)
def test_times_of_a_day(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert spans_of(text) == spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 am to 6 pm", "'9 am to 6 pm' is not written as opening hours; write \"9:00-18:00\""),
        ("9-18", 'write "9:00-18:00"'),
        ("9.30-18.15", 'write "9:30-18:15"'),
        ("9:00-12:00/13:00-18:00", 'write "9:00-12:00, 13:00-18:00"'),
        ("8h-12h", 'write "8:00-12:00"'),
        ("9:00-6:00", "'9:00-6:00' closes before it opens; write 9:00-18:00"),
        ("9:00-0:00", "write 9:00-24:00"),
        ("20:00-2:00", "write 20:00-24:00, and the rest on the day after"),
        ("9:00-9:00", "'9:00-9:00' opens and closes at the same time; write it like 9:00-18:00"),
        ("9:00-25:00", "has '25:00', which is not a time of day"),
        ("9:00-18:60", "has '18:60', which is not a time of day"),
        ("9:00", "'9:00' is not understood; write it like 9:00-18:00, or closed"),
        ("by appointment", "'by appointment' is not understood; write it like 9:00-18:00"),
        ("no", "'no' does not say when; write closed"),
        ("13:00-18:00, 9:00-12:00", "put the times in order"),
        ("9:00-12:00, 12:00-18:00", "with a break between them"),
    ],
)
def test_mistakes_are_told_with_what_to_write(text: str, expected: str) -> None:
    with pytest.raises(Refusal) as refused:
        spans_of(text)
    assert expected in refused.value.sentence


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(Refusal):
        assert all(0 <= opens < closes <= DAY for opens, closes in spans_of(text))


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"hours": [{"days": "x", "open": "y"}]}, "cannot stand beside hours:"),
        ({"opening_hours": {}}, "names no day"),
        ({"opening_hours": None, "exceptions": CHRISTMAS}, "need opening_hours:"),
        ({"exceptions": [*CHRISTMAS, CHRISTMAS[0]]}, "must not overlap; 2026-12-24 is in two"),
        ({"exceptions": [{"date": "2026-12-24"}]}, "does not say when it is open"),
        (
            {"exceptions": [{"date": "2026-12-24", "open": "9:00-12:00", "closed": "true"}]},
            "has open: and closed: true",
        ),
        (
            {"exceptions": [{"date": "2026-12-24", "until": "2026-12-20", "closed": "true"}]},
            "has until: 2026-12-20, before date: 2026-12-24",
        ),
    ],
)
def test_what_does_not_go_together(own: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        _dealer(**own)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("email", "info", "'info' is not an email address; write it like info@example.com"),
        ("email", "mailto:info@example.com", "write info@example.com"),
        ("website", "www.example.com", "write https://www.example.com"),
        ("website", "info@example.com", "'info@example.com' is an email address"),
        ("website", "tel:+13175550137", "it begins with https://"),
    ],
)
def test_an_address_that_leads_nowhere(field: str, value: str, expected: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(expected)):
        _dealer(**{field: value})


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({}, ""),
        ({"website": "https://www.example.com/"}, "https://www.example.com/"),
        ({"website": "https://www.example.com/", "phone": "+1 217 555 0137"}, "tel:+12175550137"),
    ],
)
def test_visitors_take_the_way_home_and_a_number_or_the_website(
    own: dict[str, str], code: str
) -> None:
    there = _dealer(**own)
    place = Dealers.model_construct(
        here=_dealer(), picture=None, directions="google", distance_unit="km"
    )
    page = dealer_detail(there, _context(_at("2026-12-14 11:00")), place)
    assert "google" in page.code
    assert page.second_code == code


def test_an_exception_covers_its_last_day() -> None:
    dealer = _dealer(exceptions=CHRISTMAS)
    assert dealer.spans_on(date(2026, 12, 27)) == ()
    assert dealer.spans_on(date(2026, 12, 28)) == ((540, 1080),)
