"""A line of a file with a spot marked, cut to fit a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category, east_asian_width

from kiosk.content.problems import Spot

LINE_END = re.compile(r"\r\n|\r|\n")
TAB = 4
LEAST_WIDTH = 20
CUT = "..."
REPLACEMENT = "?"
"""Replaces a character that a terminal would obey or hide."""

CONTEXT = 1000
"""Characters considered on each side of the spot; a terminal has fewer columns."""

Cell = tuple[str, int]
"""A character and the number of terminal columns it takes."""


def lines_of(text: str) -> list[str]:
    """The lines of a file as problems count them."""
    return LINE_END.split(text)


def excerpt(lines: Sequence[str], spot: Spot, width: int) -> str:
    """The line number, the line and a caret below the spot; empty beyond the end of the file.

    A line of more than `width` columns is cut on both sides of the spot.
    """
    if not 1 <= spot.line <= len(lines):
        return ""
    line = lines[spot.line - 1]
    index = min(spot.column - 1, len(line))
    number = f"{spot.line:>5} | "
    room = max(LEAST_WIDTH, width - len(number) - 1)
    before, after = _cells(line[:index], CONTEXT), _cells(line[index : index + CONTEXT], 0)
    if len(line) > index + CONTEXT or _columns(before) + _columns(after) > room:
        room -= 2 * len(CUT)
        before = _fitting(before[::-1], max(room // 3, room - _columns(after)))[::-1]
        after = _fitting(after, room - _columns(before))
    start, end = index - len(before), index + len(after)
    head = CUT if start > 0 else ""
    tail = CUT if end < len(line) else ""
    gutter = " " * (len(number) - 2) + "| "
    marked_line = f"{number}{head}{_text(before)}{_text(after)}{tail}"
    return f"{marked_line.rstrip()}\n{gutter}{' ' * (len(head) + _columns(before))}^"


def _cells(text: str, limit: int) -> list[Cell]:
    """A cell for each character of the text, or for its last ones."""
    cells: list[Cell] = []
    column = 0
    for char in text[-limit:] if limit else text:
        cell = _cell(char, column)
        cells.append(cell)
        column += cell[1]
    return cells


def _cell(char: str, column: int) -> Cell:
    if char == "\t":
        width = TAB - column % TAB
        return " " * width, width
    kind = category(char)
    if kind.startswith("C"):
        return REPLACEMENT, 1
    if kind in {"Mn", "Me"}:
        return char, 0
    return char, 2 if east_asian_width(char) in "WF" else 1


def _fitting(cells: Sequence[Cell], room: int) -> list[Cell]:
    """As many of the first cells as fit."""
    fitting: list[Cell] = []
    for cell in cells:
        room -= cell[1]
        if room < 0:
            break
        fitting.append(cell)
    return fitting


def _columns(cells: Sequence[Cell]) -> int:
    return sum(width for _, width in cells)


def _text(cells: Sequence[Cell]) -> str:
    return "".join(char for char, _ in cells)
