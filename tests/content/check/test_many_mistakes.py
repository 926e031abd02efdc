"""Several mistakes in one file: all are told at once, and nothing that only follows from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.blocks.problem_codes import Code
from kiosk.content.check.loading import load
from kiosk.content.problems import Problem, Spot
from kiosk.content.yaml.repair import MENDS, repair
from kiosk.content.yaml.tree import MOST_FAULTS
from tests.blank_drawings import write_blank_drawings
from tests.conftest import CHECKOUT

CONTENT = (CHECKOUT / "content.yaml").read_text("utf-8")

MISTAKES = {
    "a space behind a colon": ("  name: MINI\n", "  name:MINI\n", "a space is missing"),
    "a colon in a text": (
        "    title: Lease and finance\n",
        "    title: Lease: and more\n",
        "this line has a second",
    ),
    "an open quote": ('  roundel: "37"\n', '  roundel: "37\n', "a quote is opened"),
    "a sign": ("  line: Motorsports\n", "  line: @Motorsports\n", "a value cannot start"),
    "a curly quote": ('  accent: "#E2231A"', "  accent: “red: it is”", "curly quotes do not"),
    "an equals sign": ("    name: Heritage\n", "    name = Heritage\n", "'=' does not work here"),
    "a misspelt key": (
        "    icon: ph.tag-bold\n",
        "    icone: ph.tag-bold\n",
        "unknown key 'icone'",
    ),
    "a day with slashes": ("starts: 2024-04-05", "starts: 5/4/2024", "'5/4/2024' can be read"),
    "an amount": ("      price: 33000\n", "      price: $33,000\n", "'$33,000' is not an amount"),
}
"""What stands in the file, the same with a mistake, and how its problem begins."""


def problems(tmp_path: Path, text: str) -> list[Problem]:
    write_blank_drawings(tmp_path / "assets")
    file = tmp_path / "content.yaml"
    file.write_text(text, "utf-8")
    return list(load(file).problems)


def with_mistakes(*names: str) -> tuple[str, list[tuple[int, str]]]:
    """The file with some mistakes, and the line and beginning of what is to be told."""
    text = CONTENT
    for name in names:
        good, bad, _ = MISTAKES[name]
        assert text.count(good) >= 1, name
        text = text.replace(good, bad, 1)
    lines = {name: 1 + text[: text.index(MISTAKES[name][1])].count("\n") for name in names}
    return text, sorted((lines[name], MISTAKES[name][2]) for name in names)


def test_all_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text, wanted = with_mistakes(*MISTAKES)
    found = problems(tmp_path, text)
    assert [
        (problem.spot.line, problem.message[: len(expected)])
        for problem, (_, expected) in zip(found, wanted, strict=True)
    ] == wanted


def test_what_cannot_be_mended_in_its_line_ends_what_is_told(tmp_path: Path) -> None:
    text = CONTENT.replace("  name: MINI\n", "  name:MINI\n", 1)
    text = text.replace("    title: Lease and finance\n", "      title: Lease and finance\n", 1)
    text = text.replace("starts: 2024-04-05", "starts: 5/4/2024", 1)
    space, indent = problems(tmp_path, text)
    assert space.message.startswith("a space is missing")
    assert "  title: Lease and finance" in text.splitlines()[indent.spot.line - 1]


def test_what_is_missing_may_be_what_could_not_be_read(tmp_path: Path) -> None:
    text = CONTENT.replace("  name: MINI\n", '  "name: MINI\n', 1)
    assert [p.message for p in problems(tmp_path, text) if "is missing; add" in p.message] == []


def test_tabs_are_told_once_and_what_is_behind_them_as_well(tmp_path: Path) -> None:
    text = CONTENT.replace("  name: MINI\n  line:", "\tname: MINI\n\tline:", 1)
    text = text.replace("starts: 2024-04-05", "starts: 5/4/2024", 1)
    tabs, day = problems(tmp_path, text)
    assert tabs.message.startswith("this line is indented with a tab; use spaces; so is line")
    assert day.message.startswith("'5/4/2024' can be read")


def test_there_is_an_end_to_it(tmp_path: Path) -> None:
    bad = "\n".join(f"key{n}: text: more" for n in range(3 * MOST_FAULTS))
    found = problems(tmp_path, bad)
    assert [problem.spot.line for problem in found] == [*range(1, MOST_FAULTS + 1)]


@pytest.mark.parametrize("code", MENDS)
def test_nothing_is_mended_where_there_is_nothing(code: Code) -> None:
    assert repair("", Problem(Spot(5, 1), code, "…")) is None
