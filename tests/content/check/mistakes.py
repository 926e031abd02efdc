"""The mistakes of `mistakes.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.places.kinds import KINDS

SIGNS = str.maketrans({"⏎": "\n", "⇥": "\t", "·": " "})


@dataclass
class Mistake:
    """A part of a good file, what is written instead, and what is told about it."""

    good: str
    broken: str
    codes: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def put_into(self, text: str) -> str:
        """The text with the mistake, and with ¦ where it is to be told."""
        assert text.count(self.good) == 1
        return text.replace(self.good, self.broken)


def _as_typed(line: str) -> str:
    return re.sub("<([0-9a-f]+)>", lambda found: chr(int(found[1], 16)), line.translate(SIGNS))


def _read(text: str) -> Iterator[Mistake]:
    alike: list[Mistake] = []
    for line in text.splitlines():
        if line.startswith("    "):
            code, _, message = line.strip().partition(": ")
            for mistake in alike:
                mistake.codes.append(code)
                mistake.messages.append(message)
        elif line and not line.startswith("# ") and line != "#":
            if alike and alike[0].codes:
                yield from alike
                alike = []
            alike.append(Mistake(*_as_typed(line).split(" » ")))
    yield from alike


MISTAKES = list(
    _read(
        Path(__file__)
        .with_name("mistakes.txt")
        .read_text("utf-8")
        .replace("<kinds>", ", ".join(kind.name for kind in KINDS))
    )
)
