"""What was measured, how it is summed up and how it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

MEMORY = "memory"

Say = Callable[[str], None]
"""Tells whoever waits how far it is."""


class Samples:
    """Numbers by whose they are and what they say; asked for, they are their median.

    Memory is the largest instead: other programs that share libraries only ever lower it.
    """

    def __init__(self) -> None:
        self._taken: defaultdict[tuple[str, str], list[float]] = defaultdict(list)

    def add(self, who: str, what: str, number: float) -> None:
        """Take one more."""
        self._taken[who, what].append(number)

    def add_all(self, who: str, numbers: Mapping[str, Iterable[float]]) -> None:
        """Take more of each kind."""
        for what, each in numbers.items():
            self._taken[who, what].extend(each)

    def of(self, who: str, what: str) -> float | None:
        """The median; None where there is none."""
        taken = self._taken.get((who, what))
        if not taken:
            return None
        return max(taken) if what.startswith(MEMORY) else median(taken)

    def slowest(self, who: str, kind: str) -> tuple[str, float] | None:
        """The largest median among everything of `who` named `kind ...`, with its name's rest."""
        of_kind = [
            (median(taken), what.removeprefix(f"{kind} "))
            for (owner, what), taken in self._taken.items()
            if owner == who and what.startswith(f"{kind} ")
        ]
        if not of_kind:
            return None
        number, name = max(of_kind)
        return name, number


@dataclass(frozen=True)
class Limit:
    """A ratio or a number to hold."""

    value: float | None
    most: float
    text: str


@dataclass(frozen=True)
class Table:
    """Rows under a title; the last two columns tell what is to hold and whether it does."""

    title: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, cells: Iterable[str], limits: Iterable[Limit] = ()) -> None:
        """Add a row and judge it."""
        known = [limit for limit in limits if limit.value is not None]
        broken = [limit for limit in known if limit.value is not None and limit.value > limit.most]
        verdict = "" if not known else "NOT HELD" if broken else "held"
        self.rows.append((*cells, "; ".join(limit.text for limit in known), verdict))

    def markdown(self) -> str:
        """As Markdown, padded so that it can be read as it is."""
        rows = [(*self.headings, "to hold", ""), *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = [
            "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
            for row in rows
        ]
        lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
        return "\n".join([f"**{self.title}**", "", *lines])


def shown(number: float | None, unit: str) -> str:
    """A number with its unit; seconds below one as milliseconds."""
    if number is None:
        return "-"
    match unit:
        case "s":
            return f"{1000 * number:.0f} ms" if number < 1 else f"{number:.2f} s"
        case "×":
            return f"{number:.2f} ×"
        case _:
            return f"{number:.0f} {unit}"


def ratio(one: float | None, other: float | None) -> float | None:
    """How many times the other; None where either is missing."""
    return one / other if one is not None and other else None
