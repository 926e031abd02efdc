"""What cannot be opened for a moment comes by itself: `without_descriptors.py`, in its own process.

Without a descriptor Qt can give no thread an event loop, and ends the process; whether it needs one
just then depends on all that has happened before.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CASES = Path(__file__).with_name("without_descriptors.py")


def test_what_cannot_be_opened_is_tried_again() -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(CASES)]
    result = subprocess.run(
        command, cwd=CASES.parents[2], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-1000:]
