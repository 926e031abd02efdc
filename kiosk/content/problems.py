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
    """One thing to mend: where, what is wrong, what to write instead."""

    spot: Spot
    message: str
    severity: Severity = "error"

    def in_file(self, file: str) -> str:
        """`FILE:LINE:COLUMN: error: message`, the form editors can jump to."""
        return f"{file}:{self.spot.line}:{self.spot.column}: {self.severity}: {self.message}"
