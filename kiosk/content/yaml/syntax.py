"""YAML syntax errors, in the words of the people who write the file.

The parser often fails after the actual mistake, and only knows that something does not fit. The
lines around that place reveal more, so what a person would see there is looked for first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Protocol

import yaml

from kiosk.content.problems import Problem, Spot
from kiosk.content.yaml.brackets import (
    AFTER_QUOTE,
    DASHED,
    KEY_LINE,
    OPEN_QUOTE,
    PAIRS,
    Brackets,
)
from kiosk.content.yaml.excerpt import lines_of
from kiosk.content.yaml.parser_errors import ErrorKind, error_kind

GLUED_COLON = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*:(?=[^\s/])")
GLUED_DASH = re.compile(r"\s*-(?=[^\W\d_][\w-]*:?(?:\s|$)|[\"'{\[])")
BULLET = re.compile(r"\s*([•·–—*]) ")
WRONG_COLON = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*\s?([=;])(?=\s)")
CLOSING = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
OPENING = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
ODD_SPACE = re.compile(r" *(?:- +)*(?:[A-Za-z_][\w-]*:)?-?([^\S \t])")
CURLY_QUOTES = "“”„‟‘’‚‛«»"

SIGN = "a value cannot start with this character; put the text in 'quotes'"
INDENT = "the indentation does not match the lines above; line it up with them"
SECOND_COLON = "this line has a second colon"
TAB = "this line is indented with a tab; use spaces"
NO_SPACE = "a space is missing after this colon"
NO_COLON = (
    "a colon and a space are missing; write 'key: text', or indent the line if it continues"
    " the text above"
)
AFTER_BRACKET = "the text continues after a closing bracket; put all of it in 'quotes'"
ODD_SPACE_HERE = (
    "this is a special space, copied from a web page or a word processor; type a normal space"
)
AFTER_END = "this comes after '...', which ends the file; move '...' to the end"
NO_DASH_SPACE = "a space is missing after this dash"
CURLY = 'curly quotes do not work around a text; use straight ones, like "this"'


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


def not_a_dash(char: str) -> str:
    """The message for a character that a word processor made of a list dash."""
    return f"start a list entry with '- ', not with '{char}'"


def index_of(mark: Mark | None) -> int:
    """The number of characters before a mark."""
    return 0 if mark is None else mark.index


def explain_syntax(error: yaml.YAMLError, text: str, tokens: Iterable[yaml.Token]) -> Problem:
    """The fault as a problem at the place where staff will look for it.

    `tokens` are those of the text up to the fault.
    """
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(Spot(1, 1), "not-utf8", "this file is not readable text; save it as UTF-8")
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(
            Spot(1, 1), "not-yaml", "this file cannot be read; start from the example content.yaml"
        )
    context = spot_of(error.context_mark or mark)
    preceding = list(takewhile(lambda token: token.start_mark.index < mark.index, tokens))
    fault = _SyntaxFault(error_kind(error), spot_of(mark), context, lines_of(text), preceding)
    return fault.explain()


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with a key, an entry of a list, or what was meant as one.

    `levels` are the columns, from 0, at which its dashes and then its key begin.
    """

    number: int
    text: str
    levels: tuple[int, ...]
    is_entry: bool
    has_key: bool
    has_value: bool

    @property
    def indent(self) -> int:
        return self.levels[0]


@dataclass(frozen=True, slots=True)
class _Level:
    """A column at which lines may begin, and the first and the last line that did."""

    column: int
    first: _Row
    row: _Row
    is_of_dashes: bool
    was_of_dashes: bool
    rows: int = 1


