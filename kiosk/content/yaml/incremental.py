"""If only one entry of a list has changed, parses that entry alone.

A YAML block ends where a line is indented less, so the lines of an entry mean the same on their own
as inside the file. In any doubt the result is None, and the whole file must be parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kiosk.blocks.paths import Path
from kiosk.content.yaml.tree import Node, Tree, read_tree

DASH = re.compile(r"(?P<indent> *)-(?P<space> +)\S")
DEDENT = r"(?m)^ {{0,{most}}}(?![ #\r\n])."
"""A line that is neither empty nor a note, with at most so many spaces before it."""
QUESTION = re.compile(r"(?m)^[ -]*\?\s")
"""`? key`, whose missing value is placed at whatever comes behind it."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A tree, and the path of the only entry that changed."""

    tree: Tree
    path: Path


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list: its lines go from `first` up to, but not including, `below`."""

    path: Path
    node: Node
    first: int
    below: int


@dataclass(frozen=True, slots=True)
class _Window:
    """The lines that differ, the same number in both texts; `at` is the first difference."""

    first: int
    last: int
    at: int


def reread(old_text: str, tree: Tree, text: str) -> Reread | None:
    """The tree of `text`, built from that of `old_text`; None if that is not safe."""
    if tree.problems or tree.notes or tree.root is None:
        return None
    if _has_lone_returns(old_text) or _has_lone_returns(text):
        return None
    window = _window(old_text, text)
    if window is None:
        return None
    for entry in reversed(_enclosing_entries(tree.root, window, 2 + old_text.count("\n"))):
        start = _line_start(text, window.at, window.first - entry.first)
        indent = _indent_of_dash(old_text, start, entry.node)
        if indent is not None:
            return _reread_entry(tree, text, entry, start, indent)
    return None


def _reread_entry(tree: Tree, text: str, entry: _Entry, start: int, indent: int) -> Reread | None:
    end = start
    for _ in range(entry.below - entry.first):
        end = text.find("\n", end) + 1 or len(text)
    lines = text[start:end]
    dedent = re.compile(DEDENT.format(most=indent))
    first_line = lines.find("\n") + 1 or len(lines)
    if (
        (dash := DASH.match(lines)) is None
        or len(dash["indent"]) != indent
        or dedent.search(lines, first_line) is not None
        or QUESTION.search(lines) is not None
        or (end < len(text) and dedent.match(text, end) is None)
    ):
        return None
    # The empty lines keep every mark at its position in the file.
    entry_tree = read_tree("\n" * (entry.first - 1) + lines, depth=len(entry.path) - 1)
    if entry_tree.problems or entry_tree.notes or entry_tree.root is None or tree.root is None:
        return None
    if not isinstance(entry_tree.data, list) or len(entry_tree.data) != 1:
        return None
    node = (entry_tree.root.inside or {})[0]
    data, root = _with_value_at(tree.data, tree.root, entry.path, entry_tree.data[0], node)
    return Reread(Tree(data, [], root), entry.path)


def _has_lone_returns(text: str) -> bool:
    """A lone carriage return ends a line for YAML, but not when line feeds are counted."""
    return text.count("\r") != text.count("\r\n")


def _window(old_text: str, new_text: str) -> _Window | None:
    old, new = len(old_text), len(new_text)
    at = _common(min(old, new), lambda a, b: old_text[a:b] == new_text[a:b])
    end = _common(
        min(old, new) - at,
        lambda a, b: old_text[old - b : old - a] == new_text[new - b : new - a],
    )
    old_lines = old_text.count("\n", at, old - end)
    new_lines = new_text.count("\n", at, new - end)
    if old_lines != new_lines:
        return None
    first = 1 + new_text.count("\n", 0, at)
    return _Window(first, first + new_lines, at)


def _common(limit: int, is_same: Callable[[int, int], bool]) -> int:
    """How many characters, at most `limit`, are the same; asked from one count to another."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _enclosing_entries(root: Node, window: _Window, below: int) -> list[_Entry]:
    """The entries that contain all changed lines, outermost first."""
    entries: list[_Entry] = []
    node = root
    path: Path = ()
    while node.inside and not node.in_brackets:
        keys = node.keys or {}
        steps = list(node.inside)
        firsts = [keys.get(step, node.inside[step].spot).line for step in steps]
        at = bisect_right(firsts, window.first) - 1
        if at < 0:
            break
        below = firsts[at + 1] if at + 1 < len(firsts) else below
        if window.last >= below:
            break
        node, path = node.inside[steps[at]], (*path, steps[at])
        if isinstance(steps[at], int):
            entries.append(_Entry(path, node, firsts[at], below))
    return entries


def _line_start(text: str, at: int, lines_up: int) -> int:
    """The start of the line that is `lines_up` lines above a character."""
    start = text.rfind("\n", 0, at) + 1
    for _ in range(lines_up):
        start = text.rfind("\n", 0, start - 1) + 1
    return start


def _indent_of_dash(text: str, start: int, node: Node) -> int | None:
    """The spaces before an entry's dash; None where the line begins with anything else."""
    dash = DASH.match(text, start)
    if dash is None or dash.end() - start != node.spot.column:
        return None
    return len(dash["indent"])


def _with_value_at(
    data: Any, node: Node, path: Path, new_value: Any, new_node: Node
) -> tuple[Any, Node]:
    """A copy with another value at a path; everything beside the path is shared."""
    if not path:
        return new_value, new_node
    step, *rest = path
    inside = node.inside or {}
    below, below_node = _with_value_at(data[step], inside[step], tuple(rest), new_value, new_node)
    copy = data.copy()
    copy[step] = below
    return copy, replace(node, inside={**inside, step: below_node})
