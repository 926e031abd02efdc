"""What QML is given of a team."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DriverRow:
    """A driver behind a roundel; without a start number the initials stand in."""

    name: str
    number: str
    initials: str
    result: str
    result_label: str
