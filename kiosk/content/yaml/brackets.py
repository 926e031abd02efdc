"""Faults inside brackets: `{key: text, key: text}` and `[text, text]`."""

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
AFTER_QUOTE = "the text continues after its closing quote; put one pair of quotes around all of it"
NOT_READ = "text after # is not read; put the text in 'quotes', or a space after the # of a note"


@dataclass(frozen=True, slots=True)
class Brackets:
    """The text from a bracket to where the parser stopped, read character by character."""

    lines: Sequence[str]
    first: Spot
    last: Spot

    def fault(self) -> Problem | None:
        """The first fault inside, if it can be found."""
        reader = _Reader()
        for number in range(self.first.line, min(self.last.line, len(self.lines)) + 1):
            line = self.lines[number - 1]
            if number > self.first.line and _is_outside(line):
                break
            start = self.first.column - 1 if number == self.first.line else 0
            if (problem := reader.read(line, start, number)) is not None:
                return problem
        if not reader.open_brackets:
            return None
        spot, char = reader.open_brackets[0]
        return Problem(
            spot,
            "bracket",
            f"this {char} is opened but not closed; close it with {PAIRS[char]}",
        )


def _is_outside(line: str) -> bool:
    """Whether a line below is an entry or a key, so that the bracket should have been closed."""
    text = line.strip()
    if DASHED.match(text):
        return True
    return bool(KEY_LINE.match(text)) and text[-1] != "," and text.count("}") <= text.count("{")


class _Reader:
    """The brackets that are open, and what has been read of the entry inside the last one."""

    def __init__(self) -> None:
        self.open_brackets: list[tuple[Spot, str]] = []
        self._is_new = True
        self._has_colon = False

    def read(self, line: str, index: int, number: int) -> Problem | None:
        """What is wrong in a line from a column on, counted from 0."""
        while index < len(line) and not self._is_note(line, index):
            char, spot = line[index], Spot(number, index + 1)
            if char == "#" and line[index - 1 : index] in {"", " ", "\t"}:
                return Problem(
                    Spot(number, len(line[:index].rstrip()) + 1), "text-after-hash", NOT_READ
                )
            if char in "\"'" and self._is_new:
                end = _closing(line, index)
                if end is None:
                    return Problem(spot, "open-quote", OPEN_QUOTE)
                remainder = line[end + 1 :].lstrip()
                if remainder and remainder[0] not in ",}]:#":
                    return Problem(
                        Spot(number, len(line) - len(remainder) + 1),
                        "text-after-quote",
                        AFTER_QUOTE,
                    )
                index, self._is_new = end, False
            elif (problem := self._take(char, spot, line)) is not None:
                return problem
            if not self.open_brackets:
                return None
            index += 1
        return None

    @staticmethod
    def _is_note(line: str, index: int) -> bool:
        next_char = line[index + 1 : index + 2]
        return (
            line[index] == "#"
            and line[index - 1 : index] in {"", " ", "\t"}
            and next_char in {"", *" #=-"}
        )

    def _take(self, char: str, spot: Spot, line: str) -> Problem | None:
        if char in PAIRS and self._is_new:
            self.open_brackets.append((spot, char))
            self._has_colon = False
        elif char in PAIRS.values():
            return self._close(char, spot)
        elif char == ",":
            if self._is_new:
                return Problem(spot, "extra-comma", "this comma is one too many; remove it")
            self._is_new, self._has_colon = True, False
        elif char == ":" and line[spot.column : spot.column + 1] in {"", " ", "\t"}:
            if self._has_colon:
                return Problem(spot, "missing-comma", _second_colon(line[: spot.column - 1]))
            self._is_new, self._has_colon = True, True
        elif not char.isspace():
            self._is_new = False
        return None

    def _close(self, char: str, spot: Spot) -> Problem | None:
        opened_at, opened = self.open_brackets.pop()
        if PAIRS[opened] != char:
            return Problem(
                spot,
                "bracket",
                f"{char} does not close the {opened} in column {opened_at.column}; use"
                f" {PAIRS[opened]}",
            )
        self._is_new, self._has_colon = False, True
        return None


def _second_colon(text_before: str) -> str:
    word = (text_before.rsplit(maxsplit=1) or [""])[-1]
    return (
        f"there is a second colon before the next comma; add a comma before '{word}', or put the"
        " text in"
        ' "quotes"'
    )


def _closing(line: str, start: int) -> int | None:
    """Where the quote that opens at a place is closed in its line."""
    quote, index = line[start], start + 1
    while index < len(line):
        if quote == '"' and line[index] == "\\":
            index += 1
        elif line[index] == quote:
            if quote == "'" and line[index + 1 : index + 2] == "'":
                index += 1
            else:
                return index
        index += 1
    return None
