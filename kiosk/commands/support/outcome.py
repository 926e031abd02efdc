"""How a command ends."""

from __future__ import annotations

from kiosk.refused import Refused

SUCCESS, ATTENTION, FAILED = 0, 1, 2
"""Exit statuses: done, something needs attention, could not be done."""


class CommandFailed(Refused):
    """One plain sentence for whoever typed the command."""
