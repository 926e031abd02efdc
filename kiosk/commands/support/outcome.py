"""How a command ends."""

from __future__ import annotations

FINE, ATTENTION, CANNOT = 0, 1, 2
"""Exit statuses: done, something needs mending, could not do it."""


class CannotDo(Exception):
    """One plain sentence for whoever typed the command."""
