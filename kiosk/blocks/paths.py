"""Where a value stands in a content: the keys, and the numbers of entries, that lead to it."""

from __future__ import annotations

Step = str | int
Path = tuple[Step, ...]
