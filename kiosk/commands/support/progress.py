"""How far a long command has come, for somebody who watches a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

BEGINS_SECONDS = 0.5
EACH_SECONDS = 0.2


class Progress:
    """Writes over one line of the terminal; says nothing of what is done at once."""

    def __init__(self) -> None:
        self._shown = ""
        self._next = monotonic() + BEGINS_SECONDS

    def __call__(self, done: int, total: int) -> None:
        now = monotonic()
        if now >= self._next:
            self._next = now + EACH_SECONDS
            self._write(f"{done:,} of {total:,}")

    def clear(self) -> None:
        """Leave an empty line for what is said next."""
        if self._shown:
            self._write("")

    def _write(self, text: str) -> None:
        blank = " " * len(self._shown)
        print(f"\r{blank}\r{text}", end="", file=sys.stderr, flush=True)
        self._shown = text


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A progress line where there is a terminal, None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    line = Progress()
    try:
        yield line
    finally:
        line.clear()
