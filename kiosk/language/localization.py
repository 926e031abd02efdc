"""How numbers, money, distances and days read in a language and a country, by the CLDR (Babel).

Babel and a locale take 30 ms to import and read, so this is imported where the content is shown,
behind the first frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time, parse_pattern
from babel.lists import format_list
from babel.numbers import format_decimal, get_currency_precision
from babel.units import format_unit

LengthUnit = Literal["mi", "km"]
Plural = Literal["zero", "one", "two", "few", "many", "other"]

COUNTRIES = {"us": "US", "uk": "GB"}
"""The country of a content's region."""
IN_MILES = frozenset({"US", "GB", "LR", "MM"})
UNITS: dict[LengthUnit, str] = {"mi": "length-mile", "km": "length-kilometer"}
KM_PER_MILE = 1.609344
CODES = {"¥": "JPY", "￥": "JPY", "円": "JPY", "₩": "KRW", "₫": "VND"}
"""Signs of currencies without a smaller unit in use, unless the language's country has another."""
LETTER_AT_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
SHORT_MONTH = re.compile(r"(?<![ML])([ML])\1\1(?![ML])")
DRAWABLE = str.maketrans({"\u202f": "\u00a0", "\u2009": " ", "￥": "¥"})
"""What Red Hat Display lacks, and the thin spaces of ranges."""


