"""What a person can be told instead of an error."""

from __future__ import annotations


class Refused(Exception):
    """Something cannot be done; the message is one sentence that says why and what to do.

    A command that lets one through prints it and exits with 2 (`kiosk/cli.py`).
    """

    @property
    def sentence(self) -> str:
        """The message as a sentence of its own, for a screen."""
        return as_sentence(str(self))


def capitalized(text: str) -> str:
    """With a capital at its beginning; the rest stays, which `capitalize` would change."""
    return f"{text[:1].upper()}{text[1:]}"


def as_sentence(reason: str) -> str:
    """From a capital to a full stop; nothing stays nothing."""
    return f"{capitalized(reason).removesuffix('.')}." if reason else ""
