"""The kiosk's own words for links."""

from __future__ import annotations

from kiosk.blocks.words import KindWords, Word


class LinksWords(KindWords):
    more_places: Word = "More to see"
    """The heading beside the links, above the places that are not in the bar."""
