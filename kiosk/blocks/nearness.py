"""The name that was probably meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches

LONGEST_WORD = 100
"""Characters of a word that can be a misspelt name."""

MOST_COMPARED = 100_000
"""Names that are compared for one file, in less than a second; a set of icons has thousands."""

_names_left: ContextVar[list[int] | None] = ContextVar("names_left", default=None)


@contextmanager
def bounded_search() -> Iterator[None]:
    """Find nothing more once so many names were compared: a file may be wrong all over."""
    token = _names_left.set([MOST_COMPARED])
    try:
        yield
    finally:
        _names_left.reset(token)


def nearest(word: str, names: Collection[str], *, cutoff: float = 0.6) -> str | None:
    """The one of `names` that is most like a word, if any is; `cutoff` is how alike, up to 1."""
    left = _names_left.get()
    if len(word) > LONGEST_WORD or (left is not None and left[0] <= 0):
        return None
    if left is not None:
        left[0] -= len(names)
    return next(iter(get_close_matches(word, names, n=1, cutoff=cutoff)), None)
