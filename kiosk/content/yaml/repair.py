"""Corrects a syntax error in memory, so that the errors after it are reported as well.

Only errors that a single line shows by itself are corrected, as their problem says; after any other
error, what follows may be a mere consequence. The lines keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from kiosk.blocks.problem_codes import Code
from kiosk.content.problems import Problem
from kiosk.content.yaml.brackets import KEY_LINE
from kiosk.content.yaml.excerpt import lines_of
from kiosk.content.yaml.syntax import BULLET, WRONG_COLON

LINE = re.compile(r"[^\r\n]*")
INDENT = re.compile(r"(?m)^ *\t[ \t]*")


@dataclass(frozen=True, slots=True)
class RepairedText:
    """A text, and which of its lines were corrected."""

    text: str
    lines: Set[int]


def repair(text: str, problem: Problem) -> RepairedText | None:
    """The text corrected as the problem says; None if that takes more than its line."""
    if problem.code == "tab":
        return _without_tabs(text)
    correct = MENDS.get(problem.code)
    start = _line_start(text, problem.spot.line)
    if correct is None or start is None:
        return None
    match = LINE.match(text, start)
    line = match[0] if match is not None else ""
    corrected = correct(line, problem.spot.column - 1)
    if corrected == line:
        return None
    return RepairedText(text[:start] + corrected + text[start + len(line) :], {problem.spot.line})


def _without_tabs(text: str) -> RepairedText:
    lines = {number for number, line in enumerate(lines_of(text), 1) if INDENT.match(line)}
    return RepairedText(INDENT.sub(lambda match: match[0].replace("\t", "  "), text), lines)


def _line_start(text: str, number: int) -> int | None:
    at = 0
    for _ in range(number - 1):
        at = text.find("\n", at) + 1
        if at == 0:
            return None
    return at


def _space(line: str, at: int) -> str:
    """A space after the character at an index."""
    return f"{line[: at + 1]} {line[at + 1 :]}"


def _plain_space(line: str, at: int) -> str:
    return f"{line[:at]} {line[at + 1 :]}"


def _closing_quote(line: str, at: int) -> str:
    return line.rstrip() + line[at : at + 1]


def _quotes(line: str, at: int) -> str:
    return line[:at] + _quoted(line[at:])


def _quotes_around_value(line: str, _: int) -> str:
    indent = len(line) - len(line.lstrip())
    key = KEY_LINE.match(line.strip())
    return line if key is None else _quotes(line, indent + key.end())


def _dash(line: str, _: int) -> str:
    return BULLET.sub(lambda match: match[0].replace(match[1], "-"), line, count=1)


def _colon(line: str, _: int) -> str:
    match = WRONG_COLON.match(line)
    return line if match is None else f"{line[: match.start(1)]}:{line[match.end(1) :]}"


def _quoted(text: str) -> str:
    return "'" + text.rstrip().replace("'", "''") + "'"


MENDS: Mapping[Code, Callable[[str, int], str]] = {
    "missing-space": _space,
    "special-space": _plain_space,
    "open-quote": _closing_quote,
    "reserved-character": _quotes,
    "curly-quotes": _quotes,
    "second-colon": _quotes_around_value,
    "wrong-dash": _dash,
    "wrong-colon": _colon,
}
"""The correction for each problem."""
