"""Every mistake staff can make is shown at its place, with what to write instead.

In a snippet, ¦ stands where the problem must be shown; it is not part of the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.content.file import ContentUnreadable
from kiosk.content.loading import load

Write = Callable[[str | bytes], Path]

BRAND = "  line: Motorsports\n"
SECONDS = "seconds_each: 9"
STARTS = "starts: 2024-04-05"
PRICE = "price: 33000"
RESULT = "{figure: 2nd, label: Touring Car class}"
KINDS = "timeline, team, schedule, offers, features, models, dealers, links, signup"
NOT_READ = "what follows # is not read; put the text in 'quotes', or a space behind the # of a note"
SIGN = "a text cannot begin with this sign; put the text in 'quotes'"
INDENT = "the indent does not fit the lines above; line it up with them"

CONTROLLER = """\
    controller:
      name: Example MINI West
      street: 200 Example Avenue
      city: Springfield, IL 62701
"""
PRIVACY = """\
    privacy:
      title: Your details
      body:
        - They stay here.
      retention_days: 30
"""
SIGNUP = (
    f"    bar: false\n    kind: signup\n    promise: P.\n{CONTROLLER}    purpose: P.\n"
    f"    withdraw: W.\n    consent: {{version: '1', wording: Yes.}}\n{PRIVACY}"
    "    thanks_title: T\n    thanks: T.\n"
)

KEYS = [
    pytest.param(
        "brand:\n  name: MINI\n" + BRAND,
        "brand:\n  ¦name: MINI\n  ¦lin: Motorsports\n",
        ["'line' is missing; add 'line: …' here", "unknown key 'lin' (did you mean 'line'?)"],
        id="a misspelled key",
    ),
    pytest.param(
        BRAND,
        BRAND + "  ¦xyzzy: 1\n",
        ["unknown key 'xyzzy'; remove it, or use one of line, name, roundel"],
        id="a key of nobody's",
    ),
    pytest.param(
        BRAND,
        BRAND + "  ¦line: Again\n",
        ["'line' is already given in line 6; remove one of the two"],
        id="a key given twice",
    ),
    pytest.param(
        "  headline: Small car\n  lead",
        "  ¦lead",
        ["'headline' is missing; add 'headline: …' here"],
        id="a missing key",
    ),
    pytest.param(
        "id: team\n    kind: team",
        "¦id: team",
        [f"'kind' is missing; add 'kind:' with one of {KINDS}"],
        id="a place without a kind",
    ),
    pytest.param(
        "kind: team",
        "kind: ¦taem",
        ["'taem' is no kind of place (did you mean 'team'?)"],
        id="a misspelled kind",
    ),
    pytest.param(
        "kind: team",
        "kind: ¦[team]",
        [f"'kind' must be one word; write one of {KINDS}"],
        id="a list for a kind",
    ),
    pytest.param(
        RESULT,
        "{figure: 2nd, label: Touring Car, ¦TC}",
        [
            "'TC' is cut off by the comma before it; inside { } put \"quotes\" around a text that"
            " has a comma in it"
        ],
        id="a comma inside brackets",
    ),
    pytest.param(
        BRAND,
        BRAND + "  ? ¦[a, b]\n  : c\n",
        ["a key must be one word, followed by a colon"],
        id="a list as a key",
    ),
    pytest.param(
        BRAND,
        BRAND + "  ¦<<: {name: X}\n",
        ["unknown key '<<'; remove it, or use one of line, name, roundel"],
        id="YAML's merge key",
    ),
]

TOLD = [
    pytest.param(
        CONTROLLER,
        "    controller: ¦Example MINI\n",
        ["'controller' must hold keys such as 'name:' and 'street:', not a single text"],
        id="a name where an address is wanted",
    ),
    pytest.param(
        "      name: Example MINI West\n      street: 200 Example Avenue\n",
        "      ¦name: Example MINI West\n",
        ["'street' is missing; add 'street: …' here"],
        id="half an address",
    ),
    pytest.param(
        CONTROLLER,
        "    controller:\n      ¦name: MINI 2\n      street: Example Avenue\n      city: Alton\n",
        [
            "'controller' has no number in its postal address; write street: with the number or"
            " the PO box, and city: with the postal code, like Springfield, IL 62701"
        ],
        id="an address no letter reaches",
    ),
    pytest.param(
        "        - They stay here.\n      ret",
        "        ¦[]\n      ret",
        ["'body' is empty; write something, or remove the line"],
        id="a privacy page without a word",
    ),
    pytest.param(
        "        - They stay here.\n",
        "        ¦- They stay here.\n" + "        - And here.\n" * 4,
        ["'body' has 5 entries and 4 fit; remove 1"],
        id="a privacy page that nobody reads",
    ),
    pytest.param(
        "retention_days: 30",
        "retention_days: ¦forever",
        ["'forever' is not a plain whole number; write digits only, like 36"],
        id="kept for a word",
    ),
    pytest.param(
        "retention_days: 30",
        "retention_days: ¦0",
        ["'retention_days' is 0; it must be at least 1"],
        id="kept for no day",
    ),
    pytest.param(
        "retention_days: 30",
        "retention_days: ¦4000",
        ["'retention_days' is 4000; it must be at most 3650"],
        id="kept for a life",
    ),
    pytest.param(
        "places:",
        'words:\n  privacy_kept_days: ¦"{weeks} weeks"\nplaces:',
        [
            "'privacy_kept_days' can hold {days} and no other brackets; write '{days} days after"
            " they are handed to the dealership, your details are erased from this kiosk.'"
        ],
        id="weeks for days",
    ),
]

SHAPES = [
    pytest.param(
        BRAND,
        "  line: ¦[Motor, sports]\n",
        ["'line' must be one text, not a list; write it after the colon"],
        id="a list where text is wanted",
    ),
    pytest.param(
        BRAND,
        "  line: ¦{a: b}\n",
        ["'line' must be one text, not a block of keys; write it after the colon"],
        id="a block where text is wanted",
    ),
    pytest.param(
        "        body:\n          - He drove car 60.\n",
        "        body: ¦He drove car 60.\n",
        ["'body' must be a list; begin each entry on a line of its own with '- '"],
        id="text where a list is wanted",
    ),
    pytest.param(
        "picture: {file: car.png}",
        "picture: ¦car.png",
        ["'picture' must hold keys such as 'file:' and 'focus_x:', not a single text"],
        id="text where a block is wanted",
    ),
    pytest.param(
        BRAND,
        "  line:¦\n",
        ["'line' is empty; write something after the colon, or remove the line"],
        id="nothing after the colon",
    ),
    pytest.param(
        BRAND,
        '  line: ¦" "\n',
        ["'line' is empty; write something, or remove the line"],
        id="an empty text",
    ),
    pytest.param(
        BRAND,
        f"  line: ¦{'x' * 40}\n",
        ["'line' has 40 characters and 32 fit; shorten it by 8"],
        id="a text that does not fit",
    ),
    pytest.param(
        "home:\n  headline: Small car\n  lead: A car for everyone.\nplaces:",
        "home:\n  headline: Small car\n  lead: A car for everyone.\n"
        "words:\n  month_names: ¦[Jan, Feb]\nplaces:",
        ["'month_names' has 2 entries and needs 12; add 10"],
        id="months that are missing",
    ),
    pytest.param(
        "places:",
        'words:\n  date_order: ¦"{day}. {mnth}"\nplaces:',
        [
            "'date_order' can hold {month} and {day} and {year} and no other brackets;"
            " write '{month} {day}, {year}'"
        ],
        id="a placeholder nobody fills in",
    ),
    pytest.param(
        "places:",
        'words:\n  valid_until: ¦"Until {date"\nplaces:',
        [
            "'valid_until' can hold {date} and no other brackets; write 'Valid until {date}'",
        ],
        id="a placeholder left open",
    ),
    pytest.param(
        "    here:",
        "    distance_unit: ¦miles\n    here:",
        ["'miles' does not fit 'distance_unit'; write 'mi' or 'km'"],
        id="a word that is none of the choices",
    ),
    pytest.param(
        "    races:\n",
        "    map: ¦{file: car.png, west: 10, east: 5, south: 1, north: 2}\n    races:\n",
        ["'map' must have west below east and south below north"],
        id="a map turned around",
    ),
    pytest.param(
        "- id: team",
        "- id: ¦Our Team",
        ["'Our Team' must be small letters, digits and hyphens, like stay-updated"],
        id="an id with a space",
    ),
    pytest.param(
        "places:\n  - id: team",
        "places:\n  ¦- id: offers",
        ["'places' must each have an id of its own; 'offers' is there twice"],
        id="two places with one id",
    ),
]

FORM = [
    pytest.param(
        BRAND,
        "¦\tline: Motorsports\n",
        ["the line is indented with a tab; use spaces"],
        id="a tab as indent",
    ),
    pytest.param(BRAND, "   ¦line: Motorsports\n", [INDENT], id="an indent too deep"),
    pytest.param(BRAND, " ¦line: Motorsports\n", [INDENT], id="an indent too shallow"),
    pytest.param(
        BRAND + "  roundel",
        "line: Motorsports\n  ¦roundel",
        [INDENT],
        id="an indent forgotten",
    ),
    pytest.param(
        BRAND,
        "  ¦line:Motorsports\n",
        [
            "a colon and a space are missing; write 'key: text', or indent a line that goes on"
            " with the text above"
        ],
        id="no space after the colon",
    ),
    pytest.param(
        "  name: MINI\n" + BRAND,
        "  name¦:MINI\n" + BRAND,
        ["a space is missing after this colon"],
        id="no space after the first colon of a block",
    ),
    pytest.param(
        "{file: car.png}",
        "{file¦:}",
        ["a space is missing after this colon"],
        id="no space after a colon in brackets",
    ),
    pytest.param(
        BRAND,
        "  line: Motor¦: sports\n",
        ["a second colon in one line; put the text in 'quotes'"],
        id="a colon inside the text",
    ),
    pytest.param(
        BRAND,
        '  line: ¦"Motorsports\n',
        ["a quote is opened and not closed in its line; add the closing quote"],
        id="a quote closed by the next one in the file",
    ),
    pytest.param(
        '"https://www.miniusa.com"}',
        '¦"https://www.miniusa.com}',
        ["a quote is opened and never closed; add the closing quote"],
        id="a quote never closed",
    ),
    pytest.param(
        BRAND,
        "  line: 'Driver'¦s seat'\n",
        ["the text goes on behind its closing quote; put one pair of quotes around all of it"],
        id="an apostrophe inside single quotes",
    ),
    pytest.param(
        BRAND,
        '  line: "Motor" ¦sports\n',
        ["the text goes on behind its closing quote; put one pair of quotes around all of it"],
        id="one word in quotes",
    ),
    pytest.param(
        BRAND,
        '  line: "C:¦\\photos"\n',
        ["a backslash has a meaning inside \"quotes\"; use single 'quotes'"],
        id="a backslash in double quotes",
    ),
    pytest.param(
        BRAND,
        "  line: {date} ¦only\n",
        ["the text goes on behind a closing bracket; put all of it in 'quotes'"],
        id="a text that begins with a bracket",
    ),
    pytest.param(
        BRAND,
        "  line: ¦[Motor, sports\n",
        ["a bracket [ or { is opened and not closed properly; close it"],
        id="a bracket never closed",
    ),
    pytest.param(BRAND, "  line: ¦@mini\n", [SIGN], id="a text that begins with @"),
    pytest.param(BRAND, "  line: ¦%mini\n", [SIGN], id="a text that begins with %"),
    pytest.param(BRAND, "  line: ¦*mini*\n", [SIGN], id="a text between stars"),
    pytest.param(BRAND, "  line: ¦& friends\n", [SIGN], id="a text that begins with &"),
    pytest.param(
        BRAND,
        "  line: ¦- sports\n",
        ["a list begins on a line of its own; or put the text in 'quotes'"],
        id="a text that begins with a dash",
    ),
    pytest.param(
        BRAND,
        "  line: ¦> sports\n",
        ["after > or | the text begins on the next line; or use 'quotes'"],
        id="a long text on the line of its >",
    ),
    pytest.param(BRAND, "  line: We are¦ #37\n", [NOT_READ], id="a hash inside the text"),
    pytest.param('number: "60"', "number:¦ #60", [NOT_READ], id="a start number with a hash"),
    pytest.param(' "#101114"', "¦ #101114", [NOT_READ], id="a colour without quotes"),
    pytest.param(
        "places:",
        "¦---\nplaces:",
        ["'---' begins a second document; keep everything in one"],
        id="a second document",
    ),
]

REFUSED = [
    pytest.param(
        "name: MINI\n" + BRAND,
        "name: ¦&a MINI\n  line: ¦*a\n",
        [
            "a text cannot begin with a sign as in '&a'; put the text in 'quotes'",
            "'*a' repeats another part of the file; write that part out here, or put the text in"
            " 'quotes'",
        ],
        id="an anchor and its alias",
    ),
    pytest.param(
        BRAND,
        "  line: ¦!!python/object/apply:os.system [ls]\n",
        [
            "a text cannot begin with a sign as in '!!python/object/apply:os.system';"
            " put the text in 'quotes'"
        ],
        id="a Python tag",
    ),
    pytest.param(
        BRAND,
        "  line: ¦!Wow what a car\n",
        ["a text cannot begin with a sign as in '!Wow'; put the text in 'quotes'"],
        id="a text that begins with an exclamation mark",
    ),
]

NUMBERS = [
    pytest.param(
        SECONDS,
        "seconds_each: ¦NO",
        ["'NO' is not a plain whole number; write digits only, like 36"],
        id="NO",
    ),
    pytest.param(
        SECONDS,
        "seconds_each: ¦1:30",
        ["'1:30' is not a plain whole number; write digits only, like 36"],
        id="1:30",
    ),
    pytest.param(
        SECONDS,
        "seconds_each: ¦05",
        ["'05' is not a plain whole number; write 5"],
        id="05",
    ),
    pytest.param(
        SECONDS,
        "seconds_each: ¦0x10",
        ["'0x10' is not a plain whole number; write digits only, like 36"],
        id="0x10",
    ),
    pytest.param(
        SECONDS,
        "seconds_each: ¦٩",
        ["'٩' is not a plain whole number; write digits only, like 36"],
        id="digits of another script",
    ),
    pytest.param(
        SECONDS,
        "seconds_each: ¦2",
        ["'seconds_each' is 2; it must be at least 5"],
        id="too few",
    ),
    pytest.param(
        SECONDS,
        "seconds_each: ¦999",
        ["'seconds_each' is 999; it must be at most 120"],
        id="too many",
    ),
    pytest.param(
        "price_most: 60000",
        "price_most: 60000\n      price_step: ¦0",
        ["'price_step' is 0; it must be more than 0"],
        id="a step of nothing",
    ),
    pytest.param(
        "[24, 60]",
        "¦[1, 2, 3, 4, 5, 6, 60]",
        ["'months_choices' has 7 entries and 6 fit; remove 1"],
        id="more choices than fit",
    ),
    pytest.param(
        SECONDS,
        f"seconds_each: ¦{'9' * 5000}",
        ["'seconds_each' is too long a number; write at most 12 digits"],
        id="a number of 5000 digits",
    ),
    pytest.param(
        "show_offer: true",
        "show_offer: ¦perhaps",
        ["'perhaps' is neither true nor false; write true or false"],
        id="neither yes nor no",
    ),
    pytest.param(
        PRICE,
        "price: ¦$33,000",
        ["'$33,000' is not an amount in digits only; write 33000"],
        id="a price with a dollar and a comma",
    ),
    pytest.param(
        PRICE,
        "price: ¦33.000,00",
        ["'33.000,00' is not an amount in digits only; write it like 32500 or 4.9"],
        id="a price as Germans write it",
    ),
    pytest.param(
        PRICE,
        "price: ¦1e9",
        ["'1e9' is not an amount in digits only; write it like 32500 or 4.9"],
        id="a price in powers of ten",
    ),
    pytest.param(
        PRICE,
        "price: ¦NaN",
        ["'NaN' is not an amount in digits only; write it like 32500 or 4.9"],
        id="a price that is not a number",
    ),
    pytest.param(
        "interest_rate: 4.9",
        "interest_rate: ¦4,9%",
        ["'4,9%' is not an amount in digits only; write 4.9"],
        id="a rate with a comma and a percent sign",
    ),
    pytest.param(
        "      title: Estimate\n      price: 33000",
        "      ¦title: Estimate\n      price: 100",
        ["'estimator' must have price between price_least and price_most"],
        id="a price beside its slider",
    ),
    pytest.param(
        "title: Estimate\n      price: 33000\n      price_least: 20000\n      price_most: 60000\n"
        "      months: 60",
        "¦title: Estimate\n      price: 33000\n      price_least: 20000\n      price_most: 60000\n"
        "      months: 61",
        ["'estimator' has months: 61, which is not among months_choices"],
        id="months nobody can choose",
    ),
]

DAYS = [
    pytest.param(
        STARTS,
        "starts: ¦5/4/2024",
        ["'5/4/2024' can be read in two ways; write 2024-05-04 or 2024-04-05"],
        id="a day that is in May for some and in April for others",
    ),
    pytest.param(
        STARTS,
        "starts: ¦4/15/2024",
        ["'4/15/2024' is not how a day is written here; write 2024-04-15"],
        id="a day with slashes",
    ),
    pytest.param(
        STARTS,
        "starts: ¦2024-04-31",
        ["'2024-04-31' is not in the calendar; that month has 30 days"],
        id="April 31",
    ),
    pytest.param(
        STARTS,
        "starts: ¦2023-02-29",
        ["'2023-02-29' is not in the calendar; that month has 28 days"],
        id="February 29 of a short year",
    ),
    pytest.param(
        STARTS,
        "starts: ¦2024-13-01",
        ["'2024-13-01' is not in the calendar; months go from 01 to 12"],
        id="month 13",
    ),
    pytest.param(
        STARTS,
        "starts: ¦0024-04-05",
        ["'0024-04-05' has a year that cannot be meant; correct it"],
        id="the year 24",
    ),
    pytest.param(
        STARTS,
        "starts: ¦April 5",
        ["'April 5' is not a day; write it as YEAR-MONTH-DAY, like 2024-04-05"],
        id="a day in words",
    ),
    pytest.param(
        "- starts: 2024-04-05\n        ends: 2024-04-07",
        "- ¦starts: 2024-04-05\n        ends: 2024-04-01",
        ["entry 1 of 'races' ends on 2024-04-01, before it starts on 2024-04-05; swap the days"],
        id="a race that ends before it starts",
    ),
    pytest.param(
        "      - title: Lease a Cooper\n        figure: $349\n        unit: a month\n"
        "        valid_from: 2024-01-01",
        "      - ¦title: Lease a Cooper\n        figure: $349\n        unit: a month\n"
        "        valid_from: 2025-01-01",
        [
            "entry 1 of 'offers' is valid until 2024-12-31, before it starts on 2025-01-01;"
            " swap the days"
        ],
        id="an offer that ends before it starts",
    ),
]

REFERENCES = [
    pytest.param(
        "car.png",
        "¦Car.png",
        ["the picture 'Car.png' is not in the assets folder (did you mean 'car.png'?)"],
        id="a picture in the wrong case",
    ),
    pytest.param(
        "car.png",
        "¦carr.png",
        ["the picture 'carr.png' is not in the assets folder (did you mean 'car.png'?)"],
        id="a misspelled picture",
    ),
    pytest.param(
        "car.png",
        "¦team-2024.jpg",
        [
            "the picture 'team-2024.jpg' is not in the assets folder; copy it there or correct the"
            " name"
        ],
        id="a picture nobody copied",
    ),
    pytest.param(
        "car.png",
        "¦../car.png",
        ["'../car.png' must be a path inside the assets folder, like photos/team.jpg"],
        id="a picture outside the assets",
    ),
    pytest.param(
        "car.png",
        "¦/etc/passwd",
        ["'/etc/passwd' must be a path inside the assets folder, like photos/team.jpg"],
        id="a picture from the root of the disk",
    ),
    pytest.param(
        '"https://www.miniusa.com"',
        "¦www.miniusa.com",
        ["'www.miniusa.com' does not begin with https://; write https://www.miniusa.com"],
        id="a link without https",
    ),
    pytest.param(
        '"https://www.miniusa.com"',
        '¦"javascript:alert(1)"',
        [
            "'javascript:alert(1)' does not begin with https://; copy it from the browser's"
            " address bar"
        ],
        id="a script for a link",
    ),
    pytest.param(
        '"https://www.miniusa.com"',
        '¦"https://["',
        ["'https://[' is not a web address; copy it from the browser's address bar"],
        id="half a link",
    ),
    pytest.param(
        "+1 217 555 0137",
        "¦call the front desk",
        ["'call the front desk' is not a phone number; write digits, like +1 317 555 0137"],
        id="a phone number in words",
    ),
    pytest.param(
        '"#101114"',
        "¦black",
        ["'black' is not a colour; write it as '#E2231A' (in quotes)"],
        id="a colour by name",
    ),
    pytest.param(
        "ph.trophy-bold",
        "¦ph.trophi-bold",
        ["'ph.trophi-bold' is not among QtAwesome's icons (did you mean 'ph.trophy-bold'?)"],
        id="a misspelled icon",
    ),
    pytest.param(
        "ph.trophy-bold",
        "¦trophy",
        ["'trophy' is not an icon name; write a set and an icon, like ph.house-bold"],
        id="an icon without its set",
    ),
    pytest.param(
        "language: en",
        "language: ¦English",
        ["'language' is 'English'; write a language as two small letters, like en"],
        id="a language in words",
    ),
]


def _check(file: Path, marked: str, messages: list[str]) -> None:
    """The file's problems stand where the marks are, with these messages, in this order."""
    lines = marked.split("\n")
    expected = []
    for number, line in enumerate(lines, start=1):
        pieces = line.split("¦")
        for count in range(1, len(pieces)):
            expected.append((number, len("".join(pieces[:count])) + 1))
    loaded = load(file)
    assert [problem.message for problem in loaded.problems] == messages
    assert [(problem.spot.line, problem.spot.column) for problem in loaded.problems] == expected
    assert loaded.content is None


