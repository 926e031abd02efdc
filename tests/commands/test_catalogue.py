"""Every command: a file, options that fit its arguments, and nothing slow before it runs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import kiosk.commands
from kiosk.cli import main
from kiosk.commands.catalogue import COMMANDS, NAMES, find
from kiosk.commands.support.command import Parser

FOLDER = Path(kiosk.commands.__file__).parent
SLOW = {"PySide6", "babel", "nacl", "pydantic", "sqlite3", "xlsxwriter", "yaml"}


def test_each_command_has_a_file_and_each_file_a_command() -> None:
    files = {file.stem for file in FOLDER.glob("*.py")} - {"__init__", "catalogue"}
    assert files == {name.replace(" ", "_").replace("-", "_") for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_options_of_a_command_are_its_arguments(name: str) -> None:
    command, parser = find(name), Parser()
    command.add_arguments(parser)
    arguments = {action.dest for action in parser._actions} - {"help"}
    assert arguments == {field.name for field in fields(command.options)}


def test_nothing_slow_is_imported_before_a_command_runs() -> None:
    program = (
        "import sys; import kiosk.cli; from kiosk.commands.catalogue import NAMES, find;"
        " [find(name) for name in NAMES]; print(*sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=FOLDER.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {module.partition(".")[0] for module in result.stdout.split()} & SLOW == set()


@pytest.mark.parametrize("name", [*COMMANDS, *NAMES])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*name.split(), "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: kiosk {name} ")


@pytest.mark.parametrize("words", [["keys", "--", "create"], ["--help", "--"]])
def test_words_in_the_wrong_place_start_nothing(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == (0 if "--help" in words else 2)
    assert (capsys.readouterr().err == "") == ("--help" in words)
