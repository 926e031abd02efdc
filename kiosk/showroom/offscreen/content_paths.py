"""Where a text that is seen on a screen stands in the content."""

from __future__ import annotations

from datetime import date
from pathlib import Path as File

from kiosk.blocks.paths import Path
from kiosk.content.lint.rule import Subject
from kiosk.content.model import Content

NEVER = date(2199, 12, 31)
SHORTEST_PART = 3
"""Characters of what a text may be put together from; `20` is in many."""


class ContentPaths:
    """Finds the path of a text by its words."""

    def __init__(self, content: Content) -> None:
        self._paths: dict[str, list[Path]] = {}
        self._places = {place.id: index for index, place in enumerate(content.places)}
        for path, text in Subject(content, NEVER, File()).texts():
            self._paths.setdefault(" ".join(text.split()), []).append(path)

    def find(self, text: str, place_id: str = "") -> Path:
        """The text itself, or the longest that it was put together from.

        Of several in the place that is open, if one is. A text that the kiosk has made belongs to
        the place, or else to the whole file.
        """
        text = " ".join(text.split())
        around: Path = ("places", self._places[place_id]) if place_id else ()
        paths = self._paths.get(text)
        if paths is None:
            parts = [part for part in self._paths if len(part) >= SHORTEST_PART and part in text]
            paths = self._paths[max(parts, key=len)] if parts else [around]
        return next((path for path in paths if path[:2] == around), paths[0])
