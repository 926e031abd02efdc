"""The passphrase comes from a descriptor, the environment or a terminal, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kiosk.commands.support.outcome import CommandFailed
from kiosk.commands.support.passphrase import MAX_BYTES, VARIABLE, read_passphrase

Descriptor = Callable[[bytes], int]
Terminal = Callable[..., list[str]]
NOTHING: Mapping[str, str] = {}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (b"four words", "four words"),
        (b"four words\n", "four words"),
        (b"four words\r\n", "four words"),
        (b" four words \nand more\n", " four words "),
        ("fünf Wörter 😀\n".encode(), "fünf Wörter 😀"),
        (b"", ""),
        (b"\n", ""),
    ],
)
def test_a_descriptor_gives_the_first_line_without_its_end(
    descriptor: Descriptor, typed: bytes, read: str
) -> None:
    assert read_passphrase(descriptor(typed), NOTHING) == read


def test_what_follows_in_the_descriptor_stays_open(descriptor: Descriptor) -> None:
    """It is the shell's to close."""
    number = descriptor(b"four words\n")

    read_passphrase(number, NOTHING)

    os.fstat(number)


def test_a_line_without_end_is_not_read_for_ever(descriptor: Descriptor) -> None:
    assert len(read_passphrase(descriptor(b"a" * 3 * MAX_BYTES), NOTHING)) == MAX_BYTES


def test_a_descriptor_goes_before_the_environment(descriptor: Descriptor) -> None:
    assert read_passphrase(descriptor(b"one\n"), {VARIABLE: "two"}) == "one"


def test_the_environment_goes_before_the_terminal(terminal: Terminal) -> None:
    asked = terminal("typed")

    assert read_passphrase(None, {VARIABLE: " as it is "}) == " as it is "
    assert asked == []


def test_a_descriptor_that_is_not_open_is_told(descriptor: Descriptor) -> None:
    number = descriptor(b"")
    os.close(number)

    with pytest.raises(CommandFailed) as caught:
        read_passphrase(number, NOTHING)

    assert str(caught.value) == (
        f"file descriptor {number} cannot be read (Bad file descriptor); open it with 3<FILE"
    )


def test_a_descriptor_of_a_folder_is_told(tmp_path: Path) -> None:
    number = os.open(tmp_path, os.O_RDONLY)

    with pytest.raises(CommandFailed, match="Is a directory"):
        read_passphrase(number, NOTHING)
    os.close(number)


def test_a_passphrase_in_another_encoding_is_told(descriptor: Descriptor) -> None:
    with pytest.raises(CommandFailed, match="not valid UTF-8; save it as UTF-8"):
        read_passphrase(descriptor(b"f\xfcnf"), NOTHING)


def test_a_passphrase_typed_in_another_encoding_is_told(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_(_: str) -> str:
        return b"f\xfcnf".decode()

    terminal()
    monkeypatch.setattr("kiosk.commands.support.passphrase.getpass", type_)

    with pytest.raises(CommandFailed, match="not valid UTF-8; save it as UTF-8"):
        read_passphrase(None, NOTHING)


def test_a_closed_input_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)

    with pytest.raises(CommandFailed, match="there is no terminal"):
        read_passphrase(None, NOTHING)
