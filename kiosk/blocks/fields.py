"""The field types that staff write: text of a bounded length, days, amounts, links, pictures.

The YAML reader hands every scalar over as text, so the field decides what it means: `NO` stays
a word in a text field and is false in a yes-or-no field, `05` stays a start number.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from annotated_types import GroupedMetadata
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from kiosk.blocks import written
from kiosk.blocks.icons import IconUnknown, glyph
from kiosk.blocks.lookalikes import odd_sign_at, refuse_odd_sign
from kiosk.blocks.problem_codes import Code
from kiosk.blocks.refusal import FieldRefusal, PictureProblem, ValueRefusal
from kiosk.blocks.written import Written

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TURNED_DAY = re.compile(r"([0-9]{1,2})([-/.–])([0-9]{1,2})\2((?:[0-9]{2})?[0-9]{2})")
OTHER_DAY = re.compile(r"([0-9]{4})(?:([-/.–])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))")
DAY_IN_WORDS = re.compile(r"[A-Za-z]{3,}|[0-9]+")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_AND_TIME = re.compile(r"(?P<day>[0-9]+[-/][0-9]+[-/][0-9]+)(?P<sign>[Tt, ]\s*|\s+)(?P<time>.+)")
CLOCK_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{1,2}))?(?::[0-9.]*)?"
    r"\s*(?:(?P<half>[ap])\.?m\.?)?\s*(?P<zone>Z|UTC|[+-][0-9:]{2,6}|[A-Z]{3,4})?",
    re.IGNORECASE,
)
"""A time of day as people write it; `18:30` alone is taken."""
YEARS, LEAP_YEAR = range(1900, 2200), 2024
LONGEST_WHOLE, LONGEST_AMOUNT = 12, 24
"""Characters; a position copied from a map has some twenty."""
BESIDE_AN_AMOUNT = re.compile(
    r"[$€£¥%'’\s]|^\+|,(?=[0-9]{3}(?![0-9]))|[.,]-+$"
    r"|(?i:usd|eur|gbp|us|dollars?|euros?|pounds?|percent|apr)\.?"
)
"""What people put around an amount: a currency, a percent sign, marks between the thousands."""
POINTED_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
BARE_COLOR = re.compile(r"#?\s*(?:0x)?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
NAMED_COLORS = {
    "black": "#000000",
    "white": "#FFFFFF",
    "grey": "#808080",
    "gray": "#808080",
    "silver": "#C0C0C0",
    "red": "#FF0000",
    "maroon": "#800000",
    "orange": "#FFA500",
    "yellow": "#FFFF00",
    "gold": "#FFD700",
    "green": "#008000",
    "blue": "#0000FF",
    "navy": "#000080",
    "purple": "#800080",
    "pink": "#FFC0CB",
    "brown": "#A52A2A",
}
"""As CSS has them."""
MISTYPED_LINK = re.compile(
    r"<?(?:[a-z]{2,7}\s?[:;.]?\s?/{1,2}|//)\s*([^\s/@<>]+\.[^\s<>]+)>?", re.I
)
DEGREES = r"-?[0-9]{1,3}(?:\.[0-9]+)?"
OTHER_ADDRESSES = {
    "tel": (
        re.compile(r"(?i:tel:)\+?[0-9(][0-9 ().*#-]{2,30}(?:;[a-z-]+=\S+)*"),
        "tel:+13175550137",
    ),
    "mailto": (re.compile(r"(?i:mailto:)[^\s@?]+@[^\s@?]+(?:\?.*)?"), "mailto:info@example.com"),
    "geo": (re.compile(rf"(?i:geo:){DEGREES},{DEGREES}(?:[;?,]\S*)?"), "geo:39.7990,-89.6440"),
}
"""Addresses besides those of the web: how each is written, and an example."""
ICON_HINT = "write a set and an icon that is in it, like ph.house-bold"
YES = frozenset({"true", "yes", "on"})
NO = frozenset({"false", "no", "off"})


def _clean_text(value: str) -> str:
    if (found := CONTROL_CHARACTERS.search(value)) is not None:
        sign = odd_sign_at(value, found.start())
        raise FieldRefusal("odd-character", f"has {sign}; type the text again")
    return value


def _plain(value: str) -> str:
    refuse_odd_sign(value)
    return value


def _text_of(value: Any, code: Code, what: str) -> str:
    if isinstance(value, str) and value.strip():
        refuse_odd_sign(value.strip())
        return value.strip()
    if isinstance(value, list | dict):
        what += ", not a list" if isinstance(value, list) else ", not a block of keys"
    raise FieldRefusal(code, f"must be {what}")


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = _text_of(value, "not-a-day", "a day, like 2024-04-05")
    if (iso := ISO_DAY.fullmatch(text)) is None:
        raise ValueRefusal("not-a-day", _no_day(text))
    year, month, day = (int(part) for part in iso.groups())
    if year not in YEARS:
        raise ValueRefusal("not-a-day", f"'{text}' has an impossible year; correct it")
    if not 1 <= month <= 12:
        raise ValueRefusal("not-a-day", f"'{text}' does not exist; months go from 01 to 12")
    if not _is_in_calendar(year, month, day):
        raise ValueRefusal("not-a-day", _too_late(text, year, month))
    return date(year, month, day)


def _no_day(text: str) -> str:
    """A day as people write it, and how it is written here."""
    head, _, time_of_day = text.replace("T", " ").partition(" ")
    if time_of_day and ISO_DAY.fullmatch(head) and CLOCK_TIME.fullmatch(time_of_day.strip()):
        return f"'{text}' has a time of day, which does not go here; write {head}"
    if (turned := TURNED_DAY.fullmatch(text)) is not None:
        first, second, year = int(turned[1]), int(turned[3]), int(turned[4])
        if year > 99 or turned[2] != "-":  # 24-04-05 begins with the year, or ends with it
            return _unturned(text, first, second, year if year > 99 else 2000 + year)
    if (other := OTHER_DAY.fullmatch(text)) is not None:
        month, day = int(other[3] or other[5]), int(other[4] or other[6])
        return _written_out(text, int(other[1]), month, day)
    words = [word.lower() for word in DAY_IN_WORDS.findall(text)]
    months = [MONTHS.index(word[:3]) + 1 for word in words if word[:3] in MONTHS]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= 4]
    days, years = [n for n in numbers if n <= 31], [n for n in numbers if n in YEARS]
    if (len(months), len(days)) == (1, 1) and len(years) == len(numbers) - 1 <= 1:
        return _written_out(text, years[0] if years else None, months[0], days[0])
    return f"'{text}' is not a day; write it as YEAR-MONTH-DAY, like 2024-04-05"


def _unturned(text: str, first: int, second: int, year: int) -> str:
    """5/4/2024 is in May for some and in April for others."""
    orders = [pair for pair in dict.fromkeys([(first, second), (second, first)]) if pair[0] <= 12]
    readings = [pair for pair in orders if _is_in_calendar(year, *pair)]
    if len(readings) == 2:
        either, other = (f"{year}-{month:02d}-{day:02d}" for month, day in readings)
        return f"'{text}' can be read in two ways; write {either} or {other}"
    if year not in YEARS or len(orders) != 1:
        return f"'{text}' is not a valid date format; write it as YEAR-MONTH-DAY, like 2024-04-05"
    return _written_out(text, year, *orders[0])


def _written_out(text: str, year: int | None, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"'{text}' does not exist; write it as YEAR-MONTH-DAY, like 2024-04-05"
    if not _is_in_calendar(year or LEAP_YEAR, month, day):
        return _too_late(text, year or LEAP_YEAR, month)
    if year is None:
        return f"'{text}' has no year; write it in front, as in 2024-{month:02d}-{day:02d}"
    return f"'{text}' is not a valid date format; write {year}-{month:02d}-{day:02d}"


def _is_in_calendar(year: int, month: int, day: int) -> bool:
    return year in YEARS and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _too_late(text: str, year: int, month: int) -> str:
    return f"'{text}' does not exist; that month has {monthrange(year, month)[1]} days"


def _moment(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = _text_of(
        value, "not-a-day", "a day, or a day and a time, like 2024-05-01 or 2024-05-01 18:30"
    )
    if (found := CLOCK_TIME.fullmatch(text)) is not None:
        raise ValueRefusal(
            "not-a-day", f"'{text}' has no day; write it as 2024-05-01 {_plain_time(found)}"
        )
    if (parts := DAY_AND_TIME.fullmatch(text)) is None:
        return _day(text)
    day, sign = _day(parts["day"]), parts["sign"]
    if (found := CLOCK_TIME.fullmatch(parts["time"])) is None:
        raise ValueRefusal(
            "not-a-time", f"'{text}' has no time after the day; write it as {day} 18:30"
        )
    return _at_time(text, day, sign, found)


def _at_time(text: str, day: date, sign: str, clock: re.Match[str]) -> datetime:
    plain = _plain_time(clock)
    hour, minute = (int(part) for part in plain.split(":"))
    if len(clock["minute"] or "00") == 1:
        raise ValueRefusal(
            "not-a-time", f"'{text}' has minutes of one digit; write two, like {day} 18:05"
        )
    if (hour, minute) == (24, 0):
        raise ValueRefusal(
            "not-a-time",
            f"'{text}' is the start of the next day; write {day + timedelta(days=1)} 00:00",
        )
    if hour > 23 or minute > 59:
        raise ValueRefusal(
            "not-a-time", f"'{text}' is not a time of day; hours go from 00 to 23, minutes to 59"
        )
    if clock["zone"] is not None:
        raise ValueRefusal(
            "not-a-time",
            f"'{text}' names its own time zone; write {day} {plain}, in the zone of time_zone:",
        )
    if sign != " " or clock[0] != plain:
        raise ValueRefusal(
            "not-a-time", f"'{text}' is not written as a date and time; write {day} {plain}"
        )
    return datetime.combine(day, time(hour, minute))


def _plain_time(clock: re.Match[str]) -> str:
    """`6pm` as 18:00."""
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{clock['minute'] or '':0>2}"


def _time_zone(value: str) -> str:
    # Here alone: most files name none, and the names are read from the disk.
    from kiosk.blocks.zones import check_zone

    check_zone(value)
    return value


def check_language(value: str) -> str:
    """Whether texts can be in a language.

    Raises:
        ValueRefusal: with the code that is probably meant.
    """
    if value == "en":
        return value
    # Here alone, for texts that are not in English: 15 ms.
    from babel import Locale
    from babel.languages import get_official_languages
    from babel.localedata import exists

    if written.LANGUAGE.fits(value) and exists(value.partition("-")[0]):
        return value
    english = {name.lower(): tag for tag, name in Locale("en").languages.items()}
    head, _, tail = value.replace("_", "-").partition("-")
    meant = english.get(value.lower()) or (head.lower() if exists(head.lower()) else "")
    if meant and tail:
        meant = f"{meant}-{tail.upper()}"
    if not meant and (spoken := get_official_languages(head.upper())):
        meant = spoken[0]
    hint = meant if written.LANGUAGE.fits(meant) else "two small letters, like en"
    raise ValueRefusal("not-a-language", f"'{value}' is not a language code; write {hint}")


def _whole(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = _text_of(value, "not-a-number", "a whole number, like 36")
    if not written.WHOLE.fits(text):
        stripped = text.lstrip("0")
        plain = written.WHOLE.fits(stripped)
        hint = f"write {stripped}" if plain else "write digits only, like 36"
        raise ValueRefusal("not-a-number", f"'{text}' is not a plain whole number; {hint}")
    if len(text) > LONGEST_WHOLE:
        raise FieldRefusal("too-long", f"is too long; write at most {LONGEST_WHOLE} digits")
    return int(text)


def _amount(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    text = _text_of(value, "not-a-number", "an amount in digits, like 32500 or 4.9")
    if not written.AMOUNT.fits(text):
        bare = BESIDE_AN_AMOUNT.sub("", text)
        if POINTED_THOUSANDS.fullmatch(bare):
            bare = bare.replace(".", "")
        bare = bare.replace(",", ".").lstrip("0").removesuffix(".")
        bare = f"0{bare}" if bare.startswith(".") else bare
        hint = f"write {bare}" if written.AMOUNT.fits(bare) else "write it like 32500 or 4.9"
        raise ValueRefusal("not-a-number", f"'{text}' is not an amount in digits only; {hint}")
    if len(text) > LONGEST_AMOUNT:
        raise FieldRefusal("too-long", f"is too long; write at most {LONGEST_AMOUNT} digits")
    return Decimal(text)


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _text_of(value, "not-a-flag", "true or false").lower()
    if text in YES:
        return True
    if text in NO:
        return False
    raise ValueRefusal("not-a-flag", f"'{text}' is neither true nor false; write true or false")


def _color(value: str) -> str:
    if written.COLOR.fits(value):
        return value.lower()
    code = NAMED_COLORS.get(value.lower())
    if (bare := BARE_COLOR.fullmatch(value)) is not None:
        digits = bare[1] if len(bare[1]) == 6 else "".join(digit * 2 for digit in bare[1])
        code = f"#{digits.upper()}"
    meant = f'"{code}"' if code else 'a code like "#E2231A"'
    raise ValueRefusal("not-a-color", f"'{value}' is not a color code; write {meant}, in quotes")


def _slug(value: str) -> str:
    if not written.SLUG.fits(value):
        raise ValueRefusal(
            "not-an-id",
            f"'{value}' must be lower-case letters, digits and hyphens, like stay-updated",
        )
    return value


def _link(value: str) -> str:
    scheme = value.partition(":")[0].lower()
    if scheme in OTHER_ADDRESSES:
        pattern, like = OTHER_ADDRESSES[scheme]
        if pattern.fullmatch(value) is None:
            raise ValueRefusal(
                "not-an-address", f"'{value}' leads nowhere on a phone; write it like {like}"
            )
        return value
    if not value.lower().startswith(("https://", "http://")):
        raise ValueRefusal(
            "not-an-address", f"'{value}' does not start with https://; {_meant_by(value)}"
        )
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if "." not in host or not value.isascii() or any(c.isspace() for c in value):
        raise ValueRefusal("not-an-address", f"'{value}' is not a web address; {_meant_by(value)}")
    return value


def _meant_by(value: str) -> str:
    if "@" in value and "/" not in value and " " not in value:
        return f"write mailto:{value}"
    mistyped = MISTYPED_LINK.fullmatch(value)
    plain = mistyped[1] if mistyped else value
    usable = plain.isascii() and "." in plain and not any(c.isspace() or c in ":<>" for c in plain)
    return f"write https://{plain}" if usable else "copy it from the browser's address bar"


def _phone(value: str) -> str:
    if not written.PHONE.fits(value):
        raise ValueRefusal(
            "not-a-phone-number",
            f"'{value}' is not a phone number; write digits, like +1 317 555 0137",
        )
    return value


def _email(value: str) -> str:
    plain = re.sub(r"^mailto:", "", value, flags=re.IGNORECASE)
    if not written.EMAIL.fits(value):
        hint = f"write {plain}" if written.EMAIL.fits(plain) else "write it like info@example.com"
        raise ValueRefusal("not-an-address", f"'{value}' is not an email address; {hint}")
    return value


def _website(value: str) -> str:
    if "@" in value and "/" not in value:
        raise ValueRefusal(
            "not-an-address", f"'{value}' is an email address; write it after email:"
        )
    if not _link(value).lower().startswith("http"):
        raise ValueRefusal(
            "not-an-address", f"'{value}' is not a web address; it begins with https://"
        )
    return value


def _icon(value: str) -> str:
    try:
        glyph(value)
    except IconUnknown as error:
        near = error.near or _phosphor_icon(value)
        hint = f" (did you mean '{near}'?)" if near else f"; {ICON_HINT}"
        raise ValueRefusal("unknown-icon", f"{error}{hint}") from None
    return value


def _phosphor_icon(value: str) -> str:
    """The icon of the usual set that is meant by a bare word; empty where there is none."""
    plain = value.lower().rpartition(".")[2].replace(" ", "-").removeprefix("ph-")
    return next((name for name in (f"ph.{plain}-bold", f"ph.{plain}") if _is_icon(name)), "")


def _is_icon(name: str) -> bool:
    try:
        glyph(name)
    except IconUnknown:
        return False
    return True


def _stored_as(noun: Literal["picture", "video"]) -> AfterValidator:
    """The file's name as the disk has it, when the loader gave the pictures as context."""

    def inspect(value: str, info: ValidationInfo) -> str:
        pictures = (info.context or {}).get("pictures")
        if pictures is None:
            return value
        try:
            found: str = pictures.inspect(value, noun)
        except PictureProblem:
            refuse_odd_sign(value)
            raise
        return found

    return AfterValidator(inspect)


