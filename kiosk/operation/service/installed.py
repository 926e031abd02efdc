"""How the appliance was set up, so that setting it up again keeps what it is not told to change."""

from __future__ import annotations

import shlex
from argparse import ArgumentError, ArgumentParser
from pathlib import Path

from kiosk.operation.service.machine import Machine
from kiosk.operation.service.plan import COMMAND_MARK, LIBRARY, ServiceOptions


def installed_options(machine: Machine, kiosk: Path) -> ServiceOptions:
    """The options of the last `kiosk service install`, by the command line that it wrote down.

    Those of a first one if there was none. `kiosk` is the command's path now.
    """
    parser = ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--content", type=Path)
    parser.add_argument("--rotate", choices=("left", "right"), default="none")
    parser.add_argument("--network", action="store_true")
    try:
        lines = machine.at(LIBRARY / "start").read_text("utf-8").splitlines()
        written = next(line for line in lines if line.startswith(COMMAND_MARK))
        words = shlex.split(written.removeprefix(COMMAND_MARK))
        options, _ = parser.parse_known_args(words)
    except (OSError, ValueError, StopIteration, ArgumentError):
        return ServiceOptions(kiosk)
    return ServiceOptions(kiosk, options.content, options.rotate, options.network)
