"""A panel is set through the kernel or by ddcutil, or there is none to set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.operation import brightness
from kiosk.operation.brightness import Backlight, BrightnessRefused, Monitor, find_panel

DDCUTIL = """#!/bin/sh
echo "$@" >> {log}
case "$1" in
getvcp) echo "VCP 10  C $(cat {state}) 80";;
setvcp) echo "$3" > {state};;
esac
"""


@pytest.fixture(autouse=True)
def nothing_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brightness, "BACKLIGHTS", tmp_path / "backlight")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr(brightness, "PROGRAM", "ddcutil-of-this-test")


@pytest.fixture
def backlight(tmp_path: Path) -> Path:
    folder = tmp_path / "backlight" / "intel_backlight"
    folder.mkdir(parents=True)
    (folder / "max_brightness").write_text("1500\n")
    (folder / "brightness").write_text("750\n")
    return folder


@pytest.fixture
def ddcutil(tmp_path: Path) -> Path:
    """Stands in for the program; returns the file that holds the monitor's brightness."""
    (tmp_path / "bin").mkdir()
    state, program = tmp_path / "state", tmp_path / "bin" / "ddcutil-of-this-test"
    state.write_text("20")
    program.write_text(DDCUTIL.format(log=tmp_path / "log", state=state))
    program.chmod(0o755)
    return state


def test_where_there_is_nothing_to_set_there_is_no_panel() -> None:
    assert find_panel() is None


def test_a_backlight_is_read_and_set(backlight: Path) -> None:
    panel = find_panel()

    assert panel == Backlight(backlight)
    assert panel.read() == 50
    panel.set(80)
    assert (backlight / "brightness").read_text() == "1200"
    assert panel.read() == 80


@pytest.mark.parametrize("content", ["", "bright", "-", "0"])
def test_a_backlight_that_makes_no_sense_is_no_panel(backlight: Path, content: str) -> None:
    (backlight / "max_brightness").write_text(content)
    assert find_panel() is None


def test_a_backlight_that_only_root_may_set_is_left_to_a_monitor(
    backlight: Path, ddcutil: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brightness.os, "access", lambda _, mode: mode != os.W_OK)
    assert isinstance(find_panel(), Monitor)


def test_a_backlight_that_is_gone_refuses_in_a_sentence(backlight: Path) -> None:
    panel = Backlight(backlight)
    (backlight / "max_brightness").unlink()
    with pytest.raises(BrightnessRefused, match=r"cannot be set \(No such file or directory\)"):
        panel.set(50)


def test_a_monitor_is_read_and_set_by_its_own_measure(ddcutil: Path, tmp_path: Path) -> None:
    panel = find_panel()

    assert isinstance(panel, Monitor)
    assert panel.read() == 25
    panel.set(50)
    assert ddcutil.read_text() == "40\n"
    assert "setvcp 10 40" in (tmp_path / "log").read_text()


@pytest.mark.parametrize(
    "program", ["exit 1", "echo VCP 10 ERR", "echo VCP 10 C 5 0", "exec sleep 5", "kill -9 $$"]
)
def test_a_monitor_that_does_not_answer_is_no_panel(
    ddcutil: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(brightness, "TIMEOUT_SECONDS", 0.5)
    (tmp_path / "bin" / "ddcutil-of-this-test").write_text(f"#!/bin/sh\n{program}\n")
    assert find_panel() is None
    with pytest.raises(BrightnessRefused, match="the monitor does not obey"):
        Monitor(str(tmp_path / "bin" / "ddcutil-of-this-test")).set(50)
