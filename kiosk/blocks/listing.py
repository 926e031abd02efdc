"""Names and texts inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def listed(things: Sequence[str], conjunction: str = "and") -> str:
    """`a, b and c`."""
    *front, last = things
    return f"{', '.join(front)} {conjunction} {last}" if front else last


def quoted(names: Sequence[str], conjunction: str = "and") -> str:
    """`'a', 'b' and 'c'`."""
    return listed([f"'{name}'" for name in names], conjunction)


def shortened(text: str, most: int) -> str:
    """At most so many characters of a text."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
