"""Running a module of the kiosk in another process."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import kiosk

PR_SET_PDEATHSIG = 1


def own_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module of ours with this Python."""
    # -P: do not import Python files from the content's folder.
    return [sys.executable, "-P", "-m", module, *arguments]


def own_environment() -> dict[str, str]:
    """The environment in which that command finds the kiosk, wherever it is run."""
    root = Path(kiosk.__file__).resolve().parents[1]
    if not (root / "main.py").is_file():  # installed, so Python finds the kiosk
        return dict(os.environ)
    paths = filter(None, (str(root), os.environ.get("PYTHONPATH")))
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)}


def replace_process(environment: Mapping[str, str]) -> NoReturn:
    """Run the same command again in this process, which is then another program."""
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)


def end_with_parent() -> None:
    """Have the system end this process when its parent ends (Linux, prctl(2))."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
