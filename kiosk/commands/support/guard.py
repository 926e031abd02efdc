"""What commands that hold addresses in memory and in half-written files take care of."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from kiosk.operation.memory import disable_core_dumps


@contextmanager
def guarded() -> Iterator[None]:
    """Leave no core dump, and let what asks for the end clean up first."""
    disable_core_dumps()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        for number, handler in before.items():
            if handler is signal.SIG_DFL:  # `nohup` ignores
                signal.signal(number, _end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
