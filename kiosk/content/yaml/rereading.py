"""A file of which one entry of a list has changed: that entry alone is parsed again.

A block of YAML ends where a line is indented less, so the lines of an entry mean the same by
themselves as inside the file. Wherever that leaves a doubt, nothing is said and the whole file is
to be parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
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
    """A tree, and the path of the only entry that is not as it was before."""

    tree: Tree
    path: Path


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list: its lines go from `first` up to and without `below`."""

    path: Path
    node: Node
    first: int
    below: int


@dataclass(frozen=True, slots=True)
class _Window:
    """The lines that are different, as many before as after; `at` is where they begin to be."""

    first: int
    last: int
    at: int


def reread(before: str, tree: Tree, text: str) -> Reread | None:
    """The tree of `text`, made from that of the text before; None where that is not safe."""
    if tree.problems or tree.notes or tree.root is None:
        return None
    if _has_lone_returns(before) or _has_lone_returns(text):
        return None
    window = _window(before, text)
    if window is None:
        return None
    for entry in reversed(_around(tree.root, window, 2 + before.count("\n"))):
        start = _line_start(text, window.at, window.first - entry.first)
        indent = _indent_of_dash(before, start, entry.node)
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
    # The empty lines leave every mark where it is in the file.
    alone = read_tree("\n" * (entry.first - 1) + lines, depth=len(entry.path) - 1)
    if alone.problems or alone.notes or alone.root is None or not isinstance(alone.data, list):
        return None
    if len(alone.data) != 1 or tree.root is None:
        return None
    node = (alone.root.inside or {})[0]
    data, root = _grafted(tree.data, tree.root, entry.path, alone.data[0], node)
    return Reread(Tree(data, [], root), entry.path)


def _has_lone_returns(text: str) -> bool:
    """They end a line for YAML, and for nobody who counts line feeds."""
    return text.count("\r") != text.count("\r\n")


def _window(before: str, text: str) -> _Window | None:
    most = min(len(before), len(text))
    at = _alike(before, text, most)
    end = _alike_at_end(before, text, most - at)
    old, new = before.count("\n", at, len(before) - end), text.count("\n", at, len(text) - end)
    if old != new:
        return None
    first = 1 + text.count("\n", 0, at)
    return _Window(first, first + new, at)


def _alike(first: str, second: str, most: int) -> int:
    """How many characters, at most so many, two texts have in common from their beginning on."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _alike_at_end(first: str, second: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if (
            first[len(first) - middle : len(first) - low]
            == second[len(second) - middle : len(second) - low]
        ):
            low = middle
        else:
            high = middle - 1
    return low


def _around(root: Node, window: _Window, below: int) -> list[_Entry]:
    """The entries that hold all the lines that changed, from the outermost in."""
    found: list[_Entry] = []
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
            found.append(_Entry(path, node, firsts[at], below))
    return found


def _line_start(text: str, at: int, lines_up: int) -> int:
    """Where the line begins that is so many lines above a character."""
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


def _grafted(data: Any, node: Node, path: Path, new: Any, new_node: Node) -> tuple[Any, Node]:
    """A copy with something else at a path; what is beside the path is shared."""
    if not path:
        return new, new_node
    step, *rest = path
    inside = node.inside or {}
    below, below_node = _grafted(data[step], inside[step], tuple(rest), new, new_node)
    copy = data.copy()
    copy[step] = below
    return copy, replace(node, inside={**inside, step: below_node})
