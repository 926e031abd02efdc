"""YAML text to plain data, with the position of every value.

Scalars stay text: what they mean is decided by the field they are for, so that YAML 1.1's guesses
(`NO` is false, `1:30` is 90, `05` is 5) never happen. The data is built from the parser's events
in one pass without recursion: nothing is expanded, and no nesting can overflow the stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from kiosk.blocks.paths import Path, Step
from kiosk.blocks.problem_codes import Code
from kiosk.content.problems import Problem, Spot
from kiosk.content.yaml.brackets import NOT_READ
from kiosk.content.yaml.repair import repair
from kiosk.content.yaml.syntax import explain_syntax, index_of, spot_of

Loader: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Value = str | None | list["Value"] | dict[str, "Value"]

EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
MOST_FAULTS = 10
"""Syntax errors reported at once; each means parsing the file again."""
MOST_READ_AGAIN = 1_000_000
"""Characters a file may have to be parsed again."""
DEEPEST = 40
"""Levels of nesting; the model needs eight."""
NOTE_IN_TEXT = re.compile(r" #[ \t]+\w")
"""One space between a text and a note: people who mean a note leave two, or tabs."""
FIRST_WORD = re.compile(r"\S{0,80}")
BEFORE_A_NOTE = (" ", "\t", "#")
HASH_IN_TEXT = re.compile(r"[ \t]*#[^\s#=-]")
"""A note begins with `# `; a character right after the hash is most likely meant as text."""


def value_at(data: Value, path: Path) -> Value:
    """The value at a path in the data of a file; None if there is none."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """The position of a value, and the values inside it."""

    spot: Spot
    in_brackets: bool = False
    keys: Mapping[Step, Spot] | None = None
    inside: Mapping[Step, Node] | None = None


@dataclass(slots=True)
class Tree:
    """The data of a file, and the position of each part."""

    data: Value = None
    problems: list[Problem] = field(default_factory=list)
    root: Node | None = None
    notes: list[Spot] = field(default_factory=list)
    """Positions of notes that were most likely meant as text."""
    repaired_lines: frozenset[int] = frozenset()
    """The lines that were read in a corrected form."""

    def spot(self, path: Path, *, of_key: bool = False) -> Spot:
        """Where the value at `path` (or its key) begins, or the nearest part around it."""
        if self.root is None:
            return Spot(1, 1)
        node, spot = self.root, self.root.spot
        for step in path:
            below = (node.inside or {}).get(step)
            if below is None:
                break
            spot = (of_key and (node.keys or {}).get(step)) or below.spot
            node = below
        return spot

    def is_in_brackets(self, path: Path) -> bool:
        """Whether the block at `path` is written as `{key: text, key: text}`."""
        node = self.root
        for step in path:
            node = (node.inside or {}).get(step) if node is not None else None
        return node is not None and node.in_brackets


def read_tree(text: str, *, depth: int = 0) -> Tree:
    """Read one YAML document; errors end up in `problems`, none is raised.

    `depth` is the number of nesting levels around it.
    """
    faults: list[Problem] = []
    lines: set[int] = set()
    for _ in range(MOST_FAULTS if len(text) <= MOST_READ_AGAIN else 1):
        builder = _Builder(text, DEEPEST - depth)
        fault = _parse(text, builder)
        if fault is None or (faults and not _is_new_fault(fault, faults[-1])):
            break
        faults.append(fault)
        corrected = repair(text, fault)
        if corrected is None:
            break
        text = corrected.text
        lines |= corrected.lines
    problems = [*builder.problems, *faults]
    if fault is not None or builder.has_given_up:
        return Tree(problems=problems)
    return Tree(builder.data, problems, builder.root, builder.notes, frozenset(lines))


def _parse(text: str, builder: _Builder) -> Problem | None:
    """The fault that ended parsing, if any."""
    try:
        for event in yaml.parse(text, Loader=Loader):
            if not builder.take(event):
                builder.has_given_up = True
                break
    except yaml.YAMLError as error:
        return explain_syntax(error, text, _tokens(text))
    return None


def _is_new_fault(fault: Problem, previous: Problem) -> bool:
    """Whether a fault is more than a consequence of correcting the previous one."""
    return fault.spot.line > previous.spot.line


def _tokens(text: str) -> Iterator[yaml.Token]:
    """The tokens of the file, up to the fault."""
    try:
        yield from yaml.scan(text, Loader=Loader)
    except yaml.YAMLError:
        return


@dataclass(slots=True)
class _Open:
    """A block or a list that is being read; `key` is what the next value of a block is for."""

    value: list[Value] | dict[str, Value]
    keys: dict[Step, Spot] = field(default_factory=dict)
    inside: dict[Step, Node] = field(default_factory=dict)
    key: str | None = None
    expects_value: bool = False
    looks_like_two: bool = False
    """Whether it is most likely two list entries with the dash between them missing."""


class _Builder:
    """Builds the tree from the parser's events."""

    def __init__(self, text: str, deepest: int) -> None:
        self._reported: set[Problem] = set()
        self._text = text
        self._deepest = deepest
        self._open: list[_Open] = []
        self.data: Value = None
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.notes: list[Spot] = []
        self.has_given_up = False

    def take(self, event: yaml.Event) -> bool:
        """Take the next event; False if parsing further makes no sense."""
        match event:
            case yaml.ScalarEvent():
                if event.tag is not None or event.anchor is not None:
                    self._refuse_properties(event)
                self._scalar(event)
            case yaml.AliasEvent():
                self._problem(
                    event,
                    "alias",
                    f"'*{event.anchor}' repeats another part of the file; write that part out here,"
                    " or put the text in 'quotes'",
                )
                self._add(None, Node(spot_of(event.start_mark)))
            case yaml.CollectionStartEvent():
                if event.tag is not None or event.anchor is not None:
                    self._refuse_properties(event)
                if len(self._open) == self._deepest:
                    self._problem(
                        event,
                        "nested-too-deep",
                        f"this is nested more than {DEEPEST} levels deep; close a bracket or"
                        " correct the indentation",
                    )
                    return False
                self._begin(event)
            case yaml.CollectionEndEvent():
                self._open.pop()
            case yaml.DocumentStartEvent() if self.root is not None:
                self._problem(
                    event,
                    "second-document",
                    "'---' starts a second document; keep everything in one",
                )
                return False
        return True

    def _problem(self, event: yaml.Event, code: Code, message: str) -> None:
        self._report(Problem(spot_of(event.start_mark), code, message))

    def _report(self, problem: Problem) -> None:
        """Report once: a note inside brackets ends several texts."""
        if problem not in self._reported:
            self._reported.add(problem)
            self.problems.append(problem)

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Tags and anchors, which nothing here needs and a text that begins with ! or & becomes."""
        match = FIRST_WORD.match(self._text, index_of(event.start_mark))
        word = match[0] if match else ""
        self._problem(
            event,
            "reserved-character",
            f"a value cannot start with '{word[:1]}', as in '{word}'; put the text in 'quotes'",
        )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        is_plain = not event.style
        if is_plain and self._text.startswith(BEFORE_A_NOTE, index_of(event.end_mark)):
            self._look_for_note(event)
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and not parent.expects_value:
            self._key(parent, event)
            return
        empty = is_plain and event.value in EMPTY
        self._add(None if empty else str(event.value), Node(spot_of(event.start_mark)))

    def _look_for_note(self, event: yaml.ScalarEvent) -> None:
        end = index_of(event.end_mark)
        if HASH_IN_TEXT.match(self._text, end):
            self._report(Problem(spot_of(event.end_mark), "text-after-hash", NOT_READ))
        is_text = " " in event.value or event.value[:1].isupper()
        if is_text and NOTE_IN_TEXT.match(self._text, end):
            self.notes.append(spot_of(event.end_mark))

    def _key(self, block: _Open, event: yaml.ScalarEvent) -> None:
        key, spot = str(event.value), spot_of(event.start_mark)
        block.expects_value = True
        block.key = key
        if key not in block.keys:
            block.keys[key] = spot
            return
        first_line = block.keys[key].line
        block.key = None
        outer = self._open[-2].value if len(self._open) > 1 else None
        if not isinstance(outer, list):
            self._problem(
                event,
                "duplicate-key",
                f"'{key}' is already given on line {first_line}; remove one of the two",
            )
        elif not block.looks_like_two:
            block.looks_like_two = True
            self._problem(
                event,
                "duplicate-key",
                f"'{key}' is already given on line {first_line}; remove one of the two, or write"
                " '- ' before the line where a new entry starts",
            )

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        value: list[Value] | dict[str, Value] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        block = _Open(value)
        spot = spot_of(event.start_mark)
        self._add(value, Node(spot, bool(event.flow_style), block.keys, block.inside))
        self._open.append(block)

    def _add(self, value: Value, node: Node) -> None:
        if not self._open:
            self.data, self.root = value, node
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            parent.inside[len(parent.value)] = node
            parent.value.append(value)
        elif not parent.expects_value:  # something other than a word where a key belongs
            parent.expects_value = True
            self.problems.append(
                Problem(node.spot, "not-a-key", "a key must be one word, followed by a colon")
            )
        else:
            if parent.key is not None:
                parent.inside[parent.key] = node
                parent.value[parent.key] = value
            parent.key, parent.expects_value = None, False
