"""Starts the kiosk anew in the same process, whatever has started it.

So it comes back in a terminal as well as under systemd, and a compositor that ends with its client
stays.
"""

from __future__ import annotations

import os
from typing import NoReturn

from kiosk.operation.processes import replace_process

RESTART = 75
"""The event loop's exit status when a restart was asked for; EX_TEMPFAIL of sysexits(3)."""


def restart() -> NoReturn:
    """Run the same command again; everything of this process must have been closed."""
    replace_process(os.environ)
