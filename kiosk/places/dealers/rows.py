"""What QML is given of other dealerships."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DealerRow:
    """A dealership in the list."""

    name: str
    city: str
    distance: str
    opening: str
    example: bool
