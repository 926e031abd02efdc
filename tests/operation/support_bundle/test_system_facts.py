"""The facts of a machine, from files as Linux has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.operation.support_bundle.system_facts import system_facts


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small computer with a touchscreen."""
    for name, text in {
        "etc/os-release": 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
        "etc/debian_version": "12.8\n",
        "proc/uptime": "7200.00 100.00\n",
        "proc/cpuinfo": "processor\t: 0\nmodel name\t: A small processor\n",
        "proc/meminfo": "MemTotal:        4000000 kB\nBuffers: 1 kB\nSwapTotal:       0 kB\n",
        "proc/bus/input/devices": 'I: Bus=0003\nN: Name="A touchscreen"\nU: Uniq=serial-1\n',
        "sys/class/drm/card0/device/vendor": "0x8086\n",
        "sys/class/drm/card0/device/device": "0x46d1\n",
        "sys/class/drm/card0-HDMI-A-1/status": "connected\n",
        "sys/class/drm/card0-HDMI-A-1/modes": "1920x1080\n1280x720\n",
        "sys/class/drm/card0-DP-1/status": "disconnected\n",
        "dev/dri/renderD128": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_an_engineer_learns_what_the_machine_is(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "eglfs")
    monkeypatch.setenv("SECRET_TOKEN", "do not show this")
    facts = system_facts(root, root)

    for line in (
        "  Debian GNU/Linux 12 (bookworm)",
        "  Debian 12.8",
        "  up for 2.0 hours",
        "  A small processor",
        "  MemTotal: 4000000 kB",
        "  card0-HDMI-A-1: connected, 1920x1080",
        "  card0-DP-1: disconnected",
        "  /dev/dri: renderD128",
        "  A touchscreen",
        "  QT_QPA_PLATFORM=eglfs",
    ):
        assert line in facts.splitlines()
    assert "0x8086:0x46d1" in facts
    assert "MB free of" in facts
    assert not any(text in facts for text in ("serial-1", "do not show", "Buffers"))


def test_a_machine_that_tells_nothing_is_no_error(tmp_path: Path) -> None:
    facts = system_facts(tmp_path / "nowhere", tmp_path)
    assert "kernel " in facts
    assert "cannot be read (No such file or directory)" in facts
    assert "none, so everything is drawn in software" in facts
    assert "Screens" not in facts
