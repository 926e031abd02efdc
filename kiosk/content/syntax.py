"""What the YAML parser stumbled over, in the words of the people who write the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

import yaml

from kiosk.content.problems import Problem, Spot

GLUED_COLON = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*:(?=\S)")
CLOSING = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)

INDENT = "the indent does not fit the lines above; line it up with them"
SIGN = "a text cannot begin with this sign; put the text in 'quotes'"


class Mark(Protocol):
    """A place in the text as the parser counts, from 0."""

    @property
    def index(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def spot_of(mark: Mark | None) -> Spot:
    """A parser's mark as a spot."""
    return Spot(1, 1) if mark is None else Spot(mark.line + 1, mark.column + 1)


def index_of(mark: Mark | None) -> int:
    """How many characters stand before a mark."""
    return 0 if mark is None else mark.index


def explain_syntax(error: yaml.YAMLError, text: str, tokens: Iterable[yaml.Token]) -> Problem:
    """The fault as a problem at the place where staff will look for it.

    `tokens` are those of the text up to the fault.
    """
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(Spot(1, 1), f"this is not valid YAML ({error}); save the file as UTF-8 text")
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(Spot(1, 1), f"this is not valid YAML ({error.problem}); mend the file")
    began = spot_of(error.context_mark or mark)
    said = " ".join(part for part in (error.context, error.problem) if part)
    lines = text.splitlines()
    if "\t" in _indent(_line(lines, mark.line)) or "'\\t'" in said:
        return Problem(spot_of(mark), "the line is indented with a tab; use spaces")
    if "mapping values are not allowed" in said:
        return _misplaced_colon(spot_of(mark), lines)
    if "did not find expected key" in said or "expected <block end>" in said:
        return _not_a_key(mark, tokens)
    return _from_the_parsers_words(said, spot_of(mark), began)


def _from_the_parsers_words(said: str, here: Spot, began: Spot) -> Problem:
    if "escape" in said:
        return Problem(here, "a backslash has a meaning inside \"quotes\"; use single 'quotes'")
    if "quoted scalar" in said:
        return Problem(began, "a quote is opened and never closed; add the closing quote")
    if "could not find expected ':'" in said:
        return Problem(
            began,
            "a colon and a space are missing; write 'key: text', or indent a line that goes on"
            " with the text above",
        )
    if "did not find expected '-' indicator" in said:
        return Problem(
            here, "a list entry is expected here; begin the line with '- ' or mend the indent"
        )
    if "<document start>" in said:
        return Problem(here, INDENT)
    if "unexpected ':'" in said:
        return Problem(here, "a space is missing after this colon")
    if "block sequence entries" in said:
        return Problem(here, "a list begins on a line of its own; or put the text in 'quotes'")
    if "block scalar" in said:
        return Problem(began, "after > or | the text begins on the next line; or use 'quotes'")
    if "flow" in said:
        return Problem(began, "a bracket [ or { is opened and not closed properly; close it")
    if any(word in said for word in ("alias", "anchor", "tag", "directive")):
        return Problem(began, SIGN)
    if any(word in said for word in ("cannot start any token", "mapping keys", "unexpected char")):
        return Problem(here, SIGN)
    return Problem(
        here, f"this is not valid YAML ({said}); mend the line or put the text in 'quotes'"
    )


def _misplaced_colon(colon: Spot, lines: list[str]) -> Problem:
    """A second colon in a line, or a first one in a line that cannot stand where it does."""
    line = _line(lines, colon.line - 1)
    if re.search(r":\s", line[: colon.column - 1]):
        return Problem(colon, "a second colon in one line; put the text in 'quotes'")
    above = next((n for n in range(colon.line - 2, -1, -1) if lines[n].strip()), None)
    if above is not None and (glued := GLUED_COLON.match(lines[above])) is not None:
        return Problem(Spot(above + 1, glued.end()), "a space is missing after this colon")
    return Problem(Spot(colon.line, len(_indent(line)) + 1), INDENT)


def _not_a_key(mark: Mark, tokens: Iterable[yaml.Token]) -> Problem:
    """Something where a key belongs: what stands right before it tells why."""
    before = None
    for token in tokens:
        if token.start_mark.index >= mark.index:
            break
        if token.end_mark.index > token.start_mark.index:
            before = token
    here = spot_of(mark)
    if before is None or before.end_mark.line != mark.line:
        return Problem(here, INDENT)
    if isinstance(before, yaml.ScalarToken) and before.style in {"'", '"'}:
        if before.start_mark.line < mark.line:
            return Problem(
                spot_of(before.start_mark),
                "a quote is opened and not closed in its line; add the closing quote",
            )
        return Problem(
            here,
            "the text goes on behind its closing quote; put one pair of quotes around all of it",
        )
    if isinstance(before, CLOSING):
        return Problem(here, "the text goes on behind a closing bracket; put all of it in 'quotes'")
    return Problem(here, INDENT)


def _line(lines: list[str], index: int) -> str:
    return lines[index] if index < len(lines) else ""


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
