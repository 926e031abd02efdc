"""Settings that cannot be used are told in a sentence and never stop the kiosk."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kiosk.operation.screen_hours import parse_screen_hours
from kiosk.operation.settings import SETTINGS_NAME, Settings, SettingsResult, read_settings

HOST = "showroom-pc"
NAMES = "name, staff_notice, shuffle_pin, usage, usage_months, screen_hours"


@pytest.fixture(autouse=True)
def host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: HOST)


def _read(folder: Path, text: str | bytes) -> SettingsResult:
    data = text.encode() if isinstance(text, str) else text
    (folder / SETTINGS_NAME).write_bytes(data)
    return read_settings(folder)


def _problem(folder: Path, text: str | bytes) -> str:
    """The one sentence about a file whose settings are then the usual ones."""
    read = _read(folder, text)
    assert read.settings == Settings(HOST)
    (problem,) = read.problems
    assert problem.startswith(str(folder / SETTINGS_NAME))
    return problem


def test_a_kiosk_without_settings_has_the_machines_name(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == SettingsResult(Settings(HOST))
    assert read_settings(tmp_path / "gone") == SettingsResult(Settings(HOST))
    assert _read(tmp_path, "") == SettingsResult(Settings(HOST))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('name = "Front window"', "Front window"),
        ('# Ours\r\nname = "Fenêtre 1"\r\n', "Fenêtre 1"),
        ('\ufeffname = "Notepad"', "Notepad"),
        ('name = "  Front  "', "Front"),
        (f'name = "{"é" * 80}"', "é" * 80),
    ],
)
def test_the_name_is_read(tmp_path: Path, text: str, name: str) -> None:
    assert _read(tmp_path, text) == SettingsResult(Settings(name))


@pytest.mark.parametrize(
    "value", ["7", "true", '""', '"  "', '["a"]', "2024-05-01", f'"{"x" * 81}"', "{ first = 1 }"]
)
def test_a_name_that_is_none_is_told_with_an_example(tmp_path: Path, value: str) -> None:
    assert _problem(tmp_path, f"name = {value}").endswith(
        ': name must be text of 1 to 80 characters; write it like name = "Front window"'
    )


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('nmae = "Front"', "unknown setting 'nmae'; did you mean 'name'?"),
        ("volume = 3", f"unknown setting 'volume'; use one of {NAMES}"),
        ("[panel]\nwide = 1", f"unknown setting 'panel'; use one of {NAMES}"),
    ],
)
def test_a_setting_there_is_not_is_told_with_what_was_meant(
    tmp_path: Path, line: str, hint: str
) -> None:
    assert _problem(tmp_path, line).endswith(hint)


def test_counting_visits_can_be_switched_off_and_its_time_set(tmp_path: Path) -> None:
    read = _read(tmp_path, "usage = false\nusage_months = 6")

    assert read == SettingsResult(Settings(HOST, usage=False, usage_months=6))


@pytest.mark.parametrize("value", ["0", '"no"', "[]", "2024-05-01"])
def test_a_switch_that_is_none_is_told_with_what_switches_it(tmp_path: Path, value: str) -> None:
    message = _problem(tmp_path, f"usage = {value}")

    assert message.endswith(": usage must be true or false; write usage = false")


@pytest.mark.parametrize("value", ["0", "-1", "121", "1.5", "true", '"25"'])
def test_a_number_of_months_that_is_none_is_told_with_the_usual_one(
    tmp_path: Path, value: str
) -> None:
    message = _problem(tmp_path, f"usage_months = {value}")

    assert message.endswith(
        ": usage_months must be a whole number from 1 to 120; write usage_months = 25"
    )


def test_one_bad_setting_does_not_lose_the_others(tmp_path: Path) -> None:
    read = _read(tmp_path, 'name = "Front"\nvolume = 3\npin = 4')

    assert read.settings == Settings("Front")
    assert len(read.problems) == 2


@pytest.mark.parametrize("text", ["name = Front", "name", "{", "name = 'a'\nname = 'b'", "\x00"])
def test_a_file_that_is_not_toml_is_told(tmp_path: Path, text: str) -> None:
    message = _problem(tmp_path, text)

    assert "is not TOML (" in message
    assert message.endswith('write it like name = "Front window"')


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    message = _problem(tmp_path, 'name = "Fenêtre"'.encode("latin-1"))

    assert message.endswith("is not in UTF-8; save it again as UTF-8")


def test_a_machine_without_a_name_is_called_kiosk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "")

    assert read_settings(tmp_path).settings == Settings("kiosk")


def test_a_very_long_name_of_the_machine_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "h" * 200)

    assert read_settings(tmp_path) == SettingsResult(Settings("h" * 80))


@pytest.mark.parametrize(
    "text", [f"name = {'9' * 5000}", f"name = {'[' * 50_000}", "day = 2024-02-30"]
)
def test_what_the_reader_stumbles_over_is_a_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / SETTINGS_NAME).write_text(text)

    read = read_settings(tmp_path)

    assert read.settings.name
    (problem,) = read.problems
    assert "is not TOML" in problem


def test_hours_of_the_screen_are_read(tmp_path: Path) -> None:
    settings = _read(tmp_path, 'screen_hours = "Mo-Fr 07:30-20:00"').settings

    assert settings.screen_hours == parse_screen_hours("Mo-Fr 07:30-20:00")


@pytest.mark.parametrize("value", ['"by day"', "true", "8", '["Mo 9:00-18:00"]', '""'])
def test_hours_that_are_none_leave_the_screen_on_and_are_told(tmp_path: Path, value: str) -> None:
    problem = _problem(tmp_path, f"screen_hours = {value}")

    assert "screen_hours: '" in problem
    assert problem.endswith('write them like "Mo-Fr 07:30-20:00, Sa 09:00-18:00"')


def test_what_is_no_file_of_settings_is_named(tmp_path: Path) -> None:
    file = tmp_path / SETTINGS_NAME
    file.write_text("#" * 1_000_001)
    assert read_settings(tmp_path).problems == (
        f"{file} is larger than 1 MB, so it is another; move it away",
    )
    file.unlink()
    os.mkfifo(file)
    assert read_settings(tmp_path).problems == (f"{file} is not a regular file; remove it",)
    file.unlink()
    file.mkdir()
    problem = f"{file} is a folder; remove it"
    assert read_settings(tmp_path) == SettingsResult(Settings(HOST), (problem,))
