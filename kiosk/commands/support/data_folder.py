"""The folder in which a kiosk keeps what it collects."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.commands.support.outcome import CommandFailed
from kiosk.operation.folders import ROOT, default_data
from kiosk.operation.service.plan import HOME, UNIT_FILE, USER


def data_folder(named: Path | None) -> Path:
    """The kiosk's data folder; one that was named must be there."""
    folder = content_data_folder(named)
    is_roots = os.geteuid() == ROOT and not folder.is_relative_to(HOME)
    if named is None and is_roots and UNIT_FILE.is_file():
        raise CommandFailed(
            f"the kiosk of this machine runs as the user {USER}, not as root; run the command as"
            f" that user: su -s /bin/sh {USER} -c 'kiosk …'"
        )
    return folder


def content_data_folder(named: Path | None) -> Path:
    """The same, for commands about a content file, which do without a kiosk."""
    if named is None:
        return default_data()
    if not os.path.isdir(named):  # noqa: PTH112 # never raises
        raise CommandFailed(f"{named} is not a folder; pass the kiosk's data folder with --data")
    return named
