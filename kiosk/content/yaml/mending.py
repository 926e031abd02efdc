"""A file with a mistake of form out of the way, so that the mistakes behind it are told as well.

Only what one line shows by itself is mended, as its problem says; of any other mistake what follows
may be a mere consequence. The lines keep their numbers.
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
class Mended:
    """A text, and which of its lines are not as they were written."""

    text: str
    lines: Set[int]


def mended(text: str, problem: Problem) -> Mended | None:
    """The text as the problem asks for it; None where that is more than one line's matter."""
    if problem.code == "tab":
        return _without_tabs(text)
    mend = MENDS.get(problem.code)
    start = _line_start(text, problem.spot.line)
    if mend is None or start is None:
        return None
    found = LINE.match(text, start)
    line = found[0] if found is not None else ""
    after = mend(line, problem.spot.column - 1)
    if after == line:
        return None
    return Mended(text[:start] + after + text[start + len(line) :], {problem.spot.line})


def _without_tabs(text: str) -> Mended:
    lines = {number for number, line in enumerate(lines_of(text), 1) if INDENT.match(line)}
    return Mended(INDENT.sub(lambda found: found[0].replace("\t", "  "), text), lines)


def _line_start(text: str, number: int) -> int | None:
    at = 0
    for _ in range(number - 1):
        at = text.find("\n", at) + 1
        if at == 0:
            return None
    return at


def _space(line: str, at: int) -> str:
    """Behind the sign at a place."""
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
    return BULLET.sub(lambda found: found[0].replace(found[1], "-"), line, count=1)


def _colon(line: str, _: int) -> str:
    found = WRONG_COLON.match(line)
    return line if found is None else f"{line[: found.start(1)]}:{line[found.end(1) :]}"


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
"""What each problem asks for."""
