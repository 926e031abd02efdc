"""Files and folders in which the system tells about itself; empty where it does not."""

from __future__ import annotations

from pathlib import Path

from kiosk.files import read_small_file


def read_system_file(file: Path) -> str:
    """What a file says, without the white space around it."""
    try:
        return read_small_file(file).decode(errors="replace").strip()
    except OSError:
        return ""


def list_system_folder(folder: Path) -> list[Path]:
    """What is in a folder, in order."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
