"""What must be there before the kiosk can be drawn."""

from __future__ import annotations

from kiosk.commands.support.outcome import CommandFailed


def require_qt() -> None:
    try:
        import PySide6.QtQuick  # noqa: F401
    except ImportError as error:
        raise CommandFailed(
            f"Qt cannot be loaded ({error}); install the packages that the README lists, then try"
            " again"
        ) from None
