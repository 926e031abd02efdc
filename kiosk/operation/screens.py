"""Whether a screen is connected to this machine, as the kernel sees it."""

from __future__ import annotations

from pathlib import Path

from kiosk.operation.system_files import read_system_file

CONNECTORS = Path("/sys/class/drm")


def are_screens_off(connectors: Path = CONNECTORS) -> bool:
    """Whether no connector has a screen that is on; False where there are none to look at.

    A television that is switched off looks like one that is unplugged.
    """
    states = [read_system_file(file) for file in connectors.glob("card*-*/status")]
    return bool(states) and "connected" not in states