def test_the_small_file_of_these_tests_is_in_order(content_file: Write, minimal: str) -> None:
    assert load(content_file(minimal)).problems == ()


@pytest.mark.parametrize(
    ("good", "broken", "messages"),
    [*KEYS, *TOLD, *SHAPES, *FORM, *REFUSED, *NUMBERS, *DAYS, *REFERENCES],
)
def test_a_mistake_is_shown_at_its_place_with_what_to_write(
    content_file: Write, minimal: str, good: str, broken: str, messages: list[str]
) -> None:
    assert minimal.count(good) == 1
    marked = minimal.replace(good, broken)
    _check(content_file(marked.replace("¦", "")), marked, messages)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("controller", CONTROLLER),
        ("purpose", "    purpose: News by email.\n"),
        ("withdraw", "    withdraw: Tell us.\n"),
        ("privacy", PRIVACY),
    ],
)
def test_a_form_says_who_asks_for_what_and_how_to_stop(
    content_file: Write, minimal: str, key: str, told: str
) -> None:
    assert minimal.count(told) == 1
    marked = minimal.replace(told, "").replace("- id: stay-updated", "- ¦id: stay-updated")

    _check(
        content_file(marked.replace("¦", "")),
        marked,
        [f"'{key}' is missing; add '{key}: …' here"],
    )


