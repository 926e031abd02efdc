"""A line of a file with a spot in it marked, as it fits a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category, east_asian_width

from kiosk.content.problems import Spot

LINE_END = re.compile(r"\r\n|\r|\n")
TAB = 4
LEAST_WIDTH = 20
CUT = "..."
UNSEEN = "?"
"""What stands for a sign that a terminal would obey or hide."""

NEAR = 1000
"""Signs on each side of the spot that are looked at; a terminal has fewer columns."""

Cell = tuple[str, int]
"""A sign and how many columns of a terminal it takes."""


def lines_of(text: str) -> list[str]:
    """The lines of a file as problems count them."""
    return LINE_END.split(text)


def excerpt(lines: Sequence[str], spot: Spot, width: int) -> str:
    """The line of a spot behind its number, and a caret below the spot; empty beyond the file.

    A line of more than `width` columns is cut on both sides of the spot.
    """
    if not 1 <= spot.line <= len(lines):
        return ""
    line = lines[spot.line - 1]
    at = min(spot.column - 1, len(line))
    number = f"{spot.line:>5} | "
    room = max(LEAST_WIDTH, width - len(number) - 1)
    before, after = _cells(line[:at], NEAR), _cells(line[at : at + NEAR], 0)
    if len(line) > at + NEAR or _columns(before) + _columns(after) > room:
        room -= 2 * len(CUT)
        before = _fitting(before[::-1], max(room // 3, room - _columns(after)))[::-1]
        after = _fitting(after, room - _columns(before))
    kept_from, kept_to = at - len(before), at + len(after)
    head = CUT if kept_from > 0 else ""
    tail = CUT if kept_to < len(line) else ""
    gutter = " " * (len(number) - 2) + "| "
    drawn = f"{number}{head}{_text(before)}{_text(after)}{tail}"
    return f"{drawn.rstrip()}\n{gutter}{' ' * (len(head) + _columns(before))}^"


def _cells(text: str, last: int) -> list[Cell]:
    """A cell for each sign of the text, or of its last ones."""
    cells: list[Cell] = []
    reached = 0
    for sign in text[-last:] if last else text:
        cell = _cell(sign, reached)
        cells.append(cell)
        reached += cell[1]
    return cells


def _cell(sign: str, reached: int) -> Cell:
    if sign == "\t":
        width = TAB - reached % TAB
        return " " * width, width
    kind = category(sign)
    if kind.startswith("C"):
        return UNSEEN, 1
    if kind in {"Mn", "Me"}:
        return sign, 0
    return sign, 2 if east_asian_width(sign) in "WF" else 1


def _fitting(cells: Sequence[Cell], room: int) -> list[Cell]:
    """As many of the first cells as fit."""
    kept: list[Cell] = []
    for cell in cells:
        room -= cell[1]
        if room < 0:
            break
        kept.append(cell)
    return kept


def _columns(cells: Sequence[Cell]) -> int:
    return sum(width for _, width in cells)


def _text(cells: Sequence[Cell]) -> str:
    return "".join(sign for sign, _ in cells)
