"""What is wrong inside brackets, read sign by sign: `{key: text, key: text}` and `[text, text]`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.content.problems import Problem, Spot

KEY_LINE = re.compile(
    r"(?P<dashes>(?:-[ \t]+)*)(?P<key>[^\s:#'\"\[{-](?:[^:#]*[^ \t:#])?)[ \t]*:(?=\s|$)[ \t]*"
)
"""The key ends at a letter, so that a long run of spaces is looked through once."""
DASHED = re.compile(r"(?:-[ \t]+)+|-$")
PAIRS = {"{": "}", "[": "]"}

OPEN_QUOTE = "a quote is opened but not closed on its line; add the closing quote"
BEHIND_QUOTE = "the text continues after its closing quote; put one pair of quotes around all of it"
NOT_READ = "text after # is not read; put the text in 'quotes', or a space after the # of a note"


@dataclass(frozen=True, slots=True)
class Brackets:
    """What stands from a bracket to where the parser stopped, sign by sign."""

    lines: Sequence[str]
    first: Spot
    last: Spot

    def fault(self) -> Problem | None:
        """The first thing that is wrong inside, if it can be found."""
        state = _Open()
        for number in range(self.first.line, min(self.last.line, len(self.lines)) + 1):
            line = self.lines[number - 1]
            if number > self.first.line and _is_outside(line):
                break
            at = self.first.column - 1 if number == self.first.line else 0
            if (found := state.read(line, at, number)) is not None:
                return found
        if not state.open_:
            return None
        spot, sign = state.open_[0]
        return Problem(
            spot,
            "bracket",
            f"this {sign} is opened but not closed; close it with {PAIRS[sign]}",
        )


def _is_outside(line: str) -> bool:
    """Whether a line below is an entry or a key, so that the bracket should have been closed."""
    text = line.strip()
    if DASHED.match(text):
        return True
    return bool(KEY_LINE.match(text)) and text[-1] != "," and text.count("}") <= text.count("{")


class _Open:
    """The brackets that are open, and what has been read of the entry inside the last one."""

    def __init__(self) -> None:
        self.open_: list[tuple[Spot, str]] = []
        self._is_new = True
        self._has_colon = False

    def read(self, line: str, at: int, number: int) -> Problem | None:
        """What is wrong in a line from a column on, counted from 0."""
        while at < len(line) and not self._is_note(line, at):
            sign, spot = line[at], Spot(number, at + 1)
            if sign == "#" and line[at - 1 : at] in {"", " ", "\t"}:
                return Problem(
                    Spot(number, len(line[:at].rstrip()) + 1), "text-after-hash", NOT_READ
                )
            if sign in "\"'" and self._is_new:
                end = _closing(line, at)
                if end is None:
                    return Problem(spot, "open-quote", OPEN_QUOTE)
                rest = line[end + 1 :].lstrip()
                if rest and rest[0] not in ",}]:#":
                    return Problem(
                        Spot(number, len(line) - len(rest) + 1), "text-after-quote", BEHIND_QUOTE
                    )
                at, self._is_new = end, False
            elif (wrong := self._take(sign, spot, line)) is not None:
                return wrong
            if not self.open_:
                return None
            at += 1
        return None

    @staticmethod
    def _is_note(line: str, at: int) -> bool:
        after = line[at + 1 : at + 2]
        return line[at] == "#" and line[at - 1 : at] in {"", " ", "\t"} and after in {"", *" #=-"}

    def _take(self, sign: str, spot: Spot, line: str) -> Problem | None:
        if sign in PAIRS and self._is_new:
            self.open_.append((spot, sign))
            self._has_colon = False
        elif sign in PAIRS.values():
            return self._close(sign, spot)
        elif sign == ",":
            if self._is_new:
                return Problem(spot, "extra-comma", "this comma is one too many; remove it")
            self._is_new, self._has_colon = True, False
        elif sign == ":" and line[spot.column : spot.column + 1] in {"", " ", "\t"}:
            if self._has_colon:
                return Problem(spot, "missing-comma", _second_colon(line[: spot.column - 1]))
            self._is_new, self._has_colon = True, True
        elif not sign.isspace():
            self._is_new = False
        return None

    def _close(self, sign: str, spot: Spot) -> Problem | None:
        opened_at, opened = self.open_.pop()
        if PAIRS[opened] != sign:
            return Problem(
                spot,
                "bracket",
                f"{sign} does not close the {opened} in column {opened_at.column}; use"
                f" {PAIRS[opened]}",
            )
        self._is_new, self._has_colon = False, True
        return None


def _second_colon(before: str) -> str:
    word = (before.rsplit(maxsplit=1) or [""])[-1]
    return (
        f"there is a second colon before the next comma; add a comma before '{word}', or put the"
        " text in"
        ' "quotes"'
    )


def _closing(line: str, at: int) -> int | None:
    """Where the quote that opens at a place is closed in its line."""
    quote, n = line[at], at + 1
    while n < len(line):
        if quote == '"' and line[n] == "\\":
            n += 1
        elif line[n] == quote:
            if quote == "'" and line[n + 1 : n + 2] == "'":
                n += 1
            else:
                return n
        n += 1
    return None
