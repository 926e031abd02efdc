"""What is wrong with a content file, in words for the people who write it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from kiosk.blocks.problem_codes import RULES, Code

Severity = Literal["error", "warning"]

MOST_LISTED = 100
"""Problems of one file; whoever has more mends these first."""
LONGEST_MESSAGE = 400
"""Characters; what a message quotes may be as long as the file."""
LONGEST_END = 150
"""Characters of a message that is cut: its end says what to do."""


class Spot(NamedTuple):
    """A place in a file, both counted from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """One thing to mend: where, what is wrong, what to write instead.

    `code` is what programs may decide by; of what a rule found it is the rule's name, and `source`
    the law or standard where there is one. `stands_for` is how many problems this one speaks for.
    """

    spot: Spot
    code: Code
    message: str
    severity: Severity = "error"
    source: str = ""
    stands_for: int = 1

    @property
    def rule(self) -> str:
        """The name of the rule that found it; empty for a plain error."""
        return self.code if self.code in RULES else ""

    def in_file(self, file: str, label: str = "") -> str:
        """`FILE:LINE:COLUMN: error: message`, the form editors can jump to.

        A rule's name follows in brackets; `label` stands in place of the severity.
        """
        where = f"{file}:{self.spot.line}:{self.spot.column}"
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{where}: {label or self.severity}: {self.message}{rule}"


def count_of(problems: Iterable[Problem]) -> int:
    """How many problems there are, those included that were not told one by one."""
    return sum(problem.stands_for for problem in problems)


def first_of(problems: Iterable[Problem], more: int = 0) -> tuple[Problem, ...]:
    """The first hundred problems in the order of the file, errors before warnings.

    One more stands for the rest and for `more` that are not among them.
    """
    ordered = sorted(problems, key=lambda problem: (problem.severity != "error", problem.spot))
    listed = sorted(ordered[:MOST_LISTED], key=lambda problem: problem.spot)
    shortened = [problem._replace(message=_shortened(problem.message)) for problem in listed]
    rest = count_of(ordered[MOST_LISTED:]) + more
    if rest:
        shortened.append(_rest(rest, shortened))
    return tuple(shortened)


def _rest(count: int, listed: Sequence[Problem]) -> Problem:
    noun = "problem" if count == 1 else "problems"
    is_error = any(problem.severity == "error" for problem in listed)
    return Problem(
        listed[-1].spot if listed else Spot(1, 1),
        "more-problems",
        f"there {'is' if count == 1 else 'are'} {count} more {noun}; fix these first",
        "error" if is_error else "warning",
        stands_for=count,
    )


def _shortened(message: str) -> str:
    if len(message) <= LONGEST_MESSAGE:
        return message
    return f"{message[: LONGEST_MESSAGE - LONGEST_END]}…{message[-LONGEST_END:]}"
