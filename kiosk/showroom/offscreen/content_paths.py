"""Where a text that is seen on a screen stands in the content."""

from __future__ import annotations

from datetime import date
from pathlib import Path as File

from kiosk.blocks.paths import Path
from kiosk.content.lint.rule import Subject
from kiosk.content.model import Content

NEVER = date(2199, 12, 31)


class ContentPaths:
    """Finds the path of a text by its words."""

    def __init__(self, content: Content) -> None:
        self._paths: dict[str, Path] = {}
        for path, text in Subject(content, NEVER, File()).texts():
            self._paths.setdefault(" ".join(text.split()), path)

    def find(self, text: str) -> Path:
        """The text itself, or the longest that it was put together from; else the whole file."""
        text = " ".join(text.split())
        if text in self._paths:
            return self._paths[text]
        parts = [part for part in self._paths if len(part) > 1 and part in text]
        return self._paths[max(parts, key=len)] if parts else ()
