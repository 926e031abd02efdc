"""The kiosk run by itself, in another process."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import kiosk

PR_SET_PDEATHSIG = 1


def own_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module of ours with this Python."""
    # -P: no Python file that lies in the content's folder is run.
    return [sys.executable, "-P", "-m", module, *arguments]


def own_environment() -> dict[str, str]:
    """The environment in which that command finds us, wherever it is run."""
    around = Path(kiosk.__file__).resolve().parents[1]
    if not (around / "main.py").is_file():  # installed, so that Python finds us by itself
        return dict(os.environ)
    paths = filter(None, (str(around), os.environ.get("PYTHONPATH")))
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)}


def end_with_parent() -> None:
    """Let the system end this process when the one that began it has ended (Linux, prctl(2))."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
