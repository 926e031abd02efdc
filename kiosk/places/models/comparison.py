"""What two cars have in common, and what each has for itself."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.places.models.model import Model, Specification
from kiosk.places.models.rows import ComparedRow


def compared(left: Model, right: Model) -> Sequence[ComparedRow]:
    """The measured values of two cars, those with the same label beside each other.

    In the order of the left car, then what only the right one has.
    """
    on_right = {_key(entry): entry for entry in right.specifications}
    rows = [_row(entry, on_right.pop(_key(entry), None)) for entry in left.specifications]
    return [*rows, *(_row(None, entry) for entry in on_right.values())]


def _row(left: Specification | None, right: Specification | None) -> ComparedRow:
    entry = left or right
    assert entry is not None
    return ComparedRow(entry.label, _value(left), _value(right))


def _value(entry: Specification | None) -> str:
    if entry is None:
        return "–"
    return f"{entry.figure}\u00a0{entry.unit}" if entry.unit else entry.figure


def _key(entry: Specification) -> str:
    return entry.label.casefold()
