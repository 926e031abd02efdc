"""The folder in which a kiosk keeps what it collects."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.commands.support.outcome import CommandFailed
from kiosk.operation.folders import default_data


def data_folder(named: Path | None) -> Path:
    """The folder to look into; one that was named must be there."""
    if named is None:
        return default_data()
    if not os.path.isdir(named):  # noqa: PTH112 # never raises
        raise CommandFailed(f"{named} is not a folder; pass the kiosk's data folder with --data")
    return named
