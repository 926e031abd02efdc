"""Starts the kiosk anew in the same process, whatever has started it.

So it comes back in a terminal as well as under systemd, and a compositor that ends with its client
stays.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

RESTART = 75
"""The event loop's exit status when staff have asked for it; EX_TEMPFAIL of sysexits(3)."""


def restart() -> NoReturn:
    """Run the same command again; everything of this process must have been closed."""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
