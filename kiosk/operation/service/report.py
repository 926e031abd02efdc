"""Whether the appliance is set up and runs, in lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.operation.service.machine import Machine
from kiosk.operation.service.plan import LIBRARY, UNIT, UNIT_FILE, USER
from kiosk.operation.service.update_record import read_record

ESSENTIAL = (UNIT_FILE, LIBRARY / "start", LIBRARY / "session", LIBRARY / "update")
PROPERTIES = ("ActiveState", "SubState", "StatusText", "NRestarts", "ActiveEnterTimestamp")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report."""

    name: str
    text: str
    needs_attention: bool = False


def report(machine: Machine) -> list[Line]:
    """What `kiosk service status` prints.

    Raises:
        ServiceRefused: the service manager does not respond.
    """
    missing = [path for path in ESSENTIAL if not machine.at(path).is_file()]
    if len(missing) == len(ESSENTIAL):
        return [Line("files", "not installed; run 'sudo kiosk service install'", True)]
    lines = [Line("files", "installed")]
    if missing:
        names = ", ".join(map(str, missing))
        lines = [Line("files", f"{names} missing; run 'sudo kiosk service install' again", True)]
    if not machine.has_user():
        lines.append(Line("user", f"{USER} does not exist; run 'sudo kiosk service install'", True))
    if not machine.is_enabled():
        text = f"the kiosk does not start with the machine; run 'sudo systemctl enable {UNIT}'"
        lines.append(Line("start", text, True))
    if machine.is_running:
        lines.append(_state(machine))
    lines += _update(machine)
    return lines


def _update(machine: Machine) -> list[Line]:
    record = read_record(machine.root)
    text, needs_attention = record.finding(datetime.now().astimezone())
    if record.is_over and record.previous:
        text += f"; 'sudo kiosk service rollback' goes back to version {record.previous}"
    return [Line("update", text, needs_attention)] if text else []


def _state(machine: Machine) -> Line:
    printed = machine.call("systemctl", "show", f"--property={','.join(PROPERTIES)}", UNIT)
    values = dict(line.split("=", 1) for line in printed.splitlines() if "=" in line)
    if values.get("ActiveState") != "active":
        text = f"not running ({values.get('SubState', 'unknown')})"
        return Line("state", f"{text}; 'journalctl --unit={UNIT}' says why", True)
    shown = f", {values['StatusText']}" if values.get("StatusText") else ""
    restarts = values.get("NRestarts", "0")
    count = "never restarted" if restarts == "0" else f"restarted {restarts} times"
    return Line("state", f"running since {values.get('ActiveEnterTimestamp', '?')}{shown}, {count}")
