"""A few large things to do on screen."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.places.features.model import Features
from kiosk.places.kind import Kind, Section, section_of


def sections(place: Features) -> Sequence[Section]:
    """The features."""
    return [section_of(place, "features")]


FEATURES = Kind("features", Features, sections)
