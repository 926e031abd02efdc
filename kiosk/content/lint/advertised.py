"""What an offer states in its words: payments, terms, rates, amounts due.

Found by patterns, so it is only a reading: whoever is responsible for the advertising decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from string import ascii_lowercase, ascii_uppercase

from kiosk.places.offers.model import Offer

LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
"""Keeps the length, unlike `str.lower`."""

MONEY = r"(?>[$£€] ?\d+(?:,\d{3})*(?:\.\d{1,2})?)"
COUNT = r"(?:\d{1,3}|two|three|four|five|six|seven)"
WHEN_SIGNED = (
    r"(?:due|payable|required) (?:in total )?(?:at|on|upon|before|by|prior to)"
    r"(?: or (?:at|before|prior to))? (?:the )?(?:lease )?"
    r"(?:signing|delivery|inception|consummation)(?: or (?:at |on )?delivery)?"
)
NOT_REGULAR = "".join(
    rf"(?<!{word} )" for word in ("down", "advance", "final", "balloon", "initial", "total of")
)
COVER = r"(?![^.;]{0,25}(?:warrant|maintenance|cover|roadside|servic|\bold\b|mile))"

LEASE = re.compile(r"\bleas(?:e|es|ed|ing)\b|\blessee\b|\bcontract hire\b|\bpch\b")
FINANCING = re.compile(
    r"\b(?:financ(?:e|ed|ing)\b|loans?\b|borrow|instal?lments?\b|on credit\b|credit sale\b"
    r"|hire purchase\b|contract purchase\b|pcp\b)"
)
RATE_OF_CREDIT = re.compile(r"\bapr\b|annual percentage rate|\binterest\b")
"""Words that make an offer a credit offer, unless it says that it is a lease."""
PAYMENT = re.compile(
    rf"{MONEY}\*? ?(?:/ ?|per |an? |each |every )(?:calendar )?(?:month|mo\b|week)"
    rf"|{MONEY}\*? (?:monthly|weekly|pcm|p/m)\b"
    rf"|{NOT_REGULAR}\b(?:payments?|instal?lments?|rentals?|repayments?)"
    rf"(?: of|:| are| at| from)? (?:only |just )?{MONEY}"
)
UNIT_COST = re.compile(rf"{MONEY}(?: (?:an?|per) month)? (?:per|for each|for every) [$£€]1,000")
NUMBER = re.compile(
    r"\b\d{1,3} (?:equal |consecutive |scheduled |fixed |further )*(?:monthly |weekly )?"
    r"(?:payments|instal?lments|rentals|repayments)\b"
)
PERIOD = re.compile(rf"\b{COUNT}[ -](?:months?|mos?\b|years?)\b{COVER}")
DOWN = re.compile(
    rf"{MONEY} (?:(?:cash|money|customer) )?(?:down|deposit)\b"
    rf"|\bdown ?payment(?: of| is|:)? {MONEY}|{MONEY} (?:cash )?down ?payment"
    rf"|(?<!security )\bdeposit(?: of| is|:)? {MONEY}"
    rf"|\bcapitali[sz]ed cost reduction(?: of|:)? {MONEY}|{MONEY} capitali[sz]ed cost reduction"
    r"|\b\d{1,2}(?:\.\d+)? ?(?:%|percent) (?:down|deposit)\b"
)
MOSTLY_FINANCED = re.compile(r"\b[5-9]\d ?(?:%|percent) financing\b")
NOTHING_DOWN = re.compile(
    r"\b(?:no|zero) (?:money |cash )?(?:down|deposit)\b|\bno (?:money )?down ?payment"
    r"|\bnothing down\b|\bsign (?:and|&) drive\b"
)
DUE = re.compile(
    rf"{MONEY}(?: (?:is|total|in total|cash|amount))* {WHEN_SIGNED}"
    rf"|{WHEN_SIGNED}(?: is| of|:| -)? {MONEY}"
)
NOTHING_DUE = re.compile(rf"\b(?:nothing|no (?:money|payment|cash)|zero)(?: is)? {WHEN_SIGNED}")
CHARGE = re.compile(
    rf"\bfinance charges?(?: of| is|:)? {MONEY}|{MONEY} (?:in |of )?(?:finance charge|interest\b)"
)
APR = re.compile(
    r"\b\d+(?:\.\d+)? ?(?:%|percent) (?:fixed |representative |typical )?"
    r"(?:apr\b|annual percentage rate)"
    r"|(?:\bapr\b|annual percentage rate)(?: \(apr\))?(?: of| is|:)? \d+(?:\.\d+)? ?(?:%|percent)"
)
RATE = re.compile(
    r"\b\d+(?:\.\d+)? ?(?:%|percent) (?:[a-z.]+ ){0,3}"
    r"(?:apr|interest|financ(?:e|ing)|annual|fixed|rate)\b"
    r"|\b(?:apr|rate|interest)(?: of| is|:)? \d+(?:\.\d+)? ?(?:%|percent)"
)
AMOUNT = re.compile(r"[$£€] ?(\d+(?:,\d{3})*(?:\.\d{1,2})?)")
PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")
SPELLED = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
MONTHS_A_YEAR = 12


class ScannedText:
    """A text to search case-insensitively; matches are cached."""

    __slots__ = ("_matches", "lower", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.translate(LOWER)
        self._matches: dict[str, tuple[re.Match[str], ...]] = {}

    def matches(self, pattern: re.Pattern[str]) -> tuple[re.Match[str], ...]:
        """Every match of a pattern, in lower case."""
        matches = self._matches.get(pattern.pattern)
        if matches is None:
            matches = self._matches[pattern.pattern] = tuple(pattern.finditer(self.lower))
        return matches


class Texts:
    """Several texts searched as one."""

    __slots__ = ("_parts",)

    def __init__(self, *texts: str) -> None:
        self._parts = [_scanned(text) for text in texts if text]

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of a pattern, in lower case."""
        return next(self._matches(pattern), None)

    def first(self, *patterns: re.Pattern[str]) -> str:
        """The text of the first pattern that matches, as written."""
        for pattern in patterns:
            for part in self._parts:
                if matches := part.matches(pattern):
                    return part.text[matches[0].start() : matches[0].end()].strip()
        return ""

    def says(self, *patterns: re.Pattern[str]) -> bool:
        """Whether any of the patterns matches."""
        for pattern in patterns:
            for part in self._parts:
                if part.matches(pattern):
                    return True
        return False

    def without(self, pattern: re.Pattern[str]) -> Texts:
        """The same texts without the matches of a pattern."""
        return Texts(*(_without(part, pattern) for part in self._parts))

    def amounts(self, pattern: re.Pattern[str]) -> list[Decimal]:
        """The first amount in each match of the pattern, without duplicates."""
        found = (amount_in(match[0]) for match in self._matches(pattern))
        return list(dict.fromkeys(amount for amount in found if amount is not None))

    def numbers(self, pattern: re.Pattern[str]) -> list[Decimal]:
        """The first plain number in each match, without duplicates; for a period, its months."""
        parse = _months_in if pattern is PERIOD else _number_in
        return list(dict.fromkeys(parse(match[0]) for match in self._matches(pattern)))

    def _matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return (match for part in self._parts for match in part.matches(pattern))


