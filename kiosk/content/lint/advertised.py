"""What an offer states in its words: payments, terms, rates, what is due.

Read by patterns, so it is a reading and no more: whoever answers for the advertising decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from string import ascii_lowercase, ascii_uppercase

from kiosk.places.offers.model import Offer

LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
"""Of the same length, other than `str.lower`."""

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
"""Words that make credit of an offer, unless it says that it is a lease."""
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
    """One text, to be searched without regard to capitals; what was found is remembered."""

    __slots__ = ("_found", "lower", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.translate(LOWER)
        self._found: dict[str, tuple[re.Match[str], ...]] = {}

    def found(self, pattern: re.Pattern[str]) -> tuple[re.Match[str], ...]:
        """Every place of a pattern, in small letters."""
        matches = self._found.get(pattern.pattern)
        if matches is None:
            matches = self._found[pattern.pattern] = tuple(pattern.finditer(self.lower))
        return matches

    def amounts(self, pattern: re.Pattern[str]) -> tuple[Decimal, ...]:
        """The first amount of each place of a pattern."""
        return tuple(a for m in self.found(pattern) if (a := amount_in(m[0])) is not None)

    def numbers(self, pattern: re.Pattern[str]) -> tuple[Decimal, ...]:
        """The first plain number of each place of a pattern; of a period, its months."""
        read = _months_in if pattern is PERIOD else _number_in
        return tuple(read(m[0]) for m in self.found(pattern))


class Texts:
    """A few texts read as one."""

    __slots__ = ("_parts",)

    def __init__(self, *texts: str) -> None:
        self._parts = [_scanned(text) for text in texts if text]

    def found(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place of a pattern, in small letters."""
        return next((match for part in self._parts for match in part.found(pattern)), None)

    def first(self, *patterns: re.Pattern[str]) -> str:
        """The words of the first pattern that is found, as they are written."""
        for pattern in patterns:
            for part in self._parts:
                if matches := part.found(pattern):
                    return part.text[matches[0].start() : matches[0].end()].strip()
        return ""

    def says(self, *patterns: re.Pattern[str]) -> bool:
        """Whether any of the patterns is found."""
        for pattern in patterns:
            for part in self._parts:
                if part.found(pattern):
                    return True
        return False

    def without(self, pattern: re.Pattern[str]) -> Texts:
        """The same texts with what a pattern finds taken out."""
        return Texts(*(_without(part, pattern) for part in self._parts))

    def amounts(self, pattern: re.Pattern[str]) -> list[Decimal]:
        """The first amount of each place where the pattern is found; none of them twice."""
        found: list[Decimal] = []
        for part in self._parts:
            found += part.amounts(pattern)
        return found if len(found) < 2 else list(dict.fromkeys(found))

    def numbers(self, pattern: re.Pattern[str]) -> list[Decimal]:
        """The first plain number of each place where the pattern is found; none of them twice."""
        found: list[Decimal] = []
        for part in self._parts:
            found += part.numbers(pattern)
        return found if len(found) < 2 else list(dict.fromkeys(found))

    def months(self) -> list[Decimal]:
        """The periods it states, in months; none of them twice."""
        return self.numbers(PERIOD)


MOST_REMEMBERED = 4096


def _without(text: ScannedText, pattern: re.Pattern[str]) -> str:
    kept, reached = [], 0
    for match in text.found(pattern):
        kept.append(text.text[reached : match.start()])
        reached = match.end()
    return " ".join([*kept, text.text[reached:]])


@lru_cache(MOST_REMEMBERED)
def _scanned(text: str) -> ScannedText:
    """The same small print stands under many offers."""
    return ScannedText(text)


def amount_in(words: str) -> Decimal | None:
    """The first amount of money."""
    found = AMOUNT.search(words)
    return Decimal(found[1].replace(",", "")) if found else None


def _number_in(words: str) -> Decimal:
    found = PLAIN_NUMBER.search(words)
    return Decimal(found[0] if found else 0)


def _months_in(words: str) -> Decimal:
    count, unit = words.replace("-", " ").split(" ")
    return Decimal(SPELLED.get(count) or count) * (MONTHS_A_YEAR if unit[0] == "y" else 1)


@dataclass(frozen=True)
class Advertised:
    """What an offer says: its title, what else is set large, and the terms."""

    title: str
    large: str
    small: str

    @classmethod
    def of(cls, offer: Offer) -> Advertised:
        """The texts of an offer."""
        return cls(offer.title, f"{offer.figure} {offer.unit}. {offer.summary or ''}", offer.terms)

    @cached_property
    def heading(self) -> Texts:
        """What is set large."""
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
        """Whether it is told to be a lease: in what is set large, or else in the terms."""
        if self.heading.says(LEASE):
            return True
        return not self.heading.says(FINANCING, RATE_OF_CREDIT) and self.terms.says(LEASE)

    @cached_property
    def is_credit(self) -> bool:
        """Whether it is told to be financing; a lease's terms may name a credit check."""
        if self.heading.says(FINANCING):
            return True
        return not self.is_lease and self.all_texts.says(FINANCING, RATE_OF_CREDIT)
