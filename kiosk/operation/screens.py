"""Whether a screen is connected to this machine, as the kernel sees it."""

from __future__ import annotations

from pathlib import Path

from kiosk.files import read_small_file

CONNECTORS = Path("/sys/class/drm")


def are_screens_off(connectors: Path = CONNECTORS) -> bool:
    """Whether no connector has a screen that is on; False where there are none to look at.

    A television that is switched off looks like one that is unplugged.
    """
    states = [_read(file) for file in connectors.glob("card*-*/status")]
    return bool(states) and "connected" not in states


def _read(file: Path) -> str:
    try:
        return read_small_file(file, 100).decode(errors="replace").strip()
    except OSError:
        return ""