@dataclass(frozen=True, slots=True)
class Text(GroupedMetadata):
    """A text of 1 to `most` characters."""

    most: int

    def __iter__(self) -> Iterator[object]:
        yield from StringConstraints(strip_whitespace=True, min_length=1, max_length=self.most)
        yield AfterValidator(_clean_text)


@dataclass(frozen=True, slots=True)
class Plain(GroupedMetadata):
    """A value without odd signs that passes a check; `most` is how many characters it may have."""

    check: Callable[[str], str]
    written: Written | None = None
    most: int | None = None

    def __iter__(self) -> Iterator[object]:
        most = self.written.most if self.written is not None else None
        yield StringConstraints(max_length=self.most or most)
        yield AfterValidator(_plain)
        yield AfterValidator(self.check)
        if self.written is not None:
            yield self.written


Figure = Annotated[str, Text(9)]
"""A number set as large as a poster: `1964`, `2nd`, `$299`."""
Name = Annotated[str, Text(32)]
Headline = Annotated[str, Text(48)]
Line = Annotated[str, Text(140)]
Summary = Annotated[str, Text(260)]
Paragraph = Annotated[str, Text(900)]
Day = Annotated[date, BeforeValidator(_day), written.DAY]
Moment = Annotated[date | datetime, BeforeValidator(_moment), written.MOMENT]
"""A day, or a day and a time (then a `datetime` without a zone), by the dealership's clocks."""
Language = Annotated[str, Plain(check_language, written.LANGUAGE, most=40)]
TimeZone = Annotated[str, Plain(_time_zone, most=64)]
Whole = Annotated[int, BeforeValidator(_whole), written.WHOLE]
Amount = Annotated[Decimal, BeforeValidator(_amount), written.AMOUNT]
Flag = Annotated[bool, BeforeValidator(_flag), written.FLAG]
Color = Annotated[str, Plain(_color, written.COLOR)]
Slug = Annotated[str, Plain(_slug, written.SLUG)]
Address = Annotated[str, Plain(_link, written.ADDRESS)]
Website = Annotated[str, Plain(_website, written.WEBSITE)]
Email = Annotated[str, Plain(_email, written.EMAIL)]
Phone = Annotated[str, Plain(_phone, written.PHONE)]
Icon = Annotated[str, Plain(_icon, written.ICON)]
PictureFile = Annotated[
    str, StringConstraints(max_length=200), _stored_as("picture"), written.PICTURE
]
VideoFile = Annotated[str, StringConstraints(max_length=200), _stored_as("video"), written.VIDEO]
