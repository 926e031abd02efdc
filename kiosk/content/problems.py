"""What is wrong with a content file, in words for the people who write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Spot(NamedTuple):
    """A place in a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where, what is wrong, what to write instead.

    What a rule found carries the rule's name, and the law or standard it comes from where there is
    one.
    """

    spot: Spot
    message: str
    severity: Severity = "error"
    rule: str = ""
    source: str = ""

    def in_file(self, file: str, label: str = "") -> str:
        """`FILE:LINE:COLUMN: error: message`, the form editors can jump to.

        A rule's name follows in brackets; `label` stands in place of the severity.
        """
        where = f"{file}:{self.spot.line}:{self.spot.column}"
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{where}: {label or self.severity}: {self.message}{rule}"
