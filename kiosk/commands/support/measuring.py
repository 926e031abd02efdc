"""The screens measured by a process of its own, so that nothing here needs Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from kiosk.content.check.loading import Loaded
from kiosk.content.lint.misfits import Misfit
from kiosk.operation.processes import own_command, own_environment

MODULE = "kiosk.showroom.offscreen.fitting"
LONGEST_SECONDS = 120


class _NotMeasured(Exception):
    """Qt is missing or failed; the message says why."""


def measure(loaded: Loaded, sizes: Iterable[str], moment: datetime) -> tuple[Misfit, ...]:
    """What has no room on screens of these sizes; the content must be without errors.

    Where they cannot be measured, that is printed, and nothing is found.
    """
    try:
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            found = pool.map(partial(_measured, loaded, moment), sizes)
            return tuple(misfit for misfits in found for misfit in misfits)
    except _NotMeasured as error:
        print(
            f"kiosk: could not check whether the texts fit their screens ({error})", file=sys.stderr
        )
        return ()


def _measured(loaded: Loaded, moment: datetime, size: str) -> list[Misfit]:
    try:
        done = subprocess.run(
            own_command(MODULE, str(loaded.file), loaded.digest, size, moment.isoformat()),
            env=own_environment(),
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=True,
        )
        rows = json.loads(done.stdout)
    except subprocess.CalledProcessError as error:
        words = error.stderr.strip().splitlines() or [f"it ended with {error.returncode}"]
        raise _NotMeasured(words[-1]) from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise _NotMeasured(str(error)) from None
    return [Misfit(**row | {"path": tuple(row["path"])}) for row in rows]
