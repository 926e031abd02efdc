"""An entry that is parsed by itself is what it is inside the whole file, or it is not parsed so."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kiosk.content.check.loading import load
from kiosk.content.yaml.incremental import reread
from kiosk.content.yaml.tree import Node, Tree, read_tree
from tests.blank_drawings import write_blank_drawings
from tests.conftest import CHECKOUT
from tests.long_runs import examples

GOOD = (CHECKOUT / "content.yaml").read_text(encoding="utf-8")
SIGNS = "\"'#&*!|>%@`{}[],:-? \n\r\t~\\ab"
ODD = """\
%YAML 1.1
---
places:
- id: one  # a note
  offers:
    - title: First
      terms: >-
        Text that goes
        on # no note

      lines: |+
        kept

    # about the next
    - - nested
      - deeper: 1
    - "quoted
      and on"
    -
      title: below its dash
    - {title: in, brackets: [1, 2]}
    - ? explicit
      : value
    - empty:
      next:
    - plain text
      that goes on
  last: here
- id: two
  tags: [a, b]
- id: three
...
"""
FLAT = "- a: 1\n  b: |\n   text\n\n- c: 'x\n\n  y'\n- d:\n  - e\n  - f: 2\n# end\n- g\n"
TEXTS = (
    GOOD,
    ODD,
    ODD.replace("%YAML 1.1\n---\n", ""),
    FLAT,
    FLAT.replace("\n", "\r\n"),
    FLAT[:-1],
)


def as_it_is(node: Node | None) -> object:
    """Everything that a tree says, so that two can be compared."""
    if node is None:
        return None
    inside = {step: as_it_is(below) for step, below in (node.inside or {}).items()}
    return node.spot, node.in_brackets, dict(node.keys or {}), inside


def assert_same(created: Tree, intact: Tree) -> None:
    assert intact.problems == created.problems == []
    assert created.data == intact.data
    assert as_it_is(created.root) == as_it_is(intact.root)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """A text without faults, and the same after some typing in one place."""
    text = draw(st.sampled_from(TEXTS))
    at = draw(st.integers(0, len(text)))
    taken = draw(st.integers(0, 12))
    typed = draw(
        st.text(SIGNS, max_size=8) | st.sampled_from(["- x", "\n  - ", "''", '""', "k: v"])
    )
    if draw(st.booleans()):  # often as many lines as before
        missing = text[at : at + taken].count("\n") - typed.count("\n")
        typed += "\n" * max(0, missing)
    return text, text[:at] + typed + text[at + taken :]


@st.composite
def odd_texts(draw: st.DrawFn) -> str:
    """Lines that may or may not fit together."""
    words = st.sampled_from(
        [
            *("- a", "- ", "-", "- - b", "k:", "k: v", "- k: v", "- k: |", "- k: >+", "text"),
            *("# note", "'", '"open', 'shut"', "? q", ": r", "- [a,", "b]", "- {k: v}", ""),
            *("...", "---"),
        ]
    )
    indents = st.integers(0, 3).map(lambda n: " " * (2 * n))
    lines = draw(st.lists(st.tuples(indents, words), min_size=2, max_size=14))
    return "\n".join(indent + word for indent, word in lines) + draw(st.sampled_from(["", "\n"]))


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow])
@given(edits())
def test_after_any_edit_it_is_the_tree_of_the_whole_file(edit: tuple[str, str]) -> None:
    before, after = edit
    created = reread(before, read_tree(before), after)
    if created is not None:
        assert_same(created.tree, read_tree(after))


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.filter_too_much])
@given(odd_texts(), st.data())
def test_in_an_odd_file_too(before: str, data: st.DataObject) -> None:
    tree = read_tree(before)
    assume(tree.root is not None and not tree.problems)
    lines = before.split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    lines[number] = data.draw(odd_texts()).split("\n")[0]
    after = "\n".join(lines)
    created = reread(before, tree, after)
    if created is not None:
        assert_same(created.tree, read_tree(after))


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("First", "Changed: no", None),
        ("First", "Changed", ("places", 0, "offers", 0)),
        ("Text that", "Other text that", ("places", 0, "offers", 0)),
        ("kept", "kept\n        and", None),
        ("deeper: 1", "deeper: 2", ("places", 0, "offers", 1, 1)),
        ("below its dash", "still below", None),
        ("in, brackets", "in, braces", ("places", 0, "offers", 4)),
        ("explicit", "other", None),
        ("that goes on\n", "that goes far\n", ("places", 0, "offers", 7)),
        ("id: two", "id: 2", ("places", 1)),
        ("id: three", "id: 3", None),
    ],
)
def test_the_innermost_entry_that_holds_the_change_is_read(
    old: str, new: str, path: tuple[str | int, ...] | None
) -> None:
    after = ODD.replace(old, new, 1)
    created = reread(ODD, read_tree(ODD), after)
    assert (None if created is None else created.path) == path


def test_every_line_of_an_offer_is_read_by_itself() -> None:
    """Where most changes are, the short way must be the usual one."""
    tree = read_tree(GOOD)
    lines = GOOD.split("\n")
    first = next(n for n, line in enumerate(lines) if line == "    offers:") + 1
    last = next(n for n in range(first, len(lines)) if lines[n].startswith("    nothing_now"))
    changed = 0
    for number in range(first, last):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            after = "\n".join([*lines[:number], f"{lines[number]}x", *lines[number + 1 :]])
            intact = read_tree(after)
            created = reread(GOOD, tree, after)
            assert (created is None) == bool(intact.problems)
            if created is not None:
                assert_same(created.tree, intact)
                changed += 1
    assert changed > 10


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        write_blank_drawings(Path(name) / "assets")
        yield Path(name)


WORDS = st.sampled_from(
    ["Other", "2030-01-01", "art/road.svg", "no.png", "$1", "x" * 300, "", "[a]"]
)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_content_loaded_after_another_is_the_content_loaded_alone(
    folder: Path, data: st.DataObject
) -> None:
    file = folder / "content.yaml"
    file.write_text(GOOD, encoding="utf-8")
    before = load(file)
    text = GOOD
    for _ in range(2):  # the second is loaded after what the first came to
        lines = text.split("\n")
        values = [n for n, line in enumerate(lines) if ": " in line and "#" not in line]
        number = data.draw(st.sampled_from(values))
        key = lines[number].partition(": ")[0]
        lines[number] = f"{key}: {data.draw(WORDS)}"
        text = "\n".join(lines)
        file.write_text(text, encoding="utf-8")

        after, alone = load(file, before), load(file)

        assert (after.content, after.problems) == (alone.content, alone.problems)
        assert (after.digest, after.text) == (alone.digest, alone.text)
        assert after.tree.data == alone.tree.data
        assert as_it_is(after.tree.root) == as_it_is(alone.tree.root)
        if after.content is None:
            return
        before = after


def test_entries_that_did_not_change_are_the_very_same(folder: Path) -> None:
    file = folder / "content.yaml"
    file.write_text(GOOD, encoding="utf-8")
    before = load(file)
    old = "title: Lease and finance"
    assert GOOD.count(old) == 1
    file.write_text(GOOD.replace(old, "title: Lease or finance"), encoding="utf-8")

    after = load(file, before)

    assert before.content is not None
    assert after.content is not None
    pairs = zip(before.content.places, after.content.places, strict=True)
    assert [a is b for a, b in pairs].count(False) == 1
    assert after.content != before.content
