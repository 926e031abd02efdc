"""What a person can be told instead of an error."""

from __future__ import annotations


class Refused(Exception):
    """Something cannot be done; the message is one sentence that says why and what to do.

    A command that lets one through prints it and exits with 2 (`kiosk/cli.py`).
    """

    @property
    def sentence(self) -> str:
        """The message with a capital letter, for a screen."""
        text = str(self)
        return f"{text[:1].upper()}{text[1:]}"
