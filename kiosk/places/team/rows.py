"""What QML is given of a team: rows of plain values."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.places.rows import FactRow


class DriverRow(NamedTuple):
    """A driver behind a roundel; without a start number the initials stand in."""

    name: str
    number: str
    initials: str
    result: str
    result_label: str


class PersonRow(NamedTuple):
    """Somebody to talk to; without a photograph the initials stand in."""

    title: str
    role: str
    languages: str
    initials: str
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5


class PersonPage(NamedTuple):
    """What somebody's page says; texts that are absent are empty."""

    title: str
    overline: str
    initials: str
    source: str
    focus_x: float
    focus_y: float
    shape: float
    is_cut_out: bool
    role: str = ""
    phone: str = ""
    languages: str = ""
    lead: str = ""
    body: str = ""
    code: str = ""
    code_caption: str = ""
    code_name: str = ""
    next_name: str = ""
    """Whose page is the next one; empty where there is nobody else."""
    next_entry: int = 0
    facts: tuple[FactRow, ...] = ()
