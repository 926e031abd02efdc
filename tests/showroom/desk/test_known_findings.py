"""What is new in the preview's list of findings."""

from __future__ import annotations

from kiosk.showroom.desk.known_findings import KnownFindings

BEFORE = ["title: Lease", "figure: $349", "title: Loan", "figure: $9"]
FIGURE = {"code": "terms", "line": 2, "message": "an offer of $349 needs its terms until May 10"}


def test_the_first_check_brings_nothing_new() -> None:
    assert KnownFindings().take([FIGURE], BEFORE) == [False]


def test_a_finding_is_known_below_an_added_line_and_in_other_words() -> None:
    known = KnownFindings()
    known.take([FIGURE], BEFORE)
    moved = FIGURE | {"line": 3, "message": "an offer of $349 needs its terms until May 11"}
    assert known.take([moved], ["language: en", *BEFORE]) == [False]


def test_the_same_message_of_another_line_is_new() -> None:
    known = KnownFindings()
    known.take([FIGURE], BEFORE)
    assert known.take([FIGURE, FIGURE | {"line": 4}], BEFORE) == [False, True]


def test_another_code_on_a_known_line_is_new() -> None:
    known = KnownFindings()
    known.take([FIGURE], BEFORE)
    assert known.take([FIGURE, FIGURE | {"code": "sum"}], BEFORE) == [False, True]


def test_one_more_of_two_alike_is_new_once() -> None:
    known = KnownFindings()
    known.take([FIGURE], BEFORE)
    alike = [*BEFORE, *BEFORE]
    assert known.take([FIGURE, FIGURE | {"line": 6}], alike) == [False, True]
    assert known.take([FIGURE, FIGURE | {"line": 6}], alike) == [False, False]


def test_what_comes_after_a_clean_check_is_new() -> None:
    known = KnownFindings()
    known.take([], BEFORE)
    assert known.take([FIGURE], BEFORE) == [True]
