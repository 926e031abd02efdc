"""However wrong a file is, its cost grows with its size, and what is told of it is one page."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from types import FrameType

import pytest

from kiosk.blocks import nearness
from kiosk.cli import main
from kiosk.content.check.loading import load
from kiosk.content.lint.report import report
from kiosk.content.problems import LONGEST_MESSAGE, MOST_LISTED
from tests.content.check.heavy_files import HEAVY
from tests.content.conftest import MINIMAL, Write
from tests.long_runs import IS_LONG

pytestmark = pytest.mark.slow(reason="counts the calls that thousands of mistakes cost")
MANY = 600 if IS_LONG else 200
MOST_TIMES = 2.4
"""Calls for twice the mistakes; what is done once for any file counts in favour."""


def count_calls(work: Callable[[], object]) -> int:
    """How many functions are called, those of C included: other than time, the same each run."""
    count = 0

    def called(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", HEAVY)
def test_twice_the_mistakes_cost_twice_as_much_and_what_is_told_is_a_page(
    content_file: Write, kind: str
) -> None:
    loaded = [load(content_file(HEAVY[kind](10)))]  # what is imported and remembered the first time
    calls = []
    for count in (MANY, 2 * MANY):
        file = content_file(HEAVY[kind](count))
        calls.append(count_calls(lambda file=file: loaded.append(load(file))))

    assert calls[1] <= MOST_TIMES * calls[0] + 20_000
    problems = loaded[-1].problems
    assert 1 <= len(problems) <= MOST_LISTED + 1
    assert all(len(problem.message) <= LONGEST_MESSAGE + 1 for problem in problems)


def test_a_long_file_without_a_break_is_read(content_file: Write) -> None:
    """The patterns that look for a key or a note in a line go through it once."""
    for kind in HEAVY:
        if kind.startswith("one long"):
            assert load(content_file(HEAVY[kind](100_000))).problems


def test_names_are_compared_until_there_were_too_many(content_file: Write) -> None:
    compared = 0
    original = nearness.get_close_matches

    def count(word: str, names: list[str], **how: object) -> list[str]:
        nonlocal compared
        compared += len(names)
        return original(word, names, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearness, "get_close_matches", count)
        problems = load(content_file(HEAVY["places with unknown icons"](5000))).problems

    assert compared < 2 * nearness.MOST_COMPARED
    assert any("did you mean 'ph." in problem.message for problem in problems)


def test_check_prints_a_page_and_how_many_there_are(
    content_file: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(content_file(HEAVY["unknown keys"](8000)))

    assert main(["check", file]) == 1
    *lines, rest = capsys.readouterr().out.splitlines()
    assert len(lines) == MOST_LISTED
    assert rest.endswith(" more problems; fix these first")
    assert main(["check", "--json", file]) == 1
    reported = json.loads(capsys.readouterr().out)
    assert len(reported["problems"]) == MOST_LISTED + 1
    assert reported["count"] == 8001  # the keys, and the places that are missing


def test_a_thousand_silences_are_matched_by_name(content_file: Write) -> None:
    def lint(count: int) -> int:
        start = MINIMAL.index("      - title: Lease a Cooper")
        offer = MINIMAL[start : MINIMAL.index("    nothing_now")]
        silences = "".join(
            f"- {{rule: ended-offer, entry: Offer {n}, reason: it is an old one}}\n"
            for n in range(count)
        )
        text = MINIMAL.replace(offer, offer * count) + "silence:\n" + silences
        loaded = load(content_file(text))
        assert not loaded.problems
        return count_calls(lambda: report(loaded, date(2030, 1, 1)))

    lint(2)
    assert lint(200) <= MOST_TIMES * lint(100) + 20_000


def test_missing_pictures_are_looked_for_among_many_files(content_file: Write) -> None:
    file = content_file(HEAVY["pictures that are not there"](2))
    for number in range(300):
        (file.parent / "assets" / f"d{number}.png").touch()
    load(file)
    calls = []
    for count in (60, 120):
        file = content_file(HEAVY["pictures that are not there"](count))
        calls.append(count_calls(lambda file=file: load(file)))

    assert calls[1] <= MOST_TIMES * calls[0]