@pytest.mark.parametrize(
    ("count", "place", "said"),
    [
        (8, "", "may put at most 7 places into the bar; write bar: false on the others"),
        (1, SIGNUP, "may hold only one place of kind signup"),
    ],
)
def test_more_places_than_the_kiosk_can_hold_are_told(
    content_file: Write, minimal: str, count: int, place: str, said: str
) -> None:
    place = place or "    kind: features\n    features: [{title: T, summary: S.}]\n"
    head, tail = minimal.split("places:\n  ")
    added = [
        f"- id: more-{n}\n    name: N\n    icon: ph.tag-bold\n    title: T\n{place}  "
        for n in range(count)
    ]
    marked = f"{head}places:\n  ¦{''.join(added)}{tail}"

    _check(content_file(marked.replace("¦", "")), marked, [f"'places' {said}"])


def test_every_problem_is_told_at_once_in_the_order_of_the_file(
    content_file: Write, minimal: str
) -> None:
    marked = (
        minimal.replace('"#101114"', "¦black")
        .replace(SECONDS, "seconds_each: ¦05")
        .replace(STARTS, "starts: ¦2024-04-31")
        .replace("        ends: 2024-04-07\n", "        ends: ¦2024-04-32\n        ¦end: x\n")
        .replace(PRICE, "price: ¦$1\n      ¦price: 2")
    )
    _check(
        content_file(marked.replace("¦", "")),
        marked,
        [
            "'black' is not a colour; write it as '#E2231A' (in quotes)",
            "'05' is not a plain whole number; write 5",
            "'2024-04-31' is not in the calendar; that month has 30 days",
            "'2024-04-32' is not in the calendar; that month has 30 days",
            "unknown key 'end' (did you mean 'ends'?)",
            "'$1' is not an amount in digits only; write 1",
            "'price' is already given in line 63; remove one of the two",
        ],
    )


