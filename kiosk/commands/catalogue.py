"""Which commands there are. A command's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kiosk.commands.support.command import Command

NAMES = (
    *("run", "preview", "check", "snapshot", "proof", "calendar"),
    *("history", "rollback", "new", "schema"),
    *("signups", "keys create", "keys seal", "export", "erase", "recover"),
    *("pin", "backup", "restore", "report", "health", "support-bundle"),
    *("service install", "service update", "service rollback"),
    *("service status", "service remove"),
)
"""In the order of the help, and of the README."""
GROUPS = {
    "keys": "create the manager's key, seal signups to it",
    "service": "start the kiosk with the machine, on its screen alone",
}
COMMANDS = tuple(dict.fromkeys(name.split()[0] for name in NAMES))
"""The first words."""


def find(name: str) -> Command[Any]:
    """The command of one of `NAMES`."""
    module = import_module(f"kiosk.commands.{name.replace(' ', '_').replace('-', '_')}")
    command: Command[Any] = module.COMMAND
    return command