MOST_CACHED = 4096


def _without(text: ScannedText, pattern: re.Pattern[str]) -> str:
    pieces, position = [], 0
    for match in text.matches(pattern):
        pieces.append(text.text[position : match.start()])
        position = match.end()
    return " ".join([*pieces, text.text[position:]])


@lru_cache(MOST_CACHED)
def _scanned(text: str) -> ScannedText:
    """Cached, because many offers have the same small print."""
    return ScannedText(text)


def amount_in(words: str) -> Decimal | None:
    """The first amount of money."""
    match = AMOUNT.search(words)
    return Decimal(match[1].replace(",", "")) if match else None


def _number_in(words: str) -> Decimal:
    match = PLAIN_NUMBER.search(words)
    return Decimal(match[0] if match else 0)


def _months_in(words: str) -> Decimal:
    count, unit = words.replace("-", " ").split(" ")
    return Decimal(SPELLED.get(count) or count) * (MONTHS_A_YEAR if unit[0] == "y" else 1)


@dataclass(frozen=True)
class Advertised:
    """What an offer says: its title, other large print, and the terms."""

    title: str
    large: str
    small: str

    @classmethod
    def of(cls, offer: Offer) -> Advertised:
        """The texts of an offer."""
        return cls(offer.title, f"{offer.figure} {offer.unit}. {offer.summary or ''}", offer.terms)

    @cached_property
    def heading(self) -> Texts:
        """The large print."""
        return Texts(self.title, self.large)

    @cached_property
    def terms(self) -> Texts:
        """The small print."""
        return Texts(self.small)

    @cached_property
    def all_texts(self) -> Texts:
        """Everything."""
        return Texts(self.title, self.large, self.small)

    @cached_property
    def is_lease(self) -> bool:
        """Whether it says it is a lease: in the large print, or else in the terms."""
        if self.heading.says(LEASE):
            return True
        return not self.heading.says(FINANCING, RATE_OF_CREDIT) and self.terms.says(LEASE)

    @cached_property
    def is_credit(self) -> bool:
        """Whether it says it is financing; a lease's terms may mention a credit check."""
        if self.heading.says(FINANCING):
            return True
        return not self.is_lease and self.all_texts.says(FINANCING, RATE_OF_CREDIT)