@pytest.mark.parametrize(
    "text", ["NO", "no", "yes", "1:30", "05", "1e3", "0x10", "2024-04-05", "null point", "~ish"]
)
def test_a_text_is_kept_as_it_was_typed(content_file: Write, minimal: str, text: str) -> None:
    loaded = load(content_file(minimal.replace("line: Motorsports", f"line: {text}")))

    assert loaded.content is not None
    assert loaded.content.brand.line == text


def test_a_note_behind_a_value_is_no_problem(content_file: Write, minimal: str) -> None:
    loaded = load(content_file(minimal.replace(BRAND, "  line: Motorsports # our motto\n")))

    assert loaded.content is not None
    assert loaded.content.brand.line == "Motorsports"


def test_an_alias_bomb_is_refused_without_being_expanded(content_file: Write) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]

    problems = load(content_file("\n".join(lines))).problems

    assert sum(problem.message.startswith("'*a") for problem in problems) == 39 * 9


@pytest.mark.parametrize(
    ("deep", "line", "column"),
    [
        pytest.param("[" * 100_000, 1, 43, id="brackets"),
        pytest.param("{a: " * 100_000, 1, 160, id="braces"),
        pytest.param("\n" + "- " * 100_000 + "x", 2, 79, id="dashes, which once ended the process"),
        pytest.param(
            "\n" + "\n".join(" " * n + "a:" for n in range(1, 2000)), 41, 41, id="an indent"
        ),
    ],
)
def test_bottomless_nesting_is_refused(
    content_file: Write, deep: str, line: int, column: int
) -> None:
    (problem,) = load(content_file(f"a: {deep}")).problems

    assert problem.message == (
        "this is nested more than 40 levels deep; close a bracket or mend the indent"
    )
    assert (problem.spot.line, problem.spot.column) == (line, column)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a note\n", "---\n", "~\n"])
