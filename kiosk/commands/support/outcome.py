"""How a command ends."""

from __future__ import annotations

SUCCESS, ATTENTION, FAILED = 0, 1, 2
"""Exit statuses: done, something needs attention, could not be done."""


class CommandFailed(Exception):
    """One plain sentence for whoever typed the command."""