@dataclass(frozen=True, slots=True)
class _SyntaxFault:
    """Where and why the parser stopped, and the tokens it had read before."""

    kind: ErrorKind
    here: Spot
    context: Spot
    lines: Sequence[str]
    tokens: Sequence[yaml.Token]

    def explain(self) -> Problem:
        return (
            self._quote()
            or self._tab()
            or self._brackets()
            or self._reserved_character()
            or self._colon()
            or self._key()
            or self._unreadable()
        )

    # Within one line

    def _quote(self) -> Problem | None:
        if self.kind == "escape":
            return Problem(
                self.here,
                "backslash",
                "a backslash has a special meaning inside \"quotes\"; use single 'quotes'",
            )
        if self.kind == "quote":
            if self.context.line == len(self.lines):
                return Problem(
                    self.context,
                    "open-quote",
                    "a quote is opened but never closed; add the closing quote",
                )
            return Problem(self.context, "open-quote", OPEN_QUOTE)
        for token in self.tokens:
            if (
                isinstance(token, yaml.ScalarToken)
                and token.style in {"'", '"'}
                and token.start_mark.line < token.end_mark.line == self.here.line - 1
                and self._contains_structure(token)
            ):
                return Problem(spot_of(token.start_mark), "open-quote", OPEN_QUOTE)
        return None

    def _contains_structure(self, token: yaml.ScalarToken) -> bool:
        """Whether there are keys, entries or notes inside a text in quotes."""
        inside = self.lines[token.start_mark.line + 1 : token.end_mark.line + 1]
        return any(
            KEY_LINE.match(line.strip()) or DASHED.match(line.strip()) or line.lstrip()[:1] == "#"
            for line in inside
        )

    def _tab(self) -> Problem | None:
        line = self._line(self.here.line)
        if "\t" in _indent(line):
            below = range(self.here.line, len(self.lines))
            tabbed_lines = [
                n + 1 for n in below if self.lines[n][:1] == "\t" and self.lines[n].strip()
            ]
            return Problem(self.here, "tab", f"{TAB}{_same_fault_below(tabbed_lines)}")
        if line[self.here.column - 1 : self.here.column] == "\t":
            return Problem(self.here, "tab-in-line", "there is a tab here; use a space instead")
        return None

    def _brackets(self) -> Problem | None:
        opened: list[yaml.Token] = []
        for token in self.tokens:
            if isinstance(token, OPENING):
                opened.append(token)
            elif isinstance(token, CLOSING) and opened:
                opened.pop()
        if not opened:
            return None
        first = spot_of(opened[0].start_mark)
        if (fault := Brackets(self.lines, first, self.here).fault()) is not None:
            return fault
        if self.kind == "colon":
            return Problem(self.here, "missing-space", NO_SPACE)
        return None

    def _reserved_character(self) -> Problem | None:
        """A character that YAML reserves for something else."""
        here, line = self.here, self._line(self.here.line)
        if (bullet := BULLET.match(line)) is not None:
            return Problem(
                Spot(here.line, bullet.start(1) + 1), "wrong-dash", not_a_dash(bullet[1])
            )
        if self.kind == "colon":
            return Problem(here, "missing-space", NO_SPACE)
        if self.kind == "list":
            return Problem(
                here,
                "misplaced-list",
                "start a list on a new line, or put the text in 'quotes'",
            )
        if self.kind == "long text":
            return Problem(
                self.context,
                "long-text",
                "start the text on the line after > or |, or put it in 'quotes'",
            )
        if self.kind == "property":
            return Problem(self.context, "reserved-character", SIGN)
        if self.kind == "character":
            return Problem(here, "reserved-character", SIGN)
        return None

    def _colon(self) -> Problem | None:
        """A second colon in a line."""
        line, column = self._line(self.here.line), self.here.column - 1
        first = KEY_LINE.match(line.strip())
        if self.kind != "second colon" or first is None:
            return None
        value_at = len(_indent(line)) + first.end()
        if value_at > column:
            return None
        value = line[value_at:].rstrip()
        spot = Spot(self.here.line, value_at + 1)
        if value[0] in CURLY_QUOTES:
            return Problem(spot, "curly-quotes", CURLY)
        if value[-1] == "}" and "{" not in value:
            return Problem(spot, "bracket", "the } at the end has no opening bracket; add { here")
        if value[0] == "(" and value[-1] == ")":
            return Problem(spot, "bracket", "these are round brackets; use { and }")
        quotes = '"quotes"' if "'" in value else "'quotes'"
        return Problem(self.here, "second-colon", f"{SECOND_COLON}; put the text in {quotes}")

    def _key(self) -> Problem | None:
        """A line that is not allowed where it is."""
        if self.kind == "no colon":
            missing = Problem(self.context, "missing-colon", NO_COLON)
            return self._malformed_key(self.context.line) or missing
        if self.kind in {"second colon", "structure"}:
            return (
                self._after_end() or self._after_closing() or self._line_above() or self._indented()
            )
        return None

    def _after_end(self) -> Problem | None:
        """Text after the end-of-file mark."""
        if any(self._line(number).rstrip() == "..." for number in range(1, self.here.line)):
            return Problem(self.here, "text-after-end", AFTER_END)
        return None

    def _malformed_key(self, number: int) -> Problem | None:
        """A wrong colon, dash or space in a line."""
        line = self._line(number)
        if (space := ODD_SPACE.match(line)) is not None:
            return Problem(Spot(number, space.start(1) + 1), "special-space", ODD_SPACE_HERE)
        if (dash := GLUED_DASH.match(line)) is not None:
            return Problem(Spot(number, dash.end()), "missing-space", NO_DASH_SPACE)
        if (bullet := BULLET.match(line)) is not None:
            return Problem(Spot(number, bullet.start(1) + 1), "wrong-dash", not_a_dash(bullet[1]))
        if (glued := GLUED_COLON.match(line)) is not None:
            return Problem(Spot(number, glued.end()), "missing-space", NO_SPACE)
        if (match := WRONG_COLON.match(line)) is not None:
            spot = Spot(number, match.start(1) + 1)
            return Problem(
                spot, "wrong-colon", f"'{match[1]}' does not work here; use a colon and a space"
            )
        return None

    def _after_closing(self) -> Problem | None:
        """More text after a closing quote or bracket."""
        last_token = None
        for token in self.tokens:
            if token.end_mark.index > token.start_mark.index:
                last_token = token
        if last_token is None or last_token.end_mark.line != self.here.line - 1:
            return None
        if isinstance(last_token, yaml.ScalarToken) and last_token.style in {"'", '"'}:
            return Problem(self.here, "text-after-quote", AFTER_QUOTE)
        if isinstance(last_token, CLOSING):
            remainder = self._line(self.here.line)[self.here.column - 1 :].strip()
            if remainder and set(remainder) <= set("}]"):
                return Problem(self.here, "bracket", "this bracket closes nothing; remove it")
            return Problem(self.here, "text-after-bracket", AFTER_BRACKET)
        return None

    # Between lines

    def _line_above(self) -> Problem | None:
        """The line above, if it was meant as a key but is not one."""
        here = self._row(self.here.line - 1)
        rows = self._rows()
        if here is None or not rows:
            return self._malformed_key(self.here.line)
        if (problem := self._long_text(here)) is not None:
            return problem
        above = rows[-1]
        is_regular = not any(p.match(above.text) for p in (GLUED_DASH, BULLET, ODD_SPACE))
        if above.has_key and is_regular:
            return self._malformed_key(self.here.line)
        if above.is_entry and here.levels[-1] != above.levels[-1]:
            return self._malformed_key(self.here.line)
        number = above.number + 1
        if here.is_entry and above.text.lstrip()[0] in PAIRS:
            return _missing_dash(above, here)
        return self._malformed_key(number) or Problem(
            Spot(number, above.levels[-1] + 1), "missing-colon", NO_COLON
        )

    def _long_text(self, here: _Row) -> Problem | None:
        """A line that became part of a long text above, or should have."""
        words = [token for token in self.tokens if isinstance(token, yaml.ScalarToken)]
        if not words or words[-1].style not in {"|", ">"}:
            return None
        start, end = words[-1].start_mark.line + 1, self.here.line - 1
        text_lines = [n for n in range(start, end) if self.lines[n].strip()]
        if not text_lines:
            return None
        last_line = self.lines[text_lines[-1]]
        key = KEY_LINE.fullmatch(last_line.strip())
        if key is not None and key["key"].isidentifier():
            return Problem(
                Spot(text_lines[-1] + 1, len(_indent(last_line)) + 1),
                "indentation",
                "this line is read as part of the text above; indent it less",
            )
        if here.has_key or here.is_entry:
            return None
        return Problem(
            Spot(here.number + 1, here.indent + 1),
            "indentation",
            f"this line is indented less than line {text_lines[0] + 1}, where the text starts; line"
            " them up",
        )

    def _indented(self) -> Problem:
        here = self._row(self.here.line - 1)
        levels = self._levels()
        if here is None or not levels:
            return Problem(self.here, "indentation", INDENT)
        if (undashed := self._row_without_dash(here, levels)) is not None:
            return _missing_dash(undashed, here)
        if (misindented := self._misindented_first(here, levels)) is not None:
            return Problem(
                Spot(misindented.number + 1, misindented.indent + 1),
                "indentation",
                f"{_indented(misindented.indent, here)}; line them up",
            )
        spot, above = Spot(here.number + 1, here.indent + 1), levels[-1].row
        if here.is_entry and above.has_value and levels[-1].column <= here.indent:
            return Problem(
                spot,
                "misplaced-list",
                f"a list cannot follow line {above.number + 1}, which already has its text",
            )
        if levels[-1].column < here.indent and above.has_value:
            return Problem(
                spot,
                "indentation",
                f"{_indented(here.indent, above, above.levels[-1])}; line them up",
            )
        if here.is_entry and (other := self._key_in_line(here, levels)) is not None:
            return Problem(
                spot,
                "indentation",
                f"this list entry lines up with line {other.number + 1}, which is not one; indent"
                " one of the two",
            )
        choices = self._choices(here, levels)
        if not choices:
            return Problem(spot, "indentation", INDENT)
        return Problem(
            spot,
            "indentation",
            f"{_indented(here.indent)}; use {', or '.join(choices)}",
        )

    def _key_in_line(self, here: _Row, levels: Sequence[_Level]) -> _Row | None:
        for level in levels:
            if level.column == here.indent and not level.is_of_dashes and level.was_of_dashes:
                return level.row
        return None

    def _choices(self, here: _Row, levels: Sequence[_Level]) -> list[str]:
        """The next columns to the left and to the right where such a line fits."""
        columns = {
            level.column: f"{level.column}, as in line {level.row.number + 1}"
            for level in levels
            if level.is_of_dashes == here.is_entry
        }
        deepest = levels[-1]
        if here.is_entry and deepest.row.has_key and not deepest.row.has_value:
            columns[deepest.column + 2] = (
                f"{deepest.column + 2} to belong to line {deepest.row.number + 1}"
            )
        if here.indent in columns:
            return []
        left_columns = [column for column in columns if column < here.indent]
        right_columns = [column for column in columns if column > here.indent]
        nearest = [max(left_columns, default=None), min(right_columns, default=None)]
        return [columns[column] for column in nearest if column is not None]

    def _row_without_dash(self, here: _Row, levels: Sequence[_Level]) -> _Row | None:
        """The first line of a list, if it lacks the dash that this one has."""
        for level in levels:
            if here.is_entry and level.column == here.levels[1] and not level.first.is_entry:
                return level.first
        return None

    def _misindented_first(self, here: _Row, levels: Sequence[_Level]) -> _Row | None:
        """The only line of the block above, if it is the misindented one."""
        deeper = [level for level in levels if level.column > here.indent]
        if not deeper or any(level.column == here.indent for level in levels):
            return None
        deeper_level = deeper[0]
        outer = [level for level in levels if level.column < here.indent]
        usual_indent = outer[-1].column + 2 if outer else 0
        if (
            deeper_level.rows > 1
            or deeper_level.row.indent != deeper_level.column
            or here.indent != usual_indent
        ):
            return None
        return deeper_level.row

    def _levels(self) -> list[_Level]:
        """Where lines may begin at the fault, from the left."""
        open_: list[_Level] = []
        for row in self._rows():
            for number, column in enumerate(row.levels):
                is_of_dashes = row.is_entry and number < len(row.levels) - 1
                first, rows, had_dashes = row, 1, False
                while open_ and open_[-1].column >= column:
                    last = open_.pop()
                    if last.column == column:
                        first, rows = last.first, last.rows + 1
                        had_dashes = last.is_of_dashes or last.was_of_dashes
                open_.append(_Level(column, first, row, is_of_dashes, had_dashes, rows))
        return open_

    def _rows(self) -> list[_Row]:
        """The lines before the fault that are not inside a long text."""
        inside = {
            number
            for token in self.tokens
            if isinstance(token, yaml.ScalarToken) and token.style
            for number in range(token.start_mark.line + 1, token.end_mark.line + 1)
            if token.style in {"'", '"'} or number < token.end_mark.line
        }
        rows: list[_Row] = []
        for number in range(self.here.line - 1):
            row = None if number in inside else self._row(number)
            if row is None or (not row.is_entry and not row.has_key and _continues_text(row, rows)):
                continue
            rows.append(row)
        return rows

    def _row(self, number: int) -> _Row | None:
        line = self._line(number + 1)
        text = line.strip()
        if not text or text[0] == "#":
            return None
        indent = len(_indent(line))
        dashes = DASHED.match(text)
        levels = [indent]
        if dashes is not None:
            dash_columns = [n for n, char in enumerate(dashes[0]) if char == "-"]
            levels = [*(indent + n for n in dash_columns), indent + dashes.end()]
        key = KEY_LINE.match(text)
        value = text[key.end() :] if key else text[levels[-1] - indent :]
        has_value = bool(value) and value[0] != "#"
        return _Row(number, line, tuple(levels), dashes is not None, key is not None, has_value)

    def _line(self, number: int) -> str:
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def _unreadable(self) -> Problem:
        return Problem(
            self.here,
            "unreadable-line",
            "this line cannot be read; correct it, or put its text in 'quotes'",
        )


def _missing_dash(row: _Row, here: _Row) -> Problem:
    return Problem(
        Spot(row.number + 1, row.indent + 1),
        "missing-dash",
        f"'- ' is missing before this line; line {here.number + 1} starts an entry with it",
    )


def _continues_text(row: _Row, rows: Sequence[_Row]) -> bool:
    """Whether a line continues the text of the line above."""
    return bool(rows) and rows[-1].has_value and row.indent > rows[-1].indent


def _same_fault_below(line_numbers: Sequence[int]) -> str:
    """The other lines with the same fault, since the parser gives up at the first."""
    if not line_numbers:
        return ""
    are_below = f"are {len(line_numbers)} lines below, up to" if len(line_numbers) > 1 else "is"
    return f"; so {are_below} line {line_numbers[-1]}"


def _indented(count: int, other: _Row | None = None, column: int | None = None) -> str:
    """How far a line is indented; and another, or the text in it that begins at a column."""
    spaces = "1 space" if count == 1 else f"{count} spaces"
    sentence = f"this line is indented by {spaces}" if count else "this line is not indented"
    if other is None:
        return sentence
    indent = other.indent if column is None else column
    return f"{sentence} and line {other.number + 1} {f'by {indent}' if indent else 'is not'}"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
