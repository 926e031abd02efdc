"""How much of what could be tried for ever is tried: a sample every day, all of it in a long run.

The long run is that of `.ci/run`, or of anyone who sets KIOSK_LONG_TESTS.
"""

from __future__ import annotations

import os

IS_LONG = "KIOSK_LONG_TESTS" in os.environ
SHARE = 10


def examples(most: int) -> int:
    """How many examples to try, of as many as a long run tries."""
    return most if IS_LONG else max(10, most // SHARE)
