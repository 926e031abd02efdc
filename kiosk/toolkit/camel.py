"""Names as QML writes them."""

from __future__ import annotations


def camel(name: str) -> str:
    """`focus_x` as QML names it: `focusX`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
