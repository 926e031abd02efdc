"""What must be there before the kiosk can be drawn."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.commands.support.outcome import CommandFailed


def require_display() -> None:
    from kiosk.operation.display import DisplayMissing
    from kiosk.operation.display import require_display as require

    try:
        require(os.environ)
    except DisplayMissing as error:
        raise CommandFailed(str(error)) from None


def require_qt() -> None:
    try:
        import PySide6.QtQuick  # noqa: F401
    except ImportError as error:
        raise CommandFailed(
            f"Qt cannot be loaded ({error}); install the packages that the README lists, then try"
            " again"
        ) from None


@contextmanager
def drawing() -> Iterator[None]:
    """What keeps the showroom from being drawn becomes the command's answer."""
    from kiosk.toolkit.errors import CannotShow

    try:
        yield
    except CannotShow as error:
        raise CommandFailed(str(error)) from None
