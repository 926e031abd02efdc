"""The language in which a content reads; imported behind the first frame."""

from __future__ import annotations

from kiosk.content.model import Content
from kiosk.language.localization import Localization, localization


def localization_of(content: Content) -> Localization:
    """How numbers, money and days read in a content."""
    return localization(content.language, content.named_region)
