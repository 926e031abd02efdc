"""The generated files, judged by the programs that read them where these are there."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from kiosk.operation.service.plan import (
    LIBRARY,
    MATRICES,
    UNIT_FILE,
    Rotation,
    ServiceOptions,
    planned_files,
    possible_paths,
)

EXPOSURE_LIMIT = 25
"""In tenths, of `systemd-analyze security`; up to here it calls a service OK."""

OPTIONS = [
    ServiceOptions(Path("/usr/bin/kiosk"), content, rotation, has_network)
    for content in (None, Path("/srv/our cars/content.yaml"))
    for rotation in ("none", "left", "right")
    for has_network in (False, True)
]


def texts(options: ServiceOptions) -> dict[Path, str]:
    return {file.path: file.text for file in planned_files(options)}


def unit(options: ServiceOptions) -> ConfigParser:
    """The unit, whose keys may be given more than once."""
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(texts(options)[UNIT_FILE])
    return parser


@pytest.fixture(params=OPTIONS, ids=str)
def options(request: pytest.FixtureRequest) -> ServiceOptions:
    option: ServiceOptions = request.param
    return option


def test_the_unit_is_what_systemd_understands(options: ServiceOptions, tmp_path: Path) -> None:
    file = tmp_path / UNIT_FILE.name
    text = texts(options)[UNIT_FILE]
    file.write_text(re.sub(r"^ExecStart=.*", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    assert unit(options).sections() == ["Unit", "Service", "Install"]
    if not shutil.which("systemd-analyze"):
        for line in text.splitlines():
            assert re.fullmatch(r"(#.*|\[\w+\]|[A-Z]\w+=.*|)", line), line
        return

    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_is_hardened(options: ServiceOptions, tmp_path: Path) -> None:
    service = unit(options)["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["DevicePolicy"] == "closed"
    assert service["LimitCORE"] == service["MemorySwapMax"] == "0"
    assert ("AF_INET" in service["RestrictAddressFamilies"]) == options.has_network
    assert ("IPAddressDeny" in service) != options.has_network
    if not shutil.which("systemd-analyze"):
        return
    file = tmp_path / UNIT_FILE.name
    file.write_text(texts(options)[UNIT_FILE])

    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_LIMIT}"]
    done = subprocess.run([*command, file], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-200:]


def test_the_kiosk_is_watched_and_started_again_whatever_happens(options: ServiceOptions) -> None:
    parsed = unit(options)
    service = parsed["Service"]
    assert (service["Type"], service["NotifyAccess"]) == ("notify", "all")
    assert service["Restart"] == "always"
    assert parsed["Unit"]["StartLimitIntervalSec"] == "0"
    assert int(service["WatchdogSec"]) > 0
    assert "unset WATCHDOG_PID" in texts(options)[LIBRARY / "session"]


def test_the_scripts_are_what_the_shell_understands(
    options: ServiceOptions, tmp_path: Path
) -> None:
    scripts = [file for file in planned_files(options) if file.mode == 0o755]
    assert len(scripts) == 3
    for script in scripts:
        assert script.text.startswith("#!/bin/sh\n")
        checked = ["sh", "-n", "-c", script.text]
        done = subprocess.run(checked, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_session_runs_the_kiosk_with_its_content(options: ServiceOptions) -> None:
    last = texts(options)[LIBRARY / "session"].splitlines()[-1]
    content = " --content '/srv/our cars/content.yaml'" if options.content else ""
    assert last == f"exec /usr/bin/kiosk run{content}"


def test_nothing_is_left_to_fill_in(options: ServiceOptions) -> None:
    for path, text in texts(options).items():
        leftover = re.search(r"\$(name|user|library|header|sticks)\b|\{\w+\}(?=/)", text)
        if "rules" not in path.name:
            assert leftover is None, (path, leftover)
        assert text.endswith("\n")
        assert "'kiosk service install'" in text


@pytest.mark.parametrize(
    ("rotation", "corner", "seen"),
    [("left", (0.0, 1.0), (0.0, 0.0)), ("right", (1.0, 0.0), (0.0, 0.0))],
)
def test_touches_are_turned_with_the_picture(
    rotation: Rotation, corner: tuple[float, float], seen: tuple[float, float]
) -> None:
    """`corner` is where the picture's top left is on the screen that was not turned."""
    turned = texts(ServiceOptions(Path("/usr/bin/kiosk"), None, rotation))
    (rules,) = [text for path, text in turned.items() if "touch" in path.name]
    match = re.search(r'MATRIX\}="([^"]*)"', rules)
    assert match is not None
    a, b, c, d, e, f = map(float, match[1].split())
    x, y = corner
    assert (a * x + b * y + c, d * x + e * y + f) == seen
    assert set(MATRICES) == {"left", "right"}


def test_without_a_turn_there_is_no_rule_for_touches() -> None:
    plain = texts(ServiceOptions(Path("/usr/bin/kiosk")))
    assert not [path for path in plain if "touch" in path.name]


def test_every_path_is_known_to_whoever_removes_it(options: ServiceOptions) -> None:
    assert texts(options).keys() <= set(possible_paths())
