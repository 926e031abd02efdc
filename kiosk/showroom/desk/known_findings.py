"""Which findings of a check are new since the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any


class KnownFindings:
    """Recognizes a finding by its code and the line it is about.

    The line counts by its text: its number changes with every line added above it.
    """

    def __init__(self) -> None:
        self._known: Counter[tuple[str, str]] | None = None

    def take(self, problems: Sequence[Mapping[str, Any]], lines: Sequence[str]) -> list[bool]:
        """Whether each problem of this check is new; of the first check, none is."""
        findings = [(problem["code"], _line(lines, problem["line"])) for problem in problems]
        unmatched = Counter(findings) if self._known is None else self._known
        self._known = Counter(findings)
        is_new = []
        for finding in findings:
            is_new.append(unmatched[finding] <= 0)
            unmatched[finding] -= 1
        return is_new


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if number <= len(lines) else ""
