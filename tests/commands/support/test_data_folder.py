"""Whose kiosk a command is about, where nobody names a data folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.commands.support import data_folder as module
from kiosk.commands.support.data_folder import content_data_folder, data_folder
from kiosk.commands.support.outcome import CommandFailed
from kiosk.operation.service.plan import HOME


@pytest.fixture
def appliance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = tmp_path / "showroom-kiosk.service"
    unit.touch()
    monkeypatch.setattr(module, "UNIT_FILE", unit)
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def _default_is(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(module, "default_data", lambda: folder)


def test_root_is_told_whose_kiosk_an_appliance_runs(
    appliance: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PIN of root's own would open nothing."""
    _default_is(monkeypatch, tmp_path)
    with pytest.raises(CommandFailed, match="su -s /bin/sh kiosk -c"):
        data_folder(None)


def test_root_may_name_a_folder_or_check_content(
    appliance: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _default_is(monkeypatch, tmp_path)
    assert data_folder(tmp_path) == tmp_path
    assert content_data_folder(None) == tmp_path


def test_the_kiosks_own_user_needs_no_name(
    appliance: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = HOME / ".local/share/showroom-kiosk"
    _default_is(monkeypatch, folder)
    assert data_folder(None) == folder


def test_root_without_an_appliance_has_a_kiosk_of_its_own(
    appliance: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "UNIT_FILE", tmp_path / "gone.service")
    _default_is(monkeypatch, tmp_path)
    assert data_folder(None) == tmp_path
