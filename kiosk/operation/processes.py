"""The kiosk run by itself, in another process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import kiosk


def own_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module of ours with this Python."""
    return [sys.executable, "-m", module, *arguments]


def own_environment() -> dict[str, str]:
    """The environment in which that command finds us, wherever it is run."""
    package = str(Path(kiosk.__file__).resolve().parents[1])
    paths = filter(None, (package, os.environ.get("PYTHONPATH")))
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
