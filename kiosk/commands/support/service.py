"""What the commands that set up the service have in common."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.commands.support.outcome import CommandFailed


def require_root(what: str) -> None:
    if os.geteuid() != 0:
        raise CommandFailed(f"{what} needs root; run the same command with sudo")


@contextmanager
def service_errors() -> Iterator[None]:
    """What the machine refuses becomes the command's answer."""
    from kiosk.operation.service.machine import ServiceRefused

    try:
        yield
    except ServiceRefused as error:
        raise CommandFailed(str(error)) from None
