"""Every mistake staff can make is shown at its place, with what to write instead.

In a snippet, ¦ stands where the problem must be shown; it is not part of the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from kiosk.content.check.loading import load
from kiosk.content.file import ContentUnreadable
from kiosk.content.problems import count_of
from kiosk.places.kinds import KINDS

Write = Callable[[str | bytes], Path]

BRAND = "  line: Motorsports\n"
SECONDS = "seconds_each: 9"
STARTS = "starts: 2024-04-05"
PRICE = "price: 33000"
LEAD = "  lead: A car for everyone.\n"
ROUNDEL = '  roundel: "37"\n'
BODY = "          - He drove car 60.\n"
RATE = "interest_rate: 4.9"
POSTER = "    - headline: Number"
SCHEDULE = "  - id: schedule"
COLOUR = '"#101114"'
LINK = '"https://www.miniusa.com"'
PHONE = "+1 217 555 0137"
ICON = "ph.trophy-bold"
PICTURE = "{file: car.png}"
POSITION = "{latitude: 39.7990, longitude: -89.6440}"
RESULT = "{figure: 2nd, label: Touring Car class}"
NAMES = ", ".join(kind.name for kind in KINDS)
NOT_READ = "text after # is not read; put the text in 'quotes', or a space after the # of a note"
SIGN = "a value cannot start with this character; put the text in 'quotes'"
TAB = "this line is indented with a tab; use spaces"
NO_SPACE = "a space is missing after this colon"
NO_COLON = (
    "a colon and a space are missing; write 'key: text', or indent the line if it continues"
    " the text above"
)
ODD_SPACE = (
    "this is a special space, copied from a web page or a word processor; type a normal space"
)
SECOND_COLON = "this line has a second colon; put the text in 'quotes'"
OPEN_QUOTE = "a quote is opened but not closed on its line; add the closing quote"
BEHIND_QUOTE = "the text continues after its closing quote; put one pair of quotes around all of it"

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


def row(name: str, good: str, broken: str, *messages: str) -> object:
    """A mistake, and what is told about it."""
    return pytest.param(good, broken, list(messages), id=name)


KEYS = [
    pytest.param(
        "brand:\n  name: MINI\n" + BRAND,
        "brand:\n  name: MINI\n  ¦lin: Motorsports\n",
        ["unknown key 'lin' (did you mean 'line'?)"],
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
        ["'line' is already given on line 6; remove one of the two"],
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
        [f"'kind' is missing; add 'kind:' with one of {NAMES}"],
        id="a place without a kind",
    ),
    pytest.param(
        "kind: team",
        "kind: ¦taem",
        ["'taem' is not a kind of place (did you mean 'team'?)"],
        id="a misspelled kind",
    ),
    pytest.param(
        "kind: team",
        "kind: ¦[team]",
        [f"'kind' must be one word; write one of {NAMES}"],
        id="a list for a kind",
    ),
    pytest.param(
        RESULT,
        "{figure: 2nd, label: Touring Car, ¦TC}",
        [
            "'TC' is cut off by the comma before it; inside { } put \"quotes\" around a text that"
            " contains a comma"
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
        ["'body' is empty; write something"],
        id="a privacy page without a word",
    ),
    pytest.param(
        "        - They stay here.\n",
        "        ¦- They stay here.\n" + "        - And here.\n" * 4,
        ["'body' has 5 entries, but only 4 fit; remove 1"],
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
            "'privacy_kept_days' can contain {days} but no other braces; write '{days} days after"
            " they are handed to the dealership, your details are erased from this kiosk.'"
        ],
        id="weeks for days",
    ),
]

SHAPES = [
    pytest.param(
        BRAND,
        "  line: ¦[Motor, sports]\n",
        ["'line' must be a single text, not a list; write it after the colon"],
        id="a list where text is wanted",
    ),
    pytest.param(
        BRAND,
        "  line: ¦{a: b}\n",
        ["'line' starts with a bracket; put all of it in 'quotes'"],
        id="a block where text is wanted",
    ),
    pytest.param(
        "        body:\n          - He drove car 60.\n",
        "        body: ¦He drove car 60.\n",
        ["'body' must be a list; start each entry on its own line with '- '"],
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
        ["'line' is empty; write something after the colon"],
        id="nothing after the colon",
    ),
    pytest.param(
        BRAND,
        '  line: ¦" "\n',
        ["'line' is empty; write something"],
        id="an empty text",
    ),
    pytest.param(
        BRAND,
        f"  line: ¦{'x' * 40}\n",
        ["'line' has 40 characters, but only 32 fit; shorten it by 8"],
        id="a text that does not fit",
    ),
    pytest.param(
        "places:",
        'words:\n  valid_until: ¦"Until {dat}"\nplaces:',
        ["'valid_until' can contain {date} but no other braces; write 'Valid until {date}'"],
        id="a placeholder nobody fills in",
    ),
    pytest.param(
        "places:",
        "words:\n  valid_until: ¦Gültig bis\nplaces:",
        ["'valid_until' must contain {date} once, but it is missing; write 'Valid until {date}'"],
        id="a placeholder that is missing",
    ),
    pytest.param(
        "places:",
        'words:\n  did_you_mean: ¦"{address} or {address}?"\nplaces:',
        [
            "'did_you_mean' must contain {address} once, but it is used 2 times;"
            " write 'Did you mean {address}?'"
        ],
        id="a placeholder twice",
    ),
    pytest.param(
        "places:",
        'words:\n  home: ¦"{name}"\nplaces:',
        ["'home' cannot contain { or }, since nothing is filled in here; write plain words"],
        id="a placeholder where nothing is filled in",
    ),
    pytest.param(
        "places:",
        "words:\n  plurals:\n    privacy_kept_days: ¦{few: some days}\nplaces:",
        [
            "'privacy_kept_days' has few:, which must contain {days} once, but it is missing; write"
            " '{days} days after they are handed to the dealership, your details are erased from"
            " this kiosk.'"
        ],
        id="a placeholder that is missing in a form",
    ),
    pytest.param(
        "places:",
        'words:\n  valid_until: ¦"Until {date"\nplaces:',
        [
            "'valid_until' can contain {date} but no other braces; write 'Valid until {date}'",
        ],
        id="a placeholder left open",
    ),
    pytest.param(
        "    here:",
        "    distance_unit: ¦miles\n    here:",
        ["'miles' is not allowed for 'distance_unit'; write 'mi' or 'km'"],
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
        ["'Our Team' must be lower-case letters, digits and hyphens, like stay-updated"],
        id="an id with a space",
    ),
    pytest.param(
        "places:\n  - id: team",
        "places:\n  ¦- id: offers",
        ["'places' must each have a different id; 'offers' is used twice"],
        id="two places with one id",
    ),
]

FORM = [
    pytest.param(
        BRAND,
        "¦\tline: Motorsports\n",
        [TAB],
        id="a tab as indent",
    ),
    pytest.param(
        "  name: MINI\n" + BRAND,
        "  name¦:MINI\n" + BRAND,
        [NO_SPACE],
        id="no space after the first colon of a block",
    ),
    pytest.param(
        "{file: car.png}",
        "{file¦:}",
        [NO_SPACE],
        id="no space after a colon in brackets",
    ),
    pytest.param(
        BRAND,
        "  line: Motor¦: sports\n",
        [SECOND_COLON],
        id="a colon inside the text",
    ),
    pytest.param(
        BRAND,
        '  line: ¦"Motorsports\n',
        [OPEN_QUOTE],
        id="a quote closed by the next one in the file",
    ),
    pytest.param(
        '"https://www.miniusa.com"}',
        '¦"https://www.miniusa.com}',
        [OPEN_QUOTE],
        id="a quote never closed",
    ),
    pytest.param(
        BRAND,
        "  line: 'Driver'¦s seat'\n",
        [BEHIND_QUOTE],
        id="an apostrophe inside single quotes",
    ),
    pytest.param(
        BRAND,
        '  line: "Motor" ¦sports\n',
        [BEHIND_QUOTE],
        id="one word in quotes",
    ),
    pytest.param(
        BRAND,
        '  line: "C:¦\\photos"\n',
        ["a backslash has a special meaning inside \"quotes\"; use single 'quotes'"],
        id="a backslash in double quotes",
    ),
    pytest.param(
        BRAND,
        "  line: {date} ¦only\n",
        ["the text continues after a closing bracket; put all of it in 'quotes'"],
        id="a text that begins with a bracket",
    ),
    pytest.param(
        BRAND,
        "  line: ¦[Motor, sports\n",
        ["this [ is opened but not closed; close it with ]"],
        id="a bracket never closed",
    ),
    pytest.param(BRAND, "  line: ¦@mini\n", [SIGN], id="a text that begins with @"),
    pytest.param(BRAND, "  line: ¦%mini\n", [SIGN], id="a text that begins with %"),
    pytest.param(BRAND, "  line: ¦*mini*\n", [SIGN], id="a text between stars"),
    pytest.param(BRAND, "  line: ¦& friends\n", [SIGN], id="a text that begins with &"),
    pytest.param(
        BRAND,
        "  line: ¦- sports\n",
        ["start a list on a new line, or put the text in 'quotes'"],
        id="a text that begins with a dash",
    ),
    pytest.param(
        BRAND,
        "  line: ¦> sports\n",
        ["start the text on the line after > or |, or put it in 'quotes'"],
        id="a long text on the line of its >",
    ),
    pytest.param(BRAND, "  line: We are¦ #37\n", [NOT_READ], id="a hash inside the text"),
    pytest.param('number: "60"', "number:¦ #60", [NOT_READ], id="a start number with a hash"),
    pytest.param(' "#101114"', "¦ #101114", [NOT_READ], id="a colour without quotes"),
    pytest.param(
        "places:",
        "¦---\nplaces:",
        ["'---' starts a second document; keep everything in one"],
        id="a second document",
    ),
    pytest.param(
        "places:",
        "...\n¦places:",
        ["this comes after '...', which ends the file; move '...' to the end"],
        id="something behind the end",
    ),
]

REFUSED = [
    pytest.param(
        "name: MINI\n" + BRAND,
        "name: ¦&a MINI\n  line: ¦*a\n",
        [
            "a value cannot start with '&', as in '&a'; put the text in 'quotes'",
            "'*a' repeats another part of the file; write that part out here, or put the text in"
            " 'quotes'",
        ],
        id="an anchor and its alias",
    ),
    pytest.param(
        BRAND,
        "  line: ¦!!python/object/apply:os.system [ls]\n",
        [
            "a value cannot start with '!', as in '!!python/object/apply:os.system';"
            " put the text in 'quotes'"
        ],
        id="a Python tag",
    ),
    pytest.param(
        BRAND,
        "  line: ¦!Wow what a car\n",
        ["a value cannot start with '!', as in '!Wow'; put the text in 'quotes'"],
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
        ["'months_choices' has 7 entries, but only 6 fit; remove 1"],
        id="more choices than fit",
    ),
    pytest.param(
        SECONDS,
        f"seconds_each: ¦{'9' * 5000}",
        ["'seconds_each' is too long; write at most 12 digits"],
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
        ["'33.000,00' is not an amount in digits only; write 33000.00"],
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
        [
            "'estimator' has price: 100, which is not between price_least: 20000 and price_most:"
            " 60000; write thousands without a dot, like 33000"
        ],
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
        ["'4/15/2024' is not a valid date format; write 2024-04-15"],
        id="a day with slashes",
    ),
    pytest.param(
        STARTS,
        "starts: ¦2024-04-31",
        ["'2024-04-31' does not exist; that month has 30 days"],
        id="April 31",
    ),
    pytest.param(
        STARTS,
        "starts: ¦2023-02-29",
        ["'2023-02-29' does not exist; that month has 28 days"],
        id="February 29 of a short year",
    ),
    pytest.param(
        STARTS,
        "starts: ¦2024-13-01",
        ["'2024-13-01' does not exist; months go from 01 to 12"],
        id="month 13",
    ),
    pytest.param(
        STARTS,
        "starts: ¦0024-04-05",
        ["'0024-04-05' has an impossible year; correct it"],
        id="the year 24",
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
        ["'www.miniusa.com' does not start with https://; write https://www.miniusa.com"],
        id="a link without https",
    ),
    pytest.param(
        '"https://www.miniusa.com"',
        '¦"javascript:alert(1)"',
        [
            "'javascript:alert(1)' does not start with https://; copy it from the browser's"
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
        ["'black' is not a colour code; write \"#000000\", in quotes"],
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
        ["'trophy' is not an icon name (did you mean 'ph.trophy-bold'?)"],
        id="an icon without its set",
    ),
    pytest.param(
        "language: en",
        "language: ¦English",
        ["'English' is not a language code; write en"],
        id="a language in words",
    ),
]


TABS = [
    row("a tab before the first key of a block", "  name: MINI\n", "¦\tname: MINI\n", TAB),
    row("a tab before an entry of a list", POSTER, "  ¦\t- headline: Number", TAB),
    row("a tab deep inside", "        ends: 2024-04-07\n", "¦\t\t\t\tends: 2024-04-07\n", TAB),
    row(
        "tabs in a whole block",
        "  name: MINI\n  line: Motorsports\n" + ROUNDEL,
        '¦\tname: MINI\n\tline: Motorsports\n\troundel: "37"\n',
        f"{TAB}; so are 2 lines below, up to line 7",
    ),
    row("a tab in the first line", "language: en", "¦\tlanguage: en", TAB),
    row("a tab inside a long text", LEAD, "  lead: >-\n    A car\n  ¦\tfor everyone.\n", TAB),
    row("a tab before a note", "    races:\n", "  ¦\t# Sonoma first\n    races:\n", TAB),
    row(
        "a tab behind a dash",
        POSTER,
        "    -¦\theadline: Number",
        "there is a tab here; use a space instead",
    ),
]

INDENTS = [
    row(
        "a key too deep",
        BRAND,
        "   ¦line: Motorsports\n",
        "this line is indented by 3 spaces and line 5 by 2; line them up",
    ),
    row(
        "a key too shallow",
        BRAND,
        " ¦line: Motorsports\n",
        "this line is indented by 1 space; use 0, as in line 4, or 2, as in line 5",
    ),
    row(
        "a key at the edge",
        "  line: Motorsports\n  roundel",
        "line: Motorsports\n  ¦roundel",
        "this line is indented by 2 spaces and line 6 is not; line them up",
    ),
    row(
        "the first key of a block too deep",
        "  name: MINI\n",
        "   ¦name: MINI\n",
        "this line is indented by 3 spaces and line 6 by 2; line them up",
    ),
    row(
        "the first line of the file pushed in",
        "language: en",
        " ¦language: en",
        "this line is indented by 1 space and line 2 is not; line them up",
    ),
    row(
        "a block pushed in by one",
        "home:\n",
        " ¦home:\n",
        "this line is indented by 1 space; use 0, as in line 8, or 2, as in line 11",
    ),
    row(
        "an entry pushed in by one",
        SCHEDULE,
        "   ¦- id: schedule",
        "this line is indented by 3 spaces; use 2, as in line 19, or 6, as in line 28",
    ),
    row(
        "an entry at the edge",
        SCHEDULE,
        "¦- id: schedule",
        "this line is not indented; use 2, as in line 19",
    ),
    row(
        "a key of an entry pushed in by one",
        "      line: The car",
        "       ¦line: The car",
        "this line is indented by 7 spaces and line 12 by 6; line them up",
    ),
    row(
        "a key of an entry below its dash",
        "      line: The car",
        "    ¦line: The car",
        "this line is indented by 4 spaces; use 2, as in line 11, or 6, as in line 12",
    ),
    row("a long text that is not indented", LEAD, "  lead: >-\n  ¦A car for everyone.\n", NO_COLON),
    row(
        "a long text whose second line is not indented",
        LEAD,
        "  lead: >-\n    A car\n¦for everyone.\n",
        NO_COLON,
    ),
    row(
        "a paragraph between two columns",
        BODY,
        "       ¦- He drove car 60.\n",
        "this line is indented by 7 spaces; use 6, as in line 28, or 10 to belong to line 30",
    ),
    row(
        "a list without its first dash",
        "    - headline: Number 37\n      line: The car that won.\n      picture: {file:"
        " car.png}\n",
        "      ¦headline: Number 37\n      line: The car that won.\n      picture: {file:"
        " car.png}\n    - headline: Another\n      line: More.\n",
        "'- ' is missing before this line; line 15 starts an entry with it",
    ),
    row(
        "an entry in brackets without its dash",
        "      - {figure: 2nd, label: Touring Car class}\n",
        "      ¦{figure: 2nd, label: Touring Car class}\n      - {figure: 3rd, label: Class}\n",
        "'- ' is missing before this line; line 27 starts an entry with it",
    ),
    row("a space from a web page", BRAND, " ¦\xa0line: Motorsports\n", ODD_SPACE),
    row(
        "a space from a web page behind a colon",
        "  headline: Small car\n",
        "  headline:¦\xa0Small car\n",
        ODD_SPACE,
    ),
]

COLONS_AND_DASHES = [
    row("no space in the first line", "language: en", "language¦:en", NO_SPACE),
    row("no space in the middle of a block", BRAND, "  line¦:Motorsports\n", NO_SPACE),
    row("no space in the last key of a block", ROUNDEL, '  roundel¦:"37"\n', NO_SPACE),
    row("no space behind a dash", POSTER, "    - headline¦:Number", NO_SPACE),
    row("no space in an entry", "      line: The car", "      line¦:The car", NO_SPACE),
    row("no space before a date", "      - starts: 2024", "      - starts¦:2024", NO_SPACE),
    row("no space before a number", SECONDS, "seconds_each¦:9", NO_SPACE),
    row(
        "no space before a bracket",
        "      picture: {file: car.png}",
        "      picture¦:{file: car.png}",
        NO_SPACE,
    ),
    row("no space before a long text", LEAD, "  lead¦:>-\n    A car for everyone.\n", NO_SPACE),
    row("no space in brackets", PICTURE, "{file¦:car.png}", NO_SPACE),
    row(
        "no space in brackets, before a quote",
        '{name: Site, address: "https',
        '{name: Site, address¦:"https',
        NO_SPACE,
    ),
    row(
        "no space in the last line",
        "      position: {latitude: 39.7990, longitude: -89.6440}\n",
        "      position¦:{latitude: 39.7990, longitude: -89.6440}\n",
        NO_SPACE,
    ),
    row(
        "no space behind a dash that begins a list",
        POSTER,
        "    ¦-headline: Number",
        "a space is missing after this dash",
    ),
    row(
        "no space behind a dash of a paragraph",
        BODY,
        "          ¦-He drove car 60.\n",
        "'body' must be a list; write a space after the dash",
    ),
    row("no colon at all", BRAND, "  ¦line Motorsports\n", NO_COLON),
    row("no colon in the first key", "  name: MINI\n", "  ¦name MINI\n", NO_COLON),
    row("no colon behind a dash", POSTER, "    - ¦headline Number", NO_COLON),
    row("no colon above a block", "home:\n", "¦home\n", NO_COLON),
    row(
        "a semicolon for a colon",
        BRAND,
        "  line¦; Motorsports\n",
        "';' does not work here; use a colon and a space",
    ),
    row(
        "an equals sign for a colon",
        BRAND,
        "  line ¦= Motorsports\n",
        "'=' does not work here; use a colon and a space",
    ),
    row(
        "a round sign for a dash",
        POSTER,
        "    ¦• headline: Number",
        "start a list entry with '- ', not with '•'",
    ),
    row(
        "a long dash for a dash",
        SCHEDULE,
        "  ¦– id: schedule",
        "start a list entry with '- ', not with '–'",
    ),
    row(
        "a star for a dash",
        SCHEDULE,
        "  ¦* id: schedule",
        "start a list entry with '- ', not with '*'",
    ),
    row(
        "a long dash before a paragraph",
        BODY,
        "          ¦– He drove car 60.\n",
        "'body' must be a list; start a list entry with '- ', not with '–'",
    ),
]

SIGNS_INSIDE = [
    row("a colon at the end of the text", BRAND, "  line: Motorsports¦:\n", SECOND_COLON),
    row(
        "a colon beside an apostrophe",
        BRAND,
        "  line: Driver's¦: seat\n",
        'this line has a second colon; put the text in "quotes"',
    ),
    row(
        "a colon inside a text of an entry",
        "      line: The car that",
        "      line: The car¦: that",
        SECOND_COLON,
    ),
    row("a colon in the first line", "language: en", "language: en¦: US", SECOND_COLON),
    row(
        "a colon inside a paragraph",
        BODY,
        "          - ¦He drove: car 60.\n",
        "entry 1 of 'body' contains a colon; put all of it in 'quotes'",
    ),
    row(
        "a colon inside brackets",
        RESULT,
        "{figure: 2nd, label: Class¦: TC}",
        "there is a second colon before the next comma; add a comma before 'Class', or put the text"
        ' in "quotes"',
    ),
    row(
        "a colon in the line below",
        BRAND,
        BRAND + "    ¦Monday: closed\n",
        "this line is indented by 4 spaces and line 6 by 2; line them up",
    ),
    row("a hash inside a paragraph", BODY, "          - Car¦ #60 was his.\n", NOT_READ),
    row("a hash first inside brackets", RESULT, "{figure:¦ #37, label: Car}", NOT_READ),
    row(
        "a comma missing inside brackets",
        POSITION,
        "{latitude: 39.7990 longitude¦: -89.6440}",
        "there is a second colon before the next comma; add a comma before 'longitude', or put the"
        ' text in "quotes"',
    ),
    row(
        "a comma too many inside brackets",
        POSITION,
        "{latitude: 39.7990,¦, longitude: -89.6440}",
        "this comma is one too many; remove it",
    ),
    row(
        "a decimal comma inside brackets",
        POSITION,
        "{latitude: 39,¦7990, longitude: -89.6440}",
        "'7990' is cut off by the comma before it; write decimals with a point, like 4.9",
    ),
    row(
        "the wrong closing bracket",
        PICTURE,
        "{file: car.png¦]",
        "] does not close the { in column 16; use }",
    ),
    row(
        "two closing brackets",
        PICTURE,
        PICTURE + "¦}",
        "this bracket closes nothing; remove it",
    ),
    row(
        "no opening bracket",
        PICTURE,
        "¦file: car.png}",
        "the } at the end has no opening bracket; add { here",
    ),
    row("round brackets", PICTURE, "¦(file: car.png)", "these are round brackets; use { and }"),
    row(
        "no closing bracket",
        PICTURE,
        "¦{file: car.png",
        "this { is opened but not closed; close it with }",
    ),
    row(
        "no closing bracket in a list",
        "{figure: 2nd, label: Touring Car class}\n",
        "¦{figure: 2nd, label: Touring Car class\n      - {figure: 3rd, label: Class}\n",
        "this { is opened but not closed; close it with }",
    ),
]

QUOTES = [
    row("a quote opened only, a single one", BRAND, "  line: ¦'tis Motorsports\n", OPEN_QUOTE),
    row("a quote opened only, in the first line", "language: en", 'language: ¦"en', OPEN_QUOTE),
    row(
        "a quote opened only, before a colour",
        '  asphalt: "#101114"\n',
        '  paper: ¦"#F5F2EB\n  asphalt: "#101114"\n',
        OPEN_QUOTE,
    ),
    row("a quote opened only, far from the next one", ROUNDEL, '  roundel: ¦"37\n', OPEN_QUOTE),
    row(
        "a quote opened only, in brackets",
        RESULT,
        '{figure: 2nd, label: ¦"Touring Car class}',
        OPEN_QUOTE,
    ),
    row(
        "a quote opened only, before a paragraph",
        BODY,
        '          - ¦"He drove car 60.\n',
        OPEN_QUOTE,
    ),
    row(
        "a quote opened only, in the last line",
        "longitude: -89.6440}\n",
        'longitude: ¦"-89.6440}\n',
        OPEN_QUOTE,
    ),
    row("a quote closed only, a colour", 'asphalt: "#101114"', 'asphalt:¦ #101114"', NOT_READ),
    row("quotes around one word", BRAND, '  line: "Motor" ¦sports\n', BEHIND_QUOTE),
    row("quotes around one word inside", BRAND, '  line: "The "¦Mini" car"\n', BEHIND_QUOTE),
    row(
        "quotes around one word of a paragraph",
        BODY,
        '          - "He" ¦drove car 60.\n',
        BEHIND_QUOTE,
    ),
    row(
        "quotes around one word in brackets",
        RESULT,
        '{figure: 2nd, label: "Touring" ¦Car class}',
        BEHIND_QUOTE,
    ),
    row(
        "curly quotes, a colour",
        COLOUR,
        "¦“#101114”",
        "'asphalt' has curly quotes around it; use straight ones, like \"#101114\"",
    ),
    row(
        "curly quotes, single",
        COLOUR,
        "¦‘#101114’",
        "'asphalt' has curly quotes around it; use straight ones, like \"#101114\"",
    ),
    row(
        "curly quotes, low",
        COLOUR,
        "¦„#101114“",
        "'asphalt' has curly quotes around it; use straight ones, like \"#101114\"",
    ),
    row(
        "curly quotes at the end alone",
        'asphalt: "#101114"\n',
        'paper: ¦"#F5F2EB”\n  asphalt: "#101114"\n',
        "this quote is closed by a curly one; use straight quotes",
    ),
    row(
        "curly quotes, a date",
        STARTS,
        "starts: ¦“2024-04-05”",
        "'starts' has curly quotes around it; use straight ones, like \"2024-04-05\"",
    ),
    row(
        "curly quotes, a start number",
        'number: "60"',
        "number: ¦“60”",
        "'number' has curly quotes around it; use straight ones, like \"60\"",
    ),
    row(
        "curly quotes, a roundel",
        'roundel: "37"',
        "roundel: ¦“37”",
        "'roundel' has curly quotes around it; use straight ones, like \"37\"",
    ),
    row(
        "curly quotes, a picture",
        PICTURE,
        "{file: ¦“car.png”}",
        "'file' has curly quotes around it; use straight ones, like \"car.png\"",
    ),
    row(
        "curly quotes, a link",
        LINK,
        "¦“https://www.miniusa.com”",
        "'address' has curly quotes around it; use straight ones, like \"https://www.miniusa.com\"",
    ),
    row(
        "curly quotes, around a colon",
        BRAND,
        "  line: ¦“Motor: sports”\n",
        'curly quotes do not work around a text; use straight ones, like "this"',
    ),
    row(
        "curly quotes, around a comma",
        RESULT,
        "{figure: 2nd, label: “Touring Car, ¦TC”}",
        "'TC”' is cut off by the comma before it; curly quotes do not work around a text;"
        ' use straight ones, like "this"',
    ),
    row(
        "curly quotes, a kind",
        "kind: team",
        "kind: ¦“team”",
        "'kind' has curly quotes around it; write team",
    ),
    row(
        "curly quotes, yes or no",
        "show_offer: true",
        "show_offer: ¦“true”",
        "'show_offer' has curly quotes around it; use straight ones, like \"true\"",
    ),
]

MORE_KEYS = [
    row(
        "a misspelled key in the first line",
        "language: en",
        "¦langauge: en",
        "unknown key 'langauge' (did you mean 'language'?)",
    ),
    row("a misspelled block", "home:\n", "¦hom:\n", "unknown key 'hom' (did you mean 'home'?)"),
    row(
        "a misspelled key in an entry",
        "        venue: Sonoma",
        "        ¦venu: Sonoma",
        "unknown key 'venu' (did you mean 'venue'?)",
    ),
    row(
        "a key with capitals and a space",
        SECONDS,
        "¦Seconds Each: 9",
        "unknown key 'Seconds Each' (did you mean 'seconds_each'?)",
    ),
    row(
        "a key with a hyphen",
        SECONDS,
        "¦seconds-each: 9",
        "unknown key 'seconds-each' (did you mean 'seconds_each'?)",
    ),
    row(
        "a key in American spelling",
        "    programmes_title:",
        "    ¦programs_title:",
        "unknown key 'programs_title' (did you mean 'programmes_title'?)",
    ),
    row(
        "a misspelled key in brackets",
        PICTURE,
        "{¦fiel: car.png}",
        "unknown key 'fiel' (did you mean 'file'?)",
    ),
    row(
        "a misspelled kind: key",
        "    kind: team\n",
        "    ¦knd: team\n",
        "unknown key 'knd' (did you mean 'kind'?)",
    ),
    row(
        "no word behind kind:",
        "kind: team",
        "kind:¦",
        f"'kind' is empty; write one of {NAMES}",
    ),
    row(
        "a key that no team has",
        "    season: 2023 season\n",
        "    season: 2023 season\n    ¦xyzzy: 1\n",
        "unknown key 'xyzzy'; remove it, or use one of bar, door, door_figure, drivers,"
        " icon, id, kind, name, people, picture, results, season, show_from, show_until,"
        " title",
    ),
    row(
        "a block pushed into the one above",
        "attract:\n",
        "  ¦attract:\n",
        "'attract' is indented too far; line it up with 'brand' on line 4",
    ),
    row(
        "a key pushed into the block above",
        "    nothing_now:",
        "      ¦nothing_now:",
        "this line is indented by 6 spaces; use 4, as in line 51, or 8, as in line 57",
    ),
    row(
        "a key pulled out of its block",
        "  posters:\n",
        "¦posters:\n",
        "'posters' belongs to 'attract' on line 8; indent it like the lines there",
    ),
    row(
        "a key given twice in brackets",
        PICTURE,
        "{file: car.png, ¦file: car.png}",
        "'file' is already given on line 14; remove one of the two",
    ),
    row(
        "a key given twice, far apart",
        LEAD,
        LEAD + "  ¦headline: Again\n",
        "'headline' is already given on line 16; remove one of the two",
    ),
]

MORE_SHAPES = [
    row(
        "one entry where text is wanted",
        BRAND,
        "  line:\n    ¦- Motorsports\n",
        "'line' must be a single text, not a list; write it after the colon",
    ),
    row(
        "a list where a number is wanted",
        SECONDS,
        "seconds_each: ¦[9]",
        "'seconds_each' must be a whole number, like 36, not a list",
    ),
    row(
        "a list where a day is wanted",
        STARTS,
        "starts: ¦[2024-04-05]",
        "'starts' must be a day, like 2024-04-05, not a list",
    ),
    row(
        "a list where yes or no is wanted",
        "show_offer: true",
        "show_offer: ¦[true]",
        "'show_offer' must be true or false, not a list",
    ),
    row(
        "a list where a block is wanted",
        "picture: {file: car.png}",
        "picture: ¦[car.png]",
        "'picture' must hold keys such as 'file:' and 'focus_x:', not a list",
    ),
    row(
        "a block where an amount is wanted",
        PRICE,
        "price: ¦{dollars: 33000}",
        "'price' must be an amount in digits, like 32500 or 4.9, not a block of keys",
    ),
    row(
        "a block below a text",
        BRAND,
        "  line:\n    ¦text: Motorsports\n",
        "'line' must be a single text, not a block of keys; write it after the colon",
    ),
    row(
        "a paragraph that ends in a colon",
        BODY,
        "          - ¦He drove:\n",
        "entry 1 of 'body' contains a colon; put all of it in 'quotes'",
    ),
    row(
        "brackets around a word",
        BRAND,
        "  line: ¦{Motorsports}\n",
        "'line' starts with a bracket; put all of it in 'quotes'",
    ),
    row(
        "one entry without its list",
        "  posters:\n    - headline: Number 37\n      line: The car that won.\n     "
        " picture: {file: car.png}\n",
        "  posters:\n    ¦headline: Number 37\n    line: The car that won.\n",
        "'posters' must be a list; write '- ' before the first line of each entry",
    ),
    row(
        "numbers without brackets",
        "[24, 60]",
        "¦24, 60",
        "'months_choices' must be a list; write [24, 60]",
    ),
    row(
        "one number where a list is wanted",
        "[24, 60]",
        "¦60",
        "'months_choices' must be a list; start each entry on its own line with '- '",
    ),
    row(
        "text where an entry is wanted",
        "- {figure: 2nd, label: Touring Car class}",
        "- ¦2nd in class",
        "entry 1 of 'results' must hold keys such as 'figure:' and 'label:', not a single text",
    ),
    row(
        "two numbers where a position is wanted",
        POSITION,
        "¦39.7990, -89.6440",
        "'position' must hold keys such as 'latitude:' and 'longitude:', not a single text",
    ),
    row(
        "an empty paragraph",
        BODY,
        "          -¦\n",
        "entry 1 of 'body' is empty; write something after the dash, or remove the line",
    ),
    row(
        "2,000 characters where 32 fit",
        BRAND,
        f"  line: ¦{'x' * 2000}\n",
        "'line' has 2000 characters, but only 32 fit; shorten it by 1968",
    ),
    row(
        "2,000 characters where 260 fit",
        LEAD,
        f"  lead: ¦>-\n    {'words ' * 333}at\n",
        "'lead' has 2000 characters, but only 260 fit; shorten it by 1740",
    ),
    row(
        "four characters where three fit",
        'roundel: "37"',
        'roundel: ¦"3737"',
        "'roundel' has 4 characters, but only 3 fit; shorten it by 1",
    ),
]

MORE_NUMBERS = [
    row(
        "a price with the currency behind",
        PRICE,
        "price: ¦33000 USD",
        "'33000 USD' is not an amount in digits only; write 33000",
    ),
    row(
        "a price in euros",
        PRICE,
        "price: ¦€33.000,00",
        "'€33.000,00' is not an amount in digits only; write 33000.00",
    ),
    row(
        "a price with a decimal comma",
        PRICE,
        "price: ¦33000,50",
        "'33000,50' is not an amount in digits only; write 33000.50",
    ),
    row(
        "a price with a dash",
        PRICE,
        "price: ¦33000,-",
        "'33000,-' is not an amount in digits only; write 33000",
    ),
    row(
        "a price in words",
        PRICE,
        "price: ¦thirty thousand",
        "'thirty thousand' is not an amount in digits only; write it like 32500 or 4.9",
    ),
    row(
        "a rate in words",
        RATE,
        "interest_rate: ¦4.9 percent",
        "'4.9 percent' is not an amount in digits only; write 4.9",
    ),
    row(
        "a rate without its zero",
        RATE,
        "interest_rate: ¦.9",
        "'.9' is not an amount in digits only; write 0.9",
    ),
]

MORE_DAYS = [
    row(
        "a day with dots",
        STARTS,
        "starts: ¦15.4.2024",
        "'15.4.2024' is not a valid date format; write 2024-04-15",
    ),
    row(
        "a day with a year of two digits",
        STARTS,
        "starts: ¦4/15/24",
        "'4/15/24' is not a valid date format; write 2024-04-15",
    ),
    row(
        "a day without its zeros",
        STARTS,
        "starts: ¦2024-4-5",
        "'2024-4-5' is not a valid date format; write 2024-04-05",
    ),
    row(
        "a day with slashes, the year first",
        STARTS,
        "starts: ¦2024/04/05",
        "'2024/04/05' is not a valid date format; write 2024-04-05",
    ),
    row(
        "a day with long dashes",
        STARTS,
        "starts: ¦2024–04–05",
        "'2024–04–05' is not a valid date format; write 2024-04-05",
    ),
    row(
        "a day in words, with its year",
        STARTS,
        "starts: ¦April 5th, 2024",
        "'April 5th, 2024' is not a valid date format; write 2024-04-05",
    ),
    row(
        "a day in words",
        STARTS,
        "starts: ¦April 5",
        "'April 5' has no year; write it in front, as in 2024-04-05",
    ),
    row(
        "April 31 in words",
        STARTS,
        "starts: ¦April 31",
        "'April 31' does not exist; that month has 30 days",
    ),
    row(
        "April 31 with slashes",
        STARTS,
        "starts: ¦4/31/2024",
        "'4/31/2024' does not exist; that month has 30 days",
    ),
    row(
        "month and day swapped",
        STARTS,
        "starts: ¦2024-31-04",
        "'2024-31-04' does not exist; months go from 01 to 12",
    ),
    row(
        "a day that is none",
        STARTS,
        "starts: ¦next Friday",
        "'next Friday' is not a day; write it as YEAR-MONTH-DAY, like 2024-04-05",
    ),
    row(
        "a time where a day is wanted",
        STARTS,
        "starts: ¦2024-04-05 10:00",
        "'2024-04-05 10:00' has a time of day, which does not go here; write 2024-04-05",
    ),
]

MORE_REFERENCES = [
    row(
        "a colour by a name that nobody knows",
        COLOUR,
        "¦almost black",
        "'almost black' is not a colour code; write a code like \"#E2231A\", in quotes",
    ),
    row(
        "a colour of three digits",
        COLOUR,
        '¦"#111"',
        "'#111' is not a colour code; write \"#111111\", in quotes",
    ),
    row(
        "a colour without its hash",
        COLOUR,
        "¦101114",
        "'101114' is not a colour code; write \"#101114\", in quotes",
    ),
    row(
        "a colour as red, green and blue",
        COLOUR,
        "¦rgb(16,17,20)",
        "'rgb(16,17,20)' is not a colour code; write a code like \"#E2231A\", in quotes",
    ),
    row(
        "an icon with capitals",
        ICON,
        "¦ph.Trophy-Bold",
        "'ph.Trophy-Bold' is not among QtAwesome's icons (did you mean 'ph.trophy-bold'?)",
    ),
    row(
        "an icon of a set nobody knows",
        ICON,
        "¦fas.fa-trophy",
        "'fas.fa-trophy' is not an icon name; write a set and an icon that is in it, like"
        " ph.house-bold",
    ),
    row(
        "an icon that is a picture",
        ICON,
        "¦🏆",
        "'🏆' is not an icon name; write a set and an icon that is in it, like ph.house-bold",
    ),
    row(
        "an icon of no name",
        ICON,
        "¦ph.zzzzz",
        "'ph.zzzzz' is not among QtAwesome's icons; write a set and an icon that is in it,"
        " like ph.house-bold",
    ),
    row(
        "a link with half its https",
        LINK,
        "¦https//www.miniusa.com",
        "'https//www.miniusa.com' does not start with https://; write https://www.miniusa.com",
    ),
    row(
        "a link with one slash",
        LINK,
        "¦http:/www.miniusa.com",
        "'http:/www.miniusa.com' does not start with https://; write https://www.miniusa.com",
    ),
    row(
        "a link with a space behind its colon",
        LINK,
        "¦https:// www.miniusa.com",
        "'https:// www.miniusa.com' is not a web address; write https://www.miniusa.com",
    ),
    row(
        "a link of two slashes",
        LINK,
        "¦//www.miniusa.com",
        "'//www.miniusa.com' does not start with https://; write https://www.miniusa.com",
    ),
    row(
        "an email address for a link",
        LINK,
        "¦info@miniusa.com",
        "'info@miniusa.com' does not start with https://; write mailto:info@miniusa.com",
    ),
    row(
        "a phone number with letters",
        PHONE,
        "¦1-800-MINI-USA",
        "'1-800-MINI-USA' is not a phone number; write digits, like +1 317 555 0137",
    ),
    row(
        "half a phone number",
        PHONE,
        "¦0137",
        "'0137' is not a phone number; write digits, like +1 317 555 0137",
    ),
]


ROWS = [
    *(*KEYS, *TOLD, *SHAPES, *FORM, *REFUSED, *NUMBERS, *DAYS, *REFERENCES),
    *(*TABS, *INDENTS, *COLONS_AND_DASHES, *SIGNS_INSIDE, *QUOTES),
    *(*MORE_KEYS, *MORE_SHAPES, *MORE_NUMBERS, *MORE_DAYS, *MORE_REFERENCES),
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


@pytest.mark.parametrize(("good", "broken", "messages"), ROWS)
def test_a_mistake_is_shown_at_its_place_with_what_to_write(
    content_file: Write, minimal: str, good: str, broken: str, messages: list[str]
) -> None:
    assert minimal.count(good) == 1
    marked = minimal.replace(good, broken)
    file = marked.replace("¦", "")

    _check(content_file(file), marked, messages)
    _check(content_file("\ufeff" + file.replace("\n", "\r\n")), marked, messages)


PIXEL = Image.new("1", (1, 1))
HUGE = (10_000, 10_000)
"""Decoded, this needs 400 MB."""


def _saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    file = BytesIO()
    picture.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "file", "written", "message"),
    [
        pytest.param(
            "my car.png",
            _saved(PIXEL),
            "my_car.png",
            "the picture 'my_car.png' is not in the assets folder (did you mean 'my car.png'?)",
            id="a name with a space in it",
        ),
        pytest.param(
            "car.JPG",
            _saved(PIXEL, "JPEG"),
            "car.jpg",
            "the picture 'car.jpg' is not in the assets folder (did you mean 'car.JPG'?)",
            id="a name in capitals, as a camera gives it",
        ),
        pytest.param(
            "half.png",
            _saved(Image.effect_noise((64, 64), 50))[:300],
            "half.png",
            "'half.png' is not a complete picture; open it in an image editor and save it again",
            id="half a picture",
        ),
        pytest.param(
            "text.jpg",
            b"<html>404</html>",
            "text.jpg",
            "'text.jpg' is not a complete picture; open it in an image editor and save it again",
            id="a web page that was saved as a picture",
        ),
        pytest.param(
            "empty.webp",
            b"",
            "empty.webp",
            "'empty.webp' is not a complete picture; open it in an image editor and save it again",
            id="an empty picture",
        ),
        pytest.param(
            "drawing.svg",
            b"<svg><path d='M0",
            "drawing.svg",
            "'drawing.svg' is not a picture; save it again as .svg",
            id="half a drawing",
        ),
        pytest.param(
            "drawing.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><image href='car.png'/></svg>",
            "drawing.svg",
            "the drawing 'drawing.svg' shows another file ('car.png'), which is not kept with it;"
            " embed that file in your drawing program",
            id="a drawing that shows another file",
        ),
        pytest.param(
            "huge.png",
            _saved(Image.new("1", HUGE)),
            "huge.png",
            "the picture 'huge.png' has 10000 x 10000 pixels; save it with at most 3840 on the"
            " longer side",
            id="400 MB in memory",
        ),
        pytest.param(
            "car.gif",
            _saved(PIXEL, "GIF"),
            "car.gif",
            "'car.gif' is not a picture type the kiosk can show; use .jpg, .png or .svg",
            id="a picture of another type",
        ),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told_where_it_is_named(
    content_file: Write, minimal: str, name: str, file: bytes, written: str, message: str
) -> None:
    marked = minimal.replace("car.png", f"¦{written}")
    content = content_file(marked.replace("¦", ""))
    (content.parent / "assets" / name).write_bytes(file)

    _check(content, marked, [message])


def test_a_picture_with_a_space_in_its_name_is_found(content_file: Write, minimal: str) -> None:
    content = content_file(minimal.replace("car.png", "my car.png"))
    (content.parent / "assets" / "my car.png").write_bytes(_saved(PIXEL))

    assert load(content).problems == ()


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
            "'black' is not a colour code; write \"#000000\", in quotes",
            "'05' is not a plain whole number; write 5",
            "'2024-04-31' does not exist; that month has 30 days",
            "'2024-04-32' does not exist; that month has 30 days",
            "unknown key 'end' (did you mean 'ends'?)",
            "'$1' is not an amount in digits only; write 1",
            "'price' is already given on line 63; remove one of the two",
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

    assert any(problem.message.startswith("'*a") for problem in problems)
    assert 39 * 9 < count_of(problems) < 39 * 20


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
        "this is nested more than 40 levels deep; close a bracket or correct the indentation"
    )
    assert (problem.spot.line, problem.spot.column) == (line, column)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a note\n", "---\n", "~\n"])
def test_an_empty_file_says_where_to_start(content_file: Write, text: str) -> None:
    _check(content_file(text), "¦", ["the file is empty; start from the example content.yaml"])


@pytest.mark.parametrize("text", ["just a text\n", "- a\n- list\n"])
def test_a_file_of_another_kind_says_how_to_begin(content_file: Write, text: str) -> None:
    _check(content_file(text), "¦", ["the file must start with keys such as 'brand:'"])


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
        ["'English' is not a language code; write en"],
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
    ("sign", "name"),
    [
        ("\x00", "U+0000 CONTROL CHARACTER"),
        ("\x07", "U+0007 CONTROL CHARACTER"),
        ("\x1b", "U+001B CONTROL CHARACTER"),
        ("\x85", "U+0085 CONTROL CHARACTER"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\uffff", "U+FFFF UNNAMED"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
    ],
)
def test_an_invisible_character_is_named_where_it_stands(
    content_file: Write, minimal: str, sign: str, name: str
) -> None:
    marked = minimal.replace(BRAND, f"  line: Motor¦{sign}sports\n")

    _check(
        content_file(marked.replace("¦", "")),
        marked.replace(sign, ""),
        [f"there is an invisible character here ({name}); delete it"],
    )


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("head¦\u200bline", "an invisible character after 'head' (U+200B ZERO WIDTH SPACE)"),
        ("headline¦\u00a0", "an invisible character after 'headline' (U+00A0 NO-BREAK SPACE)"),
        ("¦\u200eheadline", "an invisible character at its beginning (U+200E LEFT-TO-RIGHT MARK)"),
        ("head¦\u00adline", "an invisible character after 'head' (U+00AD SOFT HYPHEN)"),
        ("he¦\u2060adline", "an invisible character after 'he' (U+2060 WORD JOINER)"),
        (
            "h¦\u0435adline",
            "a letter that only looks like it after 'h' (U+0435 CYRILLIC SMALL LETTER IE)",
        ),
        (
            "headl¦\u0131ne",
            "a letter that only looks like it after 'headl' (U+0131 LATIN SMALL LETTER DOTLESS I)",
        ),
    ],
)
def test_a_key_with_a_sign_that_cannot_be_told_apart_is_explained(
    content_file: Write, minimal: str, key: str, told: str
) -> None:
    marked = minimal.replace("home:\n  headline:", f"home:\n  {key}:")
    assert marked != minimal

    _check(
        content_file(marked.replace("¦", "")),
        marked,
        [f"the key 'headline' has {told}; type the key again"],
    )


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        (
            STARTS,
            "starts: ¦2024-\u200b04-05",
            "'starts' has an invisible character after '2024-' (U+200B ZERO WIDTH SPACE); delete"
            " it, or type the value again",
        ),
        (
            PRICE,
            "price: ¦33\u00a0000",
            "'price' has an invisible character after '33' (U+00A0 NO-BREAK SPACE); delete it, or"
            " type the value again",
        ),
        (
            SECONDS,
            "seconds_each: ¦9\u200e",
            "'seconds_each' has an invisible character after '9' (U+200E LEFT-TO-RIGHT MARK);"
            " delete it, or type the value again",
        ),
        (
            "kind: team",
            "kind: ¦te\u200bam",
            "'kind' has an invisible character after 'te' (U+200B ZERO WIDTH SPACE); type it again",
        ),
        (
            "kind: team",
            "k\u200bind: team",
            "the key 'kind' has an invisible character after 'k' (U+200B ZERO WIDTH SPACE); type"
            " the key again",
        ),
        (
            "kind: team",
            "kind: ¦t\u0435am",
            "'kind' has a letter that only looks like it after 't' (U+0435 CYRILLIC SMALL LETTER"
            " IE); type it again",
        ),
        (
            LINK,
            '¦"https://www.mini\u00adusa.com"',
            "'address' has an invisible character after 's://www.mini' (U+00AD SOFT HYPHEN);"
            " delete it, or type the value again",
        ),
        (
            PICTURE,
            "{file: ¦car\u200b.png}",
            "'file' has an invisible character after 'car' (U+200B ZERO WIDTH SPACE); delete it, or"
            " type the value again",
        ),
        (
            "language: en",
            "language: ¦d\u200be",
            "'language' has an invisible character after 'd' (U+200B ZERO WIDTH SPACE); delete it,"
            " or type the value again",
        ),
    ],
)
def test_a_value_with_a_sign_that_cannot_be_seen_is_explained(
    content_file: Write, minimal: str, written: str, instead: str, told: str
) -> None:
    marked = minimal.replace(written, instead, 1)
    assert marked != minimal
    if "¦" not in marked:
        marked = marked.replace("k\u200bind", "k¦\u200bind")

    _check(content_file(marked.replace("¦", "")), marked, [told])


@pytest.mark.parametrize("text", ["Fahr\u00adschule", "10\u00a0Jahre", "👨\u200d🔧 Service"])
def test_a_text_to_read_may_hold_what_its_language_needs(
    content_file: Write, minimal: str, text: str
) -> None:
    file = content_file(minimal.replace(LEAD, f"  lead: {text}\n"))
    assert load(file).problems == ()


def test_of_ten_thousand_mistakes_the_first_hundred_are_told_and_the_rest_counted(
    content_file: Write, minimal: str
) -> None:
    race = minimal[minimal.index("      - starts") : minimal.index("    season_over")]
    broken = race.replace("2024-04-05", "April 5")
    first_line = 1 + minimal[: minimal.index(race)].count("\n")

    *told, rest = load(content_file(minimal.replace(race, broken * 10_000))).problems

    lines = race.count("\n")
    assert [problem.spot.line for problem in told] == [first_line + n * lines for n in range(100)]
    assert rest.spot == told[-1].spot
    assert rest.message == "there are 9900 more problems; fix these first"
    assert count_of([*told, rest]) == 10_000


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentUnreadable, match=r"content\.yaml does not exist; check the name"):
        load(tmp_path / "content.yaml")


def test_a_folder_is_no_content_file(tmp_path: Path) -> None:
    with pytest.raises(ContentUnreadable, match="is a folder; name the content file inside it"):
        load(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ContentUnreadable, match="is not a regular file; name a content file"):
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
            "cannot be read by this user; fix its permissions",
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

    monkeypatch.setattr("kiosk.content.file.read_plain", refuse)
    with pytest.raises(ContentUnreadable, match=said):
        load(file)
