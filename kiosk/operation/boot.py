"""Which start of the machine this is, so that a power cut can be told from a crash."""

from __future__ import annotations

from pathlib import Path

from kiosk.files import read_small_file

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
MAX_BYTES = 100


def read_boot_id() -> str:
    """The system's id of this start; empty where it has none."""
    try:
        return read_small_file(BOOT_ID, MAX_BYTES).decode(errors="replace").strip()
    except OSError:  # not Linux
        return ""
