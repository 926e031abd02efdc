"""Which start of the machine this is, so that a power cut can be told from a crash."""

from __future__ import annotations

from pathlib import Path

from kiosk.operation.system_files import read_system_file

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def read_boot_id() -> str:
    """The system's id of this start; empty where it has none."""
    return read_system_file(BOOT_ID)