@dataclass(frozen=True, slots=True)
class Localization:
    """A language as a country has it; `country` also decides between miles and kilometres."""

    locale: Locale
    country: str

    # Numbers

    def number(self, value: int | Decimal) -> str:
        """`1,234`."""
        return _drawable(format_decimal(value, locale=self.locale))

    def percent(self, rate: Decimal, decimals: int = 0) -> str:
        """`3.99%` for 3.99, with at least so many decimals."""
        pattern = copy(self.locale.percent_formats[None])
        pattern.frac_prec = (decimals, decimals)
        share = rate.normalize() / 100
        return _drawable(pattern.apply(share, self.locale, decimal_quantization=False))

    def money(self, amount: Decimal, currency: str, *, round_as_whole: bool = False) -> str:
        """`$564.36`; `currency` is a sign or an ISO 4217 code.

        With `round_as_whole`, an amount without cents is written without them.
        """
        digits = get_currency_precision(self._currency_code(currency))
        if round_as_whole and amount == amount.to_integral_value():
            digits = 0
        pattern = copy(self.locale.currency_formats["standard"])
        pattern.frac_prec = (digits, digits)
        text = pattern.apply(amount, self.locale, currency=currency, currency_digits=False)
        return _drawable(LETTER_AT_DIGIT.sub("\u00a0", text))

    def _currency_code(self, currency: str) -> str:
        if self.locale.language == "zh":
            return "CNY"
        return CODES.get(currency, currency)

    def distance(self, km: float, unit: LengthUnit | None) -> str:
        """`3.4 mi`, from ten on without a decimal; in the country's unit where none is given."""
        unit = unit or self._length_unit
        value = round(km / KM_PER_MILE if unit == "mi" else km, 1)
        shown = format_unit(
            round(value) if value >= 10 else value,
            UNITS[unit],
            length="short",
            format="#,##0" if value >= 10 else "#,##0.0",
            locale=self.locale,
        )
        return _drawable(shown)

    def distance_a_year(self, count: int) -> str:
        """`12,000 mi`, in the country's unit."""
        unit = UNITS[self._length_unit]
        return _drawable(format_unit(count, unit, length="short", locale=self.locale))

    def months(self, count: int) -> str:
        """`48 months`."""
        return _drawable(format_unit(count, "duration-month", length="long", locale=self.locale))

    def length_km(self, unit: LengthUnit | None) -> float:
        """A mile or a kilometre, in kilometres."""
        return KM_PER_MILE if (unit or self._length_unit) == "mi" else 1.0

    @property
    def _length_unit(self) -> LengthUnit:
        return "mi" if self.country in IN_MILES else "km"

    def plural(self, count: int) -> Plural:
        """Which form a noun takes beside a number."""
        return self.locale.plural_form(count)  # type: ignore[return-value] # one of six tags

    @property
    def plurals(self) -> frozenset[str]:
        """The forms that nouns have beside whole numbers."""
        return frozenset(self.locale.plural_form(count) for count in range(201))

    # Days

    def day(self, day: date) -> str:
        """`April 5, 2024`."""
        return _drawable(format_date(day, "long", locale=self.locale))

    def weekday(self, day: date) -> str:
        """`Fri, Apr 5, 2024`."""
        return _drawable(format_skeleton("yMMMEd", day, locale=self.locale))

    def short_weekday(self, day: date) -> str:
        """`Fri, Apr 5`."""
        return _drawable(format_skeleton("MMMEd", day, locale=self.locale))

    def short_day(self, day: date) -> str:
        """`Apr 5`."""
        return _drawable(format_skeleton("MMMd", day, locale=self.locale))

    def month(self, day: date) -> str:
        """`April 2024`."""
        return _drawable(format_skeleton("yMMMM", day, locale=self.locale))

    def time(self, time: time | datetime) -> str:
        """`9:30 AM`, as the clocks of the place show it."""
        of_day = time.time() if isinstance(time, datetime) else time
        pattern = self.locale.time_formats["short"].pattern
        hour, sign, _ = pattern.partition("'h'")
        if sign:  # 9 h 30 and 9 h, as the Office québécois de la langue française has it
            pattern = (hour + sign if not of_day.minute else pattern).replace("HH", "H")
        return _drawable(format_time(of_day, pattern, locale=self.locale))

    def hour(self, minutes: int) -> str:
        """`9 AM` for 540 minutes after midnight, or `9:30 AM`, or `09:00`."""
        of_day = time(minutes // 60 % 24, minutes % 60)
        if of_day.minute or not self._has_halves:
            return self.time(of_day)
        return _drawable(format_skeleton("h", of_day, locale=self.locale))

    def hours(self, first: int, last: int) -> str:
        """`9 AM – 6 PM`."""
        return self._apart(self.hour(first), self.hour(last))

    @property
    def _has_halves(self) -> bool:
        """Whether the clock counts to twelve twice a day."""
        return "h" in re.sub("'[^']*'", "", self.locale.time_formats["short"].pattern)

    def weekday_name(self, day: int) -> str:
        """`Monday`, for 0, as it stands at the beginning of a line."""
        name = self.weekday_inside(day)
        return name[:1].upper() + name[1:]

    def weekday_inside(self, day: int) -> str:
        """`Monday`, for 0, inside a sentence."""
        return str(self.locale.days["format"]["wide"][day])

    def listed(self, texts: Sequence[str]) -> str:
        """`Saturday and Sunday`."""
        return _drawable(format_list(texts, locale=self.locale))

    @property
    def week_begins(self) -> int:
        """The day after the weekend, from 0 for Monday."""
        return (self.locale.weekend_end + 1) % 7

    def moment(self, moment: datetime) -> str:
        """`April 5, 2024, 9:30 AM`."""
        both = str(self.locale.datetime_formats["medium"])
        return both.replace("'", "").format(self.time(moment), self.day(moment))

    def days(self, first: date, last: date, *, with_year: bool = True) -> str:
        """`April 5–7, 2024`, or without the year; a single day alone."""
        if first == last:
            if with_year:
                return self.day(first)
            return _drawable(format_skeleton("MMMMd", first, locale=self.locale))
        skeletons = ("yMMMMd", "yMMMd") if with_year or first.year != last.year else ("MMMMd",)
        return self._range(skeletons, first, last) or self._apart(self.day(first), self.day(last))

    def day_figure(self, first: date, last: date) -> str:
        """The days of the month alone, to be set large: `5–7`; `30–2` across its end."""
        parts = self._pattern(("d",), "d") or ("d–", "d")
        if first == last:
            return _drawable(parse_pattern(parts[1]).apply(first, self.locale))
        return self._joined(parts, first, last)

    def month_figure(self, first: date, last: date) -> str:
        """The month beside such a figure: `April`, or `April – May`."""
        names = [format_date(day, "MMMM", locale=self.locale) for day in (first, last)]
        return _drawable(names[0]) if names[0] == names[1] else self._apart(*names)

    def _range(self, skeletons: tuple[str, ...], first: date, last: date) -> str | None:
        differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        parts = self._pattern(skeletons, differs)
        return self._joined(parts, first, last) if parts else None

    def _pattern(self, skeletons: tuple[str, ...], differs: str) -> tuple[str, str] | None:
        """How a range is written whose days differ in this field at most, with the month in full.

        The CLDR parts the days of one month by a thin space in some languages and not in others;
        set large they belong together.
        """
        for skeleton in skeletons:
            parts = self.locale.interval_formats.get(skeleton, {}).get(differs)
            if parts is not None and len(parts) == 2:
                first, last = (SHORT_MONTH.sub(r"\1\1\1\1", part) for part in parts)
                return (first.replace("\u2009", ""), last) if differs == "d" else (first, last)
        return None

    def _joined(self, parts: tuple[str, str], first: date, last: date) -> str:
        texts = (
            parse_pattern(part).apply(day, self.locale)
            for part, day in zip(parts, (first, last), strict=True)
        )
        return _drawable("".join(texts))

    def _apart(self, first: str, last: str) -> str:
        return _drawable(self.locale.interval_formats[None].format(first, last))


def _drawable(text: str) -> str:
    return text.translate(DRAWABLE)


@cache
def localization(language: str, region: str | None = None) -> Localization:
    """How a content reads, by its `language` and the `region` that it names, if it names one.

    A language may name its country itself, as in `en-GB`; what the CLDR does not know is written
    as in the language, or else in English.
    """
    code, _, country = language.partition("-")
    country = country or COUNTRIES.get(region or "", "")
    locale = next(filter(None, map(_locale, (f"{code}_{country}", code))), Locale("en"))
    likely = get_global("likely_subtags").get(code, "")
    return Localization(locale, country or likely.rpartition("_")[2])


def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None
