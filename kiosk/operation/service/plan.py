"""The files of the appliance, as text; nothing is read or written here but their templates."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal

Rotation = Literal["left", "right", "none"]
"""Where the top of the picture is on the screen, seen by somebody who has not turned it."""

NAME = "showroom-kiosk"
USER = "kiosk"
HOME = Path("/var/lib") / NAME
UNIT = f"{NAME}.service"
UPDATE_UNIT = f"{NAME}-update.service"
UPDATES = Path("/var/lib") / f"{NAME}-update"
"""What an update needs, and the version before; not in `HOME`, which the kiosk may write to."""
LIBRARY = Path("/usr/local/lib") / NAME
STICKS = Path("/media") / USER
SYSUSERS = Path("/etc/sysusers.d") / f"{NAME}.conf"
TMPFILES = Path("/etc/tmpfiles.d") / f"{NAME}.conf"
UNIT_FILE = Path("/etc/systemd/system") / UNIT
TEMPLATES = Path(__file__).parent / "templates"
EXECUTABLE = 0o755
COMMAND_MARK = "# It was: "
"""Stands in the script `start`, before the command that wrote it."""

MATRICES = {"left": "0 -1 1 1 0 0", "right": "0 1 0 -1 0 1"}
"""From the touchscreen's coordinates, 0 to 1, to those of the turned picture."""
TRANSFORMS = {"left": "90", "right": "270"}
"""Wayland counts counterclockwise; so does cage's `-r`, whatever its help says."""
TURNS = {"left": "-r", "right": "-r -r -r"}


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """`path` is absolute."""

    path: Path
    text: str
    mode: int = 0o644


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """`kiosk` is the command's path; without `content`, it shows the content it came with."""

    kiosk: Path
    content: Path | None = None
    rotation: Rotation = "none"
    has_network: bool = False


def planned_files(options: ServiceOptions) -> list[PlannedFile]:
    """Everything that `install` writes."""
    files = [
        (UNIT_FILE, "showroom-kiosk.service", 0o644),
        (LIBRARY / "start", "start", EXECUTABLE),
        (LIBRARY / "session", "session", EXECUTABLE),
        (UNIT_FILE.with_name(UPDATE_UNIT), UPDATE_UNIT, 0o644),
        (LIBRARY / "update", "update", EXECUTABLE),
        (SYSUSERS, "sysusers.conf", 0o644),
        (TMPFILES, "tmpfiles.conf", 0o644),
        (Path("/etc/udev/rules.d") / f"61-{NAME}-sticks.rules", "sticks.rules", 0o644),
    ]
    if options.rotation != "none":
        rules = Path("/etc/udev/rules.d") / f"61-{NAME}-touch.rules"
        files.append((rules, "touch.rules", 0o644))
    values = _values(options)
    return [
        PlannedFile(path, Template((TEMPLATES / name).read_text()).substitute(values), mode)
        for path, name, mode in files
    ]


def possible_paths() -> list[Path]:
    """Every path that some options lead to."""
    return [file.path for file in planned_files(ServiceOptions(Path("kiosk"), None, "left"))]


def _values(options: ServiceOptions) -> dict[str, object]:
    content = () if options.content is None else ("--content", str(options.content))
    has_network = options.has_network
    remark = "The network may be used." if has_network else "No network."
    return {
        "header": "Written by 'kiosk service install', which overwrites changes.",
        "command_line": f"{COMMAND_MARK}{shlex.join(['kiosk', *_install_words(options)])}",
        "name": NAME,
        "user": USER,
        "home": HOME,
        "library": LIBRARY,
        "unit": UNIT,
        "update_unit": UPDATE_UNIT,
        "updates": UPDATES,
        "kiosk": shlex.quote(str(options.kiosk)),
        "install_words": shlex.join(_install_words(options)),
        "sticks": STICKS,
        "command": shlex.join([str(options.kiosk), "run", *content]),
        "turns": TURNS.get(options.rotation, ""),
        "transform": TRANSFORMS.get(options.rotation, ""),
        "matrix": MATRICES.get(options.rotation, ""),
        "network_remark": f"{remark} Over netlink, udev tells of screens and touchscreens.",
        "more_families": " AF_INET AF_INET6" if has_network else "",
        "deny_addresses": "" if has_network else "IPAddressDeny=any",
    }


def _install_words(options: ServiceOptions) -> list[str]:
    """Of the command that leads to these files."""
    words = ["service", "install"]
    if options.content is not None:
        words += ["--content", str(options.content)]
    if options.rotation != "none":
        words += ["--rotate", options.rotation]
    if options.has_network:
        words.append("--network")
    return words