def test_an_empty_file_says_where_to_start(content_file: Write, text: str) -> None:
    _check(content_file(text), "¦", ["the file is empty; start from the example content.yaml"])


@pytest.mark.parametrize("text", ["just a text\n", "- a\n- list\n"])
def test_a_file_of_another_kind_says_how_to_begin(content_file: Write, text: str) -> None:
    _check(content_file(text), "¦", ["the file must begin with keys such as 'brand:'"])


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["Windows", "old Mac"])
def test_line_ends_of_other_systems_are_read_and_counted(
    content_file: Write, minimal: str, ending: str
) -> None:
    marked = minimal.replace(SECONDS, "seconds_each: ¦05")

    assert load(content_file(minimal.replace("\n", ending))).content is not None
    _check(
        content_file(marked.replace("¦", "").replace("\n", ending)),
        marked,
        ["'05' is not a plain whole number; write 5"],
    )


def test_a_byte_order_mark_is_read_over(content_file: Write, minimal: str) -> None:
    marked = minimal.replace("language: en", "language: ¦English")

    assert load(content_file("\ufeff" + minimal)).content is not None
    _check(
        content_file("\ufeff" + marked.replace("¦", "")),
        marked,
        ["'language' is 'English'; write a language as two small letters, like en"],
    )


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_a_file_in_latin_1_is_shown_its_first_odd_letter(
    content_file: Write, minimal: str, mark: bytes
) -> None:
    """The é before it is UTF-8 and counts as one column."""
    before, after = minimal.replace(BRAND, "  line: Café, N¦rburg\n").split("¦")

    _check(
        content_file(mark + before.encode() + b"\xfc" + after.encode()),
        f"{before}¦",
        [
            "the letter here (byte 0xfc) is not UTF-8; in your editor, choose 'Save with encoding'"
            " and UTF-8"
        ],
    )


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x80", "\x85", "\u2028", "\ufeff", "\uffff"]
)
def test_an_invisible_character_is_shown(content_file: Write, minimal: str, sign: str) -> None:
    marked = minimal.replace(BRAND, f"  line: Motor¦{sign}sports\n")

    _check(
        content_file(marked.replace("¦", "")),
        marked.replace(sign, ""),
        [f"an invisible control character ({ord(sign):#04x}) stands here; delete it"],
    )


