"""The line of a problem and its caret, whatever is in the line and however wide the terminal is."""

from __future__ import annotations

from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.problems import Spot
from kiosk.content.yaml.excerpt import excerpt, lines_of


def _drawn(line: str, column: int, width: int = 80) -> list[str]:
    return excerpt([line], Spot(1, column), width).split("\n")


@pytest.mark.parametrize(
    ("line", "column", "shown", "marked"),
    [
        ("name: MINI", 7, "name: MINI", "      ^"),
        ("\ttitle: x", 2, "    title: x", "    ^"),
        ("ab\tc", 4, "ab  c", "    ^"),
        ("車名: x", 5, "車名: x", "      ^"),
        ("e\u0301: x", 4, "e\u0301: x", "  ^"),
        ("a\x1b[31mb", 7, "a?[31mb", "      ^"),
        ("a: b", 5, "a: b", "    ^"),
        ("a: b", 90, "a: b", "    ^"),
        ("", 1, "", "^"),
    ],
)
def test_the_caret_stands_below_the_spot(line: str, column: int, shown: str, marked: str) -> None:
    assert _drawn(line, column) == [f"    1 | {shown}".rstrip(), f"      | {marked}"]


@pytest.mark.parametrize(
    ("before", "after", "head", "tail"),
    [
        (200, 200, "    1 | ...a", "b..."),
        (0, 200, "    1 | Xb", "b..."),
        (200, 0, "    1 | ...a", "aX"),
    ],
)
def test_a_long_line_is_cut_around_the_spot(before: int, after: int, head: str, tail: str) -> None:
    shown, marked = _drawn("a" * before + "X" + "b" * after, before + 1, 60)

    assert len(shown) <= 60
    assert shown.startswith(head)
    assert shown.endswith(tail)
    assert shown[marked.index("^")] == "X"


def test_beyond_the_file_there_is_nothing_to_show() -> None:
    assert excerpt(["a"], Spot(2, 1), 80) == ""


def test_lines_are_counted_as_problems_count_them() -> None:
    assert lines_of("a\r\nb\rc\n\x0bd") == ["a", "b", "c", "\x0bd"]


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


@given(
    line=st.text(st.sampled_from("ab車 :字"), max_size=300),
    column=st.integers(1, 301),
    width=st.integers(40, 120),
)
def test_no_line_is_wider_than_the_terminal_and_the_caret_is_below_its_sign(
    line: str, column: int, width: int
) -> None:
    shown, marked = _drawn(line, column, width)

    assert _columns(shown) <= width
    assert len(marked) <= width
    if column <= len(line) and line[column - 1] != " ":
        before = 0
        for sign in shown:
            if before == len(marked) - 1:
                assert sign == line[column - 1]
                break
            before += _columns(sign)
