"""The machine, as far as it tells without tools: system, memory, disk, screens, graphics, touch."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from kiosk.operation.system_files import list_system_folder, read_system_file

ROOT = Path("/")
SHOWN_VARIABLES = ("QT_", "QML", "QSG_", "XDG_SESSION", "DISPLAY", "WAYLAND_DISPLAY", "LANG", "LC_")
SHOWN_MEMORY = ("MemTotal", "MemAvailable", "SwapTotal", "SwapFree")


def system_facts(data: Path, root: Path = ROOT) -> str:
    """The facts, a paragraph each; what a system does not tell is left out."""
    paragraphs = {
        "System": _system(root),
        "Processor and memory": _memory(root),
        "Disk of the data folder": _disk(data),
        "Screens": _screens(root),
        "Graphics": _graphics(root),
        "Input": _input(root),
        "Environment": _environment(),
    }
    return "\n".join(
        "".join(f"{line}\n" for line in (title, *(f"  {line}" for line in lines)))
        for title, paragraph in paragraphs.items()
        if (lines := list(paragraph))
    )


def _system(root: Path) -> Iterator[str]:
    yield f"kernel {platform.release()} ({platform.machine()})"
    for line in read_system_file(root / "etc/os-release").splitlines():
        if line.startswith("PRETTY_NAME="):
            yield line.partition("=")[2].strip('"')
    if debian := read_system_file(root / "etc/debian_version"):
        yield f"Debian {debian}"
    if uptime := read_system_file(root / "proc/uptime").split():
        yield f"up for {float(uptime[0]) / 3600:.1f} hours"


def _memory(root: Path) -> Iterator[str]:
    yield f"{os.cpu_count()} processors"
    for line in read_system_file(root / "proc/cpuinfo").splitlines():
        if line.startswith("model name"):
            yield line.partition(":")[2].strip()
            break
    for line in read_system_file(root / "proc/meminfo").splitlines():
        if line.startswith(SHOWN_MEMORY):
            yield " ".join(line.split())


def _disk(data: Path) -> Iterator[str]:
    try:
        usage = shutil.disk_usage(data)
    except OSError as error:
        yield f"cannot be read ({error.strerror})"
        return
    yield f"{usage.free // 1_000_000:,} MB free of {usage.total // 1_000_000:,} MB"


def _screens(root: Path) -> Iterator[str]:
    for connector in list_system_folder(root / "sys/class/drm"):
        if status := read_system_file(connector / "status"):
            modes = read_system_file(connector / "modes").split()
            size = f", {modes[0]}" if modes else ""
            yield f"{connector.name}: {status}{size}"


def _graphics(root: Path) -> Iterator[str]:
    for card in list_system_folder(root / "sys/class/drm"):
        if card.name.startswith("card") and "-" not in card.name:
            driver = (card / "device/driver").resolve().name
            ids = [read_system_file(card / "device" / name) for name in ("vendor", "device")]
            yield f"{card.name}: {driver} {':'.join(filter(None, ids))}"
    nodes = [node.name for node in list_system_folder(root / "dev/dri")]
    yield f"/dev/dri: {', '.join(nodes) or 'none, so everything is drawn in software'}"


def _input(root: Path) -> Iterator[str]:
    for line in read_system_file(root / "proc/bus/input/devices").splitlines():
        if line.startswith("N: Name="):
            yield line.partition("=")[2].strip('"')


def _environment() -> Iterator[str]:
    for name, value in sorted(os.environ.items()):
        if name.startswith(SHOWN_VARIABLES):
            yield f"{name}={value}"