def test_text_that_would_turn_its_neighbours_around_is_refused(
    content_file: Write, minimal: str
) -> None:
    marked = minimal.replace(BRAND, "  line: ¦Motor\u202esports\n")

    _check(
        content_file(marked.replace("¦", "")),
        marked,
        ["'line' has an invisible control character in it; type the text again"],
    )


def test_ten_thousand_mistakes_are_all_told(content_file: Write, minimal: str) -> None:
    race = minimal[minimal.index("      - starts") : minimal.index("    season_over")]
    broken = race.replace("2024-04-05", "April 5")

    assert len(load(content_file(minimal.replace(race, broken * 10_000))).problems) == 10_000


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentUnreadable, match=r"content\.yaml does not exist; check the name"):
        load(tmp_path / "content.yaml")


def test_a_folder_is_no_content_file(tmp_path: Path) -> None:
    with pytest.raises(ContentUnreadable, match="is a folder; name the content file inside it"):
        load(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ContentUnreadable, match="is not a plain file; name a content file"):
        load(tmp_path / "pipe")


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "content.yaml"
    with file.open("wb") as sparse:
        sparse.truncate(50_000_000)

    with pytest.raises(
        ContentUnreadable,
        match=re.escape(
            "is 50 MB; a content file has at most 8 MB, so this is probably another file"
        ),
    ):
        load(file)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(13, "Permission denied"),
            "may not be read by this user; change its rights",
        ),
        (OSError(5, "Input/output error"), "cannot be read .*; check the disk"),
    ],
)
def test_a_disk_that_refuses_is_named(
    content_file: Write,
    minimal: str,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    said: str,
) -> None:
    file = content_file(minimal)

    def refuse(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ContentUnreadable, match=said):
        load(file)
