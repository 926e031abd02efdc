"""Every problem has a code that stays, and nothing decides by the words of a sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import get_args

import pytest

from kiosk.blocks.problem_codes import ERROR_CODES, Code, HistoryCode
from kiosk.content.check.loading import load
from tests.conftest import CHECKOUT
from tests.content.check.mistakes import MISTAKES
from tests.content.conftest import MINIMAL, Write

SENTENCES = {"message", "sentence"}
ASKS = {
    "startswith",
    "endswith",
    "find",
    "index",
    "partition",
    "rpartition",
    "split",
    "removeprefix",
}
OF_SQLITE = "kiosk/signups/store/database.py"
"""What SQLite says of damage has no code."""
OF_A_PICTURE = {
    code
    for code in ERROR_CODES
    if any(noun in code for noun in ("picture", "drawing", "video", "still"))
}
OTHERWISE = {
    "not-utf8": b"brand: \xff",
    "empty-file": b"",
    "not-yaml": b"- a\n",
    "forbidden-character": b"brand: \x07",
    "nested-too-deep": b"a: " + b"[" * 50,
    "alias": b"a: &b 1\nc: *b\n",
    "second-document": b"a: 1\n---\nb: 2\n",
}
"""Files that are wrong from their first line on."""
UNTIL = "valid_until: 2024-12-31"
THEME = "theme:\n"
MORE = {
    "never-shown": (UNTIL, f"{UNTIL}\n        show_from: 2025-02-01"),
    "not-a-time": (UNTIL, f"{UNTIL}\n        show_from: 2024-05-01 25:00"),
    "not-a-size": (THEME, f"screens: [large]\n{THEME}"),
    "unknown-time-zone": (THEME, f"time_zone: Springfield\n{THEME}"),
    "too-short": (THEME, f"silence:\n  - {{rule: sum, reason: Fine.}}\n{THEME}"),
    "not-opening-hours": (
        "places:\n",
        "places:\n  - {id: d, kind: dealers, name: D, icon: ph.car-bold, title: D, here: {name: A,"
        " street: B, city: C, position: {latitude: 1, longitude: 1},"
        " opening_hours: {monday: noon}}}\n",
    ),
    "odd-character": ("phone: +1", "phone: +\u200b1"),
}
UNFORESEEN = {"unusable-value", "unreadable-line", "too-few"}
"""Mistakes that nothing is known of; and no list needs two entries today."""


def test_every_code_is_documented_once_and_nothing_else_is() -> None:
    page = (CHECKOUT / "docs" / "problem-codes.md").read_text("utf-8")
    listed = re.findall(r"(?m)^\| `([a-z0-9-]+)` \|", page)

    assert sorted(listed) == sorted((*ERROR_CODES, *get_args(HistoryCode), "more-problems"))


def test_every_code_is_written_alike() -> None:
    codes = [code for names in get_args(Code) for code in get_args(names)]
    assert all(re.fullmatch(r"[a-z]+[0-9]?(-[a-z0-9]+)*", code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_the_mistakes_of_staff_have_all_the_codes(content_file: Write) -> None:
    found = {code for mistake in MISTAKES for code in mistake.codes}
    files: dict[str, str | bytes] = {**OTHERWISE}
    files |= {code: MINIMAL.replace(*change) for code, change in MORE.items()}
    for code, file in files.items():
        codes = {problem.code for problem in load(content_file(file)).problems}
        assert code in codes
        found |= codes

    assert found <= set(ERROR_CODES)
    assert set(ERROR_CODES) - found - OF_A_PICTURE == UNFORESEEN


def _questions(tree: ast.AST) -> Iterator[int]:
    """The lines in which a sentence is asked for its words."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=asks, value=value)) if asks in ASKS:
                yield from [node.lineno] if _is_sentence(value) else []
            case ast.Call(func=ast.Attribute(attr="match" | "search" | "fullmatch"), args=args):
                yield from [node.lineno] if any(map(_is_sentence, args)) else []
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[value]):
                yield from [node.lineno] if _is_sentence(value) else []
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]):
                yield from [node.lineno] if _is_sentence(left) or _is_sentence(right) else []


def _is_sentence(node: ast.AST) -> bool:
    """`problem.message`, or `str(error)`."""
    match node:
        case ast.Attribute(attr=name):
            return name in SENTENCES
        case ast.Call(func=ast.Name(id="str"), args=[ast.Name(id="error" | "problem")]):
            return True
    return False


@pytest.mark.parametrize(
    "asks",
    [
        "problem.message.startswith(TAB)",
        "'missing' in problem.message",
        "'missing' not in str(error)",
        "NAME.match(problem.message)",
        "problem.message == before.message",
    ],
)
def test_a_question_to_a_sentence_is_found(asks: str) -> None:
    assert list(_questions(ast.parse(asks))) == [1]


def test_nothing_decides_by_the_words_of_a_sentence() -> None:
    found = [
        f"{file.relative_to(CHECKOUT)}:{line}"
        for file in sorted((CHECKOUT / "kiosk").rglob("*.py"))
        for line in _questions(ast.parse(file.read_text("utf-8")))
    ]
    assert [place for place in found if not place.startswith(OF_SQLITE)] == []
