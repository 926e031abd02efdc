"""The kiosk's own words for the people of a team."""

from __future__ import annotations

from kiosk.blocks.words import KindWords, Word


class TeamWords(KindWords):
    languages: Word = "Speaks"
    """Before the languages that somebody speaks."""
