"""What the commands that set up the service have in common."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kiosk.commands.support.outcome import SUCCESS, CommandFailed
from kiosk.refused import as_sentence

if TYPE_CHECKING:
    from kiosk.operation.service.machine import Machine


def require_root(what: str) -> None:
    if os.geteuid() != 0:
        raise CommandFailed(f"{what} needs root; run the same command with sudo")


def finish_change(machine: Machine) -> int:
    """Tell what happens to the kiosk's version, until it is over; an update may be undone.

    The package is replaced beneath this process, so everything must be imported before.
    """
    from kiosk.operation.service.update_record import read_record
    from kiosk.operation.service.updating import follow

    try:
        for line in follow(machine):
            print(line, flush=True)
    except KeyboardInterrupt:
        print("\nIt goes on all the same; 'kiosk service status' says how far it is.")
        raise
    record = read_record(machine.root)
    text = record.describe()
    if record.is_undone:
        raise CommandFailed(text)
    print(as_sentence(text))
    if record.previous:
        print(f"'sudo kiosk service rollback' goes back to version {record.previous}.")
    return SUCCESS
